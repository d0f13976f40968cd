"""Are the wishes for a year that the API takes held, refused where they can't be, and told?"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

import matcher
from matcher.domain.season import Season
from service.network.season.shapes import SeasonIn
from tests.service.network.test_seasons import Year, code

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")


def test_year_that_is_asked_begins_with_the_margin_of_every_year() -> None:
    asked = {one.name: one.default for one in fields(Season)}
    assert SeasonIn.model_fields["travel_margin"].default == asked["travel_margin"] == matcher.TRAVEL_MARGIN


def test_agreements_go_along_into_a_repair_and_are_told(database: Database, children: Children) -> None:
    stage = Year(database, children)
    agreed = {"kind": "meet", "schools": ["S001", "School S003"], "reason": "zelfde richting"}
    place = stage.planned(agreements=[{"kind": "meet", "schools": ["S001", "S003"], "reason": "zelfde richting"}])
    told = stage.client.get(place).json()
    assert any("moeten elkaar ontmoeten (zelfde richting): ze zien elkaar in" in one for one in told["year"]["notes"])
    again = stage.client.post(stage.path, json={"previous": told["id"], "agreements": [agreed]})
    assert code(again) == (422, "invalid")
    assert again.json()["errors"][0]["pointer"].startswith("/agreements/0/schools")
    apart = {"kind": "apart", "schools": ["S001", "S003"]}
    twice = stage.client.post(stage.path, json={"previous": told["id"], "agreements": [apart]})
    assert "Over deze twee scholen staat er al een afspraak." in twice.text
    for schools in (["S001", "S001"], ["S001"], ["S001", "S999"]):
        assert code(stage.client.post(stage.path, json={"agreements": [apart | {"schools": schools}]}))[0] == 422


def test_pair_that_can_not_be_kept_apart_is_a_conflict_in_words(database: Database, children: Children) -> None:
    stage = Year(database, children)
    place = stage.planned(seconds=60, agreements=[{"kind": "apart", "schools": ["S001", "S003"]}])
    found = stage.client.get(place).json()["year"]
    assert found["status"] == "conflict"
    assert "zitten nooit samen in een groep" in found["conflict"]["sentence"]


def test_online_round_and_school_are_told_with_their_link(database: Database, children: Children) -> None:
    stage = Year(database, children)
    link = "https://meet.example/stem"
    place = stage.planned(
        windows=[{"round": 1, "online": True, "link": link}, {"round": 2, "link": link}],
        remote=[{"school": "S002", "round": 2}],
    )
    told = stage.client.get(place).json()
    first, second = told["year"]["sessions"]
    assert (set(first["minutes"]), first["online"], first["link"]) == ({0}, first["schools"], link)
    assert (second["online"], second["link"]) == (["S002"], link)
    assert second["minutes"][second["schools"].index("S002")] == 0
    kinds = {one["id"]: one["kind"] for one in told["hosts"]}
    assert (kinds[first["host"]], kinds[second["host"]] != "online") == ("online", True)
    again = stage.client.post(stage.path, json={"previous": told["id"], "remote": [{"school": "S003", "round": 2}]})
    assert again.status_code == 202, again.text
    stage.work()
    second = stage.client.get(again.headers["location"]).json()["year"]["sessions"][1]
    assert second["online"] == ["S002", "S003"]
    for body in ({"windows": [{"round": 1, "link": "meet"}]}, {"remote": [{"school": "S999", "round": 1}]}):
        assert code(stage.client.post(stage.path, json=body)) == (422, "invalid")


def test_school_misses_the_round_that_is_told_and_no_session_can_ask_for_it(
    database: Database, children: Children
) -> None:
    stage = Year(database, children)
    absence = {"school": "School 3", "round": 2, "reason": "meerdaagse uitstap"}
    place = stage.planned(absences=[absence])
    told = stage.client.get(place).json()
    assert [key for one in told["year"]["sessions"] if one["round"] == 2 for key in one["schools"]] == ["S001", "S002"]
    both = {"absences": [absence], "pins": [{"round": 2, "schools": ["S001", "S003"]}]}
    refused = stage.client.post(stage.path, json=both)
    assert code(refused) == (422, "invalid")
    assert refused.json()["errors"][0]["pointer"] == "/pins/0/schools/1"
    assert "Deze school is in ronde 2 afwezig gemeld." in refused.text
    for wrong in ({"school": "S999"}, {"round": 9}, {"reason": ""}):
        answer = stage.client.post(stage.path, json={"absences": [absence | wrong]})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/absences/0/{next(iter(wrong))}")
    repair = {"previous": told["id"], "absences": [{"school": "S001", "round": 1, "reason": "ziek"}]}
    again = stage.client.post(stage.path, json=repair)
    assert again.status_code == 202, again.text
    stage.work()
    sessions = stage.client.get(again.headers["location"]).json()["year"]["sessions"]
    assert [(one["round"], one["schools"]) for one in sessions] == [(1, ["S002", "S003"]), (2, ["S001", "S002"])]
    late = repair | {"today": "2027-05-01"}
    over = stage.client.post(stage.path, json=late)
    assert (over.status_code, over.json()["errors"][0]["pointer"]) == (422, "/absences/0/round")
    assert "Deze school was in ronde 1 al aanwezig." in over.text
