"""How is one school or mentor changed, by hand? A form with every field, and who was first is told."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members import actions
from service.cohorts.members.form import FORMS, Side, rows
from service.cohorts.members.names import person_name
from service.cohorts.members.shapes import SchoolOut
from service.core.addresses import path_to
from service.core.errors import Problem
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}")


@routes.get("/scholen/{key}", openapi_extra=access(actions.get_member))
def show_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Show one school."""
    return _form(call, cohort, "scholen", key)


@routes.get("/mentoren/{key}", openapi_extra=access(actions.get_member))
def show_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Show one mentor."""
    return _form(call, cohort, "mentoren", key)


@routes.post("/scholen/{key}", openapi_extra=access(actions.change_member))
def change_school(call: Called, cohort: Key, key: MemberKey, form: Sent) -> Response:
    """Change one school."""
    return _change(call, cohort, "scholen", key, form)


@routes.post("/mentoren/{key}", openapi_extra=access(actions.change_member))
def change_mentor(call: Called, cohort: Key, key: MemberKey, form: Sent) -> Response:
    """Change one mentor."""
    return _change(call, cohort, "mentoren", key, form)


def _form(call: Called, cohort: str, side: Side, key: str, refused: tuple[Form, Problem] | None = None) -> Response:
    asked, (form, problem) = FORMS[side], refused or (None, None)
    with call.work.together() as work:
        row = get_cohort(work, cohort)
        now = actions.get_member(work, cohort, asked.kind, key)
        changer = "" if call.caller.role == "viewer" else actions.changer_of(work, cohort, asked.kind, key)
    return page(
        call.request,
        "persoon.html",
        cohort=row,
        side=side,
        key=key,
        who=now.name if isinstance(now, SchoolOut) else person_name(now),
        fields=rows(asked.fields, now.model_dump(), form, problem),
        version=version_of(actions.tag_of(cohort, asked.kind, now), form, problem),
        stale=problem is not None and problem.status == HTTPStatus.PRECONDITION_FAILED,
        problem=problem,
        changed=now.changed_at,
        changer=changer,
        remarks=now.remarks,
    )


def _change(call: Called, cohort: str, side: Side, key: str, form: Form) -> Response:
    asked = FORMS[side]

    def act() -> Response:
        body = read_shape(asked.change, {one.name: one.read(form) for one in asked.fields if one.is_in(form)})
        actions.change_member(call.sent("", form["versie"]), cohort, asked.kind, key, body)
        return with_message(go(path_to("/cohorten/{}/{}", cohort, side)), "Bewaard. Het telt vanaf de volgende ronde.")

    def again(problem: Problem) -> Response:
        return _form(call, cohort, side, key, (form, problem))

    return or_again(act, again, HTTPStatus.PRECONDITION_REQUIRED)
