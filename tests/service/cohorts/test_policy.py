"""Is a policy kept in versions, and refused where it can't be meant?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from matcher.domain.policy import Policy
from service.rounds.given.round_of_rows import given_of, save_people
from tests.builders import a_mentor, a_round, a_school
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database


def begun(database: Database) -> tuple[TestClient, str]:
    client = a_client(an_app(database), "coordinator")
    return client, f"/v1/cohorts/{a_cohort(client)}"


def test_policy_begins_as_the_products_own(database: Database) -> None:
    client, cohort = begun(database)
    answer = client.get(f"{cohort}/rules")
    assert (answer.json()["version"], answer.json()["max_minutes"], answer.json()["created_at"]) == (0, 60, None)
    assert client.get(f"{cohort}/rules/versions").json() == {"items": [], "next": None}


def test_new_version_needs_the_one_that_was_read(database: Database) -> None:
    client, cohort = begun(database)
    tag = {"If-Match": client.get(f"{cohort}/rules").headers["etag"]}
    assert client.put(f"{cohort}/rules", json={"max_minutes": 45}).status_code == 428
    first = client.put(f"{cohort}/rules", json={"max_minutes": 45, "weights": {"travel": 50}}, headers=tag)
    assert (first.status_code, first.json()["version"], first.json()["max_minutes"]) == (200, 1, 45)
    assert client.put(f"{cohort}/rules", json={}, headers=tag).status_code == 412
    again = {"If-Match": first.headers["etag"]}
    second = client.put(f"{cohort}/rules", json={}, headers=again)
    assert second.json()["version"] == 2
    versions = client.get(f"{cohort}/rules/versions?limit=1").json()
    older = client.get(f"{cohort}/rules/versions?cursor={versions['next']}").json()
    assert [one["version"] for one in versions["items"] + older["items"]] == [2, 1]


def test_round_takes_the_newest_version(database: Database) -> None:
    client, cohort = begun(database)
    tag = {"If-Match": client.get(f"{cohort}/rules").headers["etag"]}
    client.put(f"{cohort}/rules", json={"max_minutes": 45, "share_half_day": True}, headers=tag)
    with database.read() as transaction:
        assert given_of(transaction, cohort.split("/")[3]).policy == Policy(max_minutes=45, share_half_day=True)


ZERO = {"sector": 0, "travel": 0, "school_type": 0, "availability": 0, "needs": 0}
SECTOR = {"code": "x", "name": "X", "nace": ["24"], "fits": dict.fromkeys(("WE", "TE"), 1)}


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"weights": ZERO}, "/weights", "no_weight"),
        ({"weights": {"sector": -1}}, "/weights/sector", "greater_than_equal"),
        ({"weights": {"sector": 1.5}}, "/weights/sector", "int_type"),
        ({"weights": {"sector": False}}, "/weights/sector", "int_type"),
        ({"weights": {"sectr": 5}}, "/weights/sectr", "unknown_criterion"),
        ({"goals": ["points"]}, "/goals", "goal_order"),
        ({"max_minutes": 0}, "/max_minutes", "greater_than_equal"),
        ({"min_half_days": 11}, "/min_half_days", "less_than_equal"),
        ({"required_sectors": ["chemy"]}, "/required_sectors/0", "unknown_sector"),
        ({"sectors": [SECTOR]}, "/sectors", "sector_table"),
        ({"seed": 2**63}, "/seed", "too_large"),
        ({"kleur": "rood"}, "/kleur", "extra_forbidden"),
    ],
)
def test_policy_that_can_not_be_meant_is_refused(
    database: Database, body: dict[str, Any], pointer: str, code: str
) -> None:
    client, cohort = begun(database)
    tag = {"If-Match": client.get(f"{cohort}/rules").headers["etag"]}
    answer = client.put(f"{cohort}/rules", json=body, headers=tag)
    assert answer.status_code == 422, answer.text
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]


def test_criteria_tell_their_title_weight_and_columns(database: Database) -> None:
    client, _ = begun(database)
    items = {one["key"]: one for one in client.get("/v1/criteria").json()["items"]}
    assert (items["travel"]["weight"], items["region"]["weight"]) == (30, 0)
    assert items["travel"]["title"]
    assert "max_reistijd" in [one["name"] for key in items for one in items[key]["columns"]]


def test_preflight_tells_what_a_round_would_meet(database: Database) -> None:
    client, cohort = begun(database)
    empty = client.get(f"{cohort}/preflight").json()
    assert empty["sentence"] == "Niets te doen: er zijn geen scholen."
    given = a_round(
        [a_school(1), a_school(2)], [a_mentor(1), a_mentor(2, school_types=("KSO",)), a_mentor(3, status="reserve")]
    )
    with database.write() as transaction:
        save_people(transaction, cohort.split("/")[3], given, "per_1")
    told = client.get(f"{cohort}/preflight").json()
    assert (told["schools"], told["mentors"], told["sentence"]) == (2, 2, "Zeker één plaats blijft open.")
    assert [one["mentor"] for one in told["unmatchable"]] == ["M002"]
    (short,) = told["shortages"]
    assert (short["schools"], short["asked"], short["filled"]) == (["S001", "S002"], 2, 1)
    assert short["remedies"]
    assert told["remedies_tried"]
