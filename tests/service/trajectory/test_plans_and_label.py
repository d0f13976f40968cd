"""Do action plans, advice, levels, readiness and dossiers keep to what the school itself said?"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

import matcher
from tests.builders import a_round
from tests.service.trajectory.applying import Year
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

GOAL: dict[str, Any] = {
    "criterion": "6.1",
    "aim": 2,
    "owner": "directie",
    "steps": [{"text": "bel drie bedrijven", "due": "2026-01-10"}, {"text": "nodig uit", "done": "2026-01-12"}],
    "support": [{"of": "mentor", "text": "wie kent u in de haven?"}],
}
TABLE = "niveau;criteria;aantal;cijfer;bewijs\nCompetent;1.1;alle;4;nee\n"


def a_year(database: Database, children: Children) -> Year:
    return Year(database, children, a_round(2, 3))


def test_plan_is_saved_by_the_version_that_was_read(database: Database, children: Children) -> None:
    year = a_year(database, children)
    empty = year.ok("GET", "/action-plans/S001")
    assert (empty["version"], empty["goals"]) == (0, [])
    assert year.refused("PUT", "/action-plans/S001", json={"goals": [GOAL]}) == (428, "if_match_missing")
    plan = year.put("/action-plans/S001", {"goals": [GOAL], "commitments": {"M001": [{"text": "komt langs"}]}})
    assert (plan["version"], plan["progress"]) == (1, 0.5)
    assert plan["asked_of_mentor"][0].endswith("wie kent u in de haven?")
    (reminder,) = plan["reminders"]
    assert (reminder["owner"], reminder["late"]) == ("directie", True)
    assert [one["school"] for one in year.ok("GET", "/action-plans")["items"]] == ["S001"]
    assert len(year.ok("GET", "/action-plans/reminders")["items"]) == 1


def test_person_receives_what_a_plan_says_of_them(database: Database, children: Children) -> None:
    year = a_year(database, children)
    year.put("/action-plans/S001", {"goals": [GOAL], "commitments": {"M001": [{"text": "komt langs"}]}})
    (promised,) = year.ok("GET", "/mentors/M001/export")["action_plans"]
    assert (promised["school"], [one["text"] for one in promised["promised"]]) == ("S001", ["komt langs"])
    assert year.ok("GET", "/mentors/M002/export")["action_plans"] == []
    (plan,) = year.ok("GET", "/schools/S001/export")["action_plans"]
    assert plan["goals"][0]["owner"] == "directie"
    assert year.ok("GET", "/schools/S002/export")["action_plans"] == []


def test_plan_that_cannot_be_is_refused(database: Database, children: Children) -> None:
    year = a_year(database, children)
    tag = {"If-Match": year.client.get(f"{year.place}/action-plans/S001").headers["etag"]}
    for goals in ([GOAL, GOAL], [GOAL | {"aim": 5}], [GOAL | {"criterion": "2.5"}], [GOAL | {"due": "morgen"}]):
        refused = year.refused("PUT", "/action-plans/S001", json={"goals": goals}, headers=tag)
        assert refused == (422, "invalid"), goals
    strange = {"goals": [GOAL], "commitments": {"M404": [{"text": "komt langs"}]}}
    assert year.refused("PUT", "/action-plans/S001", json=strange, headers=tag) == (422, "invalid")
    assert year.refused("PUT", "/action-plans/S404", json={"goals": []}, headers=tag) == (404, "not_found")


def test_advice_is_exact_and_becomes_the_plan(database: Database, children: Children) -> None:
    year = a_year(database, children)
    place, body = "/action-plans/S001/advice", {"efforts": {"1.1": 1, "6.1": 3}, "budget": 2}
    assert year.refused("POST", place, json=body) == (409, "not_measured")
    year.measure("S001")
    headers = {"Idempotency-Key": "a", "Prefer": "wait=0"}
    assert year.client.post(f"{year.place}{place}", json=body, headers=headers).status_code == 202
    year.work()
    advice = year.ok("POST", place, json=body, headers=headers)
    with_rules = matcher.advise_first(
        matcher.ratings_of(measurement_of(year)), {"1.1": 1, "6.1": 3}, "Competent", budget=2
    )
    assert (advice["gain"], advice["effort"], advice["sentence"]) == (
        with_rules.gain,
        with_rules.effort,
        with_rules.sentence,
    )
    year.put("/action-plans/S001", {"goals": advice["goals"]})
    assert year.refused("POST", place, json={"efforts": {"1.1": 0}}) == (422, "invalid")


def measurement_of(year: Year) -> matcher.Measurement:
    """Give the school's baseline as the matcher knows it."""
    one = year.ok("GET", "/schools/S001/measurements/baseline")["submitted"][0]
    names = ("id", "school", "moment", "sheets", "due", "submitted_at", "submitted_by", "replaces", "reason")
    return matcher.measurement_from_document({name: one[name] for name in names} | {"format": "in2stem-measurement/1"})


def test_level_is_entered_with_its_proof_and_never_worked_out(database: Database, children: Children) -> None:
    year = a_year(database, children)
    level = {"school": "S001", "level": "Competent", "since": "2026-11-01", "proof": "certificaat 114"}
    assert year.refused("POST", "/label/levels", json=level | {"proof": ""}) == (422, "invalid")
    assert year.refused("POST", "/label/levels", json=level | {"since": "2099-01-01"}) == (422, "invalid")
    assert year.refused("POST", "/label/levels", json=level | {"school": "S404"}) == (422, "invalid")
    entered = year.ok("POST", "/label/levels", json=level)
    assert year.ok("GET", "/label/levels")["items"] == [entered]
    assert year.ok("GET", "/label/readiness/S001")["holds"] == "Competent"
    year.ok("DELETE", f"/label/levels/{entered['id']}")
    assert year.ok("GET", "/label/readiness/S001")["holds"] == "none"
    assert year.refused("DELETE", f"/label/levels/{entered['id']}") == (404, "not_found")


def test_readiness_is_ours_and_says_what_is_missing(database: Database, children: Children) -> None:
    year = a_year(database, children)
    before = year.ok("GET", "/label/readiness/S001")
    assert (before["ready"], before["short"], before["measured"]) == (False, None, None)
    year.measure("S001")
    found = {one["school"]: one for one in year.ok("GET", "/label/readiness")["items"]}["S001"]
    assert (found["level"], found["measured"], found["short"] > 0, bool(found["missing"])) == (
        "Competent",
        "baseline",
        True,
        True,
    )
    assert "alleen European Schoolnet kent het label toe" in found["caveat"]


def test_rules_are_data_of_whom_they_are(database: Database, children: Children) -> None:
    year = a_year(database, children)
    usual = year.ok("GET", "/label/rules")
    assert (usual["version"], len(usual["rules"]), "in2stem" in usual["source"]) == (0, 6, True)
    tag = {"If-Match": year.client.get(f"{year.place}/label/rules").headers["etag"]}
    for body in ({"table": TABLE}, {"table": "niveau;criteria\n", "source": "wij"}):
        assert year.refused("PUT", "/label/rules", json=body, headers=tag) == (422, "invalid")
    own = year.put("/label/rules", {"table": TABLE, "source": "onze stuurgroep"})
    assert [(one["criteria"], one["rating"]) for one in own["rules"]] == [(["1.1"], 4)]
    year.measure("S001", lift=2)
    assert year.ok("GET", "/label/readiness/S001")["source"] == "onze stuurgroep"
    assert year.put("/label/rules", {})["rules"] == usual["rules"]


def test_dossier_is_a_workbook_with_ratings_plan_and_level(database: Database, children: Children) -> None:
    year = a_year(database, children)
    assert year.refused("GET", "/label/dossier/S001") == (409, "not_measured")
    year.measure("S001")
    year.put("/action-plans/S001", {"goals": [GOAL]})
    level = {"school": "S001", "level": "Competent", "since": "2026-06-01", "proof": "12"}
    year.ok("POST", "/label/levels", json=level)
    answer = year.client.get(f"{year.place}/label/dossier/S001")
    book = load_workbook(io.BytesIO(answer.content))
    assert {"Criteria", "Gereedheid", "Actieplan", "Niveau"} <= set(book.sheetnames)
    held = next(one for one in year.ok("GET", "/label/dossier/S001/tables")["tables"] if one["title"] == "Niveau")
    assert [row[-1] for row in held["rows"]] == ["An Peeters"]
    assert a_client(year.app, "viewer").get(f"{year.place}/label/dossier/S001").status_code == 403
