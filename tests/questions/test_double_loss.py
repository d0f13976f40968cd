"""Are the worst drop-outs of two, found with bounds, those of all two that there are?"""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher.domain.policy import Policy
from matcher.matching.assign import assign
from matcher.matching.solved import solved
from matcher.questions import resilience as module
from matcher.questions.reserves import with_reserves
from matcher.questions.resilience import drop_out, resilience, worst_first
from tests.builders import a_mentor, a_round, a_school
from tests.random_rounds import random_round

if TYPE_CHECKING:
    from matcher.matching.solved import Solved
    from matcher.questions.resilience import DropOut

SIZES = [(4, 7), (6, 10), (7, 16), (9, 24)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", range(10))
def test_the_worst_two_are_the_worst_of_all_two(
    seed: int, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = random_round(seed, *size)
    plan = assign(given)
    asked = solved(given, plan)
    problem, chosen = with_reserves(asked)
    whole = replace(asked, problem=problem, chosen=chosen)
    known: dict[tuple[object, ...], DropOut] = {}

    def once(asked: Solved, gone: list[int]) -> DropOut:
        """Work out once what each drop-out means for the same arrays, whoever asks."""
        arrays = (getattr(asked.problem, one.name) for one in fields(asked.problem))
        given = (one.tobytes() if isinstance(one, np.ndarray) else one for one in (*arrays, asked.chosen))
        key = (*given, *gone)
        if key not in known:
            known[key] = drop_out(asked, gone)
        return known[key]

    monkeypatch.setattr(module, "drop_out", once)
    in_plan = np.unique(problem.mentor[chosen]).tolist()
    every = sorted((once(whole, list(both)) for both in combinations(in_plan, 2)), key=worst_first)
    for most in (1, 3, 8):
        assert resilience(asked, two=most).worst_two == tuple(every[:most])


def test_most_pairs_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    schools = [a_school(n, half_days=("ma-vm",) if n == 1 else ("di-vm",)) for n in range(1, 11)]
    mentors = [a_mentor(1, half_days=("ma-vm",)), *(a_mentor(n, half_days=("di-vm",)) for n in range(2, 30))]
    given = a_round(schools, mentors)
    asked = solved(given, assign(given))
    tried: list[int] = []

    def counting(asked: object, gone: list[int]) -> object:
        tried.append(len(gone))
        return drop_out(asked, gone)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "drop_out", counting)
    found = resilience(asked, two=2)
    assert [one.open_places for one in found.worst_two] == [1, 1]
    assert tried.count(2) < 30 < 10 * 9 // 2


def test_rules_that_are_no_network_are_tried_one_by_one() -> None:
    mentors = [a_mentor(n, half_days=(half,)) for n, half in enumerate(("ma-vm", "di-vm", "di-vm", "ma-vm"))]
    given = a_round([a_school(1, mentors_wanted=2), a_school(2)], mentors, policy=Policy(share_half_day=True))
    asked = solved(given, assign(given))
    found = resilience(asked, two=3)
    assert len(found.worst_two) == 3
    assert list(found.worst_two) == sorted(found.worst_two, key=worst_first)
