"""Are outcomes, ledger and progress of what was published and measured, and are people erased from a year?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from service.cohorts.members.redaction import EVERYONE
from service.database.tables import METADATA, application, paper
from service.measuring import store as measurements
from service.records.privacy import erasure
from tests.builders import a_round
from tests.service.publish_steps import Stage
from tests.service.trajectory.applying import MENTOR, SCHOOL, Year
from tests.service.trajectory.test_award import AWARD
from tests.service.trajectory.test_award import scored as score_all
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

GONE = ("Wendeline", "Kwikstaart", "wendeline@linde.example", "Barnabas", "Wimpelaar", "barnabas@polyflonk.example")


def published(database: Database, children: Children) -> Year:
    """Publish a plan for three schools."""
    stage = Stage(database, children)
    stage.published()
    year = Year(database, children)
    year.client, year.cohort, year.place = stage.client, stage.cohort, stage.place
    return year


def everything(database: Database) -> str:
    """Give all that is in the database, as text."""
    told = []
    with database.read() as transaction:
        for table in METADATA.sorted_tables:
            told += [repr(tuple(row)) for row in transaction.execute(sa.select(table))]
    return "\n".join(told)


def test_outcomes_start_with_what_was_published(database: Database, children: Children) -> None:
    empty = Year(database, children, a_round(2, 3))
    assert (empty.ok("GET", "/outcomes")["items"], empty.ok("GET", "/outcomes/ledger")["items"]) == ([], [])
    year = published(database, children)
    items = year.ok("GET", "/outcomes")["items"]
    assert (len(items), {one["version"] for one in items}, {one["in_plan"] for one in items}) == (3, {0}, {True})
    place = f"/outcomes/{items[0]['school']}/{items[0]['mentor']}"
    body = {"contacts": [{"day": "2026-12-01", "kind": "visit", "minutes": 90}], "mentor_satisfaction": 4}
    assert year.refused("PUT", place, json=body) == (428, "if_match_missing")
    kept = year.put(place, body)
    assert (kept["points"], kept["contacts"], kept["version"]) == (items[0]["points"], body["contacts"], 1)
    assert year.refused("GET", "/outcomes/S001/M404") == (404, "not_found")
    bad = {"stopped": "2026-11-01", "stop_reason": "other", "contacts": body["contacts"]}
    tag = {"If-Match": year.client.get(f"{year.place}{place}").headers["etag"]}
    assert year.refused("PUT", place, json=bad, headers=tag) == (422, "invalid")


def test_mentor_who_dropped_out_has_no_word_in_the_ledger(database: Database, children: Children) -> None:
    year = published(database, children)
    before = year.ok("GET", "/rounds/gepubliceerd/pairings")["items"]
    lost = before[0]
    repair = year.ok("POST", "/withdrawals", json={"mentor": lost["mentor"], "reason": "job_change"})["round"]
    year.work()
    year.ok("POST", f"/rounds/{repair['id']}/approve")
    year.ok("POST", f"/rounds/{repair['id']}/publish")
    after = {one["school"]: one["mentor"] for one in year.ok("GET", "/rounds/gepubliceerd/pairings")["items"]}
    year.put(f"/outcomes/{lost['school']}/{after[lost['school']]}", {"school_satisfaction": 1})
    ledger = {one["school"]: one for one in year.ok("GET", "/outcomes/ledger")["items"]}
    assert ledger[lost["school"]]["priority"] == 20
    assert ledger[lost["school"]]["reason"].startswith("De school gaf 1 op 5.")


def test_stop_note_is_for_coordinators(database: Database, children: Children) -> None:
    year = published(database, children)
    one = year.ok("GET", "/outcomes")["items"][0]
    place = f"/outcomes/{one['school']}/{one['mentor']}"
    year.put(place, {"stopped": "2026-12-01", "stop_reason": "other", "stop_note": "geheim"})
    viewer = a_client(year.app, "viewer")
    assert viewer.get(f"{year.place}{place}").json()["stop_note"] == ""
    assert "geheim" not in viewer.get(f"{year.place}/outcomes").text
    assert year.ok("GET", place)["stop_note"] == "geheim"


def test_progress_compares_with_and_without_a_mentor(database: Database, children: Children) -> None:
    year = published(database, children)
    for school in ("S001", "S002"):
        year.measure(school)
        year.measure(school, "final", lift=1)
    progress = year.ok("GET", "/progress")
    assert (progress["everybody"], progress["with_mentor"]["schools"]) == (
        {"schools": 2, "mean": 1, "median": 1, "lowest": 1, "highest": 1},
        2,
    )
    one = year.ok("GET", "/progress/S001")
    assert (one["gain"], len(one["elements"]), one["elements"][0]["criteria"]) == (1, 7, 3)
    assert year.ok("GET", "/progress/S003")["notes"] != []
    for path in ("/progress/chart.svg", "/progress/S001/chart.svg", "/progress/S003/chart.svg"):
        drawing = year.client.get(f"{year.place}{path}")
        assert (drawing.status_code, drawing.text[:4]) == (200, "<svg")
    assert progress["caveat"] in year.client.get(f"{year.place}/progress/chart.svg").text


def test_everybody_is_erased_from_a_year_and_ratings_stay(database: Database, children: Children) -> None:
    year = Year(database, children, a_round(3, 3))
    year.confirmed(SCHOOL, MENTOR | {"motivation": "Barnabas Wimpelaar wil graag"})
    place = "/schools/S001/measurements/baseline"
    year.put(f"{place}/sheets/Wendeline", {"ratings": [{"criterion": "1.1", "value": 2}]})
    year.ok("POST", f"{place}/submit")
    goal = {"criterion": "1.1", "aim": 3, "owner": "Kwikstaart", "steps": [{"text": "x", "owner": "Barnabas"}]}
    promise = {"text": "komt langs", "owner": "Barnabas"}
    plan = year.put("/action-plans/S001", {"goals": [goal], "commitments": {"M001": [promise]}})
    assert plan["commitments"]["M001"][0]["owner"] == "M001"
    year.put("/award", AWARD)
    year.ok("POST", "/award/jury", json={"readings": 2})
    year.work()
    assert "Wendeline Kwikstaart" in year.ok("GET", "/award/jury")["notes"][0]
    score_all(year)
    for school in ("S002", "S003"):
        year.put(f"/award/scores/J1/{school}", {"scores": {"idee": 1, "samenwerking": 1, "resultaat": 1}})
    year.ok("POST", "/award/sign")
    record = year.ok("GET", "/award/record")
    with database.write() as transaction:
        erased = erasure.erase(transaction, year.cohort, EVERYONE, "test")
        assert erased.documents >= 4
    left = everything(database)
    assert [name for name in GONE if name in left] == []
    with database.write() as transaction:
        assert not erasure.erase(transaction, year.cohort, EVERYONE, "test").anything
        (kept,) = measurements.listed(transaction, year.cohort)
    assert (kept.sheets[0].rater, kept.sheets[0].ratings[0].value) == ("beoordelaar 01", 2)
    assert year.ok("GET", "/award/record") == record
    assert year.ok("GET", "/award/jury")["notes"] == [
        "School School 1 mist 1 jurylid. Een band met de school hebben J1."
    ]
    assert year.ok("GET", "/award/decision")["winners"] == ["S001"]
    assert {one["state"] for one in year.queue()} == {"confirmed"}


def test_applicant_who_was_refused_is_exported_and_erased(database: Database, children: Children) -> None:
    year = Year(database, children)
    mentor, school = sorted(year.confirmed(MENTOR, SCHOOL), key=lambda one: str(one["kind"]))
    year.ok("POST", f"/applications/{mentor['id']}/move", json={"state": "refused", "reason": "vol"})
    key = mentor["mentor"]["id"]
    about = year.ok("GET", f"/mentors/{key}/export")
    assert (about["now"], about["applications"][0]["data"]["mentor"]["email"]) == (None, MENTOR["email"])
    year.ok("POST", f"/mentors/{key}/erase")
    assert not any(name in everything(database) for name in GONE[3:])
    assert SCHOOL["email"] in everything(database)
    year.ok("POST", f"/schools/{school['school']['id']}/erase")
    assert not any(name in everything(database) for name in GONE)


def test_rows_of_a_year_go_with_the_cohort(database: Database, children: Children) -> None:
    year = Year(database, children)
    year.confirmed(SCHOOL)
    year.put("/selection/policy", {"seats": 3})
    admin = a_client(year.app, "admin")
    tag = admin.get(year.place).headers["etag"]
    assert admin.delete(year.place, headers={"If-Match": tag}).status_code == 204
    with database.read() as transaction:
        assert [transaction.execute(sa.select(one)).all() for one in (application, paper)] == [[], []]
