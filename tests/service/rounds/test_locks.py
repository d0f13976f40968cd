"""Are agreements kept, and refused with the smallest set at fault where they can't hold together?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.database.ids import now
from service.database.tables import withdrawal
from service.rounds.given.round_of_rows import save_people
from tests.builders import a_round, forbidden, required
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from matcher.domain.lock import Lock
    from service.database.engine import Database


def begun(database: Database, **changes: Any) -> tuple[TestClient, str]:  # noqa: ANN401 - of a round
    client = a_client(an_app(database), "coordinator")
    cohort = a_cohort(client)
    with database.write() as transaction:
        save_people(transaction, cohort, a_round(**changes), "per_1")
    return client, f"/v1/cohorts/{cohort}/locks"


def body(kind: str = "required", school: str = "S001", mentor: str = "M001") -> dict[str, Any]:
    return {"school": school, "mentor": mentor, "kind": kind, "reason": "afspraak"}


def test_agreement_is_listed_and_removed(database: Database) -> None:
    client, address = begun(database)
    made = client.post(address, json=body())
    assert made.status_code == 201
    assert client.get(address).json()["items"] == [made.json()]
    assert client.delete(made.headers["location"]).status_code == 204
    assert client.get(address).json()["items"] == []
    assert client.delete(made.headers["location"]).status_code == 404


@pytest.mark.parametrize(
    ("there", "asked", "pair"),
    [
        (forbidden("S001", "M001"), body(), 2),
        (required("S001", "M001"), body("forbidden"), 2),
        (required("S002", "M001"), body(), 2),
        (required("S001", "M002"), body(), 2),
    ],
    ids=["forbidden", "required", "mentor full", "school full"],
)
def test_agreement_that_can_not_hold_names_the_smallest_set(
    database: Database,
    there: Lock,
    asked: dict[str, Any],
    pair: int,
) -> None:
    client, address = begun(database, locks=(there,))
    answer = client.post(address, json=asked)
    assert (answer.status_code, answer.json()["code"]) == (409, "lock_conflict")
    found = answer.json()["conflict"]
    assert len(found["locks"]) == pair
    assert found["sentence"] in answer.json()["detail"]
    assert found["remedies"]
    assert len(client.get(address).json()["items"]) == 1


def test_agreement_on_a_mentor_who_left_is_refused(database: Database) -> None:
    client, address = begun(database)
    with database.write() as transaction:
        left = {"cohort": address.split("/")[3], "mentor": "M001", "reason": "ziek", "at": now()}
        transaction.execute(sa.insert(withdrawal).values(**left))
    answer = client.post(address, json=body())
    assert (answer.status_code, answer.json()["code"]) == (409, "lock_conflict")
    assert "uitgevallen" in answer.json()["detail"]


def test_agreement_with_nobody_names_the_nearest(database: Database) -> None:
    client, address = begun(database)
    answer = client.post(address, json=body(school="S01"))
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert (error["pointer"], error["code"]) == ("/school", "unknown_school")
    assert "Bedoelde u" in error["detail"]


def test_same_agreement_twice_is_refused(database: Database) -> None:
    client, address = begun(database, locks=(required("S001", "M001"),))
    answer = client.post(address, json=body())
    assert (answer.status_code, answer.json()["code"]) == (409, "already_there")


def test_agreement_without_a_reason_is_refused(database: Database) -> None:
    client, address = begun(database)
    answer = client.post(address, json=body() | {"reason": " "})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/reason")
