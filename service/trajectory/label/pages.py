"""How far is a school's application for the label, and what did European Schoolnet advise?"""

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
from service.trajectory.label.shapes import LabelApplicationIn
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import REFUSED, Form, Sent, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/traject/{school}/label")

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
        values={field: form[field] for field in FIELDS.values()} if form else kept,
        version=version_of(actions.tag_of(cohort, found), form, problem),
        levels=LEVELS,
        faults=faults,
    )


@routes.post("", openapi_extra=access(actions.replace_label_application))
def keep_application(call: Called, cohort: Key, school: MemberKey, form: Sent) -> Response:
    """Keep how far the application is."""
    values: dict[str, Any] = {name: form[field].strip() or None for name, field in FIELDS.items()}
    try:
        body = read_shape(LabelApplicationIn, values | {"plan": values["plan"] or ""})
        actions.replace_label_application(call.sent("", form["versie"]), cohort, school, body)
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return _page(call, cohort, school, form, problem)
    return with_message(go(path_to("/cohorten/{}/traject/{}", cohort, school)), "De stand van de aanvraag is bewaard.")
