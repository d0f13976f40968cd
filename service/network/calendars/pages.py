"""Who follows which calendar? Secret addresses to hand out, and to close when one got into wrong hands."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.core.addresses import path_to
from service.core.errors import Problem
from service.network.calendars import actions
from service.network.calendars.shapes import CalendarsIn
from service.web.call import Called
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/sessies/kalenders")

LISTED = ("all", *actions.SIDES)


@routes.get("", openapi_extra=access(actions.list_calendars))
def show_calendars(call: Called, cohort: Key) -> Response:
    """Show the calendars of the published year with their addresses."""
    row = get_cohort(call.work, cohort)
    try:
        items = actions.list_calendars(call.work, cohort).items
    except Problem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        items = []
    items = sorted(items, key=lambda one: (LISTED.index(one.side), by_name(one.name)))
    return page(call.request, "kalenders.html", cohort=row, items=items, all_open=all(one.url for one in items))


@routes.post("", openapi_extra=access(actions.open_calendars))
def open_calendars(call: Called, cohort: Key, form: Sent) -> Response:
    """Make an address for everybody who has none."""
    actions.open_calendars(call.sent(form["eenmaal"]), cohort, CalendarsIn(calendars=None))
    return with_message(go(path_to("/cohorten/{}/sessies/kalenders", cohort)), "Ieder heeft nu een eigen adres.")


@routes.post("/sluit", openapi_extra=access(actions.close_calendar))
def close_calendar(call: Called, cohort: Key, form: Sent) -> Response:
    """Close one address."""
    actions.close_calendar(call.work, cohort, form.key("soort"), form["wie"] and form.key("wie"))
    text = "Dit adres geeft niets meer. Maakt u een nieuw, dan is het een ander."
    return with_message(go(path_to("/cohorten/{}/sessies/kalenders", cohort)), text)
