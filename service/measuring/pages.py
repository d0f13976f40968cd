"""How does a school rate itself? One sheet of questions for each person, kept as a draft, submitted once."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.actions import get_member
from service.cohorts.members.kinds import SCHOOL
from service.core.errors import Fault, Problem
from service.measuring import actions
from service.measuring.needs_actions import get_form
from service.measuring.shapes import Moment, RaterIn, SheetIn, SheetOut, SupersedeIn
from service.measuring.words import MOMENTS
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import REFUSED, Form, Sent, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

if TYPE_CHECKING:
    from service.access.work import Work

routes = pages("/cohorten/{cohort}/traject/{school}/{moment}")

NEW = "*"
"""What a form that begins a sheet says instead of a version; no sheet has it, so who comes second is told."""

LINK = re.compile(r"https?://\S+")


@routes.get("", openapi_extra=access(actions.save_sheet))
def show_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment, wie: str = "") -> Response:
    """Show the sheet of one person, and what was filled in so far."""
    return _page(call, (cohort, school, moment), wie.strip(), None, None)


def _page(
    call: Call, where: tuple[str, str, Moment], rater: str, form: Form | None, problem: Problem | None
) -> Response:
    cohort, school, moment = where
    with call.work.together() as work:
        row, about = get_cohort(work, cohort), get_member(work, cohort, SCHOOL, school)
        measured, asked = actions.get_measurements(work, cohort, school, moment), get_form(work)
        sheet = _sheet(work, where, rater) if rater else None
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
        version=version_of(actions.tag_of_sheet(school, moment, sheet) if sheet else NEW, form, problem),
        filled=_typed(form) if form else _kept(sheet),
        remarks=sheet.findings if sheet else [],
        problem=problem,
        faults=_faults(form, problem),
    )


def _sheet(work: Work, where: tuple[str, str, Moment], rater: str) -> SheetOut | None:
    try:
        return actions.get_sheet(work, *where, _rater(rater))
    except Problem as problem:
        if problem.status not in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise
        return None


def _rater(text: str) -> str:
    """Give the name of who rates; raises Problem 422 for what can be none."""
    return read_shape(RaterIn, {"rater": text.strip()}).rater


def _kept(sheet: SheetOut | None) -> dict[str, dict[str, str]]:
    """Give what a sheet holds as the form shows it: criterion to rating, evidence and links."""
    return {
        one.criterion: {
            "value": str(one.value),
            "evidence": "\n".join(" ".join(piece.split()) for piece in (*one.evidence, *one.links)),
        }
        for one in (sheet.ratings if sheet else ())
    }


def _typed(form: Form) -> dict[str, dict[str, str]]:
    codes = [name.removeprefix("c") for name in form.values if name.startswith("c")]
    return {code: {"value": form[f"c{code}"], "evidence": form[f"b{code}"]} for code in codes}


def _document(form: Form) -> dict[str, Any]:
    """Give what the API keeps: criteria that were rated; lines that are addresses are links.

    Raises Problem 422 for evidence of what was not rated: it would be lost.
    """
    ratings, loose = [], []
    for code, row in _typed(form).items():
        lines = [line.strip() for line in row["evidence"].splitlines() if line.strip()]
        if row["value"]:
            links = [line for line in lines if LINK.fullmatch(line)]
            evidence = [line for line in lines if line not in links]
            ratings.append({"criterion": code, "value": int(row["value"]), "evidence": evidence, "links": links})
        elif lines:
            loose.append(Fault(f"#{code}", "not_rated", f"Geef {code} een cijfer; er staat bewijs bij."))
    if loose:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", loose[0].detail, tuple(loose))
    return {"ratings": ratings}


def _faults(form: Form | None, problem: Problem | None) -> dict[str, str]:
    """Give what is wrong by the criterion where it stands."""
    faults: dict[str, list[str]] = {}
    rated = [code for code, row in _typed(form).items() if row["value"]] if form else []
    for one in problem.faults if problem else ():
        if one.pointer.startswith("#"):
            code = one.pointer.removeprefix("#")
        else:
            _, _, rest = one.pointer.partition("/ratings/")
            place = rest.partition("/")[0]
            code = rated[int(place)] if place.isdecimal() and int(place) < len(rated) else ""
        if code:
            faults.setdefault(code, []).append(one.detail)
    return {code: " ".join(dict.fromkeys(words)) for code, words in faults.items()}


def _keep(call: Call, where: tuple[str, str, Moment], form: Form) -> Form:
    """Keep a sheet; give the form with the version that it has now."""
    _, school, moment = where
    body = read_shape(SheetIn, _document(form))
    made = actions.save_sheet(call.sent("", form["versie"]), *where, _rater(form["wie"]), body)
    return form.changed("versie", actions.tag_of_sheet(school, moment, made))


@routes.post("", openapi_extra=access(actions.save_sheet))
def keep_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment, form: Sent) -> Response:
    """Keep a sheet as a draft."""
    rater, here = form["wie"].strip(), f"/cohorten/{cohort}/traject/{school}/{moment}"
    try:
        _keep(call, (cohort, school, moment), form)
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return _page(call, (cohort, school, moment), rater, form, problem)
    message = "Bewaard als ontwerp. Dien het in als iedereen klaar is."
    return with_message(go(f"{here}?{urlencode({'wie': rater})}"), message)


@routes.post("/indienen", openapi_extra=access(actions.submit_measurement))
def submit(call: Called, cohort: Key, school: MemberKey, moment: Moment, form: Sent) -> Response:
    """Submit what everybody filled in, the sheet on the page included: from then on it is frozen."""
    where, sheet = (cohort, school, moment), form if "versie" in form else None
    try:
        if sheet and (
            sheet["versie"] != NEW or any(row["value"] or row["evidence"].strip() for row in _typed(sheet).values())
        ):
            sheet = _keep(call, where, sheet)
        actions.submit_measurement(call.sent(form["eenmaal"]), *where)
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return _page(call, where, form["wie"].strip(), sheet, problem)
    text = f"De {MOMENTS[moment].lower()} is ingediend en ligt vast."
    return with_message(go(f"/cohorten/{cohort}/traject/{school}"), text)


@routes.post("/vervang", openapi_extra=access(actions.supersede_measurement))
def replace(call: Called, cohort: Key, school: MemberKey, moment: Moment, form: Sent) -> Response:
    """Begin a new measurement in the place of a submitted one, with the reason."""
    where = (cohort, school, moment)
    try:
        body = read_shape(SupersedeIn, {"reason": form["reden"]})
        actions.supersede_measurement(call.sent(form["eenmaal"]), *where, body)
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return _page(call, where, "", None, problem)
    message = "U kunt de nieuwe meting invullen. De oude blijft bewaard en telt tot u indient."
    return with_message(go(f"/cohorten/{cohort}/traject/{school}/{moment}"), message)
