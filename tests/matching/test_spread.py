"""Do as many mentors as possible get a school, where all else is equal, and does a policy move that goal?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

import matcher
from matcher.domain.policy import GOALS, Policy
from tests.builders import a_mentor, a_round, a_school, required


def alike(schools: int = 4, mentors: int = 4, room: int = 4) -> matcher.Round:
    """Make a round of schools and mentors that are all alike; each mentor has room for several schools."""
    return a_round(schools, [a_mentor(number + 1, max_schools=room) for number in range(mentors)])


def load(plan: matcher.Plan) -> dict[str, int]:
    """Count the schools of every mentor in a plan."""
    return dict(Counter(pair.mentor for pair in plan.pairs))


def test_four_equal_mentors_get_a_school_each() -> None:
    plan = matcher.assign(alike())
    assert load(plan) == {"M001": 1, "M002": 1, "M003": 1, "M004": 1}
    assert (plan.value("spread"), plan.status) == (0, "proven")


def test_a_repair_takes_who_is_free_before_who_is_busy() -> None:
    given = alike(4, 4)
    even = matcher.assign(given)
    busy = zip(even.pairs, ("M001", "M001", "M002", "M002"), strict=True)
    previous = replace(even, pairs=tuple(replace(pair, mentor=mentor) for pair, mentor in busy))
    after = matcher.rerun(given, previous, {"M001": "ziek"})
    assert load(after) == {"M002": 2, "M003": 1, "M004": 1}
    assert (after.value("changes"), after.value("spread"), after.status) == (0, 1, "proven")


def test_spread_counts_schools_beyond_the_first_of_each_mentor() -> None:
    plan = matcher.assign(alike(5, 2, 3))
    assert (sorted(load(plan).values()), plan.value("spread")) == ([2, 3], 3)


def test_a_required_second_school_counts_and_the_others_go_elsewhere() -> None:
    given = replace(alike(3, 2), locks=(required("S001", "M001"), required("S002", "M001")))
    plan = matcher.assign(given)
    assert (load(plan), plan.value("spread")) == ({"M001": 2, "M002": 1}, 1)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (("points", "spread"), {"M001": 2}),
        (("spread", "points"), {"M001": 1, "M002": 1}),
    ],
)
def test_the_policy_says_whether_points_or_spreading_come_first(
    order: tuple[str, ...], expected: dict[str, int]
) -> None:
    mentors = [a_mentor(1, max_schools=2), a_mentor(2, sectors=("installatie",))]
    goals = (*GOALS[:-4], *order, "worst_pair", "travel_minutes")
    given = a_round([a_school(1), a_school(2)], mentors, policy=Policy(goals=goals))
    assert load(matcher.assign(given)) == expected


def test_a_plan_that_spreads_worse_than_it_says_is_refused() -> None:
    given = alike(2, 2, 2)
    plan = matcher.assign(given)
    first = plan.pairs[0]
    both = (first, replace(plan.pairs[1], mentor=first.mentor))
    faults = " ".join(matcher.check_plan(given, matcher.judge(given), replace(plan, pairs=both)))
    assert "tweede en verdere scholen" in faults
