"""How far is a school's application for the label, and what does the school show for it?"""

from __future__ import annotations

from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.actions import get_member
from service.cohorts.members.kinds import SCHOOL
from service.core.addresses import path_to
from service.core.errors import Problem
from service.trajectory.label import application_actions as actions
from service.trajectory.label import practice_actions
from service.trajectory.label.practice_form import document_of, practice_fields, typed_rows
from service.trajectory.label.shapes import LabelApplicationIn, PracticesIn
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/traject/{school}/label")
practice_routes = pages("/cohorten/{cohort}/traject/{school}/praktijk")

FIELDS = {"sent": "verstuurd", "asked": "gevraagd", "answered": "antwoord", "given": "gekregen", "plan": "plan"}
"""An application's parts by their name on the wire, with the name of their field."""

LEVELS = ("Competent", "Proficient", "Expert")


@routes.get("", openapi_extra=access(actions.replace_label_application))
def show_application(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Show how far the application is, to be changed."""
    return _page(call, cohort, school, None, None)


def _page(call: Call, cohort: str, school: str, form: Form | None, problem: Problem | None) -> Response:
    with call.work.together() as work:
        row, about = get_cohort(work, cohort), get_member(work, cohort, SCHOOL, school)
        found = actions.get_label_application(work, cohort, school)
    kept = {field: str(getattr(found, name) or "") for name, field in FIELDS.items()}
    faults = {FIELDS.get(one.pointer.removeprefix("/"), ""): one.detail for one in problem.faults} if problem else {}
    return page(
        call.request,
        "labelaanvraag.html",
        problem=problem,
        cohort=row,
        school=about,
        values=kept,
        version=version_of(actions.tag_of(cohort, found), form, problem),
        levels=LEVELS,
        faults=faults,
    )


@routes.post("", openapi_extra=access(actions.replace_label_application))
def keep_application(call: Called, cohort: Key, school: MemberKey, form: Sent) -> Response:
    """Keep how far the application is."""
    values: dict[str, Any] = {name: form[field].strip() or None for name, field in FIELDS.items()}

    def act() -> Response:
        body = read_shape(LabelApplicationIn, values | {"plan": values["plan"] or ""})
        actions.replace_label_application(call.sent("", form["versie"]), cohort, school, body)
        return _done(cohort, school, "De stand van de aanvraag is bewaard.")

    return or_again(act, lambda problem: _page(call, cohort, school, form, problem))


@practice_routes.get("", openapi_extra=access(practice_actions.replace_practices))
def show_practices(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Show what the school shows per key element, to be changed."""
    return _practices(call, cohort, school, None, None)


def _practices(call: Call, cohort: str, school: str, form: Form | None, problem: Problem | None) -> Response:
    with call.work.together() as work:
        row, about = get_cohort(work, cohort), get_member(work, cohort, SCHOOL, school)
        fields = practice_fields(work, cohort, school, form, problem)
    return page(call.request, "praktijk.html", cohort=row, school=about, **fields)


@practice_routes.post("", openapi_extra=access(practice_actions.replace_practices))
def keep_practices(call: Called, cohort: Key, school: MemberKey, form: Sent) -> Response:
    """Keep what the school shows."""

    def act() -> Response:
        body = read_shape(PracticesIn, document_of(typed_rows(form)))
        practice_actions.replace_practices(call.sent("", form["versie"]), cohort, school, body)
        return _done(cohort, school, "De praktijkvoorbeelden zijn bewaard.")

    return or_again(act, lambda problem: _practices(call, cohort, school, form, problem))


def _done(cohort: str, school: str, told: str) -> Response:
    return with_message(go(path_to("/cohorten/{}/traject/{}", cohort, school)), told)
