"""Is what is told about a plan's firmness what solving anew gives?"""

from __future__ import annotations

from dataclasses import replace

import pytest

import matcher
from matcher.domain.policy import GOALS, Policy
from matcher.questions.single_choices import single_choices
from matcher.questions.spread_ladder import spread_ladder
from tests.builders import a_mentor, a_round, a_school
from tests.oracle import Numbers, Values, every_plan, keeps_rules, numbers_of, values_of
from tests.random_rounds import random_round


def numbers(given: matcher.Round) -> Numbers:
    """Take the numbers out of a round."""
    verdicts = matcher.judge(given)
    return numbers_of(given, *(one.tolist() for one in (verdicts.allowed, verdicts.points, verdicts.minutes)))


def best_with_at_most(found: Numbers, spread: int) -> Values | None:
    """Give the values of the best plan with so many second schools at most, by looking at every plan."""
    fewer = ("places_filled", "worst_pair", "points")
    best: tuple[tuple[object, ...], Values] | None = None
    for pairs in every_plan(found):
        values = values_of(found, pairs)
        if values["spread"] > spread or not keeps_rules(found, pairs):  # type: ignore[operator]
            continue
        rank = tuple(values[goal] if goal in fewer else -values[goal] for goal in found.goals)  # type: ignore[operator]
        if best is None or rank > best[0]:
            best = rank, values
    return None if best is None else best[1]


@pytest.mark.parametrize("seed", range(24))
def test_each_rung_of_spreading_is_the_best_plan_with_so_many_second_schools(seed: int) -> None:
    goals = (*GOALS[:-4], "points", "worst_pair", "travel_minutes", "spread")
    given = random_round(seed, 4, 4)
    given = replace(given, policy=replace(given.policy, goals=goals))
    asked = matcher.solved(given, matcher.assign(given))
    now, found = int(asked.plan.value("spread")), numbers(given)  # type: ignore[arg-type]
    rungs = spread_ladder(asked)
    reached = now
    for rung in rungs:
        best = best_with_at_most(found, now - rung.fewer)
        assert {goal.name: goal.value for goal in rung.plan.goals} == best
        assert (rung.plan.proven, rung.plan.value("places_filled")) == (True, asked.plan.value("places_filled"))
        reached = int(rung.plan.value("spread"))  # type: ignore[arg-type]
    beyond = best_with_at_most(found, reached - 1)
    assert beyond is None or beyond["places_filled"] != asked.plan.value("places_filled")


def test_spreading_costs_the_points_that_the_second_mentor_lacks() -> None:
    mentors = [a_mentor(1, max_schools=2), a_mentor(2, sectors=("installatie",))]
    goals = ("points", "spread", "worst_pair", "travel_minutes")
    given = a_round(2, mentors, policy=Policy(goals=(*GOALS[:-4], *goals)))
    asked = matcher.solved(given, matcher.assign(given))
    (rung,) = spread_ladder(asked)
    points = {pair.mentor: pair.points for pair in rung.plan.pairs}
    lost = points["M001"] - points["M002"]
    assert (rung.fewer, rung.losses["points"], rung.losses["spread"]) == (1, lost, -1)
    assert f"dat kost {lost} punten" in matcher.rung_words(rung)


def test_who_has_one_choice_is_told_what_a_wider_answer_changes() -> None:
    schools = [a_school(1, half_days=("ma-vm",)), a_school(2, half_days=("di-vm",))]
    mentors = [a_mentor(1, half_days=("ma-vm",)), a_mentor(2, half_days=("ma-vm",))]
    asked = matcher.solved(given := a_round(schools, mentors), matcher.assign(given))
    found = {(one.side, one.id): one for one in single_choices(asked, seconds=3600)}
    assert set(found) == {("mentor", "M001"), ("mentor", "M002")}
    first = found["mentor", "M002"].wider[0]
    assert (first.half_day, first.choices, first.losses["places_filled"]) == ("di-vm", 2, (-1,))
    assert "S002" in first.schools
    assert "één school meer krijgt een mentor" in matcher.choice_words(asked, found["mentor", "M002"])


def test_a_wider_answer_that_gives_no_choice_is_not_told() -> None:
    asked = matcher.solved(given := a_round(1, 1), matcher.assign(given))
    told = {one.side: matcher.choice_words(asked, one) for one in single_choices(asked, seconds=3600)}
    assert told["mentor"].startswith("M001 kan alleen bij School 1. 8 ruimere antwoorden zijn geprobeerd")


def test_a_plan_that_is_not_proven_is_not_judged() -> None:
    given = a_round(1, 2)
    plan = replace(matcher.assign(given), status="feasible")
    with pytest.raises(matcher.InvalidValueError, match="niet bewezen"):
        matcher.robustness(matcher.solved(given, plan))
