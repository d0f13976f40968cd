"""Are weight ranges what trying every weight says, with the points and the plans worked out anew?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import matcher
from matcher.domain.policy import MAX_WEIGHT, Policy
from matcher.matching import means
from matcher.questions import weight_ranges as ranges
from matcher.questions.weight_ranges import WeightRange, weight_ranges
from tests.builders import a_mentor, a_round, a_school
from tests.oracle import best_by_enumeration, numbers_of, values_of
from tests.random_rounds import random_round

if TYPE_CHECKING:
    from matcher.criteria.base import Judgement

PATIENT = 3600.0
"""Seconds that no test needs: what is told must not hang on how busy the machine is."""


def stays_best(asked: matcher.Solved, key: str, weight: int) -> bool:
    """Tell by enumerating every plan whether this one is the best at a weight, every pair judged anew."""
    policy = asked.given.policy
    given = replace(asked.given, policy=replace(policy, weights={**policy.weights, key: weight}))
    verdicts = matcher.judge(given)
    tables = (one.tolist() for one in (verdicts.allowed, verdicts.points, verdicts.minutes))
    numbers = numbers_of(given, *tables)
    rows, columns = asked.facts.row, asked.facts.column
    pairs = frozenset((rows[pair.school], columns[pair.mentor]) for pair in asked.plan.pairs)
    return values_of(numbers, pairs) == best_by_enumeration(numbers)


def range_by_trying(asked: matcher.Solved, one: WeightRange) -> tuple[int, int]:
    """Walk outward from the present weight, one whole number at a time, for twenty steps beyond what is told."""
    low, high = one.weight, one.weight
    while low > max(0, one.low - 20) and stays_best(asked, one.key, low - 1):
        low -= 1
    while high < min(MAX_WEIGHT, one.high + 20, one.weight + 60) and stays_best(asked, one.key, high + 1):
        high += 1
    return low, high


@pytest.mark.parametrize("seed", range(8))
def test_ranges_equal_trying_every_weight_on_tiny_rounds(seed: int) -> None:
    given = random_round(seed, 3, 5)
    plan = matcher.assign(given)
    asked = matcher.solved(given, plan)
    ranges = weight_ranges(asked, seconds=PATIENT)
    assert [one.key for one in ranges] == ["availability", "needs", "school_type", "sector", "travel"]
    for one in ranges:
        assert (one.low_known, one.high_known) == (True, True)
        low, high = range_by_trying(asked, one)
        assert (one.low, min(one.high, one.weight + 60)) == (low, high)
        assert (one.below is None) == (one.low == 0)
        assert (one.above is None) == (one.high == MAX_WEIGHT)


def test_just_outside_the_plan_that_is_better_changes_the_schools_that_are_told() -> None:
    mentors = [a_mentor(1, sectors=("technologie",), half_days=("ma-vm",)), a_mentor(2, sectors=("installatie",))]
    given = a_round([a_school(1)], mentors, policy=Policy(weights={"sector": 100, "availability": 10}))
    asked = matcher.solved(given, matcher.assign(given))
    assert [pair.mentor for pair in asked.plan.pairs] == ["M001"]
    found = next(one for one in weight_ranges(asked, seconds=PATIENT) if one.key == "availability")
    assert found.above is not None
    assert (found.above.weight, found.above.schools) == (found.high + 1, ("S001",))
    changed = replace(given.policy, weights={**given.policy.weights, "availability": found.high + 1})
    again = matcher.assign(replace(given, policy=changed))
    assert [pair.mentor for pair in again.pairs] == ["M002"]


def test_a_weight_with_which_nothing_counts_is_outside() -> None:
    weights = dict.fromkeys(("sector", "school_type", "availability", "needs"), 0) | {"travel": 5}
    given = a_round(1, 2, policy=Policy(weights=weights))
    asked = matcher.solved(given, matcher.assign(given))
    travel = next(one for one in weight_ranges(asked, seconds=PATIENT) if one.key == "travel")
    assert (travel.low, travel.below, travel.low_known) == (1, None, True)
    assert matcher.range_words(asked, travel).endswith("Bij een gewicht van 0 telt niets nog mee voor de punten.")


def test_without_time_nothing_is_claimed_beyond_the_present_weight() -> None:
    given = a_round(2, 3)
    asked = matcher.solved(given, matcher.assign(given))
    for one in weight_ranges(asked, seconds=0):
        assert (one.low, one.high, one.low_known, one.high_known) == (one.weight, one.weight, False, False)
        assert f"Onder {one.weight} is het niet uitgerekend." in matcher.range_words(asked, one)


@pytest.mark.parametrize("kind", ["doubles", "whole", "mixed"])
def test_points_along_weights_are_those_of_each_weight_by_itself(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """With doubles, with whole numbers without limits, and with whole numbers at the highest weights alone."""
    if kind == "whole":
        monkeypatch.setattr(means, "EXACT_BELOW", 1)
    for seed in range(3):
        given = random_round(seed, 4, 6)
        asked = matcher.solved(given, matcher.assign(given))
        scores, problem = ranges._Scores(asked.given), asked.problem
        for key in scores.scoring:
            if kind == "mixed":
                largest = (means._largest_denominator(weighed(scores, key, at)) for at in (1, MAX_WEIGHT))
                monkeypatch.setattr(means, "EXACT_BELOW", sum(largest) // 2)
            line = scores.line(problem, key)
            some = range(line.least, MAX_WEIGHT + 1, 37)
            for weight, points in zip(some, line.at(some), strict=True):
                alone = means.Means(weighed(scores, key, weight), scores.shape).points(slice(None))
                assert points.tolist() == alone[problem.school, problem.mentor].tolist(), (key, weight)


def weighed(scores: ranges._Scores, key: str, weight: int) -> list[tuple[Judgement, int]]:
    """Give what each criterion says with its weight, of one another weight."""
    weights = {**scores.weights, key: weight}
    return [(scores.judged[one], weights[one]) for one in weights if scores.judged[one].numerator is not None]
