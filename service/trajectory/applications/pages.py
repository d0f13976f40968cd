"""Who applied, and what becomes of each? The queue of schools and mentors, with a step and a reason for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.form import MENTOR, SCHOOL
from service.core.errors import Problem
from service.web.call import Called
from service.web.pages.forms import REFUSED, Form, read_form, version_of
from service.web.pages.inside import Inside
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/aanmeldingen")

STATES = {
    "received": "nog te bevestigen",
    "confirmed": "te bekijken",
    "accepted": "aanvaard",
    "waiting": "op de wachtlijst",
    "refused": "geweigerd",
    "withdrawn": "ingetrokken",
}
STEPS = {
    "confirmed": "Bevestigen: ze belden of mailden zelf",
    "accepted": "Aanvaarden: meteen in de cohorte",
    "waiting": "Op de wachtlijst",
    "refused": "Weigeren, met reden",
    "withdrawn": "Ze trekken zich terug, met reden",
}
KINDS = {"school": "school", "mentor": "mentor"}


@routes.get("", openapi_extra=access("coordinator"))
async def show_applications(call: Called, cohort: Key, soort: str = "", stand: str = "") -> Response:
    """Show the queue, the oldest first."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    rows = await api.items(f"{base}/applications")
    of_kind = [one for one in rows if soort not in KINDS or one["kind"] == soort]
    counts = {state: sum(one["state"] == state for one in of_kind) for state in STATES}
    return page(
        call.request,
        "aanmeldingen.html",
        cohort=await api.get(base),
        rows=[one for one in of_kind if stand not in STATES or one["state"] == stand],
        total=len(rows),
        counts={state: count for state, count in counts.items() if count},
        kinds=KINDS,
        kind=soort if soort in KINDS else "",
        state=stand if stand in STATES else "",
        states=STATES,
    )


@routes.get("/{application}", openapi_extra=access("coordinator"))
async def show_application(call: Called, cohort: Key, application: Key) -> Response:
    """Show what somebody sent, and what can be done with it."""
    return await _one(call, cohort, application, None)


async def _one(call: Called, cohort: str, key: str, refused: tuple[Form, Problem] | None) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    told, problem = await api.tell("GET", f"{base}/applications/{key}"), refused[1] if refused else None
    return page(
        call.request,
        "aanmelding.html",
        status=problem.status if problem else 200,
        cohort=await api.get(base),
        one=told.value,
        version=version_of(told.version, refused[0] if refused else None, problem),
        sent=_sent(told.value),
        states=STATES,
        steps=STEPS,
        kinds=KINDS,
        form=refused[0] if refused else Form(),
        problem=problem,
    )


def _sent(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give the fields that were filled in, with their labels."""
    fields, values = (SCHOOL, one["school"]) if one["school"] else (MENTOR, one["mentor"])
    told = [(field.label, field.said(values.get(field.name))) for field in fields]
    return [(label, text) for label, text in (*told, ("Net", one["network"]), ("Waarom", one["motivation"])) if text]


@routes.post("/{application}", openapi_extra=access("coordinator"))
async def move(call: Called, cohort: Key, application: Key) -> Response:
    """Take a step with an application."""
    form, here = await read_form(call.request), f"/cohorten/{cohort}/aanmeldingen/{application}"
    document = {"state": form["stand"], "reason": form["reden"]}
    place = f"/v1/cohorts/{cohort}/applications/{application}/move"
    try:
        made = (await Inside(call).post(place, document, once=form["eenmaal"])).value
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _one(call, cohort, application, (form, problem))
    words = f"{made['who']} is nu {STATES[made['state']]}."
    if made["state"] == "accepted":
        words = f"{made['who']} is aanvaard en staat in de cohorte."
    undo = (
        Undo(here, {"stand": "waiting"}, "Toch op de wachtlijst") if made["state"] in ("accepted", "refused") else None
    )
    return with_message(go(f"/cohorten/{cohort}/aanmeldingen"), words, undo)


@routes.post("/{application}/voorrang", openapi_extra=access("coordinator"))
async def give_points(call: Called, cohort: Key, application: Key) -> Response:
    """Give a school priority in the selection, with the reason."""
    form, place = await read_form(call.request), f"/v1/cohorts/{cohort}/applications/{application}/points"
    try:
        document = {"points": form.whole("punten") or 0, "reason": form["waarom"]}
        await Inside(call).edit("PUT", place, document, version=form["versie"])
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _one(call, cohort, application, (form, problem))
    return with_message(go(f"/cohorten/{cohort}/aanmeldingen/{application}"), "De voorrang is bewaard.")
