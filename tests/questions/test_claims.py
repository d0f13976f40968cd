"""Is every claim true, and would the oracle notice if one were not?"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

import pytest

from matcher.domain.absence_claim import NobodyElse
from matcher.domain.claim import KINDS, Claim
from matcher.domain.document import dumps, plan_from_document, plan_to_document
from matcher.matching.assign import assign
from matcher.matching.checker import verify_plan
from matcher.matching.claim_words import RENDERERS
from matcher.matching.loss_words import loss_words, price_phrase
from tests.builders import a_mentor, a_round, a_school, required
from tests.claim_asking import all_said, said_of_open_places
from tests.claim_cohorts import a_cohort, a_short_cohort, a_wide_cohort
from tests.claim_oracle import CHECKS, false_claims
from tests.claim_quarrels import a_quarrel
from tests.claim_said import Said, name_of
from tests.claim_short import said_of_shortages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SEEDS = range(20_000, 20_012)
"""Other cohorts than the campaign's; twelve of its thousands."""

MOST_SEEDS = 400
"""So many cohorts are looked through at most until each kind was said once."""

TELLING = (0, 1, 2, 3, 5, 6, 7, 9, 13, 20, 48)
"""The cohorts among them in which a kind was said first, when last looked: the others come after."""


def said_of(seed: int) -> Iterator[tuple[Said, bool]]:
    """Give all that is said of four cohorts, with whether somebody is passed over."""
    yield from all_said(a_cohort(seed), seed)
    yield from said_of_open_places(a_wide_cohort(seed), seed)
    yield from said_of_shortages(a_short_cohort(seed))
    yield from said_of_shortages(a_quarrel(seed))


def test_each_kind_has_one_renderer_one_check_and_one_name() -> None:
    assert set(RENDERERS) == set(get_args(Claim))
    assert set(CHECKS) == set(KINDS)
    assert {name_of_kind(one) for one in get_args(Claim)} == set(KINDS)
    assert all(is_dataclass(one) and one.__dataclass_params__.frozen for one in get_args(Claim))


def name_of_kind(kind: type) -> str:
    """Name a kind as the oracle does."""
    return name_of(object.__new__(kind))


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_is_said_of_a_plan_is_true(seed: int) -> None:
    told = list(said_of(seed))
    assert told
    assert [(one, said.pair) for said, _ in told for one in false_claims(said)] == []
    assert [said.claims for said, passed_over in told if passed_over] == []


@cache
def examples() -> Mapping[str, tuple[Said, Claim]]:
    """Find a true claim of every kind."""
    found: dict[str, tuple[Said, Claim]] = {}
    for seed in (*TELLING, *range(MOST_SEEDS)):
        for said, _ in said_of(seed):
            for one in said.claims:
                found.setdefault(name_of(one), (said, one))
        if len(found) == len(CHECKS):
            break
    return found


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_oracle_catches_a_claim_of_which_any_part_is_falsified(kind: str) -> None:
    said, claim = examples()[kind]
    assert false_claims(said) == []
    for name, lie in lies(claim):
        told = tuple(lie if one is claim else one for one in said.claims)
        assert lie in false_claims(replace(said, claims=told)), name
    if not fields(claim):
        there = replace(said, plan=frozenset({("S", "M")}), status="proven")
        assert false_claims(there) == list(said.claims)


def lies(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Give a claim with each of its parts falsified in turn."""
    for one in fields(claim):
        yield one.name, replace(claim, **{one.name: falsified(getattr(claim, one.name))})


def falsified(value: Any) -> Any:  # noqa: ANN401 - a part of a claim
    """Make something else of a value."""
    if isinstance(value, bool | int):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, tuple):
        return (*value[:-1], value[-1] + 1) if value and isinstance(value[-1], int) else (*value, "nobody")
    return {name: falsified(part) for name, part in value.items()} or {"points": 1}


def test_plan_is_not_verified_once_a_reason_or_a_claim_is_altered() -> None:
    given = a_round(2, 1)
    plan = assign(given)
    assert verify_plan(given, plan) is None
    (place,) = plan.open_places
    (told,) = place.claims
    lies_told = [
        replace(place, reason="Er zijn geen mentoren meer."),
        replace(place, claims=(replace(told, sentence="Er zijn geen mentoren meer."),)),
        replace(place, claims=(replace(told, claim=NobodyElse("S001")),)),
        # Only a plan from before there were claims may lack them (tests/stored has such plans).
        replace(place, reason="De enige mentor die hier kan, M001, is elders nodig.", claims=()),
    ]
    for lie in lies_told:
        found = verify_plan(given, replace(plan, open_places=(lie,)))
        assert found is not None
        assert "open plaats" in found


def test_claims_come_back_from_a_document_and_an_older_plan_has_none() -> None:
    schools = [a_school(1, mentors_wanted=2), a_school(2)]
    plan = assign(a_round(schools, [a_mentor(1), a_mentor(2, max_schools=0)], locks=(required("S001", "M001"),)))
    document = plan_to_document(plan)
    assert plan_from_document(document) == plan
    for place in document["open_places"]:
        assert place["reason"] == " ".join(one["sentence"] for one in place["claims"])
        del place["claims"]
    older = plan_from_document(document)
    assert [one.claims for one in older.open_places] == [(), ()]
    assert dumps(plan_to_document(older)) == dumps(document)


BOTH_WAYS = (
    "één school minder krijgt een mentor en dat kost 1.200 punten, "
    "maar één school meer krijgt een tweede mentor en dat spaart 1 minuut rijden"
)


COSTS_AND_SPARES = ("dat kost 24 punten, maar spaart 5 minuten rijden", "−24 punten, −5 minuten rijden")


@pytest.mark.parametrize(
    ("losses", "price", "difference"),
    [
        ({"points": 0}, "dat kost niets", "niets"),
        ({"points": 12}, "dat kost 12 punten", "−12 punten"),
        ({"points": -8}, "dat levert 8 punten op", "+8 punten"),
        ({"places_filled": (-1, 0)}, "één school meer krijgt een mentor", "één school meer krijgt een mentor"),
        (
            {"places_filled": (1, -1), "points": 1200, "travel_minutes": -1},
            BOTH_WAYS,
            BOTH_WAYS.replace(" en dat kost 1.200 punten, maar", ",").replace(" en dat spaart ", ", −1.200 punten, −"),
        ),
        ({"points": 24, "travel_minutes": -5}, *COSTS_AND_SPARES),
        (
            {"points": -3, "worst_pair": 2, "travel_minutes": -5},
            "dat kost 2 punten op het zwakste koppel, maar levert 3 punten op en spaart 5 minuten rijden",
            "−2 punten op het zwakste koppel, +3 punten, −5 minuten rijden",
        ),
        (
            {"points": -3, "travel_minutes": -5},
            "dat levert 3 punten op en spaart 5 minuten rijden",
            "+3 punten, −5 minuten rijden",
        ),
        (
            {"places_filled": (1,), "travel_minutes": -5},
            "één school minder krijgt een mentor, maar dat spaart 5 minuten rijden",
            "één school minder krijgt een mentor, −5 minuten rijden",
        ),
        (
            {"worst_pair": 1, "changes": 2},
            "dat kost 2 wijzigingen en 1 punt op het zwakste koppel",
            "+2 wijzigingen, −1 punt op het zwakste koppel",
        ),
    ],
)
def test_a_loss_costs_and_a_gain_brings_or_spares(losses: dict[str, Any], price: str, difference: str) -> None:
    assert price_phrase(losses) == price
    assert loss_words(losses) == difference
