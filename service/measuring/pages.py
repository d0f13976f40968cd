"""How does a school rate itself? One sheet of questions for each person, kept as a draft, submitted once."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.actions import all_members, get_member
from service.cohorts.members.kinds import SCHOOL
from service.core.addresses import path_to
from service.core.errors import Problem
from service.measuring import actions
from service.measuring.needs_actions import get_form, list_measurements
from service.measuring.shapes import Moment, RaterIn, SchoolMeasurementsOut, SheetIn, SheetOut, SupersedeIn
from service.measuring.sheet_form import (
    faults_of,
    is_empty,
    kept_rows,
    rated,
    sheet_document,
    typed_rows,
    words_of,
)
from service.measuring.words import MOMENTS
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import NEW, Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/traject/{school}/{moment}")

FIRST_RATER = "school"
"""Who fills in, where nobody did yet and nobody was named."""

Where = tuple[str, str, Moment]


@routes.get("", openapi_extra=access(actions.save_sheet))
def show_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment, wie: str = "") -> Response:
    """Show the sheet of one person, and what was filled in so far."""
    return _page(call, (cohort, school, moment), wie, None, None)


def _page(call: Call, where: Where, rater: str, form: Form | None, problem: Problem | None) -> Response:
    cohort, school, moment = where
    with call.work.together() as work:
        row, about = get_cohort(work, cohort), get_member(work, cohort, SCHOOL, school)
        measured, asked = actions.get_measurements(work, cohort, school, moment), get_form(work)
        rater = " ".join(rater.split()) or _first(measured)
        sheet = _sheet(work, where, rater) if rater else None
        following = _following(work, where)
    rows = typed_rows(form) if form else kept_rows(sheet)
    faults = faults_of(rows, problem)
    newest = actions.tag_of_sheet(school, moment, sheet) if sheet else NEW
    return page(
        call.request,
        "meetblad.html",
        cohort=row,
        school=about,
        moment=moment,
        words=MOMENTS[moment],
        measured=measured,
        asked=asked,
        rater=rater,
        sheet=sheet,
        version=form["versie"] if form and form["vanzelf"] else version_of(newest, form, problem),
        filled=rows,
        rated=rated(rows),
        following=following,
        problem=problem,
        faults=faults,
        refused=words_of(problem, faults),
    )


def _first(measured: SchoolMeasurementsOut) -> str:
    """Give whose sheet is shown where nobody is named: the only one there is; empty where there are several."""
    raters = [str(one["rater"]) for one in measured.draft.sheets] if measured.draft else []
    return "" if raters[1:] else (raters or [FIRST_RATER])[0]


def _following(work: Work, where: Where) -> tuple[str, str] | None:
    """Give the number and the name of the next school by name that has not measured yet, None where all have."""
    cohort, school, moment = where
    done = {one.school for one in list_measurements(work, cohort, moment).items if one.counts}
    listed = sorted(all_members(work, cohort, SCHOOL), key=lambda one: (by_name(one.name), one.id))
    at = next((place for place, one in enumerate(listed) if one.id == school), 0)
    rest = (*listed[at + 1 :], *listed[:at])
    return next(((one.id, one.name) for one in rest if one.id not in done), None)


def _sheet(work: Work, where: Where, rater: str) -> SheetOut | None:
    try:
        return actions.get_sheet(work, *where, _rater(rater))
    except Problem as problem:
        if problem.status not in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise
        return None


def _rater(text: str) -> str:
    """Give the name of who rates; raises Problem 422 for what can be none."""
    return read_shape(RaterIn, {"rater": " ".join(text.split())}).rater


def _address(where: Where, rater: str = "") -> str:
    cohort, school, moment = where
    return path_to("/cohorten/{}/traject/{}/{}", cohort, school, moment, query={"wie": rater})


def _keep(call: Call, where: Where, form: Form) -> Form:
    """Keep a sheet; give the form with the version that it has now."""
    _, school, moment = where
    body = read_shape(SheetIn, sheet_document(typed_rows(form)))
    made = actions.save_sheet(call.sent("", form["versie"]), *where, _rater(form["wie"]), body)
    return form.changed("versie", actions.tag_of_sheet(school, moment, made))


def _says_something(form: Form) -> bool:
    return form["versie"] != NEW or not is_empty(typed_rows(form))


@routes.post("", openapi_extra=access(actions.save_sheet))
def keep_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment, form: Sent) -> Response:
    """Keep a sheet as a draft; the script does so by itself (`vanzelf`) while somebody fills in."""
    rater, where = " ".join(form["wie"].split()), (cohort, school, moment)

    def act() -> Response:
        if not form["vanzelf"] or _says_something(form):
            _keep(call, where, form)
        answer, told = go(_address(where, rater)), "Bewaard als ontwerp. Dien het in als iedereen klaar is."
        return answer if form["vanzelf"] else with_message(answer, told)

    return or_again(act, lambda problem: _page(call, where, rater, form, problem))


@routes.post("/indienen", openapi_extra=access(actions.submit_measurement))
def submit(call: Called, cohort: Key, school: MemberKey, moment: Moment, form: Sent) -> Response:
    """Submit what everybody filled in, the sheet on the page included: from then on it is frozen."""
    where, sheet = (cohort, school, moment), form if "versie" in form else None

    def act() -> Response:
        nonlocal sheet
        if sheet and _says_something(sheet):
            sheet = _keep(call, where, sheet)
        actions.submit_measurement(call.sent(form["eenmaal"]), *where)
        following = form.key("verder") if form["verder"] else ""
        text = f"De {MOMENTS[moment].lower()} {_of(call, where) if following else ''}is ingediend en ligt vast."
        on = _address((cohort, following, moment)) if following else path_to("/cohorten/{}/traject/{}", cohort, school)
        return with_message(go(on), text)

    return or_again(act, lambda problem: _page(call, where, form["wie"], sheet, problem))


def _of(call: Call, where: Where) -> str:
    """Name the school, where the next page is about another."""
    return f"van {get_member(call.work, where[0], SCHOOL, where[1]).name} "


@routes.post("/vervang", openapi_extra=access(actions.supersede_measurement))
def replace(call: Called, cohort: Key, school: MemberKey, moment: Moment, form: Sent) -> Response:
    """Begin a new measurement in the place of a submitted one, with the reason."""
    where = (cohort, school, moment)

    def act() -> Response:
        body = read_shape(SupersedeIn, {"reason": form["reden"]})
        actions.supersede_measurement(call.sent(form["eenmaal"]), *where, body)
        message = "U kunt de nieuwe meting invullen. De oude blijft bewaard en telt tot u indient."
        return with_message(go(_address(where)), message)

    return or_again(act, lambda problem: _page(call, where, "", None, problem))
