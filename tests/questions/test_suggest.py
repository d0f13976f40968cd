"""Are suggestions of many schools or mentors at once those of each by itself?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from matcher.matching.assign import assign
from matcher.matching.solved import Solved, solved
from matcher.questions import suggest as module
from matcher.questions.suggest import Suggestions, suggest, suggest_each
from tests.builders import a_mentor, a_round, a_school
from tests.random_rounds import random_round

if TYPE_CHECKING:
    from matcher.domain.round import Round


def _ask(given: Round) -> Solved:
    return solved(given, assign(given))


@cache
def told_alone(seed: int) -> tuple[Solved, dict[str, Suggestions], dict[str, Suggestions]]:
    """Plan a random round, and ask for each school and each mentor by itself: however many are asked for together."""
    given = random_round(seed, 6, 11)
    given = replace(given, policy=replace(given.policy, share_half_day=seed % 3 == 2))
    asked = _ask(given)
    schools = {one.id: suggest(asked, school=one.id) for one in given.schools}
    return asked, schools, {one.id: suggest(asked, mentor=one.id) for one in given.mentors}


@pytest.mark.parametrize("together", [1, 4, 50])
@pytest.mark.parametrize("seed", range(12))
def test_each_is_told_what_it_is_told_alone(seed: int, together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, schools, mentors = told_alone(seed)
    monkeypatch.setattr(module, "TOGETHER", together)
    assert dict(suggest_each(asked, "school", list(schools))) == schools
    assert dict(suggest_each(asked, "mentor", list(mentors))) == mentors


def test_only_who_was_asked_for_is_told_and_in_that_order() -> None:
    asked = _ask(a_round([a_school(1), a_school(2)], [a_mentor(1), a_mentor(2, status="reserve")]))
    found = list(suggest_each(asked, "mentor", ["M002", "M001"]))
    assert [key for key, _ in found] == ["M002", "M001"]
    assert [[one.price.school for one in told.standby] for _, told in found] == [["S001", "S002"], []]
    assert [[one.price.school for one in told.ranked] for _, told in found] == [[], ["S002", "S001"]]
