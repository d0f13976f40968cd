"""Do our plans reach what independent solvers reach, goal by goal, on rounds of every kind?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from matcher.matching.assign import assign
from matcher.matching.checker import check_plan
from matcher.matching.verdicts import judge
from tests.oracle import best_by_enumeration, numbers_of
from tests.oracle_highs import best_by_highs
from tests.random_rounds import random_round, with_agreements

if TYPE_CHECKING:
    from collections.abc import Callable

    from matcher.domain.round import Round
    from tests.oracle import Numbers, Values

    Oracle = Callable[[Numbers], Values | None]


@cache  # several tests look at the same
def a_random_round(seed: int, schools: int, mentors: int, **policy: object) -> Round:
    """Make a random round with agreements, and often an earlier plan and withdrawals."""
    given = random_round(seed, schools, mentors)
    allowed = judge(given).allowed
    possible = [
        (school.id, mentor.id)
        for row, school in enumerate(given.schools)
        for column, mentor in enumerate(given.mentors)
        if allowed[row, column]
    ]
    given = with_agreements(given, possible, seed)
    return replace(given, policy=replace(given.policy, **policy))  # type: ignore[arg-type]


def assert_as_good_as(oracle: Oracle, given: Round) -> str:
    """Hold a round's plan against an oracle; give the plan's status."""
    verdicts = judge(given)
    plan = assign(given, verdicts)
    best = oracle(numbers_of(given, verdicts.allowed.tolist(), verdicts.points.tolist(), verdicts.minutes.tolist()))
    if best is None:
        assert plan.status == "conflict"
        assert plan.conflict is not None
        assert not plan.pairs
        return plan.status
    assert {goal.name: goal.value for goal in plan.goals} == best
    assert tuple(goal.name for goal in plan.goals) == given.policy.goals
    assert all(goal.proven and goal.bound == goal.value for goal in plan.goals)
    assert plan.status == "proven"
    assert check_plan(given, verdicts, plan) == ()
    return plan.status


@pytest.mark.parametrize("batch", range(20))
def test_plan_equals_highs_on_random_rounds(batch: int) -> None:
    statuses = [
        assert_as_good_as(best_by_highs, a_random_round(seed, 6 + seed % 7, 10 + seed % 21))
        for seed in range(batch * 12, batch * 12 + 12)
    ]
    assert "proven" in statuses


@pytest.mark.parametrize("batch", range(8))
def test_plan_equals_brute_force_on_tiny_rounds(batch: int) -> None:
    for seed in range(1000 + batch * 15, 1000 + batch * 15 + 15):
        assert_as_good_as(best_by_enumeration, a_random_round(seed, 3, 6))


@pytest.mark.parametrize("batch", range(4))
def test_plan_equals_highs_under_extra_rules(batch: int) -> None:
    for seed in range(2000 + batch * 8, 2000 + batch * 8 + 8):
        extra = {"share_half_day": True} if seed % 2 else {"required_sectors": ("chemie", "ict", "bouw")}
        assert_as_good_as(best_by_highs, a_random_round(seed, 5, 12, **extra))


def test_random_rounds_hold_everything_that_a_real_one_can() -> None:
    rounds = [a_random_round(seed, 6 + seed % 7, 10 + seed % 21) for seed in range(240)]
    kinds = {lock.kind for given in rounds for lock in given.locks}
    assert kinds == {"required", "forbidden"}
    assert any(lock.override for given in rounds for lock in given.locks)
    assert sum(given.previous is not None for given in rounds) > 80
    assert sum(bool(given.withdrawn) for given in rounds) > 50
    assert len({given.policy.goals for given in rounds}) > 10
    mentors = [mentor for given in rounds for mentor in given.mentors]
    assert {mentor.status for mentor in mentors} == {"active", "reserve", "withdrawn"}
    assert {mentor.max_schools for mentor in mentors} == {0, 1, 2, 3, 5}
    assert any(mentor.max_schools_company for mentor in mentors)
    assert {school.mentors_wanted for given in rounds for school in given.schools} == {1, 2, 3}
