"""Do the files that a coordinator gets hold up against a solver that reads only files?"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from matcher.domain.policy import Policy
from matcher.matching.verdicts import judge
from tests.cohort_files import numbers_in_files, write_cohort
from tests.oracle_highs import best_by_highs
from tests.random_rounds import random_round, with_agreements
from tests.service.run.running import command

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.round import Round
    from tests.oracle import Values


def a_written_round(seed: int, folder: Path) -> Round:
    """Write a random cohort with agreements to files, and give the round that it was."""
    given = replace(random_round(seed, 9, 24), policy=Policy())
    allowed = judge(given).allowed
    possible = [
        (school.id, mentor.id)
        for row, school in enumerate(given.schools)
        for column, mentor in enumerate(given.mentors)
        if allowed[row, column]
    ]
    given = with_agreements(given, possible, seed)
    write_cohort(given, folder)
    return given


def run_round(*arguments: str) -> int:
    """Run the command in a process of its own; give its exit code."""
    return command("round", *arguments).returncode


def goals_in(plan: Path) -> Values:
    """Read the goals' values from a plan, after seeing that all are proven."""
    document = json.loads(plan.read_text(encoding="utf-8"))
    assert document["status"] == "proven"
    assert all(goal["proven"] and goal["bound"] == goal["value"] for goal in document["goals"])
    return {
        goal["name"]: tuple(goal["value"]) if isinstance(goal["value"], list) else goal["value"]
        for goal in document["goals"]
    }


@pytest.mark.parametrize("seed", [7, 11, 13])
def test_files_hold_the_best_plan(seed: int, tmp_path: Path) -> None:
    cohort, first, second = tmp_path / "cohort", tmp_path / "first", tmp_path / "second"
    given = a_written_round(seed, cohort)
    assert run_round(str(cohort), "--out", str(first)) == 0
    assert goals_in(first / "plan.json") == best_by_highs(numbers_in_files(cohort, first))
    leaver = json.loads((first / "plan.json").read_text(encoding="utf-8"))["pairs"][-1]["mentor"]
    assert leaver not in {lock.mentor for lock in given.locks if lock.kind == "required"}
    again = ("--previous", str(first / "plan.json"), "--withdrawn", leaver)
    assert run_round(str(cohort), "--out", str(second), *again) == 0
    numbers = numbers_in_files(cohort, second, {leaver}, first / "plan.json")
    assert goals_in(second / "plan.json") == best_by_highs(numbers)
    assert numbers.previous
