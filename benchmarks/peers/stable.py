"""`matching` and `algmatch`: hospital-residents, with schools as hospitals and mentors' turns as residents.

They answer another question: a plan in which no school and mentor would both rather have each other. Both sides
rank by points (ties by number). They can't express: most places filled, a company's limit, a company or mentor once
per school, goals in order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from algmatch import HospitalResidentsProblem
from matching.games import HospitalResident

from benchmarks.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matcher.engine.flow.problem import Problem

    Preferences = dict[int, list[int]]


def matching(problem: Problem, _seconds: float) -> Answer:
    """Let `matching` find the plan that mentors like best among the stable ones."""
    turns, schools, mentor_of = _preferences(problem)
    room = {school: int(problem.demand[school]) for school in schools}
    game = HospitalResident.create_from_dictionaries(turns, schools, room)
    result = game.solve(optimal="resident")
    return _answer(problem, ((school.name, mentor_of[turn.name]) for school, taken in result.items() for turn in taken))


def algmatch(problem: Problem, _seconds: float) -> Answer:
    """Let `algmatch` find the same; its numbers start at 1."""
    turns, schools, mentor_of = _preferences(problem)
    told = {
        "residents": {turn + 1: [school + 1 for school in liked] for turn, liked in turns.items()},
        "hospitals": {
            school + 1: {"capacity": int(problem.demand[school]), "preferences": [turn + 1 for turn in liked]}
            for school, liked in schools.items()
        },
    }
    result = HospitalResidentsProblem(dictionary=told, optimised_side="residents").get_stable_matching()
    if result is None:
        return Answer(np.zeros(0, dtype=np.int64), (), "says that it found no stable plan")
    matched = ((turn, school) for turn, school in result["resident_sided"].items() if school)
    return _answer(problem, ((int(school[1:]) - 1, mentor_of[int(turn[1:]) - 1]) for turn, school in matched))


def _preferences(problem: Problem) -> tuple[Preferences, Preferences, list[int]]:
    """Give every turn's schools and every school's turns, best first, and whose turn it is."""
    mentor_of = np.repeat(np.arange(len(problem.capacity)), problem.capacity)
    first_turn = np.cumsum(problem.capacity) - problem.capacity
    turns: Preferences = {}
    schools: Preferences = {}
    order = np.lexsort((problem.mentor, problem.school, -problem.points))
    for school, mentor in zip(problem.school[order].tolist(), problem.mentor[order].tolist(), strict=True):
        for turn in range(first_turn[mentor], first_turn[mentor] + problem.capacity[mentor]):
            turns.setdefault(int(turn), []).append(school)
            schools.setdefault(school, []).append(int(turn))
    return turns, schools, mentor_of.tolist()


def _answer(problem: Problem, pairs: Iterable[tuple[int, int]]) -> Answer:
    number = {
        pair: place for place, pair in enumerate(zip(problem.school.tolist(), problem.mentor.tolist(), strict=True))
    }
    return Answer(np.array(sorted(number[pair] for pair in pairs), dtype=np.int64))
