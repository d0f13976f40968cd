"""Who has a page of their own? The links to hand out, to close when one got into wrong hands, and when used last."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.core.addresses import path_to
from service.core.errors import not_found
from service.participants import actions
from service.participants.shapes import ParticipantsIn, Side
from service.web.call import Called
from service.web.pages.forms import Form, Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/deelnemers")


@routes.get("", openapi_extra=access(actions.list_participants))
def show_participants(call: Called, cohort: Key) -> Response:
    """Show everybody of the cohort with the address of their page."""
    with call.work.together() as work:
        row, found = get_cohort(work, cohort), actions.list_participants(work, cohort)
    items = found.items
    return page(call.request, "deelnemers.html", cohort=row, items=items, missing=sum(not one.url for one in items))


@routes.post("", openapi_extra=access(actions.open_participants))
def open_participants(call: Called, cohort: Key, form: Sent) -> Response:
    """Make an address for everybody who has none."""
    actions.open_participants(call.sent(form["eenmaal"]), cohort, ParticipantsIn(participants=None))
    return with_message(go(path_to("/cohorten/{}/deelnemers", cohort)), "Ieder heeft nu een eigen bladzijde.")


@routes.post("/sluit", openapi_extra=access(actions.close_participant))
def close_participant(call: Called, cohort: Key, form: Sent) -> Response:
    """Close one address."""
    actions.close_participant(call.work, cohort, _side(form), form.key("wie"))
    return with_message(go(path_to("/cohorten/{}/deelnemers", cohort)), "Dit adres geeft niets meer.")


@routes.post("/vernieuw", openapi_extra=access(actions.renew_participant))
def renew_participant(call: Called, cohort: Key, form: Sent) -> Response:
    """Give somebody another address."""
    actions.renew_participant(call.sent(form["eenmaal"]), cohort, _side(form), form.key("wie"))
    text = "Er is een nieuw adres; het vorige geeft niets meer."
    return with_message(go(path_to("/cohorten/{}/deelnemers", cohort)), text)


def _side(form: Form) -> Side:
    side = next((one for one in actions.SIDES if one == form["soort"]), None)
    if side is None:
        raise not_found("Deze school of mentor")
    return side
