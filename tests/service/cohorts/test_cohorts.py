"""Can cohorts be begun, seen, changed and removed, each by those who may?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database


def test_cohort_begun_is_listed_and_seen_by_its_region_alone(database: Database) -> None:
    app = an_app(database)
    mine, theirs = a_client(app, "coordinator"), a_client(app, "coordinator", regions=("Mechelen-Kempen",))
    cohort = a_cohort(mine)
    assert [one["id"] for one in mine.get("/v1/cohorts").json()["items"]] == [cohort]
    assert theirs.get("/v1/cohorts").json()["items"] == []
    answer = theirs.get(f"/v1/cohorts/{cohort}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_cohort_change_needs_the_version_that_was_read(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    cohort = a_cohort(client)
    tag = client.get(f"/v1/cohorts/{cohort}").headers["etag"]
    assert client.patch(f"/v1/cohorts/{cohort}", json={"name": "B"}).status_code == 428
    changed = client.patch(f"/v1/cohorts/{cohort}", json={"name": "B"}, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["name"], changed.json()["version"]) == (200, "B", 2)
    stale = client.patch(f"/v1/cohorts/{cohort}", json={"name": "C"}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


def test_cohort_asked_twice_with_one_key_is_begun_once(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    body = {"name": "Cohorte", "region": "Limburg", "school_year": 2026}
    first = client.post("/v1/cohorts", json=body, headers={"Idempotency-Key": "a"})
    again = client.post("/v1/cohorts", json=body, headers={"Idempotency-Key": "a"})
    other = client.post("/v1/cohorts", json=body | {"name": "X"}, headers={"Idempotency-Key": "a"})
    assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert len(client.get("/v1/cohorts").json()["items"]) == 1


def test_cohort_with_an_unknown_region_names_the_nearest(database: Database) -> None:
    client = a_client(an_app(database), "admin")
    answer = client.post("/v1/cohorts", json={"name": "A", "region": "Limbrug", "school_year": 2026})
    assert answer.status_code == 422
    assert answer.json()["errors"][0] == {
        "pointer": "/region",
        "code": "unknown_region",
        "detail": "Deze kamer is niet gekend. Bedoelde u «Limburg»?",
    }


def test_cohort_page_goes_on_where_the_last_ended(database: Database) -> None:
    client = a_client(an_app(database), "admin")
    made = [a_cohort(client, name=str(number)) for number in range(5)]
    first = client.get("/v1/cohorts?limit=3").json()
    second = client.get(f"/v1/cohorts?limit=3&cursor={first['next']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None
    assert client.get("/v1/cohorts?limit=1000000000").status_code == 422


def test_cohort_is_removed_by_an_admin_alone(database: Database) -> None:
    app = an_app(database)
    admin, coordinator = a_client(app, "admin"), a_client(app, "coordinator")
    cohort = a_cohort(admin)
    tag = {"If-Match": admin.get(f"/v1/cohorts/{cohort}").headers["etag"]}
    assert coordinator.delete(f"/v1/cohorts/{cohort}", headers=tag).status_code == 403
    assert admin.delete(f"/v1/cohorts/{cohort}", headers=tag).status_code == 204
    assert admin.get(f"/v1/cohorts/{cohort}").status_code == 404
