"""Are reminders put ready once a day is past, once, for those who are late alone; and is nothing sent by itself?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from service.database.ids import today
from service.worker.reminding import RECENT, SOON, remind
from tests.builders import a_round
from tests.service.mail.sending import mails
from tests.service.mail.test_deeds import address, proposed
from tests.service.network.test_seasons import Year
from tests.service.rounds.test_acceptance import Asked
from tests.service.trajectory.applying import Year as Trajectory
from tests.service_client import an_app

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

ONE = timedelta(days=1)


def reminded(database: Database, day: date) -> int:
    """Have reminders put ready as on a day."""
    return remind(database, an_app(database).state.settings, day)


def test_who_let_the_last_day_pass_is_reminded_once(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    last = date.fromisoformat(stage.pairs[0]["proposal"]["answer_by"])
    assert stage.answer(0, "mentor", "accepted").status_code == 200
    assert reminded(database, last) == 0
    told = reminded(database, last + ONE)
    found = proposed(database, "acceptance_reminder")
    late = {(side, one[side]) for one in stage.pairs for side in one["proposal"]["waiting_for"]}
    late -= {("mentor", stage.pairs[0]["mentor"])}
    assert {(one.side, one.who) for one in found} >= late - {("mentor", stage.pairs[0]["mentor"])}
    assert told == len(found) == len({(one.side, one.who) for one in found})
    assert {one.facts["antwoord_voor"] for one in found} == {""}
    assert all("/mijn/" in one.body for one in found)
    assert reminded(database, last + ONE) == reminded(database, last + 2 * ONE) == 0
    trail = stage.client.get(f"/v1/audit?cohort={stage.cohort}&limit=5").json()["items"]
    assert [(one["actor"], one["detail"]["count"]) for one in trail if one["action"] == "reminders.proposed"] == [
        ("service", told)
    ]


def test_day_that_passed_long_ago_reminds_nobody(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    last = date.fromisoformat(stage.pairs[0]["proposal"]["answer_by"])
    assert reminded(database, last + RECENT + ONE) == 0
    assert proposed(database, "acceptance_reminder") == []


def test_answer_takes_a_reminder_back_that_nobody_sent(database: Database, children: Children) -> None:
    stage = Asked(database, children)
    reminded(database, date.fromisoformat(stage.pairs[0]["proposal"]["answer_by"]) + ONE)
    school = stage.pairs[0]["school"]
    assert school in {one.who for one in proposed(database, "acceptance_reminder")}
    assert stage.answer(0, "school", "accepted").status_code == 200
    assert school not in {one.who for one in proposed(database, "acceptance_reminder")}


def test_school_without_measurement_is_reminded_after_the_day(database: Database, children: Children) -> None:
    year = Trajectory(database, children, a_round(2, 3))
    last = today() + ONE
    year.put("/measurements/days", {"baseline": last.isoformat()})
    assert reminded(database, last) == 0
    sheet: dict[str, Any] = {"ratings": [{"criterion": "1.1", "value": 2}]}
    for school in ("S001", "S002"):
        year.ok("PUT", f"/schools/{school}/measurements/baseline/sheets/an", json=sheet)
    year.ok("POST", "/schools/S001/measurements/baseline/submit")
    assert reminded(database, last + ONE) == 1
    (found,) = proposed(database, "measurement_reminder")
    assert (found.who, found.facts["meting"]) == ("S002", "nulmeting")
    assert reminded(database, last + ONE) == 0
    year.ok("POST", "/schools/S002/measurements/baseline/submit")
    assert proposed(database, "measurement_reminder") == []


@pytest.mark.usefixtures("november")
def test_who_was_invited_and_did_not_say_is_reminded_before_a_session(database: Database, children: Children) -> None:
    stage = Year(database, children)
    address(stage, "schools", "S001")
    season = stage.planned()
    assert stage.client.post(f"{season}/publish").status_code == 200
    session = stage.client.get(season).json()["year"]["sessions"][0]
    before = date.fromisoformat(session["day"]) - SOON
    assert reminded(database, before) == 0  # nobody was invited so far
    invited = [one.id for one in proposed(database, "session_invited")]
    assert stage.client.post(f"{stage.place}/mails/by-hand", json={"mails": invited}).status_code == 200
    assert reminded(database, before - ONE) == 0
    school = session["schools"][0]
    said = {"session": session["uid"], "side": "school", "subject": school, "comes": True}
    told = reminded(database, before)
    found = proposed(database, "session_reminder")
    assert told == len(found) > 0
    assert ("school", school) in {(one.side, one.who) for one in found}
    assert reminded(database, before) == 0
    assert stage.client.put(f"{stage.place}/attendance", json=said).status_code == 204
    left = proposed(database, "session_reminder")
    assert len(left) == len(found) - 1
    assert {one.state for one in mails(database) if one.kind == "session_reminder"} == {"proposed", "dropped"}


@pytest.mark.usefixtures("november")
def test_who_left_is_not_reminded_of_a_session(database: Database, children: Children) -> None:
    stage = Year(database, children)
    season = stage.planned()
    assert stage.client.post(f"{season}/publish").status_code == 200
    invited = [one.id for one in proposed(database, "session_invited")]
    assert stage.client.post(f"{stage.place}/mails/by-hand", json={"mails": invited}).status_code == 200
    session = stage.client.get(season).json()["year"]["sessions"][0]
    school, mentor = session["schools"][0], session["mentors"][0]
    gone = {"mentor": mentor, "reason": "no_time"}
    assert stage.client.post(f"{stage.place}/withdrawals", json=gone).status_code == 202
    there = f"{stage.place}/schools/{school}"
    tag = {"If-Match": stage.client.get(there).headers["ETag"]}
    assert stage.client.delete(there, headers=tag).status_code == 204
    assert reminded(database, date.fromisoformat(session["day"]) - SOON) > 0
    told = {(one.side, one.who) for one in proposed(database, "session_reminder")}
    assert told.isdisjoint({("school", school), ("mentor", mentor)})
