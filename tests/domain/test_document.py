"""Do rounds and plans survive being written and read, and is everything else refused with its place?"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as holds_for
from hypothesis import strategies as some

from matcher.domain.document import (
    dumps,
    inputs_hash,
    loads,
    plan_from_document,
    plan_to_document,
    round_from_document,
    round_to_document,
)
from matcher.domain.errors import DocumentError
from matcher.domain.reference import default_sectors
from matcher.domain.round import Round
from matcher.domain.travel import RoadTimes
from matcher.matching.assign import assign
from tests.builders import GENT, a_mentor, a_round, a_school, required
from tests.random_rounds import random_round


@pytest.mark.parametrize("seed", range(25))
def test_round_and_plan_come_back_as_they_were(seed: int) -> None:
    given = random_round(seed, 5, 8)
    given = replace(given, policy=replace(given.policy, sectors=default_sectors() if seed % 2 else ()))
    assert round_from_document(loads(dumps(round_to_document(given)))) == given
    plan = assign(given)
    assert plan_from_document(loads(dumps(plan_to_document(plan)))) == plan


def test_plan_document_has_the_fields_that_others_read() -> None:
    document = plan_to_document(assign(a_round(2, 3, locks=(required("S001", "M001"),))))
    assert document["format"] == "in2stem-plan/1"
    assert (document["status"], document["engine"]) == ("proven", "network")
    assert [goal["name"] for goal in document["goals"]] == [
        "places_filled",
        "reserves_used",
        "stranded",
        "changes",
        "worst_pair",
        "points",
        "spread",
        "travel_minutes",
    ]
    assert document["goals"][0] == {"name": "places_filled", "value": [2], "bound": [2], "proven": True}
    assert {"school", "mentor", "points", "travel_minutes", "locked", "reasons"} <= set(document["pairs"][0])
    assert {"open_places", "inputs_hash", "policy", "seed", "versions"} <= set(document)


def test_road_times_come_back() -> None:
    roads = RoadTimes("OSRM http://localhost", (GENT,), (GENT,), np.array([[7]], dtype=np.int32))
    again = round_from_document(loads(dumps(round_to_document(a_round(1, 1, roads=roads)))))
    assert again.roads.minutes.tolist() == [[7]]
    assert again.roads.source == "OSRM http://localhost"


def test_hash_does_not_depend_on_the_order_of_rows_but_on_every_value() -> None:
    schools, mentors = [a_school(n) for n in (1, 2, 3)], [a_mentor(n) for n in (1, 2)]
    one = inputs_hash(a_round(schools, mentors))
    assert inputs_hash(a_round(schools[::-1], mentors[::-1])) == one
    assert inputs_hash(a_round(schools, [mentors[0], replace(mentors[1], max_schools=2)])) != one


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "geen geldige JSON"),
        ("{", "geen geldige JSON"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1e999}', "NaN"),
        ('{"a": 1, "a": 2}', "twee keer"),
        ("[" * 100_000, "dieper"),
        ("[" * 41 + "]" * 41, "dieper"),
        ('{"a":' * 41 + "1" + "}" * 41, "dieper"),
        ("1" * 5_000, "geen geldige JSON"),
    ],
)
def test_text_that_is_no_json_of_ours_is_refused(text: str, told: str) -> None:
    with pytest.raises(DocumentError, match=told):
        loads(text)


def test_document_nested_to_the_limit_is_read() -> None:
    assert dumps({"a": loads("[" * 40 + "]" * 40)}).count("[") == 40


def test_brackets_in_a_text_are_letters() -> None:
    given = a_round([a_school(1, name="[" * 200)], [a_mentor(n, company="Bedrijf [HQ {") for n in range(50)])
    assert round_from_document(loads(dumps(round_to_document(given)))) == given


@pytest.mark.parametrize("name", ["\ud800", "School \udfff"])
def test_half_a_character_is_refused_with_its_place(name: str) -> None:
    document = json.loads(json.dumps(round_to_document(a_round([a_school(1, name=name)], 1))))
    with pytest.raises(DocumentError, match="halve tekens") as caught:
        round_from_document(document)
    assert caught.value.pointer == "/schools/0/name"


def _plan_document() -> dict[str, object]:
    return json.loads(dumps(plan_to_document(assign(a_round(1, 1)))))


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"format": "in2stem-plan/2"}, "/format"),
        ({"status": "great"}, "/status"),
        ({"goals": {}}, "/goals"),
        ({"goals": [{"name": "points"}]}, "/goals/0/value"),
        ({"seed": "0"}, "/seed"),
        ({"seed": False}, "/seed"),
        ({"pairs": [3]}, "/pairs/0"),
        ({"a/b": 1}, "/a~1b"),
        ({"policy": {"max_minutes": 0}}, "/policy"),
    ],
)
def test_plan_document_with_a_fault_is_refused_with_its_place(change: dict[str, object], pointer: str) -> None:
    with pytest.raises(DocumentError) as caught:
        plan_from_document(_plan_document() | change)
    assert caught.value.pointer == pointer


def test_plan_document_without_a_field_is_refused() -> None:
    document = _plan_document()
    del document["pairs"]
    with pytest.raises(DocumentError, match="ontbreekt"):
        plan_from_document(document)


@holds_for(some.recursive(some.none() | some.booleans() | some.integers() | some.text(), some.lists, max_leaves=8))
def test_any_other_json_is_refused(value: object) -> None:
    for read in (plan_from_document, round_from_document):
        with pytest.raises(DocumentError):
            read(value)
        with pytest.raises(DocumentError):
            read({"format": "in2stem-plan/1", "pairs": value})


def test_round_with_an_impossible_value_is_refused_with_its_place() -> None:
    document = json.loads(dumps(round_to_document(a_round(1, 1))))
    document["schools"][0]["mentors_wanted"] = 9
    with pytest.raises(DocumentError) as caught:
        round_from_document(document)
    assert caught.value.pointer == "/schools/0"
    assert isinstance(round_from_document(round_to_document(a_round(1, 1))), Round)
