"""How does one school or mentor come in by hand, or go out again?"""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members import actions
from service.cohorts.members.form import FORMS, NUMBER, Side, rows
from service.core.addresses import path_to
from service.core.errors import Problem
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}")


@routes.get("/toevoegen/{side}", openapi_extra=access(actions.add_member))
def show_empty_form(call: Called, cohort: Key, side: Side) -> Response:
    """Ask for one more school or mentor."""
    return _empty_form(call, cohort, side, None)


def _empty_form(call: Called, cohort: str, side: Side, refused: tuple[Form, Problem] | None) -> Response:
    asked, (form, problem) = FORMS[side], refused or (None, None)
    return page(
        call.request,
        "toevoegen.html",
        cohort=get_cohort(call.work, cohort),
        side=side,
        noun=asked.noun,
        fields=rows((NUMBER, *asked.fields), asked.usual, form, problem),
        version="",
        stale=False,
        problem=problem,
    )


@routes.post("/toevoegen/{side}", openapi_extra=access(actions.add_member))
def add(call: Called, cohort: Key, side: Side, form: Sent) -> Response:
    """Add a school or mentor; what is left empty is as usual."""
    asked = FORMS[side]

    def act() -> Response:
        told = {one.name: one.read(form) for one in (NUMBER, *asked.fields)}
        body = read_shape(asked.add, {name: value for name, value in told.items() if value not in ("", None, [], {})})
        actions.add_member(call.sent(form["eenmaal"]), cohort, asked.kind, body)
        made = go(path_to("/cohorten/{}/{}", cohort, side))
        return with_message(made, "Toegevoegd. Het telt vanaf de volgende ronde.")

    return or_again(act, lambda problem: _empty_form(call, cohort, side, (form, problem)))


@routes.post("/scholen/{key}/weg", openapi_extra=access(actions.remove_member))
def remove_school(call: Called, cohort: Key, key: MemberKey, form: Sent) -> Response:
    """Take a school out of the cohort."""
    return _remove(call, cohort, "scholen", key, form)


@routes.post("/mentoren/{key}/weg", openapi_extra=access(actions.remove_member))
def remove_mentor(call: Called, cohort: Key, key: MemberKey, form: Sent) -> Response:
    """Take a mentor out of the cohort."""
    return _remove(call, cohort, "mentoren", key, form)


def _remove(call: Called, cohort: str, side: Side, key: str, form: Form) -> Response:
    asked = FORMS[side]
    actions.remove_member(call.sent("", form["versie"]), cohort, asked.kind, key)
    words = f"De {asked.noun} met nummer {key} is verwijderd. Zoek een nieuwe ronde om het plan bij te werken."
    return with_message(go(path_to("/cohorten/{}/{}", cohort, side)), words)
