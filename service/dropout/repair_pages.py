"""Which repair does the coordinator choose? The fewest changes come by themselves; more are asked for here."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.core.errors import Problem
from service.web.call import Called
from service.web.pages.dutch_format import counted, listed
from service.web.pages.forms import read_form
from service.web.pages.inside import Inside
from service.web.pages.page import Undo, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.cohorts.members.names import Names

routes = pages("/cohorten/{cohort}/herstel")

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


@routes.post("", openapi_extra=access("coordinator"))
async def choose(call: Called, cohort: Key) -> Response:
    """Lock the pairs of a rung, and have the plan repaired with them."""
    form, api, base = await read_form(call.request), Inside(call), f"/v1/cohorts/{cohort}"
    here, made = f"/cohorten/{cohort}/uitval", list[str]()
    rung = next((one for one in await rungs_of(api, base, form["ronde"]) if str(one["moves"]) == form["trede"]), None)
    if rung is None:
        return with_message(go(here), "Deze keuze is er niet meer. Kijk opnieuw.", bad=True)
    more = counted(rung["moves"], "verschuiving", "verschuivingen")
    try:
        for lock in await _missing(api, base, rung, f"gekozen bij uitval, met {more} erbij"):
            made.append((await api.post(f"{base}/locks", lock)).value["id"])
        await api.post(f"{base}/rounds", {"repair": True}, once=form["eenmaal"])
    except Problem as problem:
        await _forget(api, base, made)
        if problem.status != HTTPStatus.CONFLICT:
            raise
        return with_message(go(here), problem.detail, bad=True)
    words = f"Het plan wordt hersteld met {more} erbij. Die koppels zijn vastgezet."
    return with_message(go(here), words, Undo(f"/cohorten/{cohort}/herstel/terug", {"afspraken": " ".join(made)}))


async def _missing(api: Inside, base: str, rung: Mapping[str, Any], reason: str) -> list[dict[str, Any]]:
    """Give the agreements that a rung needs and that are not there yet."""
    held = [[one["school"], one["mentor"]] for one in await api.items(f"{base}/locks") if one["kind"] == "required"]
    return [
        {"school": school, "mentor": mentor, "kind": "required", "reason": reason}
        for school, mentor in rung["new"]
        if [school, mentor] not in held
    ]


async def _forget(api: Inside, base: str, locks: Iterable[str]) -> None:
    for one in locks:
        try:
            await api.tell("DELETE", f"{base}/locks/{one}")
        except Problem as problem:
            if problem.status != HTTPStatus.NOT_FOUND:
                raise


@routes.post("/terug", openapi_extra=access("coordinator"))
async def choose_fewest(call: Called, cohort: Key) -> Response:
    """Take a choice back: the plan is repaired again with the fewest changes."""
    form, api, base = await read_form(call.request), Inside(call), f"/v1/cohorts/{cohort}"
    here = go(f"/cohorten/{cohort}/uitval")
    await _forget(api, base, form["afspraken"].split())
    try:
        await api.post(f"{base}/rounds", {"repair": True})
    except Problem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        return with_message(here, problem.detail, bad=True)
    return with_message(here, "Het plan wordt weer hersteld met zo weinig mogelijk wijzigingen.")
