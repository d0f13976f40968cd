"""What would more changes after a drop-out bring, rung by rung, and which schools would notice?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool

from service.access.work import Work
from service.cohorts.members.names import Names
from service.jobs.wait_for_answer import answer_of
from service.rounds.questions.actions import ask_ladder
from service.rounds.questions.shapes import LadderOut
from service.web.pages.dutch_format import listed

PATIENCE = 15
"""Seconds that a page waits for what is computed beside it."""

MOST_MOVES = 5
"""So many more moves are tried; with fewer in the answer, more bring nothing."""


async def rungs_of(work: Work, cohort: str, repair: str) -> list[dict[str, Any]]:
    """Give each rung of a repair's ladder with what differs from the first; empty while it is computed.

    Raises Problem 404 for a round that is not there, 409 for one that repairs nothing.
    """
    job = await run_in_threadpool(ask_ladder, work, cohort, repair, MOST_MOVES)
    answer = await answer_of(work.database, job.id, PATIENCE)
    if answer is None:
        return []
    rungs = LadderOut.model_validate({"rungs": answer}).rungs
    return [
        {
            "moves": one.moves,
            "worst": one.goals["worst_pair"],
            "points": one.goals["points"],
            "gain": _number(one.goals["points"]) - _number(rungs[0].goals["points"]),
            "new": [pair for pair in one.pairs if pair not in rungs[0].pairs],
            "shifts": shifts(rungs[0].pairs, one.pairs),
        }
        for one in rungs
    ]


def _number(value: int | list[int]) -> int:
    return sum(value) if isinstance(value, list) else value


def shifts(first: list[list[str]], then: list[list[str]]) -> list[dict[str, Any]]:
    """Give the schools whose mentors differ: who comes, who goes, and whether nobody is left there."""
    helped = {school for school, _ in then}
    came = [pair for pair in then if pair not in first]
    went = [pair for pair in first if pair not in then]
    return [
        {
            "school": school,
            "comes": [mentor for at, mentor in came if at == school],
            "goes": [mentor for at, mentor in went if at == school],
            "empty": school not in helped,
        }
        for school in dict.fromkeys(school for school, _ in (*came, *went))
    ]


def shift_words(one: Mapping[str, Any], names: Names) -> str:
    """Say after a school's name who comes there and who goes."""
    comes, goes = (listed([names.mentor(key) for key in one[side]]) for side in ("comes", "goes"))
    if not one["comes"]:
        return f"verliest {goes}{' en blijft zonder mentor' if one['empty'] else ''}"
    return f"krijgt {comes}{f' in plaats van {goes}' if one['goes'] else ''}"
