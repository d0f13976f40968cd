"""What did an engine answer, how good is it, and which rules does it break? Counted here, not by the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.flow.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

ARRAYS = (
    "demand", "capacity", "company", "company_limit", "school", "mentor", "points", "minutes", "kept", "required",
    "tie", "had", "left", "reserve",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """The chosen pairs and the goals that the engine says are best.

    `chosen` numbers the problem's pairs, with doubles where an engine gives a mentor twice; `proven` is empty
    for an engine that proves none of our goals.
    """

    chosen: NDArray[np.int64]
    proven: tuple[str, ...] = ()
    note: str = ""


def save(problem: Problem, path: Path) -> None:
    """Write a problem's arrays to one file."""
    np.savez(path, goals=np.array(problem.goals), **{name: getattr(problem, name) for name in ARRAYS})


def load(path: Path) -> Problem:
    """Read a problem's arrays back."""
    with np.load(path) as arrays:
        values = {name: arrays[name] for name in ARRAYS}
        return Problem(goals=tuple(str(goal) for goal in arrays["goals"]), **values)


def values_of(problem: Problem, chosen: NDArray[np.int64]) -> dict[str, int | list[int]]:
    """Give what the chosen pairs reach on every goal, in the order of the problem."""
    filled = np.bincount(problem.school[chosen], minlength=len(problem.demand))
    places = [int((filled > place).sum()) for place in range(int(problem.demand.max()))]
    once = np.unique(chosen)
    new = np.bincount(problem.school[once[~problem.kept[once]]], minlength=len(filled))
    gone = int(problem.kept.sum() - problem.kept[once].sum())
    values = {
        "reserves_used": int(problem.reserve[problem.mentor[once]].sum()),
        "stranded": int((problem.had & (filled == 0)).sum()),
        "changes": gone + int(np.maximum(new - problem.left, 0).sum()),
        "worst_pair": int(problem.points[chosen].min(initial=1000)),
        "points": int(problem.points[chosen].sum()),
        "spread": len(once) - len(np.unique(problem.mentor[once])),
        "travel_minutes": int(problem.minutes[chosen].sum()),
    }
    return {"places_filled": places} | {goal: values[goal] for goal in problem.goals if goal in values}


def broken_rules(problem: Problem, chosen: NDArray[np.int64]) -> dict[str, int]:
    """Count by how much the chosen pairs break each rule; empty where they keep all."""
    school, mentor = problem.school[chosen], problem.mentor[chosen]
    company = problem.company[mentor]

    def over(load: NDArray[np.int64], limit: NDArray[np.int64] | int) -> int:
        return int(np.maximum(load - limit, 0).sum())

    visits = np.unique(school * len(problem.company_limit) + company, return_counts=True)[1]
    counts = {
        "places of a school": over(np.bincount(school, minlength=len(problem.demand)), problem.demand),
        "schools of a mentor": over(np.bincount(mentor, minlength=len(problem.capacity)), problem.capacity),
        "limit of a company": over(np.bincount(company, minlength=len(problem.company_limit)), problem.company_limit),
        "a company once per school": over(visits, 1),
        "required pairs": int(problem.required.sum() - problem.required[np.unique(chosen)].sum()),
    }
    return {rule: count for rule, count in counts.items() if count}
