"""Is a value that can't be meant refused, and one that is only odd kept with a word (cases 54-66, 69, 71-78)?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from service.rounds.given.round_of_rows import save_people
from tests.builders import a_round, forbidden, required
from tests.service_client import a_client, work

if TYPE_CHECKING:
    from matcher.domain.lock import Lock
    from service.worker.child import Children
    from tests.service_imports import Desk

SCHOOL: dict[str, Any] = {
    "id": "S1",
    "name": "School",
    "postcode": "9000",
    "school_types": ["TSO"],
    "fields": ["EM"],
}
MENTOR: dict[str, Any] = {
    "id": "M1",
    "company": "Voorbeeld NV",
    "sectors": ["technologie"],
    "postcode": "9000",
    "half_days": ["ma-vm"],
}


def test_54_55_school_with_a_number_that_is_taken_is_refused(desk: Desk) -> None:
    assert desk.client.post(f"{desk.address}/schools", json=SCHOOL).status_code == 201
    for body in (SCHOOL, SCHOOL | {"name": "Anders"}):
        answer = desk.client.post(f"{desk.address}/schools", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "already_there")
    assert desk.school("S1")["name"] == "School"


@pytest.mark.parametrize(
    "path", ["", "/schools", "/schools/S1", "/mentors", "/locks", "/rules", "/preflight", "/imports", "/rounds"]
)
def test_57_what_is_of_another_region_is_not_there(desk: Desk, path: str) -> None:
    desk.client.post(f"{desk.address}/schools", json=SCHOOL)
    theirs = a_client(desk.client.app, "coordinator", regions=("Mechelen-Kempen",))  # type: ignore[arg-type]
    answer = theirs.get(f"{desk.address}{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(("resource", "body"), [("schools", SCHOOL), ("mentors", MENTOR)])
def test_58_request_sent_again_gets_its_first_answer(desk: Desk, resource: str, body: dict[str, Any]) -> None:
    address, key = f"{desk.address}/{resource}", {"Idempotency-Key": "k"}
    first, again = (desk.client.post(address, json=body, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)
    other = desk.client.post(address, json=body | {"postcode": "3500"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"postcode": "9001"}, "/postcode", "unknown_postcode"),
        ({"postcode": "negenduizend"}, "/postcode", "string_too_long"),
        ({"postcode": "٩٠٠٠"}, "/postcode", "unknown_postcode"),
        ({"postcode": 9000}, "/postcode", "string_type"),
        ({"mentors_wanted": -1}, "/mentors_wanted", "greater_than_equal"),
        ({"mentors_wanted": 1.5}, "/mentors_wanted", "int_type"),
        ({"mentors_wanted": 4}, "/mentors_wanted", "less_than_equal"),
        ({"latitude": 3.7174, "longitude": 51.0543}, "/latitude", "coordinates_swapped"),
        ({"latitude": 40.4, "longitude": -3.7}, "/latitude", "outside_belgium"),
        ({"latitude": 51.05}, "/longitude", "half_coordinates"),
        ({"latitude": 999.0, "longitude": 3.7}, "/latitude", "less_than_equal"),
        ({"half_days": ["za-vm"]}, "/half_days", "unknown_value"),
        ({"half_days": ["vr-ma"]}, "/half_days", "unknown_value"),
        ({"school_types": ["BZO"]}, "/school_types", "unknown_value"),
        ({"fields": ["XX"]}, "/fields", "unknown_value"),
        ({"baseline": {"9.9": 1}}, "/baseline", "unknown_value"),
        ({"baseline": {"1.1": 5}}, "/baseline/1.1", "less_than_equal"),
        ({"id": "a/b"}, "/id", "string_pattern_mismatch"),
        ({"id": "x" * 65}, "/id", "string_too_long"),
    ],
)
def test_59_to_65_school_that_can_not_be_is_refused(
    desk: Desk, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = desk.client.post(f"{desk.address}/schools", json=SCHOOL | changes)
    assert answer.status_code == 422, answer.text
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]
    assert desk.schools() == []


def test_59_unknown_postcode_names_the_nearest(desk: Desk) -> None:
    answer = desk.client.post(f"{desk.address}/schools", json=SCHOOL | {"postcode": "9001"})
    assert "«9000» (Gent)" in answer.json()["detail"]
    told = desk.client.post(f"{desk.address}/schools", json=SCHOOL | {"postcode": "9993", "municipality": "Lier"})
    assert "Bedoelde u «2500»?" in told.json()["detail"]


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"max_schools": -1}, "/max_schools", "greater_than_equal"),
        ({"max_schools": 51}, "/max_schools", "less_than_equal"),
        ({"max_schools": 1.5}, "/max_schools", "int_type"),
        ({"max_schools": True}, "/max_schools", "int_type"),
        ({"max_schools_company": 51}, "/max_schools_company", "less_than_equal"),
        ({"max_minutes": 241}, "/max_minutes", "less_than_equal"),
        ({"sectors": ["chemy"]}, "/sectors/0", "unknown_sector"),
        ({"provinces": ["Limbrug"]}, "/provinces", "unknown_value"),
        ({"offer": [8]}, "/offer/0", "less_than_equal"),
        ({"status": "actief"}, "/status", "literal_error"),
        ({"company_number": "0123.456.748"}, "/company_number", "company_number"),
    ],
)
def test_61_to_65_mentor_that_can_not_be_is_refused(
    desk: Desk, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = desk.client.post(f"{desk.address}/mentors", json=MENTOR | changes)
    assert answer.status_code == 422, answer.text
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"postcode": "1000"}, "outside_flanders"),
        ({"postcode": "5000"}, "outside_flanders"),
        ({"max_schools": 0}, "no_capacity"),
    ],
    ids=["60 Brussels", "60 Walloon", "62 zero"],
)
def test_60_62_odd_value_is_kept_with_a_word(desk: Desk, changes: dict[str, Any], code: str) -> None:
    answer = desk.client.post(f"{desk.address}/mentors", json=MENTOR | changes)
    assert (answer.status_code, [one["code"] for one in answer.json()["remarks"]]) == (201, [code])


def test_63_mentor_without_skills_is_kept_and_listed_where_nobody_fits(desk: Desk) -> None:
    body = MENTOR | {"sectors": [], "offer": [], "half_days": []}
    assert desk.client.post(f"{desk.address}/mentors", json=body).status_code == 201
    assert desk.client.post(f"{desk.address}/schools", json=SCHOOL).status_code == 201
    told = desk.client.get(f"{desk.address}/preflight").json()
    assert [one["mentor"] for one in told["unmatchable"]] == ["M1"]


def test_66_doubled_half_days_are_merged(desk: Desk) -> None:
    body = MENTOR | {"half_days": ["di-vm", "ma-vm", "di-vm"]}
    assert desk.client.post(f"{desk.address}/mentors", json=body).json()["half_days"] == ["ma-vm", "di-vm"]


def test_71_empty_cohort_has_nothing_to_do(desk: Desk) -> None:
    answer = desk.client.post(f"{desk.address}/rounds", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_do")
    assert desk.client.get(f"{desk.address}/preflight").json()["sentence"].startswith("Niets te doen")


@pytest.mark.parametrize(
    ("there", "kind", "withdrawn", "size"),
    [
        ((forbidden("S001", "M001"),), "required", None, 2),
        ((required("S001", "M001"),), "forbidden", None, 2),
        ((required("S002", "M001"),), "required", None, 2),
        ((), "required", "M001", 1),
    ],
    ids=["72 both", "72 both, the other way", "73 beyond capacity", "74 departed"],
)
def test_72_to_74_agreement_that_can_not_hold_names_the_smallest_set(
    desk: Desk, there: tuple[Lock, ...], kind: str, withdrawn: str | None, size: int
) -> None:
    with desk.database.write() as transaction:
        save_people(transaction, desk.cohort, a_round(locks=there), "test")
    if withdrawn is not None:
        address = f"{desk.address}/mentors/{withdrawn}"
        body = {"status": "withdrawn"}
        assert desk.client.patch(address, json=body, headers=desk.tag(address)).status_code == 200
    lock = {"school": "S001", "mentor": "M001", "kind": kind, "reason": "afspraak"}
    answer = desk.client.post(f"{desk.address}/locks", json=lock)
    assert (answer.status_code, answer.json()["code"]) == (409, "lock_conflict")
    assert len(answer.json()["conflict"]["locks"]) == size
    assert answer.json()["conflict"]["remedies"]


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        (dict.fromkeys(("sector", "travel", "school_type", "availability", "needs"), 0), "no_weight"),
        ({"sector": -1}, "greater_than_equal"),
    ],
    ids=["75 all zero", "75 negative"],
)
def test_75_weights_that_weigh_nothing_are_refused(desk: Desk, weights: dict[str, int], code: str) -> None:
    address = f"{desk.address}/rules"
    answer = desk.client.put(address, json={"weights": weights}, headers=desk.tag(address))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


def test_77_second_solve_of_a_cohort_links_to_the_first(desk: Desk) -> None:
    with desk.database.write() as transaction:
        save_people(transaction, desk.cohort, a_round(), "test")
    first = desk.client.post(f"{desk.address}/rounds", json={})
    second = desk.client.post(f"{desk.address}/rounds", json={})
    assert (second.status_code, second.json()["code"]) == (409, "already_solving")
    assert second.json()["job"] == f"/v1/jobs/{first.json()['job']}"


def test_76_agreements_that_contradict_end_in_the_set_at_fault_and_ways_out(desk: Desk, children: Children) -> None:
    with desk.database.write() as transaction:
        locks = (required("S001", "M001"), forbidden("S001", "M001"))
        save_people(transaction, desk.cohort, a_round(locks=locks), "test")
    asked = desk.client.post(f"{desk.address}/rounds", json={})
    work(desk.client.app, children)  # type: ignore[arg-type]
    plan = desk.client.get(asked.headers["location"]).json()["plan"]
    assert plan["status"] == "conflict"
    assert plan["conflict"]["sentence"] == "M001 bij School 1 is tegelijk vast en verboden."
    assert plan["conflict"]["remedies"]
    assert desk.client.get(f"{desk.address}/preflight").json()["conflict"]["sentence"] == plan["conflict"]["sentence"]


def test_78_mentor_who_leaves_meanwhile_makes_the_result_stale(desk: Desk, children: Children) -> None:
    with desk.database.write() as transaction:
        save_people(transaction, desk.cohort, a_round(), "test")
    asked = desk.client.post(f"{desk.address}/rounds", json={})
    address = f"{desk.address}/mentors/M001"
    left = desk.client.patch(address, json={"status": "withdrawn"}, headers=desk.tag(address))
    assert left.status_code == 200
    work(desk.client.app, children)  # type: ignore[arg-type]
    found = desk.client.get(asked.headers["location"])
    assert (found.json()["plan"]["status"], found.json()["stale"]) == ("proven", True)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("0001-01-01T00:00:00+14:00", "Dit moment moet tussen 2000 en 3000 liggen."),
        ("9999-12-31T23:59:59-14:00", "Dit moment moet tussen 2000 en 3000 liggen."),
        ("2027-03-28T02:30:00", "Geef een tijdzone mee, bijvoorbeeld Z."),
    ],
)
def test_69_moment_that_can_not_be_in_utc_is_refused(desk: Desk, moment: str, words: str) -> None:
    admin = a_client(desk.client.app, "admin")  # type: ignore[arg-type]
    cohort = {"name": "Later", "region": "Limburg", "school_year": 2026, "keep_until": moment}
    key = {"name": "portaal", "scopes": ["portal"], "expires_at": moment}
    for path, body, pointer in (("cohorts", cohort, "/keep_until"), ("keys", key, "/expires_at")):
        answer = admin.post(f"/v1/{path}", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
        assert answer.json()["detail"] == words
