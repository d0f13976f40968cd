"""Does each deed that people hear of propose its mail, once, and take back what no longer holds?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from tests.builders import a_round
from tests.service.mail.sending import mails
from tests.service.network.test_seasons import Year
from tests.service.publish_steps import Stage
from tests.service.records.test_privacy import everything
from tests.service.trajectory.applying import SCHOOL
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.mail.store import MailRow
    from service.worker.child import Children

OUTCOMES = ("application_accepted", "application_waiting", "application_refused")


def proposed(database: Database, *kinds: str) -> list[MailRow]:
    return [one for one in mails(database) if one.kind in kinds and one.state == "proposed"]


def sent_all(client: TestClient, cohort: str) -> None:
    """Note that a coordinator sent whatever is proposed."""
    items = client.get(f"/v1/cohorts/{cohort}/mails", params={"state": "proposed", "limit": 200}).json()["items"]
    answer = client.post(f"/v1/cohorts/{cohort}/mails/by-hand", json={"mails": [one["id"] for one in items]})
    assert answer.status_code == 200, answer.text


def test_applicant_hears_of_the_last_outcome_alone_and_a_refusal_says_why(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    a_client(app).post(f"/v1/public/cohorts/{cohort}/applications/schools", json=SCHOOL)
    key = client.get(f"/v1/cohorts/{cohort}/applications").json()["items"][0]["id"]

    def move(state: str, reason: str = "") -> None:
        told = client.post(f"/v1/cohorts/{cohort}/applications/{key}/move", json={"state": state, "reason": reason})
        assert told.status_code == 200, told.text

    move("confirmed")
    assert proposed(database, *OUTCOMES) == []
    move("accepted", "intern: voorrang")
    (found,) = proposed(database, *OUTCOMES)
    assert (found.kind, found.address) == ("application_accepted", SCHOOL["email"])
    assert "intern" not in found.body
    move("waiting")
    assert [one.kind for one in proposed(database, *OUTCOMES)] == ["application_waiting"]
    move("refused", "De school ligt te ver.")
    (found,) = proposed(database, *OUTCOMES)
    assert "De school ligt te ver.\n" in found.body
    assert [one.kind for one in mails(database) if one.state == "dropped"] == list(OUTCOMES[:2])


def test_first_publication_tells_everybody_and_the_next_only_whose_match_changes(
    database: Database, children: Children
) -> None:
    stage = Stage(database, children)
    first = stage.published()
    pairs = stage.client.get(f"{first}/pairings").json()["items"]
    found = proposed(database, "plan_published")
    people = {("school", one["school"]) for one in pairs} | {("mentor", one["mentor"]) for one in pairs}
    assert {(one.side, one.who) for one in found} == people
    assert len(found) == len(people)
    sent_all(stage.client, stage.cohort)
    gone = pairs[0]
    left = {"mentor": gone["mentor"], "reason": "illness"}
    assert stage.client.post(f"{stage.place}/withdrawals", json=left).status_code in (200, 201, 202)
    stage.work()
    stage.published(f"{stage.place}/rounds/{stage.client.get(f'{stage.place}/rounds').json()['items'][0]['id']}")
    changed = {(one.side, one.who): one for one in proposed(database, "match_changed", "plan_published")}
    school = changed["school", gone["school"]]
    assert school.kind == "match_changed"
    assert [one["naam"] for one in school.facts["weg"]] == [_name(stage, gone["mentor"])]
    assert len(school.facts["matches"]) == 1
    mentor = changed["mentor", gone["mentor"]]
    assert "U bent nu aan niemand gekoppeld." in mentor.body
    told = stage.client.get(f"{stage.place}/publication").json()
    assert {who for side, who in changed if side == "school"} == {one["school"] for one in told["changes"]}
    assert {who for side, who in changed if side == "mentor"} == set(told["mentors"])
    new = [one for one in changed.values() if one.kind == "plan_published"]
    assert {one.who for one in new}.isdisjoint({who for _, who in people})


def _name(stage: Stage, mentor: str) -> str:
    found = stage.client.get(f"{stage.place}/mentors/{mentor}").json()
    return f"{found['first_name']} {found['last_name']}".strip() or str(found["company"])


def test_publication_that_was_not_told_yet_is_told_anew_and_once(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    before = len(proposed(database, "plan_published"))
    gone = stage.client.get(f"{stage.place}/rounds/gepubliceerd/pairings").json()["items"][0]
    stage.client.post(f"{stage.place}/withdrawals", json={"mentor": gone["mentor"], "reason": "illness"})
    stage.work()
    stage.published(f"{stage.place}/rounds/{stage.client.get(f'{stage.place}/rounds').json()['items'][0]['id']}")
    found = proposed(database, "plan_published", "match_changed")
    assert {one.kind for one in found} == {"plan_published"}
    assert len({(one.side, one.who) for one in found}) == len(found) == before
    assert gone["mentor"] not in {one.who for one in found}


@pytest.mark.usefixtures("november")
def test_sessions_invite_each_person_with_an_event_of_the_calendar(database: Database, children: Children) -> None:
    stage = Year(database, children)
    address(stage, "schools", "S001")
    season = stage.planned()
    assert proposed(database, "session_invited") == []
    assert stage.client.post(f"{season}/publish").status_code == 200
    year = stage.client.get(season).json()["year"]
    found = [one for one in proposed(database, "session_invited") if one.who == "S001"]
    assert len(found) == len(year["sessions"])
    for one, session in zip(found, year["sessions"], strict=True):
        (event,) = Calendar.from_ical(one.calendar).walk("VEVENT")
        assert Calendar.from_ical(one.calendar)["METHOD"] == "REQUEST"
        assert str(event["ATTENDEE"]) == f"mailto:{one.address}"
        assert str(event.decoded("DTSTART").date()) == session["day"]
        assert f"Lerend netwerk, ronde {session['round']}" in one.subject
    assert {one.address for one in proposed(database, "session_invited") if one.who == "S002"} == {""}


def address(stage: Stage, side: str, key: str) -> None:
    """Give somebody an address."""
    path = f"{stage.place}/{side}/{key}"
    tag = {"If-Match": stage.client.get(path).headers["etag"]}
    told = stage.client.patch(path, json={"email": f"{key.lower()}@voorbeeld.example"}, headers=tag)
    assert told.status_code == 200, told.text


def test_erased_person_is_in_no_mail_and_gets_none(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    given: Any = a_round(3, 5)
    assert given.mentors
    key = stage.client.get(f"{stage.place}/mentors").json()["items"][0]["id"]
    path = f"{stage.place}/mentors/{key}"
    tag = {"If-Match": stage.client.get(path).headers["etag"]}
    named = {"first_name": "Barnabas", "last_name": "Wimpelaar", "email": "bw@polyflonk.example"}
    assert stage.client.patch(path, json=named, headers=tag).status_code == 200
    stage.published()
    pairs = stage.client.get(f"{stage.place}/rounds/gepubliceerd/pairings").json()["items"]
    matched = key in {one["mentor"] for one in pairs}
    about = [one for one in mails(database) if "Wimpelaar" in one.body]
    assert len(about) == 2 * matched
    export = stage.client.get(f"{path}/export").json()
    assert [one["address"] for one in export["mails"]] == ["bw@polyflonk.example"] * matched
    assert stage.client.post(f"{path}/erase", json={}).status_code == 200
    assert "Wimpelaar" not in everything(database)
    assert "polyflonk" not in everything(database)
    mine = [one for one in mails(database) if (one.side, one.who) == ("mentor", key)]
    assert [(one.state, one.body) for one in mine] == [("dropped", "")] * matched
    others = [one for one in mails(database) if one.state == "proposed"]
    assert any(key in one.body for one in others) == matched


def test_school_without_a_measurement_is_reminded_once_a_day(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    path = f"{stage.place}/measurements/reminders?moment=final"
    told = stage.client.post(path).json()
    assert told["schools"] == ["S001", "S002", "S003"]
    assert stage.client.post(path).json() == told
    found = proposed(database, "measurement_reminder")
    assert [one.who for one in found] == told["schools"]
    assert all(
        f"We hebben de eindmeting van {one.facts['organisatie']} nog niet ontvangen." in one.body for one in found
    )
    assert all("/mijn/" in one.body for one in found)
    page = f"/cohorten/{stage.cohort}/traject"
    shown = stage.client.post(f"{page}/herinner", data={"meting": "baseline"}, headers={"Accept": "text/html"})
    assert "3 herinneringen staan klaar bij Berichten." in shown.text
