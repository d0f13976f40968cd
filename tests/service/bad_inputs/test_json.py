"""Is hostile text and JSON refused wherever a body is read, and told without repeating it (cases 33-46)?"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.service_imports import Desk

BODIES: dict[str, dict[str, Any]] = {
    "cohorts": {"name": "Cohorte", "region": "Limburg", "school_year": 2026},
    "schools": {"id": "S1", "name": "School", "postcode": "9000", "school_types": ["TSO"], "fields": ["EM"]},
    "mentors": {"id": "M1", "company": "X", "sectors": [], "postcode": "9000", "half_days": ["ma-vm"]},
    "locks": {"school": "S1", "mentor": "M1", "kind": "required", "reason": "afspraak"},
    "rules": {"max_minutes": 45},
}
TEXT = {"cohorts": "name", "schools": "name", "mentors": "company", "locks": "reason"}
NUMBER = {"cohorts": "school_year", "schools": "mentors_wanted", "mentors": "max_schools", "rules": "seed"}


def sent(desk: Desk, resource: str, body: bytes) -> Any:  # noqa: ANN401 - an answer
    """Send a body as it stands to a resource."""
    headers = {"Content-Type": "application/json"}
    if resource == "cohorts":
        return desk.client.post("/v1/cohorts", content=body, headers=headers)
    address = f"{desk.address}/{resource}"
    if resource == "rules":
        return desk.client.put(address, content=body, headers=headers | desk.tag(address))
    return desk.client.post(address, content=body, headers=headers)


def with_text(resource: str, text: str) -> bytes:
    """Put JSON of a text in a body."""
    return json.dumps(BODIES[resource] | {TEXT[resource]: "@"}).replace('"@"', f'"{text}"').encode()


def with_number(resource: str, number: str) -> bytes:
    """Put JSON of a number in a body."""
    return json.dumps(BODIES[resource] | {NUMBER[resource]: "@"}).replace('"@"', number).encode()


@pytest.mark.parametrize("resource", TEXT)
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sint\\u202eJozef", "hidden_sign"),
        ("Sint\\u2066Jozef", "hidden_sign"),
        ("Sint\\ud800Jozef", "not_a_sign"),
        ("Sint\\u0000Jozef", "not_a_sign"),
        ("Sint\\u0007Jozef", "not_a_sign"),
        ("x" * 10_000, "string_too_long"),
        ("  ", "string_too_short"),
    ],
    ids=["34 bidi", "34 isolate", "35 surrogate", "42 nul", "31 bell", "36 ten kilobytes", "empty"],
)
def test_hostile_text_is_refused(desk: Desk, resource: str, text: str, code: str) -> None:
    answer = sent(desk, resource, with_text(resource, text))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, f"/{TEXT[resource]}")
    assert answer.json()["errors"][0]["code"] == code
    assert "Jozef" not in answer.text
    assert "x" * 20 not in answer.text


@pytest.mark.parametrize("resource", ["schools", "mentors"])
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Cafe\u0301", "Caf\u00e9"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
        ("Ath\n  eneum", "Ath eneum"),
    ],
    ids=["33 decomposed", "37 markup", "38 formula", "lines"],
)
def test_odd_text_is_kept_as_text(desk: Desk, resource: str, given: str, kept: str) -> None:
    answer = sent(desk, resource, json.dumps(BODIES[resource] | {TEXT[resource]: given}).encode())
    assert (answer.status_code, answer.json()[TEXT[resource]]) == (201, kept)
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("resource", NUMBER)
@pytest.mark.parametrize(
    ("number", "status", "code"),
    [
        ("NaN", 422, "not_finite"),
        ("Infinity", 422, "not_finite"),
        ("1e999", 422, "not_finite"),
        (str(2**63), 422, "too_large"),
        (str(-(2**63)), 422, "too_large"),
        ("9" * 5_000, 400, "not_json"),
        ("false", 422, "int_type"),
        ("1.5", 422, "int_type"),
        ('"1"', 422, "int_type"),
        ("null", 422, "int_type"),
    ],
    ids=[
        "39 nan",
        "39 infinity",
        "40 1e999",
        "41 id",
        "41 negative",
        "44 digits",
        "46 false",
        "fraction",
        "text",
        "null",
    ],
)
def test_hostile_number_is_refused(desk: Desk, resource: str, number: str, status: int, code: str) -> None:
    answer = sent(desk, resource, with_number(resource, number))
    problem = answer.json()
    assert answer.status_code == status, answer.text
    assert (problem["errors"][0]["code"] if status == 422 else problem["code"]) == code
    assert number not in answer.text or len(number) < 6


@pytest.mark.parametrize("resource", BODIES)
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"[" * 100_000 + b"]" * 100_000, 400, "not_json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400, "not_json"),
        (b'{"name": "a", "name": "b"}', 400, "not_json"),
        (b'{"name": ', 400, "not_json"),
        (b"\xff\xfe", 400, "not_utf8"),
        (b'"a"', 422, "invalid"),
        (b"null", 422, "invalid"),
    ],
    ids=["43 lists", "43 objects", "45 doubled key", "cut", "no utf-8", "a text", "null"],
)
def test_body_that_is_no_document_is_refused(desk: Desk, resource: str, body: bytes, status: int, code: str) -> None:
    answer = sent(desk, resource, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("resource", BODIES)
def test_46_unknown_field_is_refused(desk: Desk, resource: str) -> None:
    answer = sent(desk, resource, json.dumps(BODIES[resource] | {"kleur~/": 1}).encode())
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "/kleur~0~1", "code": "extra_forbidden", "detail": "Dit veld is niet gekend."}
    ]


def test_answer_tells_at_most_a_hundred_faults(desk: Desk) -> None:
    answer = sent(desk, "cohorts", json.dumps({f"k{number}": 1 for number in range(500)}).encode())
    assert (answer.status_code, len(answer.json()["errors"])) == (422, 100)


def test_object_of_very_many_members_is_refused_with_one_fault(desk: Desk) -> None:
    answer = sent(desk, "cohorts", json.dumps({f"k{number}": 1 for number in range(1001)}).encode())
    assert (answer.status_code, [one["code"] for one in answer.json()["errors"]]) == (422, ["too_long"])


def test_long_body_is_read_beside_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    beside: list[bool] = []

    def read(body: bytes) -> Any:  # noqa: ANN401 - any JSON
        beside.append(asyncio._get_running_loop() is None)
        return json.loads(body)

    monkeypatch.setattr("service.web.route.read_json", read)
    for spaces in (0, 64_000):
        assert sent(desk, "cohorts", json.dumps(BODIES["cohorts"]).encode() + b" " * spaces).status_code == 201
    assert beside == [False, True]
