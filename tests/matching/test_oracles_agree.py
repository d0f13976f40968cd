"""Do our two independent readings of the rules, brute force and HiGHS, give the same values?"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.builders import a_mentor, a_round, a_school, required
from tests.oracle import Numbers, best_by_enumeration, numbers_of
from tests.oracle_highs import best_by_highs
from tests.random_rounds import random_round, with_agreements

BATCHES = 10


def invented_numbers(seed: int, schools: int, mentors: int, **policy: object) -> Numbers:
    """Make a random round whose verdicts are thrown with dice."""
    dice = Random(seed)  # noqa: S311
    given = random_round(seed, schools, mentors)
    allowed = [[int(dice.random() < 0.35) for _ in range(mentors)] for _ in range(schools)]
    points = [[dice.randrange(0, 1001, 10) for _ in range(mentors)] for _ in range(schools)]
    minutes = [[dice.randrange(60) for _ in range(mentors)] for _ in range(schools)]
    possible = [
        (school.id, mentor.id)
        for school, row in zip(given.schools, allowed, strict=True)
        for mentor, ok in zip(given.mentors, row, strict=True)
        if ok
    ]
    given = with_agreements(given, possible, seed)
    return numbers_of(replace(given, policy=replace(given.policy, **policy)), allowed, points, minutes)  # type: ignore[arg-type]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_oracles_agree_on_tiny_rounds(batch: int) -> None:
    for seed in range(batch * 20, batch * 20 + 20):
        numbers = invented_numbers(seed, 3, 6)
        assert best_by_highs(numbers) == best_by_enumeration(numbers), f"seed {seed}"


def test_oracles_agree_on_extra_rules() -> None:
    for seed in range(60):
        numbers = invented_numbers(seed, 3, 6, share_half_day=bool(seed % 2), required_sectors=("chemie", "ict"))
        assert best_by_highs(numbers) == best_by_enumeration(numbers), f"seed {seed}"


def test_oracles_know_a_round_by_hand() -> None:
    schools = [a_school(1, mentors_wanted=2), a_school(2)]
    mentors = [a_mentor(1, company_key="staal"), a_mentor(2, company_key="staal", max_schools=2), a_mentor(3)]
    given = a_round(schools, mentors, locks=(required("S001", "M003"),))
    numbers = numbers_of(given, [[1, 1, 1], [0, 1, 0]], [[900, 400, 300], [0, 500, 0]], [[9, 8, 7], [6, 5, 4]])
    best = {"places_filled": (2, 1), "reserves_used": 0, "stranded": 0, "changes": 0}
    best |= {"worst_pair": 300, "points": 1700, "spread": 0, "travel_minutes": 21}
    assert best_by_highs(numbers) == best
    assert best_by_enumeration(numbers) == best


def test_oracles_see_a_contradiction() -> None:
    given = a_round([a_school(1)], 2, locks=(required("S001", "M001"), required("S001", "M002")))
    numbers = numbers_of(given, [[1, 1]], [[500, 500]], [[10, 10]])
    assert best_by_highs(numbers) is None
    assert best_by_enumeration(numbers) is None
