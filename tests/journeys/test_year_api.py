"""Can a cohort live its whole year through the API, from 34 applications to a signed Award?"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

import matcher
from tests.service.trajectory.applying import Year, a_form, a_mentor_form
from tests.trajectory.making import PROVINCES

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")

EXTRA = 6
"""Mentors more than schools."""


def test_cohort_lives_its_year_through_the_api(database: Database, children: Children) -> None:
    year = Year(database, children)
    chosen = applied_and_selected(year)
    plain = solved(year)
    for school in chosen:
        year.measure(school, raters=2)
    measured = solved(year)
    needs_count(plain, measured)
    planned(year, chosen[0])
    published(year, measured["id"])
    sessions_planned(year)
    mentor_lost(year)
    chosen = school_lost(year, chosen)
    for school in chosen:
        year.measure(school, "final", lift=1)
    year_ends(year, chosen)
    award_is_signed(year, chosen[:6])


def applied_and_selected(year: Year) -> list[str]:
    """Apply with 34 schools and 26 mentors, confirm, select 20 schools, accept them and the mentors."""
    forms = [a_form(number) for number in range(34)] + [a_mentor_form(number) for number in range(20 + EXTRA)]
    applications = year.confirmed(*forms)
    assert len(applications) == 34 + 20 + EXTRA
    limits = [{"dimension": "province", "value": one, "side": "most", "number": 6} for one in PROVINCES]
    year.put("/selection/policy", {"seats": 20, "limits": limits})
    selection = year.selected()
    outcomes = [one["outcome"] for one in selection["choices"]]
    assert (selection["status"], outcomes.count("chosen"), outcomes.count("waiting")) == ("proven", 20, 14)
    assert all(one["reason"] for one in selection["choices"])
    year.ok("POST", f"/selection/{selection['id']}/accept")
    for one in applications:
        if one["kind"] == "mentor":
            year.ok("POST", f"/applications/{one['id']}/move", json={"state": "accepted"})
    chosen = [one["school"] for one in selection["choices"] if one["outcome"] == "chosen"]
    assert [one["id"] for one in year.ok("GET", "/schools")["items"]] == chosen
    assert len(year.ok("GET", "/mentors")["items"]) == 20 + EXTRA
    return chosen


def solved(year: Year) -> Any:  # noqa: ANN401 - JSON
    """Have a round solved; give it with its pairs."""
    asked = year.ok("POST", "/rounds", json={})
    year.work()
    found = year.ok("GET", f"/rounds/{asked['id']}")
    assert found["plan"]["status"] == "proven"
    return found | {"items": year.ok("GET", f"/rounds/{asked['id']}/pairings")["items"]}


def needs_count(plain: dict[str, Any], measured: dict[str, Any]) -> None:
    """See that a baseline changes what pairs are worth, and that the reasons say so."""
    before = {(one["school"], one["mentor"]): one["points"] for one in plain["items"]}
    after = {(one["school"], one["mentor"]): one["points"] for one in measured["items"]}
    assert len(after) == 20
    assert before != after
    told = [any("Kan helpen met" in reason for reason in one["reasons"]) for one in measured["items"]]
    assert any(told)
    assert not any("Kan helpen met" in reason for one in plain["items"] for reason in one["reasons"])


def planned(year: Year, school: str) -> None:
    """Ask what to take first, make it the plan, and see a reminder."""
    efforts = dict.fromkeys(matcher.LABEL_CRITERIA, 2)
    asked = {"efforts": efforts, "budget": 20}
    waiting = year.client.post(
        f"{year.place}/action-plans/{school}/advice",
        json=asked,
        headers={"Prefer": "wait=0", "Idempotency-Key": "advies"},
    )
    assert waiting.status_code == 202, waiting.text
    year.work()
    advice = year.ok(
        "POST", f"/action-plans/{school}/advice", json=asked, headers={"Idempotency-Key": "advies", "Prefer": "wait=0"}
    )
    assert (advice["level"], advice["proven"], advice["gain"] > 0) == ("Competent", True, True)
    goals = [one | {"owner": "directie", "due": "2026-01-10"} for one in advice["goals"]]
    plan = year.put(f"/action-plans/{school}", {"goals": goals})
    assert [one["late"] for one in plan["reminders"]] == [True] * len(goals)
    assert len(year.ok("GET", "/action-plans/reminders")["items"]) == len(goals)


def published(year: Year, round_id: str) -> None:
    year.ok("POST", f"/rounds/{round_id}/approve")
    year.ok("POST", f"/rounds/{round_id}/publish")


def sessions_planned(year: Year) -> None:
    """Plan the year of the learning network from the published plan, and publish it."""
    season = year.ok("POST", "/seasons", json={"rounds": 2, "seconds": 2})["id"]
    year.work()
    told = year.ok("GET", f"/seasons/{season}")["year"]
    assert [sum(len(one["schools"]) for one in told["sessions"] if one["round"] == number) for number in (1, 2)] == [
        20,
        20,
    ]
    year.ok("POST", f"/seasons/{season}/publish")
    assert year.ok("GET", "/seasons/gepubliceerd")["id"] == season


def mentor_lost(year: Year) -> None:
    """Let a mentor drop out; the repaired plan changes nobody else, and the pair's outcome says why it stopped."""
    before = year.ok("GET", "/rounds/gepubliceerd/pairings")["items"]
    leaves = before[0]
    repair = year.ok("POST", "/withdrawals", json={"mentor": leaves["mentor"], "reason": "job_change"})["round"]
    year.work()
    published(year, repair["id"])
    after = year.ok("GET", "/rounds/gepubliceerd/pairings")["items"]
    stay = {(one["school"], one["mentor"]) for one in before[1:]}
    assert stay <= {(one["school"], one["mentor"]) for one in after}
    assert {one["school"] for one in after} == {one["school"] for one in before}
    outcomes = year.ok("GET", "/outcomes")["items"]
    assert (len(outcomes), sum(one["in_plan"] for one in outcomes)) == (21, 20)
    stopped = {"stopped": "2027-01-10", "stop_reason": "job_change", "replaced": True}
    year.put(f"/outcomes/{leaves['school']}/{leaves['mentor']}", stopped)
    year.put(f"/outcomes/{after[5]['school']}/{after[5]['mentor']}", {"school_satisfaction": 1, "contacts": []})
    summary = year.ok("GET", "/outcomes/summary")
    assert (summary["pairs"], summary["stopped"], summary["school_satisfaction"]) == (21, {"job_change": 1}, 1)
    ledger = {one["school"]: one["priority"] for one in year.ok("GET", "/outcomes/ledger")["items"]}
    assert (ledger[after[5]["school"]], max(ledger.values())) == (20, 20)


def school_lost(year: Year, chosen: list[str]) -> list[str]:
    """Let a school leave; its place goes to another, all others stay, and the plan is repaired."""
    leaves = chosen[-1]
    asked = year.ok("POST", "/selection/replace", json={"school": leaves, "reason": "de directie stopt ermee"})
    year.work()
    again = year.ok("GET", f"/selection/{asked['id']}")
    now = [one["school"] for one in again["choices"] if one["outcome"] == "chosen"]
    assert set(chosen) - {leaves} < set(now)
    assert len(now) == 20
    year.ok("POST", "/selection/laatste/accept")
    (comes,) = set(now) - set(chosen)
    year.measure(comes)
    repaired = solved(year)
    published(year, repaired["id"])
    assert sorted(one["school"] for one in repaired["items"]) == sorted(now)
    return now


def year_ends(year: Year, chosen: list[str]) -> None:
    """Look back: progress of a whole step in every element, readiness, the level entered, the dossier."""
    progress = year.ok("GET", "/progress")
    assert (progress["everybody"]["schools"], progress["without_mentor"]["schools"]) == (20, 0)
    assert len([one for one in progress["schools"] if one["gain"] is not None]) == 20
    assert "Er is geen groep om mee te vergelijken" in progress["caveat"]
    drawing = year.client.get(f"{year.place}/progress/chart.svg")
    assert (drawing.headers["content-type"].partition(";")[0], drawing.text[:4]) == ("image/svg+xml", "<svg")
    ready = {one["school"]: one for one in year.ok("GET", "/label/readiness")["items"]}
    assert set(ready) == set(chosen)
    assert all(one["measured"] == "final" and (one["short"] == 0) == one["ready"] for one in ready.values())
    entered = {"school": chosen[0], "level": "Competent", "since": "2026-11-01", "proof": "certificaat 114"}
    year.ok("POST", "/label/levels", json=entered)
    after = year.ok("GET", f"/label/readiness/{chosen[0]}")
    assert (after["holds"], after["level"]) == ("Competent", "Proficient")
    book = year.client.get(f"{year.place}/label/dossier/{chosen[0]}")
    assert (book.status_code, book.content[:2]) == (200, b"PK")


def award_is_signed(year: Year, schools: list[str]) -> None:
    """Share the jury out, score, decide and sign; the record is sound and adds up."""
    jurors = [{"id": f"J{n}", "name": f"Jurylid {n}", "ties": {schools[n]: "bestuurder"}} for n in range(5)]
    criteria = [{"key": key, "name": key, "weight": 1} for key in ("idee", "resultaat")]
    year.put("/award", {"name": "Award 2027", "criteria": criteria, "schools": schools, "jurors": jurors})
    year.ok("POST", "/award/jury", json={"readings": 3})
    year.work()
    jury = year.ok("GET", "/award/jury")
    assert (jury["missing"], len(jury["readings"]), jury["faults"]) == (0, 18, [])
    dice = random.Random(1)  # noqa: S311
    for one in jury["readings"]:
        scores = {"idee": dice.randint(0, 10), "resultaat": dice.randint(0, 10)}
        year.put(f"/award/scores/{one['juror']}/{one['school']}", {"scores": scores})
    decision = year.ok("GET", "/award/decision")
    assert (len(decision["ranking"]), decision["unscored"], len(decision["winners"]) > 0) == (6, [], True)
    signed = year.ok("POST", "/award/sign")
    assert signed["winners"] == decision["winners"]
    verdict, document = matcher.verify_document(signed["record"].encode(), signed["public_key"])
    assert (verdict.sound, matcher.check_award_record(document)) == (True, None)
