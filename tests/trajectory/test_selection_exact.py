"""Does the selection equal what independent exact solves find?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.trajectory import selection as selections
from matcher.trajectory.candidates import SelectionPolicy, SelectionPool
from matcher.trajectory.selection import Selection, select_schools
from tests.trajectory.independent import best_by_highs, best_by_trying
from tests.trajectory.making import a_candidate, a_random_pool


def values(selection: Selection) -> dict[str, int]:
    return {one.name: one.value for one in selection.goals if isinstance(one.value, int)}


@pytest.mark.parametrize("batch", range(10))
def test_goals_equal_highs_on_random_pools(batch: int) -> None:
    statuses = set()
    for seed in range(batch * 20, batch * 20 + 20):
        pool = a_random_pool(seed, 26)
        selection = select_schools(pool, explain=False)
        best = best_by_highs(pool)
        statuses.add(selection.status)
        if best is None:
            assert selection.status == "conflict"
        else:
            assert (selection.status, values(selection)) == ("proven", best)
    assert "proven" in statuses


@pytest.mark.parametrize("batch", range(10))
def test_chosen_schools_equal_trying_everything(batch: int) -> None:
    for seed in range(1000 + batch * 20, 1000 + batch * 20 + 20):
        pool = a_random_pool(seed, 9)
        selection = select_schools(pool, explain=False)
        best = best_by_trying(pool)
        if best is None:
            assert selection.status == "conflict"
        else:
            assert (values(selection), frozenset(selection.chosen)) == best


def test_random_pools_hold_conflicts_and_open_seats() -> None:
    outcomes = [select_schools(a_random_pool(seed, 16), explain=False) for seed in range(40)]
    assert {one.status for one in outcomes} == {"proven", "conflict"}
    assert any(one.notes for one in outcomes)


def test_order_of_rows_changes_nothing() -> None:
    for seed in range(10):
        pool = a_random_pool(seed, 12)
        turned = replace(pool, candidates=pool.candidates[::-1])
        assert select_schools(turned) == select_schools(pool)


@pytest.mark.parametrize("seed", range(40))
def test_conflict_is_smallest(seed: int) -> None:
    pool = a_random_pool(seed, 10)
    pool = replace(pool, policy=replace(pool.policy, seats=2))
    selection = select_schools(pool, explain=False)
    if selection.conflict is None:
        assert best_by_highs(pool) is not None
        return
    named = {one.id: f"{one.name} is al gekozen" for one in pool.candidates}
    core = [one for one in pool.policy.limits if one.words in selection.conflict.rules]
    must = tuple(one for one in pool.required if named[one] in selection.conflict.rules)
    assert len(core) + len(must) == len(selection.conflict.rules) > 0

    def possible(limits: list[object], required: tuple[str, ...]) -> bool:
        policy = replace(pool.policy, limits=tuple(limits))  # type: ignore[arg-type]
        return best_by_highs(replace(pool, policy=policy, required=required)) is not None

    assert not possible([*core], must)
    assert all(possible([other for other in core if other != one], must) for one in core)
    assert all(possible([*core], tuple(other for other in must if other != one)) for one in must)


@pytest.mark.parametrize("seed", range(12))
def test_reasons_are_those_of_each_school_asked_by_itself(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = a_random_pool(seed, 14)
    told = select_schools(pool)

    def each(pool: SelectionPool, best: selections.Best, chosen: set[str]) -> list[selections.Best | None]:
        return [selections._otherwise(pool, one.id, best, inside=one.id in chosen) for one in pool.candidates]

    monkeypatch.setattr(selections, "_others", each)
    assert select_schools(pool) == told


def test_choice_that_is_as_good_answers_for_all_schools_that_it_takes_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, usual = list[str](), selections._otherwise

    def counted(pool: SelectionPool, school: str, best: selections.Best, *, inside: bool) -> selections.Best | None:
        asked.append(school)
        return usual(pool, school, best, inside=inside)

    monkeypatch.setattr(selections, "_otherwise", counted)
    alike = tuple(a_candidate(number) for number in range(1, 9))
    told = select_schools(SelectionPool(candidates=alike, policy=SelectionPolicy(seats=4)))
    assert all("vaste loting" in one.reason for one in told.choices)
    assert len(asked) < len(alike)
