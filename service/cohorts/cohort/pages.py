"""What is a cohort called, until when are its people kept, and how is it removed? Each once it is confirmed."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort import actions
from service.cohorts.cohort.shapes import CohortChange
from service.core.addresses import path_to
from service.core.errors import Problem
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, last_day, or_again, version_of
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/instellingen")

HOME = "/cohorten/{}/instellingen"


@routes.get("", openapi_extra=access(actions.change_cohort))
def show_settings(call: Called, cohort: Key) -> Response:
    """Show the name and the last day, to be changed, and how to remove the cohort."""
    return _page(call, cohort, None, None)


def _page(call: Call, cohort: str, form: Form | None, problem: Problem | None) -> Response:
    row = actions.get_cohort(call.work, cohort)
    return page(
        call.request,
        "instellingen.html",
        problem=problem,
        cohort=row,
        last=last_day(row.keep_until),
        version=version_of(actions.tag_of(row), form, problem),
        erases=problem is not None and problem.code == "erases_now",
    )


@routes.post("", openapi_extra=access(actions.change_cohort))
def change_cohort(call: Called, cohort: Key, form: Sent) -> Response:
    """Change the name and the last day on which people are kept."""

    def act() -> Response:
        values = {"name": form["naam"], "keep_until": form.end_of_day("tot"), "erase_now": bool(form["wis-nu"])}
        actions.change_cohort(call.sent("", form["versie"]), cohort, read_shape(CohortChange, values))
        return with_message(go(path_to(HOME, cohort)), "Bewaard.")

    return or_again(act, lambda problem: _page(call, cohort, form, problem))


@routes.post("/opbergen", openapi_extra=access(actions.change_cohort))
def put_away(call: Called, cohort: Key, form: Sent) -> Response:
    """Put the cohort away, so that it stands apart in the list, or take it back; either can be undone."""
    archived = form["terug"] != "1"

    def act() -> Response:
        changed = actions.change_cohort(call.sent("", form["versie"]), cohort, CohortChange(archived=archived))
        words = f"«{changed.name}» is {'opgeborgen' if archived else 'teruggehaald en staat weer in de lijst'}."
        fields = {"versie": actions.tag_of(changed), "terug": "1" if archived else ""}
        return with_message(go(path_to(HOME, cohort)), words, Undo(path_to(f"{HOME}/opbergen", cohort), fields))

    return or_again(act, lambda problem: _page(call, cohort, form, problem))


@routes.post("/verwijder", openapi_extra=access(actions.remove_cohort))
def remove_cohort(call: Called, cohort: Key, form: Sent) -> Response:
    """Remove the cohort with all that belongs to it, once its name is typed."""
    row = actions.get_cohort(call.work, cohort)

    def act() -> Response:
        _confirmed(form, row.name)
        actions.remove_cohort(call.sent("", form["versie"]), cohort)
        return with_message(go("/cohorten"), f"«{row.name}» is verwijderd, met alles wat erbij hoorde.")

    return or_again(act, lambda problem: _page(call, cohort, form, problem))


def _confirmed(form: Form, name: str) -> None:
    if form["bevestig"].strip() != name:
        detail = "Typ de naam van de cohorte over om te bevestigen. Er is niets verwijderd."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not_confirmed", detail)
