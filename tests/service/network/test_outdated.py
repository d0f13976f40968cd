"""Does a published year say whom it still invites wrongly after a drop-out, and is it repaired on the spot?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.database.tables import delivery
from tests.service.network.test_seasons import Year
from tests.service.network.test_sessions_page import Network
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")

LEAVES = {"mentor": "M001", "reason": "other"}


def with_public_year(stage: Year) -> str:
    """Publish a year; give its address."""
    place = stage.planned()
    assert stage.client.post(f"{place}/publish").status_code == 200
    return place


def told(stage: Year, place: str) -> Any:  # noqa: ANN401 - JSON
    """Read a season."""
    return stage.client.get(place).json()


def messages(database: Database) -> list[dict[str, Any]]:
    """Give what webhooks were told of years that no longer follow."""
    query = sa.select(delivery.c.payload).where(delivery.c.event == "sessions.outdated").order_by(delivery.c.id)
    with database.read() as transaction:
        return [dict(one["data"]) for one in transaction.execute(query).scalars()]


def test_drop_out_makes_the_published_year_outdated_until_it_is_repaired(
    database: Database, children: Children
) -> None:
    stage = Year(database, children)
    hook = {"url": "https://portaal.example/haak", "events": ["sessions.outdated"]}
    assert a_client(stage.app, "admin").post("/v1/webhooks", json=hook).status_code == 201
    place = with_public_year(stage)
    key = place.rpartition("/")[2]
    before = told(stage, place)
    assert (before["outdated"], before["changes"], messages(database)) == ([], [], [])
    stage.client.post(f"{stage.place}/withdrawals", json=LEAVES)
    stage.work()
    sessions = {one["uid"]: one for one in before["year"]["sessions"]}
    found = told(stage, place)["outdated"]
    assert [one["uid"] for one in found] == list(sessions)
    for one in found:
        assert "M001" in sessions[one["uid"]]["mentors"]
        assert (one["mentors_out"], one["mentors_in"], one["schools_out"]) == (["M001"], [], [])
        assert [one[name] for name in ("round", "day", "host")] == [
            sessions[one["uid"]][name] for name in ("round", "day", "host")
        ]
    assert messages(database) == [{"cohort": stage.cohort, "season": key, "sessions": list(sessions)}]
    repaired = told(stage, stage.planned(previous=key, seconds=5))
    assert all("M001" not in one["mentors"] for one in repaired["year"]["sessions"])
    assert (repaired["outdated"], len(repaired["changes"])) == ([], len(sessions))
    for one in repaired["changes"]:
        assert (one["kind"], one["before"], one["mentors_out"]) == ("changed", one["after"], ["M001"])
        assert (one["schools_out"], one["schools_in"], one["mentors_in"]) == ([], [], [])
    assert stage.client.post(f"{stage.path}/{repaired['id']}/publish").status_code == 200
    assert told(stage, place)["outdated"] == []  # it is no longer what people see
    assert told(stage, f"{stage.path}/gepubliceerd")["outdated"] == []


def test_new_plan_tells_who_comes_too(database: Database, children: Children) -> None:
    stage = Year(database, children)
    place = with_public_year(stage)
    repair = stage.client.post(f"{stage.place}/withdrawals", json=LEAVES).json()["round"]["id"]
    stage.work()
    stage.published(f"{stage.place}/rounds/{repair}")
    stage.work()
    pairs = stage.client.get(f"{stage.place}/rounds/gepubliceerd/pairings").json()["items"]
    now = {one["mentor"] for one in pairs}
    season = told(stage, place)
    for one, session in zip(season["outdated"], season["year"]["sessions"], strict=True):
        assert one["mentors_out"] == sorted(set(session["mentors"]) - now) == ["M001"]
        assert one["mentors_in"] == sorted(now - set(session["mentors"]))
        assert len(one["mentors_in"]) == 1


def test_withdrawal_that_touches_no_session_tells_nobody(database: Database, children: Children) -> None:
    stage = Year(database, children)
    hook = {"url": "https://portaal.example/haak", "events": ["sessions.outdated"]}
    a_client(stage.app, "admin").post("/v1/webhooks", json=hook)
    place = with_public_year(stage)
    invited = {who for one in told(stage, place)["year"]["sessions"] for who in one["mentors"]}
    free = next(who for who in ("M001", "M002", "M003", "M004", "M005") if who not in invited)
    stage.client.post(f"{stage.place}/withdrawals", json={"mentor": free, "reason": "other"})
    stage.work()
    assert (told(stage, place)["outdated"], messages(database)) == ([], [])


def test_new_year_does_not_invite_who_left_since_the_plan(database: Database, children: Children) -> None:
    stage = Year(database, children)
    stage.client.post(f"{stage.place}/withdrawals", json=LEAVES)
    stage.work()
    season = told(stage, stage.planned())
    assert season["year"]["sessions"]
    assert all("M001" not in (*one["mentors"], *one["absent_mentors"]) for one in season["year"]["sessions"])


def test_repair_of_a_draft_repair_can_be_published_and_tells_all_changes(
    database: Database, children: Children
) -> None:
    stage = Year(database, children)
    first = with_public_year(stage).rpartition("/")[2]
    day = told(stage, f"{stage.path}/{first}")["year"]["sessions"][1]["day"]
    away = [{"school": "S001", "first": day}]
    second = stage.planned(previous=first, blackouts=away, today="2026-10-01", seconds=5).rpartition("/")[2]
    stage.client.post(f"{stage.place}/withdrawals", json=LEAVES)
    stage.work()
    assert len(told(stage, f"{stage.path}/{second}")["outdated"]) == 2
    third = told(stage, stage.planned(previous=second, today="2026-10-01", seconds=5))
    assert [one["mentors_out"] for one in third["changes"]] == [["M001"], ["M001"]]
    assert [one["before"] == one["after"] for one in third["changes"]] == [True, False]
    assert third["changes"][1]["before"]["day"] == day
    assert [one["schools"] for one in third["changes"]] == [["S001", "S002", "S003"]] * 2
    assert stage.client.post(f"{stage.path}/{third['id']}/publish").status_code == 200


SCHOOL = {"id": "S009", "name": "Nieuwkomer", "postcode": "3500", "fields": ["TE"], "school_types": ["TSO"]}


def joined(stage: Year) -> None:
    """Let a school join, and publish a plan with it."""
    added = stage.client.post(f"{stage.place}/schools", json=SCHOOL)
    assert added.status_code == 201, added.text
    stage.published()
    stage.work()


def test_school_that_joins_is_named_and_a_repair_lets_it_in(database: Database, children: Children) -> None:
    stage = Year(database, children)
    place = with_public_year(stage)
    key = place.rpartition("/")[2]
    assert told(stage, place)["newcomers"] == []
    joined(stage)
    before = told(stage, place)
    assert before["newcomers"] == ["S009"]
    repaired = told(stage, stage.planned(previous=key, seconds=5))
    assert repaired["newcomers"] == []
    for old, new in zip(before["year"]["sessions"], repaired["year"]["sessions"], strict=True):
        assert new["schools"] == sorted([*old["schools"], "S009"])
    second = before["year"]["sessions"][1]["day"]
    late = told(stage, stage.planned(previous=key, today=second, seconds=5))
    assert ["S009" in one["schools"] for one in late["year"]["sessions"]] == [False, True]


def test_page_names_the_school_that_joined(database: Database, children: Children) -> None:
    pages = Network(database, children)
    pages.planned()
    assert "Nog in geen enkele sessie" not in pages.text("/sessies")
    assert pages.client.post(f"/v1/cohorts/{pages.cohort}/schools", json=SCHOOL).status_code == 201
    pages.solved()
    place = pages.client.get(f"/v1/cohorts/{pages.cohort}/rounds/laatste").json()["id"]
    for step in ("approve", "publish"):
        answer = pages.client.post(f"/v1/cohorts/{pages.cohort}/rounds/{place}/{step}")
        assert answer.status_code == 200, answer.text
    pages.work()
    assert "Nog in geen enkele sessie: Nieuwkomer. Een herstel neemt deze school op" in pages.text("/sessies")


def imported(stage: Year, *numbers: int) -> None:
    """Import a list of mentors."""
    rows = [f"M00{n};An;Peeters {n};Bedrijf {n};3500;wo-nm;technologie" for n in numbers]
    table = "\n".join(["mentornummer;voornaam;naam;bedrijf;postcode;beschikbaarheid;sectoren", *rows])
    files = [("files", ("mentoren.csv", table.encode()))]
    place = stage.client.post(f"{stage.place}/imports", files=files).headers["location"]
    stage.work()
    tag = stage.client.get(place).headers["etag"]
    kept = stage.client.post(f"{place}/commit", headers={"If-Match": tag})
    assert kept.status_code == 200, kept.text
    stage.work()


def test_list_without_a_mentor_of_the_year_is_told_to_who_listens(database: Database, children: Children) -> None:
    stage = Year(database, children)
    hook = {"url": "https://portaal.example/haak", "events": ["sessions.outdated"]}
    assert a_client(stage.app, "admin").post("/v1/webhooks", json=hook).status_code == 201
    place = with_public_year(stage)
    imported(stage, 1, 2, 3, 4, 5)
    assert messages(database) == []
    imported(stage, 2, 3, 4, 5)
    uids = [one["uid"] for one in told(stage, place)["year"]["sessions"]]
    assert messages(database) == [{"cohort": stage.cohort, "season": place.rpartition("/")[2], "sessions": uids}]


def test_page_names_who_is_invited_wrongly_and_repairs_it(database: Database, children: Children) -> None:
    pages = Network(database, children)
    pages.planned()
    season = pages.season()["id"]
    assert pages.client.post(f"{pages.here}/sessies/{season}/publiceren").status_code == 303
    assert "Wie nog verkeerd uitgenodigd staat" not in pages.text("/sessies")
    leaves = {"mentor": "M001", "reden": "other", "nota": "", "eenmaal": ""}
    assert pages.client.post(f"{pages.here}/uitval", data=leaves).status_code == 303
    pages.work()
    text = pages.text("/sessies")
    assert "2 komende sessies kloppen daardoor niet meer." in text
    assert text.count("Niet meer uit te nodigen: Jan Wouters.") == 2
    assert "2 komende sessies nodigen niet meer de juiste mensen uit." in pages.text("")
    assert pages.client.post(f"{pages.here}/sessies", data={"herstelt": season, "eenmaal": ""}).status_code == 303
    pages.work()
    text = pages.text("/sessies")
    assert "2 sessies veranderen." in text
    assert text.count("zelfde dag en plaats") == len(re.findall(r">Jan Wouters</td>", text)) == 2
    assert "Wie nog verkeerd uitgenodigd staat" not in text


def test_page_of_another_draft_leads_to_the_year_that_is_outdated(database: Database, children: Children) -> None:
    pages = Network(database, children)
    pages.planned()
    season = pages.season()["id"]
    pages.client.post(f"{pages.here}/sessies/{season}/publiceren")
    pages.client.post(f"{pages.here}/uitval", data={"mentor": "M001", "reden": "other", "nota": "", "eenmaal": ""})
    pages.work()
    pages.planned()
    text = pages.text("/sessies")
    assert "Het gepubliceerde jaar nodigt in 2 sessies niet meer de juiste mensen uit." in text
    assert f'<a href="{pages.here}/sessies?seizoen={season}">Bekijk en herstel het</a>' in text
