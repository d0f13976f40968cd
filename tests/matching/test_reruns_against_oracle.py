"""Does a rerun after drop-outs reach what an independent solver reaches, on every goal of the order?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest

from matcher.engine.flow.solve import has_rivals
from matcher.matching.assign import assign
from matcher.matching.checker import check_plan
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import judge
from tests.builders import a_mentor, a_round, a_school, forbidden, required
from tests.oracle import numbers_of
from tests.oracle_highs import best_by_highs
from tests.random_rounds import random_round

if TYPE_CHECKING:
    from matcher.domain.plan import Plan
    from matcher.domain.round import Round
    from matcher.matching.verdicts import Verdicts

BATCHES = 20


@cache  # two tests look at the same
def a_rerun(seed: int) -> Round:
    """Make a round, its best plan, and a rerun of it after drop-outs: crowded, with colleagues and reserves.

    In half of the cases somebody's data changed too. About one rerun in three follows on another.
    """
    dice = Random(f"rerun {seed}")  # noqa: S311
    given = random_round(seed, 5 + seed % 6, 10 + seed % 9)
    companies = [f"bedrijf{number}" for number in range(dice.choice((3, 5, 20)))]
    mentors = []
    for one in given.mentors:
        company = dice.choice(companies)
        status = dice.choice(("active", "active", "active", "reserve"))
        wider = {"max_minutes": 120, "provinces": ()} if dice.random() < 0.5 else {}
        mentors.append(replace(one, company=company, company_key=company, status=status, not_with=(), **wider))  # type: ignore[arg-type]
    given = replace(given, mentors=tuple(mentors))
    for _ in range(dice.choice((1, 1, 2))):
        given = _dropped(given, dice)
    return given


def _dropped(given: Round, dice: Random) -> Round:
    plan = assign(given)
    helping = sorted({pair.mentor for pair in plan.pairs})
    gone = dice.sample(helping, min(len(helping), dice.choice((1, 1, 1, 2, 3))))
    mentors = given.mentors
    if dice.random() < 0.5:
        who = dice.choice(mentors)
        mentors = tuple(replace(one, max_schools=dice.randint(0, 2)) if one is who else one for one in mentors)
    return replace(given, mentors=mentors, previous=plan, withdrawn={**given.withdrawn, **dict.fromkeys(gone, "ziek")})


@cache
def planned(seed: int) -> tuple[Verdicts, Plan]:
    """Judge a rerun and plan it."""
    verdicts = judge(a_rerun(seed))
    return verdicts, assign(a_rerun(seed), verdicts)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_reruns_equal_highs(batch: int) -> None:
    for seed in range(batch * 12, batch * 12 + 12):
        given = a_rerun(seed)
        verdicts, plan = planned(seed)
        tables = verdicts.allowed.tolist(), verdicts.points.tolist(), verdicts.minutes.tolist()
        assert {goal.name: goal.value for goal in plan.goals} == best_by_highs(numbers_of(given, *tables)), seed
        assert plan.proven
        assert plan.engine == "network"
        assert check_plan(given, verdicts, plan) == ()


def test_reruns_hold_all_that_makes_them_hard() -> None:
    met = Counter[str]()
    for seed in range(BATCHES * 12):
        given, (verdicts, plan) = a_rerun(seed), planned(seed)
        met.update(name for name in ("reserves_used", "stranded", "changes") if plan.value(name))
        met["two at a school"] += any(count > 1 for count in Counter(pair.school for pair in plan.pairs).values())
        met["rivals"] += has_rivals(problem_of(Facts(given, verdicts)))
    assert min(met[name] for name in ("reserves_used", "stranded", "changes", "two at a school", "rivals")) >= 10


def _who(given: Round) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in assign(given).pairs:
        found.setdefault(pair.school, []).append(pair.mentor)
    return found


@pytest.mark.parametrize("wanted", [1, 2])
def test_a_school_that_lost_its_mentor_goes_before_one_that_never_had_any(wanted: int) -> None:
    schools = [a_school(1, mentors_wanted=wanted), a_school(2, mentors_wanted=wanted)]
    first = a_round(schools, [a_mentor(1)], locks=(forbidden("S002", "M001"),))
    assert _who(first) == {"S001": ["M001"]}
    plan = assign(first)
    for better in ("S001", "S002"):
        # The newcomer is worth more at either school in turn: that decides nothing.
        later = a_round([replace(one, fields=("TE",) if one.id == better else ("ZO",)) for one in schools], 2)
        again = replace(later, previous=plan, withdrawn={"M001": "ziek"})
        assert _who(again) == {"S001": ["M002"]}
        assert [assign(again).value(name) for name in ("stranded", "changes")] == [0, 0]


def test_a_school_keeps_a_mentor_before_a_school_gets_its_first() -> None:
    schools = [a_school(1), a_school(2)]
    first = a_round(schools, [a_mentor(1, max_schools=1), a_mentor(2, status="withdrawn")])
    plan = assign(replace(first, locks=(required("S001", "M001"),)))
    again = replace(first, previous=plan)
    assert _who(again) == {"S001": ["M001"]}


def test_a_second_mentor_who_leaves_is_replaced_at_the_same_school() -> None:
    schools = [a_school(1, mentors_wanted=2), a_school(2, mentors_wanted=2)]
    first = a_round(schools, 3, locks=(required("S001", "M001"), required("S001", "M002"), required("S002", "M003")))
    plan = assign(first)
    later = a_round(schools, 4, previous=plan, withdrawn={"M002": "ziek"})
    assert _who(later) == {"S001": ["M001", "M004"], "S002": ["M003"]}
    assert assign(later).value("changes") == 0


def test_an_old_order_of_goals_is_solved_as_it_was() -> None:
    old = ("places_filled", "changes", "worst_pair", "points", "travel_minutes")
    first = a_round(1, [a_mentor(1), a_mentor(2, status="reserve")])
    first = replace(first, policy=replace(first.policy, goals=old))
    plan = assign(replace(first, previous=assign(first), withdrawn={"M001": "ziek"}))
    assert [goal.name for goal in plan.goals] == list(old)
    assert plan.pairs == ()
