"""Are the pairs that are found near each other all that are possible, with the same numbers?"""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher.criteria.minutes import minutes_between
from matcher.domain.errors import InvalidValueError
from matcher.domain.great_circle import great_circle_km
from matcher.domain.lock import Lock
from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.travel_reach import reach_km
from matcher.matching import near_pairs
from matcher.matching.assign import assign
from matcher.matching.near_pairs import near_problem
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import judge
from tests.builders import a_mentor, a_round, a_school

if TYPE_CHECKING:
    from matcher.domain.round import Round
    from matcher.engine.flow.problem import Problem


def _far_and_wide(seed: int) -> Round:
    """Make a round from the Channel to beyond the Alps, with agreements between some who live far apart."""
    dice = Random(seed)  # noqa: S311

    def place() -> Position:
        return Position(dice.uniform(*dice.choice(((50.7, 51.4), (44, 52)))), dice.uniform(2.6, 5.9))

    schools = [a_school(one, position=place(), mentors_wanted=dice.randint(1, 3)) for one in range(25)]
    mentors = [
        a_mentor(
            one,
            position=place(),
            max_minutes=dice.choice((None, 20, 45, 90)),
            company_key=f"bedrijf{dice.randrange(30)}",
            max_schools=dice.choice((0, 1, 2)),
            max_schools_company=dice.choice((None, None, 1)),
            status=dice.choice(("active", "active", "reserve")),
        )
        for one in range(60)
    ]
    locks = []
    for school in dice.sample(schools, 6):
        mentor, kind = dice.choice(mentors).id, dice.choice(("required", "forbidden"))
        locks.append(Lock(school.id, mentor, kind, "afspraak", override=kind == "required" and dice.random() < 0.5))
    policy = Policy(detour_factor=1.3, speed_kmh=50) if dice.random() < 0.2 else Policy()
    return a_round(schools, mentors, locks=tuple(locks), policy=policy)


def _same(one: Problem, other: Problem) -> None:
    for field in fields(one):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, np.ndarray):
            assert (mine.dtype, mine.tolist()) == (theirs.dtype, theirs.tolist()), field.name
        else:
            assert mine == theirs, field.name


@pytest.mark.parametrize("seed", range(25))
def test_near_pairs_are_all_that_are_possible(seed: int) -> None:
    given = _far_and_wide(seed)
    whole = problem_of(Facts(given, judge(given)))
    assert 0 < whole.pairs < len(given.schools) * len(given.mentors) / 2
    _same(near_problem(given), whole)


@pytest.mark.parametrize("seed", range(25, 35))
def test_near_pairs_of_a_rerun_are_the_same(seed: int) -> None:
    given = replace(_far_and_wide(seed), locks=())
    plan = assign(given)
    gone = {pair.mentor: "ziek" for pair in plan.pairs[:2]}
    again = replace(given, previous=plan, withdrawn=gone)
    assert again.reserves_help
    _same(near_problem(again), problem_of(Facts(again, judge(again))))


def test_near_pairs_hold_however_the_schools_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    given = _far_and_wide(99)
    whole = problem_of(Facts(given, judge(given)))
    for degrees, most in ((0.01, 1), (3.0, 4), (50.0, 1000)):
        monkeypatch.setattr(near_pairs, "BLOCK_DEGREES", degrees)
        monkeypatch.setattr(near_pairs, "MOST_SCHOOLS", most)
        _same(near_problem(given), whole)


def test_near_pairs_refuse_rules_that_are_no_network() -> None:
    with pytest.raises(InvalidValueError, match="zo grote ronde"):
        near_problem(replace(_far_and_wide(1), policy=Policy(share_half_day=True)))


@pytest.mark.parametrize("policy", [Policy(), Policy(detour_factor=1.2, speed_kmh=70)])
def test_nobody_gets_farther_than_the_reach(policy: Policy) -> None:
    """Trips of all lengths, along the motorways and where there are none."""
    dice = Random(5)  # noqa: S311
    spots = [Position(dice.uniform(50.6, 51.5), dice.uniform(2.5, 6.0)) for _ in range(300)]
    spots += [Position(dice.uniform(44, 56), dice.uniform(-4, 14)) for _ in range(100)]
    given = a_round(
        [a_school(number, position=one) for number, one in enumerate(spots)],
        [a_mentor(number, position=one) for number, one in enumerate(spots)],
        policy=policy,
    )
    found = minutes_between(given)
    took = found.table[np.ix_(found.school_place, found.mentor_place)]
    assert (great_circle_km(spots, spots) <= reach_km(took, policy)).all()
