"""Is the portal told who is who of those who agreed, as the cohort chose, and of nobody else?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.cohorts.portal.allowed import LABELS, SHOWABLE
from service.cohorts.portal.store import Named
from service.database.ids import now
from service.publishing.portal_names import Tellable, mentor_name_may_show, with_names
from service.rounds.acceptance import store as acceptance
from tests.service.publish_steps import Stage
from tests.service.trajectory.applying import CONSENT, MENTOR, SCHOOL, Year
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

ALL = {side: list(fields) for side, fields in SHOWABLE.items()}


def choose(stage: Stage, shown: dict[str, Any]) -> None:
    """Choose what the portal shows of the stage's cohort."""
    tag = stage.client.get(f"{stage.place}/portal").headers["etag"]
    answer = stage.client.put(f"{stage.place}/portal", json=shown, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text


def agree(stage: Stage, side: str, *ids: str) -> None:
    """Note that some agree."""
    body = {"side": side, "ids": list(ids), "wording": "2026-1"}
    answer = stage.client.post(f"{stage.place}/portal/consents", json=body)
    assert answer.status_code == 200, answer.text


def pairings(stage: Stage) -> list[dict[str, Any]]:
    portal = a_client(stage.app, "portal")
    return list(portal.get(f"/v1/portal/cohorts/{stage.cohort}/pairings").json()["pairings"])


def test_fields_that_may_be_shown_are_those_that_say_so() -> None:
    assert SHOWABLE == {
        "school": {"name": "consent", "municipality": "consent"},
        "mentor": {
            "company": "consent",
            "sectors": "consent",
            "municipality": "consent",
            "first_name": "acceptance",
            "last_name": "acceptance",
        },
    }


def test_nothing_is_shown_until_it_is_chosen_and_agreed_to(database: Database, children: Children) -> None:
    stage = Stage(database, children, sample=True)
    stage.published()
    before = pairings(stage)
    school = before[0]["school"]
    assert all("about_school" not in one and "about_mentor" not in one for one in before)
    choose(stage, ALL)
    assert pairings(stage) == before
    agree(stage, "school", school)
    told = [one for one in pairings(stage) if "about_school" in one]
    known = stage.client.get(f"{stage.place}/schools/{school}").json()
    assert {one["school"] for one in told} == {school}
    assert told[0]["about_school"] == {name: known[name] for name in ("name", "municipality")}
    choose(stage, {"school": ["municipality"], "mentor": []})
    shown = [one["about_school"] for one in pairings(stage) if "about_school" in one]
    assert shown == [{"municipality": known["municipality"]}]
    assert stage.client.delete(f"{stage.place}/portal/consents/school/{school}").status_code == 204
    assert pairings(stage) == before
    assert stage.client.delete(f"{stage.place}/portal/consents/school/{school}").status_code == 404


def test_mentor_who_agreed_is_a_company_and_no_name(database: Database, children: Children) -> None:
    stage = Stage(database, children, sample=True)
    stage.published()
    choose(stage, ALL)
    mentors = stage.client.get(f"{stage.place}/mentors?limit=200").json()["items"]
    agree(stage, "mentor", *(one["id"] for one in mentors))
    by_alias = {one["pseudonym"]: one for one in mentors}
    portal, here = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}"
    texts = [portal.get(f"{here}/pairings").text]
    for one in pairings(stage):
        known = by_alias[one["mentor"]]
        assert one["about_mentor"] == {name: known[name] for name in ("company", "sectors", "municipality")}
        suggested = portal.get(f"{here}/schools/{one['school']}/suggestions")
        texts.append(suggested.text)
        assert all(each["about_mentor"]["company"] for each in suggested.json()["pairings"])
    everything = " ".join(texts)
    names = {one["last_name"] for one in mentors if one["last_name"] and one["last_name"] not in one["company"]}
    assert len(names) > 20
    assert [one for one in names if f'"{one}"' in everything] == []
    assert not any(f'"{one["email"]}"' in everything for one in mentors)


def test_preview_is_what_the_portal_gets(database: Database, children: Children) -> None:
    stage = Stage(database, children, sample=True)
    place = stage.published()
    choose(stage, ALL)
    school = pairings(stage)[0]["school"]
    agree(stage, "school", school)
    portal = a_client(stage.app, "portal")
    got = portal.get(f"/v1/portal/cohorts/{stage.cohort}/schools/{school}/suggestions")
    seen = stage.client.get(f"{place}/audience", params={"school": school})
    assert (seen.status_code, seen.content) == (200, got.content)
    assert got.json()["pairings"][0]["about_school"]["name"]
    text = stage.client.get(f"/cohorten/{stage.cohort}/portaal").text
    assert "Zo krijgt het portaal het" in text
    told = text.partition('id="vooraf"')[2].partition("<h2")[0]
    assert f"Naam: {got.json()['pairings'][0]['about_school']['name']}" in told
    assert "verder niets" in told  # of the mentor, who did not agree
    assert "mtr_" not in text


def test_another_name_is_another_version_of_what_is_shown(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    portal, path = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}/pairings"
    first = portal.get(path).headers["etag"]
    choose(stage, {"school": ["name"], "mentor": []})
    second = portal.get(path).headers["etag"]
    agree(stage, "school", "S001")
    third = portal.get(path, headers={"If-None-Match": second})
    assert third.status_code == 200
    assert len({first, second, third.headers["etag"]}) == 3


def test_name_of_a_mentor_shows_once_that_very_match_was_accepted() -> None:
    accepted = frozenset({("S1", "mtr_1")})
    assert mentor_name_may_show(accepted, "S1", "mtr_1")
    assert not mentor_name_may_show(accepted, "S2", "mtr_1")
    named = Named({}, {"mtr_1": {"company": "Voorbeeld NV"}}, {"mtr_1": {"first_name": "Jan"}})
    body = b'{"pairings":[{"school":"S1","mentor":"mtr_1"},{"school":"S2","mentor":"mtr_1"}]}'
    told = with_names(body, Tellable(named, accepted))
    assert told.count(b'"first_name":"Jan"') == 1
    assert b"first_name" not in with_names(body, Tellable(named))
    assert with_names(body, Tellable(Named(), accepted)) == body


def test_name_of_a_mentor_shows_when_both_accepted_and_goes_when_it_is_withdrawn(
    database: Database, children: Children
) -> None:
    stage = Stage(database, children, sample=True)
    stage.published()
    choose(stage, ALL)
    mentors = {one["pseudonym"]: one for one in stage.client.get(f"{stage.place}/mentors?limit=200").json()["items"]}
    agree(stage, "mentor", *(one["id"] for one in mentors.values()))
    first = pairings(stage)[0]
    mentor = mentors[first["mentor"]]
    assert mentor["last_name"]
    round_id = stage.client.get(f"{stage.place}/publication").json()["round"]

    def names() -> list[str]:
        portal, here = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}"
        stage.app.state.shown.forget(stage.cohort)  # the acceptance came from elsewhere
        texts = (f"{here}/pairings", f"{here}/schools/{first['school']}/suggestions")
        return [portal.get(one).text for one in texts]

    def answered(side: acceptance.Side) -> None:
        with database.write() as transaction:
            (row,) = acceptance.listed(transaction, stage.cohort)
            given = acceptance.Answered(answer="accepted", reason="", by="test", at=now())
            acceptance.answer(transaction, row, side, given)

    told = f'"last_name":"{mentor["last_name"]}"'
    with database.write() as transaction:
        pair = [(first["school"], mentor["id"])]
        acceptance.propose(transaction, stage.cohort, round_id, pair, date(2090, 1, 1), "test")
    answered("mentor")
    assert not any(told in text for text in names())
    answered("school")
    assert all(text.count(told) == 1 for text in names())
    with database.write() as transaction:
        acceptance.withdraw(transaction, acceptance.listed(transaction, stage.cohort)[0])
    assert not any(told in text for text in names())


def test_consent_comes_with_an_application_and_goes_with_its_member(database: Database, children: Children) -> None:
    year = Year(database, children)
    for one in year.confirmed(SCHOOL | {"consent": CONSENT | {"portal": True}}, MENTOR):
        year.ok("POST", f"/applications/{one['id']}/move", json={"state": "accepted"})
    (agreed,) = year.ok("GET", "/portal/consents")["items"]
    assert (agreed["side"], agreed["id"], agreed["wording"]) == ("school", "034561", "2026-1")
    about = year.ok("GET", "/schools/034561/export")
    assert about["consent"]["wording"] == "2026-1"
    year.ok("POST", "/schools/034561/erase")
    assert year.ok("GET", "/portal/consents")["items"] == []


def test_consents_and_fields_that_can_not_be_are_refused(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    refused = stage.client.post(
        f"{stage.place}/portal/consents", json={"side": "school", "ids": ["S001", "S999"], "wording": "x"}
    )
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/ids/1")
    assert stage.client.get(f"{stage.place}/portal/consents").json() == {"items": []}
    assert stage.client.put(f"{stage.place}/portal", json={"school": [], "mentor": []}).status_code == 428
    tag = stage.client.get(f"{stage.place}/portal").headers["etag"]
    answer = stage.client.put(
        f"{stage.place}/portal", json={"school": ["email"], "mentor": []}, headers={"If-Match": tag}
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/school")


def test_page_chooses_notes_and_takes_back(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    here = f"/cohorten/{stage.cohort}/portaal"
    version = stage.client.get(here).text.partition('name="versie" value="')[2].partition('"')[0].replace("&#34;", '"')
    told = stage.client.post(here, data={"versie": version, "school": ["name"]})
    assert "Het portaal toont deze gegevens" in told.text
    stale = stage.client.post(here, data={"versie": version, "school": []})
    assert stale.status_code == 412
    told = stage.client.post(f"{here}/toestemming", data={"soort": "school", "wie": ["S001"], "waarmee": "mail"})
    assert "Genoteerd: 1 school op het portaal, met haar toestemming." in told.text
    assert "1 van 3 scholen stemde ermee in" in " ".join(told.text.split())
    none = stage.client.post(f"{here}/toestemming", data={"soort": "school", "waarmee": "mail"})
    assert none.status_code == 422
    told = stage.client.post(f"{here}/toestemming/intrekken", data={"soort": "school", "wie": "S001"})
    assert "Het portaal toont deze gegevens niet meer." in told.text


def test_page_for_makers_of_portals_lists_what_is_shown_and_what_that_asks() -> None:
    page = (Path(__file__).parents[3] / "docs" / "portaal.md").read_text(encoding="utf-8")
    words = {"consent": "toestemming", "acceptance": "dat koppel aanvaardden"}
    owners = {"school": "school", "mentor": "mentor"}
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.count("|") == 4]
    for side, fields in SHOWABLE.items():
        for name, asks in fields.items():
            label = LABELS[side][name].lower()
            (row,) = [row for row in rows if label in row[0].split(", ") and row[1] == owners[side]]
            assert words[asks] in row[2], (side, name)
