"""Who follows which calendar? Secret addresses to hand out, and to close when one got into wrong hands."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.permissions import access
from service.core.errors import Problem
from service.web.call import Called
from service.web.pages.forms import read_form
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/sessies/kalenders")


@routes.get("", openapi_extra=access("coordinator"))
async def show_calendars(call: Called, cohort: Key) -> Response:
    """Show the calendars of the published year with their addresses."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row = await api.get(base)
    try:
        items = (await api.get(f"{base}/calendars"))["items"]
    except Problem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        items = []
    return page(call.request, "kalenders.html", cohort=row, items=items, all_open=all(one["url"] for one in items))


@routes.post("", openapi_extra=access("coordinator"))
async def open_calendars(call: Called, cohort: Key) -> Response:
    """Make an address for everybody who has none."""
    form = await read_form(call.request)
    await Inside(call).post(f"/v1/cohorts/{cohort}/calendars", {}, once=form["eenmaal"])
    return with_message(go(f"/cohorten/{cohort}/sessies/kalenders"), "Ieder heeft nu een eigen adres.")


@routes.post("/sluit", openapi_extra=access("coordinator"))
async def close_calendar(call: Called, cohort: Key) -> Response:
    """Close one address."""
    form = await read_form(call.request)
    who = "/".join(part for part in (form["soort"], form["wie"]) if part)
    await Inside(call).tell("DELETE", f"/v1/cohorts/{cohort}/calendars/{who}")
    text = "Dit adres geeft niets meer. Maakt u een nieuw, dan is het een ander."
    return with_message(go(f"/cohorten/{cohort}/sessies/kalenders"), text)
