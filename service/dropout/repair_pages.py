"""Which repair does the coordinator choose? The fewest changes come by themselves; more are asked for here."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.core.errors import Problem
from service.dropout.rungs import rungs_of
from service.web.call import Called
from service.web.pages.dutch_format import counted
from service.web.pages.forms import read_form
from service.web.pages.inside import Inside
from service.web.pages.page import Undo, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

routes = pages("/cohorten/{cohort}/herstel")


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
