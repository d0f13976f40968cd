"""Can schools and mentors be added, read, changed and removed, with the intake's own findings?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from service.database.tables import audit, mentor
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database

SCHOOL: dict[str, Any] = {
    "id": "034561",
    "name": "Atheneum De Linde",
    "postcode": "9000",
    "school_types": ["BSO", "TSO"],
    "fields": ["EM"],
    "half_days": ["di-vm", "ma-vm"],
    "contact": "An Peeters",
    "email": "an@linde.be",
}
MENTOR: dict[str, Any] = {
    "id": "M 1",
    "company": "Voorbeeld NV",
    "sectors": ["technologie"],
    "postcode": "3500",
    "half_days": ["ma-vm"],
    "first_name": "Jan",
    "last_name": "Maes",
    "email": "jan@voorbeeld.be",
}


def begun(database: Database) -> tuple[TestClient, str]:
    client = a_client(an_app(database), "coordinator")
    return client, f"/v1/cohorts/{a_cohort(client)}"


def added(client: TestClient, address: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    answer = client.post(address, json=body)
    assert answer.status_code == 201, answer.text
    return answer


def test_school_is_placed_and_its_values_stand_in_order(database: Database) -> None:
    client, cohort = begun(database)
    answer = added(client, f"{cohort}/schools", SCHOOL)
    assert answer.headers["location"] == f"{cohort}/schools/034561"
    school = answer.json()
    assert (school["municipality"], school["province"]) == ("Gent", "Oost-Vlaanderen")
    assert (school["school_types"], school["half_days"]) == (["TSO", "BSO"], ["ma-vm", "di-vm"])
    assert (school["mentors_wanted"], school["version"], school["remarks"]) == (1, 1, [])
    assert client.get(f"{cohort}/schools/034561").json() == school
    assert client.get(f"{cohort}/schools").json() == {"items": [school], "next": None}


def test_mentor_gets_a_pseudonym_and_a_company_key(database: Database) -> None:
    client, cohort = begun(database)
    made = added(client, f"{cohort}/mentors", MENTOR | {"company_number": "0123.456.749"}).json()
    assert made["pseudonym"].startswith("mtr_")
    assert (made["company_number"], made["company_key"]) == ("0123456749", "0123456749")
    assert client.get(f"{cohort}/mentors/M%201").json() == made


def test_number_that_is_taken_is_refused(database: Database) -> None:
    client, cohort = begun(database)
    added(client, f"{cohort}/schools", SCHOOL)
    again = client.post(f"{cohort}/schools", json=SCHOOL)
    assert (again.status_code, again.json()["code"]) == (409, "already_there")


def test_new_postcode_brings_its_own_place(database: Database) -> None:
    client, cohort = begun(database)
    before = added(client, f"{cohort}/schools", SCHOOL)
    tag = {"If-Match": before.headers["etag"]}
    after = client.patch(f"{cohort}/schools/034561", json={"postcode": "3500"}, headers=tag).json()
    assert (after["municipality"], after["province"], after["chamber"]) == ("Hasselt", "Limburg", "Limburg")
    assert (after["latitude"], after["name"]) != (before.json()["latitude"], "")
    assert (after["name"], after["version"], after["remarks"]) == ("Atheneum De Linde", 2, [])


def test_whole_school_put_back_with_another_postcode_moves_too(database: Database) -> None:
    client, cohort = begun(database)
    before = added(client, f"{cohort}/schools", SCHOOL)
    hidden = ("id", "province", "chamber", "version", "changed_at", "remarks")
    whole = {name: value for name, value in before.json().items() if name not in hidden} | {"postcode": "3500"}
    after = client.put(f"{cohort}/schools/034561", json=whole, headers={"If-Match": before.headers["etag"]})
    assert (after.status_code, after.json()["municipality"], after.json()["remarks"]) == (200, "Hasselt", [])


def test_own_coordinates_stay_until_they_are_taken_away(database: Database) -> None:
    client, cohort = begun(database)
    first = added(client, f"{cohort}/schools", SCHOOL | {"latitude": 51.06, "longitude": 3.73})
    assert (first.json()["latitude"], first.json()["longitude"]) == (51.06, 3.73)
    named = client.patch(
        f"{cohort}/schools/034561", json={"name": "Anders"}, headers={"If-Match": first.headers["etag"]}
    )
    assert (named.json()["latitude"], named.json()["name"]) == (51.06, "Anders")
    tag = {"If-Match": named.headers["etag"]}
    back = client.patch(f"{cohort}/schools/034561", json={"latitude": None, "longitude": None}, headers=tag)
    assert back.json()["latitude"] != 51.06


def test_edit_needs_the_version_that_was_read(database: Database) -> None:
    client, cohort = begun(database)
    tag = {"If-Match": added(client, f"{cohort}/mentors", MENTOR).headers["etag"]}
    address = f"{cohort}/mentors/M%201"
    assert client.patch(address, json={"max_schools": 2}).status_code == 428
    assert client.patch(address, json={"max_schools": 2}, headers=tag).json()["max_schools"] == 2
    for answer in (client.patch(address, json={"max_schools": 3}, headers=tag), client.delete(address, headers=tag)):
        assert (answer.status_code, answer.json()["code"]) == (412, "stale")


def test_removed_school_takes_its_agreements_along(database: Database) -> None:
    client, cohort = begun(database)
    added(client, f"{cohort}/mentors", MENTOR)
    tag = {"If-Match": added(client, f"{cohort}/schools", SCHOOL).headers["etag"]}
    lock = {"school": "034561", "mentor": "M 1", "kind": "forbidden", "reason": "liever niet"}
    added(client, f"{cohort}/locks", lock)
    assert client.delete(f"{cohort}/schools/034561", headers=tag).status_code == 204
    assert client.get(f"{cohort}/schools/034561").status_code == 404
    assert client.get(f"{cohort}/locks").json()["items"] == []


def test_contact_data_is_for_coordinators_and_reading_it_is_noted(database: Database) -> None:
    app = an_app(database)
    client, viewer = a_client(app, "coordinator"), a_client(app, "viewer")
    cohort = f"/v1/cohorts/{a_cohort(client)}"
    added(client, f"{cohort}/mentors", MENTOR)
    added(client, f"{cohort}/schools", SCHOOL)
    seen = viewer.get(f"{cohort}/mentors/M%201").json() | viewer.get(f"{cohort}/schools/034561").json()
    assert {seen[name] for name in ("first_name", "last_name", "email", "contact")} == {None}
    assert {one["email"] for one in viewer.get(f"{cohort}/mentors").json()["items"]} == {None}
    assert client.get(f"{cohort}/mentors/M%201").json()["email"] == "jan@voorbeeld.be"
    assert client.get(f"{cohort}/mentors").status_code == 200
    with database.read() as transaction:
        query = sa.select(audit.c.action).where(audit.c.action.like("%.read")).order_by(audit.c.id)
        assert sorted(transaction.execute(query).scalars()) == ["mentor.read", "mentors.read"]


def test_viewer_may_not_write_and_another_region_sees_nothing(database: Database) -> None:
    app = an_app(database)
    client, cohort = a_client(app, "coordinator"), ""
    cohort = f"/v1/cohorts/{a_cohort(client)}"
    assert a_client(app, "viewer").post(f"{cohort}/schools", json=SCHOOL).status_code == 403
    assert a_client(app, "portal").get(f"{cohort}/mentors").status_code == 403
    theirs = a_client(app, "coordinator", regions=("Mechelen-Kempen",))
    for answer in (theirs.get(f"{cohort}/schools"), theirs.post(f"{cohort}/schools", json=SCHOOL)):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_pages_go_on_in_the_order_of_the_numbers(database: Database) -> None:
    client, cohort = begun(database)
    for number in ("c", "a", "b"):
        added(client, f"{cohort}/schools", SCHOOL | {"id": number})
    first = client.get(f"{cohort}/schools?limit=2").json()
    second = client.get(f"{cohort}/schools?limit=2&cursor={first['next']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == ["a", "b", "c"]


def test_school_asked_twice_with_one_key_is_added_once(database: Database) -> None:
    client, cohort = begun(database)
    first, again = (client.post(f"{cohort}/schools", json=SCHOOL, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)


def test_every_mentor_has_another_pseudonym(database: Database) -> None:
    client, cohort = begun(database)
    for number in range(3):
        added(client, f"{cohort}/mentors", MENTOR | {"id": f"M{number}"})
    with database.read() as transaction:
        assert len(set(transaction.execute(sa.select(mentor.c.pseudonym)).scalars())) == 3


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"postcode": "1000"}, "outside_flanders", "warning"),
        ({"max_schools": 0}, "no_capacity", "note"),
        ({"sectors": []}, "no_sector", "note"),
        ({"email": "jan bij voorbeeld"}, "email", "warning"),
        ({"municipality": "Gent"}, "municipality_mismatch", "warning"),
    ],
)
def test_odd_value_is_kept_with_a_remark(database: Database, changes: dict[str, Any], code: str, severity: str) -> None:
    client, cohort = begun(database)
    remarks = added(client, f"{cohort}/mentors", MENTOR | changes).json()["remarks"]
    assert [(one["code"], one["severity"]) for one in remarks] == [(code, severity)]


def test_school_tells_onderwijsvormen_or_finalities_and_one_suffices(database: Database) -> None:
    client, cohort = begun(database)
    body = {name: value for name, value in SCHOOL.items() if name != "school_types"}
    school = added(client, f"{cohort}/schools", body | {"finalities": ["arbeidsmarkt", "dubbel"]}).json()
    assert (school["school_types"], school["finalities"]) == ([], ["dubbel", "arbeidsmarkt"])
    refused = client.post(f"{cohort}/schools", json=body | {"id": "034562"})
    assert refused.status_code == 422
    assert "een onderwijsvorm of een finaliteit nodig" in refused.text
    tag = {"If-Match": client.get(f"{cohort}/schools/034561").headers["etag"]}
    assert client.patch(f"{cohort}/schools/034561", json={"finalities": []}, headers=tag).status_code == 422
    both = client.patch(f"{cohort}/schools/034561", json={"school_types": ["TSO"]}, headers=tag)
    assert both.status_code == 200
    assert (both.json()["school_types"], both.json()["finalities"]) == (["TSO"], ["dubbel", "arbeidsmarkt"])
