"""What would more changes after a drop-out bring, rung by rung, and which schools would notice?"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from service.web.pages.dutch_format import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.cohorts.members.names import Names
    from service.web.pages.inside import Inside

MOST_MOVES = 5
"""So many more moves are tried; with fewer in the answer, more bring nothing."""


async def rungs_of(api: Inside, base: str, repair: str) -> list[dict[str, Any]]:
    """Give each rung of a repair's ladder with what differs from the first; empty while it is computed."""
    told = await api.ask(f"{base}/rounds/{repair}/ladder", most=MOST_MOVES)
    if told.status == HTTPStatus.ACCEPTED:
        return []
    rungs = told.value["rungs"]
    return [
        {
            "moves": one["moves"],
            "worst": one["goals"]["worst_pair"],
            "points": one["goals"]["points"],
            "gain": one["goals"]["points"] - rungs[0]["goals"]["points"],
            "new": [pair for pair in one["pairs"] if pair not in rungs[0]["pairs"]],
            "shifts": shifts(rungs[0]["pairs"], one["pairs"]),
        }
        for one in rungs
    ]


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
