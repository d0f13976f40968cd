"""Who reaches the goals, how fast, and what do the others lose?

On the same problem in the same run: our engine; the floor (one bare flow); exact solvers goal by goal; solvers of
one level; and what a user would otherwise take. `first` is a first round; `rerun` the same after a mentor leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.answer import save
from benchmarks.instances import cohort
from benchmarks.measure import in_turn
from matcher.engine.flow.problem import only
from matcher.engine.flow.repair import rerun_of
from matcher.engine.flow.solve import solve_network
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.engine.flow.problem import Problem

ALL, ONE, OTHER = "all goals", "points alone", "another question"


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who solves: its call in `benchmarks.peers`, what it answers, and up to how many schools it is tried."""

    name: str
    call: str
    answers: str
    up_to: int
    reruns: bool = False


CONTENDERS = (
    Contender("ours", "ours", ALL, 5_000, reruns=True),
    Contender("bare flow", "bare_flow", ONE, 5_000, reruns=True),
    Contender("HiGHS LP, goal by goal", "highs:lp", ALL, 1_000, reruns=True),
    Contender("HiGHS LP on the face", "highs:lp_face", ALL, 1_000),
    Contender("HiGHS MIP, goal by goal", "highs:mip", ALL, 1_000),
    Contender("CP-SAT, goal by goal", "cp_sat", ALL, 1_000, reruns=True),
    Contender("CP-SAT, two workers", "cp_sat:two_workers", ALL, 300),
    Contender("CP-SAT", "cp_sat:points", ONE, 300),
    Contender("PuLP with CBC", "pulp_cbc", ONE, 1_000),
    Contender("networkx", "networkx_flow", ONE, 1_000),
    Contender("linear_sum_assignment", "assignment", OTHER, 1_000),
    Contender("matching", "stable:matching", OTHER, 1_000),
    Contender("algmatch", "stable:algmatch", OTHER, 1_000),
    Contender("sorted list", "greedy", OTHER, 5_000),
)


def run(sizes: Sequence[tuple[int, int]], runs: int, seconds: float) -> list[dict[str, Any]]:
    """Measure every contender on every size; give one entry per problem."""
    found = []
    with TemporaryDirectory() as folder:
        for schools, mentors in sizes:
            problem = _first_round(schools, mentors)
            for scenario, one in (("first", problem), ("rerun", _rerun(problem))):
                print(f"{schools} x {mentors}, {scenario}", flush=True)
                path = Path(folder) / "problem.npz"
                save(one, path)
                commands = {
                    contender.name: ("-m", "benchmarks.child", contender.call, str(path), str(seconds))
                    for contender in CONTENDERS
                    if schools <= contender.up_to and (scenario == "first" or contender.reruns)
                }
                results = in_turn(commands, runs, seconds)
                found.append(_entry(one, scenario, results))
    return found


def _first_round(schools: int, mentors: int) -> Problem:
    given = cohort(schools, mentors)
    return problem_of(Facts(given, judge(given)))


def _rerun(problem: Problem) -> Problem:
    """Keep our plan as the published one, and let the mentor with the most schools leave."""
    chosen = solve_network(problem).chosen
    gone = int(np.bincount(problem.mentor[chosen]).argmax())
    return only(rerun_of(problem, chosen, np.array([gone])), problem.mentor != gone)


def _entry(problem: Problem, scenario: str, results: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Describe a problem and compare every answer with ours and with the floor."""
    schools, mentors = len(problem.demand), len(problem.capacity)
    best, floor = results["ours"]["values"], results["bare flow"]["values"]
    for contender in CONTENDERS:
        result = results.get(contender.name, {"failure": "not tried"})
        if "failure" not in result:
            result["answers"] = contender.answers
            result["equal"] = _equal(contender, result, best, floor)
    return {
        "schools": schools,
        "mentors": mentors,
        "scenario": scenario,
        "places": int(problem.demand.sum()),
        "possible_pairs": len(problem.school),
        "density": round(len(problem.school) / schools / mentors, 4),
        "results": results,
    }


def _equal(contender: Contender, result: dict[str, Any], best: dict[str, Any], floor: dict[str, Any]) -> bool | None:
    """Compare each goal that is called proven with ours; points and places with the floor's; None for the others."""
    values = result["values"]
    if contender.answers == ALL:
        return not result["broken"] and all(values[goal] == best[goal] for goal in result["proven"])
    if contender.answers == ONE and not result["note"]:
        same_places = sum(values["places_filled"]) == sum(floor["places_filled"])
        return not result["broken"] and same_places and values["points"] == floor["points"]
    return None
