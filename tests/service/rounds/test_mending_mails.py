"""Is a mail taken back in the very deed that makes it untrue, and what else it told put ready anew?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bad_inputs.cohorts import MENTOR, OTHER_MENTOR, cohort_files, csv_table
from tests.service.mail.sending import SMTP, mails
from tests.service.mail.test_deeds import address, proposed, sent_all
from tests.service.network.test_seasons import Year
from tests.service.publish_steps import Stage
from tests.service.rounds.test_acceptance import LATER, Asked
from tests.service.rounds.test_asking_mails import OneForAll
from tests.service_client import a_client, an_app, work
from tests.service_imports import Desk

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

TOLD = ("plan_published", "match_changed")


def named(database: Database, *kinds: str) -> dict[tuple[str, str], list[str]]:
    """Give whom the mails that wait for a look name, by side and id of who gets them."""
    found = proposed(database, *kinds)
    assert len({(one.side, one.who) for one in found}) == len(found)
    return {(one.side, one.who): [each["naam"] for each in one.facts["matches"]] for one in found}


def test_import_that_leaves_a_mentor_out_takes_mails_back_at_once(database: Database, children: Children) -> None:
    desk = Desk(database)
    third = OTHER_MENTOR | {"mentornummer": "M3", "voornaam": "Els", "naam": "Claes", "bedrijf": "Derde BV"}
    everybody = [MENTOR, OTHER_MENTOR, third]
    desk.committed(cohort_files(mentors=csv_table(everybody)))
    made = desk.client.post(f"{desk.address}/rounds", json={}).headers["location"]
    work(desk.client.app, children)  # type: ignore[arg-type]
    assert desk.client.post(f"{made}/approve").status_code == 200
    asked = desk.client.post(f"{made}/proposals", json={"answer_by": LATER}).json()["pairs"]
    gone = asked[0]
    before = {(one.side, one.who) for one in proposed(database, "match_proposed")}
    assert {("school", gone["school"]), ("mentor", gone["mentor"])} <= before
    staying = csv_table([one for one in everybody if one["mentornummer"] != gone["mentor"]])
    desk.committed(cohort_files(mentors=staying))
    after = {(one.side, one.who) for one in proposed(database, "match_proposed")}
    assert after == before - {("school", gone["school"]), ("mentor", gone["mentor"])}


@pytest.mark.parametrize("how", ["stopped", "removed", "form", "declined"])
def test_nobody_is_told_of_a_published_match_that_is_over(database: Database, children: Children, how: str) -> None:
    asked = Asked(database, children)
    assert asked.client.post(f"{asked.round}/publish").status_code == 200
    pair = asked.pairs[0]
    before = named(database, *TOLD)
    there = f"{asked.place}/mentors/{pair['mentor']}"
    tag = {"If-Match": asked.client.get(there).headers["ETag"]}
    if how == "stopped":
        gone = {"mentor": pair["mentor"], "reason": "no_time"}
        assert asked.client.post(f"{asked.place}/withdrawals", json=gone).status_code in (201, 202)
    elif how == "removed":
        assert asked.client.delete(there, headers=tag).status_code == 204
    elif how == "form":
        assert asked.client.patch(there, json={"status": "withdrawn"}, headers=tag).status_code == 200
    else:
        assert asked.answer(0, "mentor", "declined", "te ver").status_code == 200
    over = {("school", pair["school"]), ("mentor", pair["mentor"])}
    assert over <= before.keys()
    assert named(database, *TOLD) == {who: told for who, told in before.items() if who not in over}


def test_mentor_is_told_of_the_matches_that_stand(database: Database, children: Children) -> None:
    asked = OneForAll(database, children)
    assert asked.client.post(f"{asked.round}/publish").status_code == 200
    mentor = ("mentor", asked.pairs[0]["mentor"])
    schools = {one["id"]: one["name"] for one in asked.client.get(f"{asked.place}/schools").json()["items"]}
    before = named(database, "plan_published")[mentor]
    assert sorted(before) == sorted(schools[one["school"]] for one in asked.pairs)
    for index in range(len(asked.pairs)):
        assert asked.answer(index, "school", "declined", "geen tijd").status_code == 200
        over = {schools[one["school"]] for one in asked.pairs[: index + 1]}
        still = [one for one in before if one not in over]
        assert named(database, "plan_published").get(mentor, []) == still


def test_mail_that_was_released_and_did_not_go_yet_is_taken_back_too(database: Database, children: Children) -> None:
    asked = Asked(database, children)
    sending = a_client(an_app(database, **SMTP), "coordinator")
    school = asked.pairs[0]["school"]
    address(asked, "schools", school)
    (mine,) = [one for one in proposed(database, "match_proposed") if one.who == school]
    sent = sending.post(f"{asked.place}/mails/send", json={"mails": [mine.id]})
    assert sent.json()["done"] == [mine.id]
    assert asked.answer(0, "mentor", "declined", "te ver").status_code == 200
    assert [one.state for one in mails(database) if one.id == mine.id] == ["dropped"]
    asked.work()
    assert [one.state for one in mails(database) if one.id == mine.id] == ["dropped"]


@pytest.mark.usefixtures("november")
def test_who_stopped_is_not_invited_any_more(database: Database, children: Children) -> None:
    stage = Year(database, children)
    season = stage.planned()
    assert stage.client.post(f"{season}/publish").status_code == 200
    invited = {one.who for one in proposed(database, "session_invited") if one.side == "mentor"}
    first, *others = sorted(invited)
    gone = {"mentor": first, "reason": "no_time"}
    assert stage.client.post(f"{stage.place}/withdrawals", json=gone).status_code in (201, 202)
    assert {one.who for one in proposed(database, "session_invited") if one.side == "mentor"} == set(others)


def test_measurement_is_not_asked_of_a_school_that_left(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    told = stage.client.post(f"{stage.place}/measurements/reminders?moment=final").json()["schools"]
    there = f"{stage.place}/schools/{told[0]}"
    tag = {"If-Match": stage.client.get(there).headers["ETag"]}
    assert stage.client.delete(there, headers=tag).status_code == 204
    assert [one.who for one in proposed(database, "measurement_reminder")] == told[1:]


def test_what_was_sent_stays_as_it_was_sent(database: Database, children: Children) -> None:
    asked = Asked(database, children)
    sent_all(asked.client, asked.cohort)
    before = [(one.id, one.state) for one in mails(database)]
    gone = {"mentor": asked.pairs[0]["mentor"], "reason": "no_time"}
    assert asked.client.post(f"{asked.place}/withdrawals", json=gone).status_code == 201
    assert [(one.id, one.state) for one in mails(database)] == before
