"""How does a school rate itself? One sheet of questions for each person, kept as a draft, submitted once."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Response

from service.access.permissions import access
from service.core.errors import Fault, Problem
from service.measuring.shapes import Moment
from service.measuring.words import MOMENTS
from service.web.call import Called
from service.web.pages.forms import REFUSED, Form, read_form, version_of
from service.web.pages.inside import Inside, Told
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/traject/{school}/{moment}")

NEW = "*"
"""What a form that begins a sheet says instead of a version; no sheet has it, so who comes second is told."""

LINK = re.compile(r"https?://\S+")


@routes.get("", openapi_extra=access("coordinator"))
async def show_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment, wie: str = "") -> Response:
    """Show the sheet of one person, and what was filled in so far."""
    return await _page(call, (cohort, school, moment), wie.strip(), None, None)


async def _page(
    call: Called, where: tuple[str, str, Moment], rater: str, form: Form | None, problem: Problem | None
) -> Response:
    cohort, school, moment = where
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    place = f"{base}/schools/{school}/measurements/{moment}"
    sheet = await _sheet(api, place, rater) if rater else None
    return page(
        call.request,
        "meetblad.html",
        status=problem.status if problem else 200,
        cohort=await api.get(base),
        school=await api.get(f"{base}/schools/{school}"),
        moment=moment,
        words=MOMENTS[moment],
        measured=await api.get(place),
        asked=await api.get("/v1/label/criteria"),
        rater=rater,
        version=version_of(sheet.version if sheet else NEW, form, problem),
        filled=_typed(form) if form else _kept(sheet),
        remarks=sheet.value["findings"] if sheet else [],
        problem=problem,
        faults=_faults(form, problem),
    )


async def _sheet(api: Inside, place: str, rater: str) -> Told | None:
    try:
        return await api.tell("GET", f"{place}/sheets/{quote(rater, safe='')}")
    except Problem as problem:
        if problem.status != HTTPStatus.NOT_FOUND:
            raise
        return None


def _kept(sheet: Told | None) -> dict[str, dict[str, str]]:
    """Give what a sheet holds as the form shows it: criterion to rating, evidence and links."""
    rows = sheet.value["ratings"] if sheet else []
    return {
        one["criterion"]: {
            "value": str(one["value"]),
            "evidence": "\n".join(" ".join(piece.split()) for piece in (*one["evidence"], *one["links"])),
        }
        for one in rows
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
    told: dict[str, list[str]] = {}
    rated = [code for code, row in _typed(form).items() if row["value"]] if form else []
    for one in problem.faults if problem else ():
        if one.pointer.startswith("#"):
            code = one.pointer.removeprefix("#")
        else:
            _, _, rest = one.pointer.partition("/ratings/")
            place = rest.partition("/")[0]
            code = rated[int(place)] if place.isdecimal() and int(place) < len(rated) else ""
        if code:
            told.setdefault(code, []).append(one.detail)
    return {code: " ".join(dict.fromkeys(words)) for code, words in told.items()}


async def _keep(call: Called, where: tuple[str, str, Moment], form: Form) -> Form:
    """Keep a sheet; give the form with the version that it has now."""
    cohort, school, moment = where
    rater = quote(form["wie"].strip(), safe="")
    place = f"/v1/cohorts/{cohort}/schools/{school}/measurements/{moment}/sheets/{rater}"
    made = await Inside(call).edit("PUT", place, _document(form), version=form["versie"])
    return form.changed("versie", made.version)


@routes.post("", openapi_extra=access("coordinator"))
async def keep_sheet(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> Response:
    """Keep a sheet as a draft."""
    form, where = await read_form(call.request), (cohort, school, moment)
    rater, here = form["wie"].strip(), f"/cohorten/{cohort}/traject/{school}/{moment}"
    try:
        await _keep(call, where, form)
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _page(call, where, rater, form, problem)
    return with_message(
        go(f"{here}?{urlencode({'wie': rater})}"), "Bewaard als ontwerp. Dien het in als iedereen klaar is."
    )


@routes.post("/indienen", openapi_extra=access("coordinator"))
async def submit(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> Response:
    """Submit what everybody filled in, the sheet on the page included: from then on it is frozen."""
    form, where = await read_form(call.request), (cohort, school, moment)
    place = f"/v1/cohorts/{cohort}/schools/{school}/measurements/{moment}/submit"
    sheet = form if "versie" in form else None
    try:
        if sheet and (
            sheet["versie"] != NEW or any(row["value"] or row["evidence"].strip() for row in _typed(sheet).values())
        ):
            sheet = await _keep(call, where, sheet)
        await Inside(call).post(place, once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _page(call, where, form["wie"].strip(), sheet, problem)
    text = f"De {MOMENTS[moment].lower()} is ingediend en ligt vast."
    return with_message(go(f"/cohorten/{cohort}/traject/{school}"), text)


@routes.post("/vervang", openapi_extra=access("coordinator"))
async def replace(call: Called, cohort: Key, school: MemberKey, moment: Moment) -> Response:
    """Begin a new measurement in the place of a submitted one, with the reason."""
    form, here = await read_form(call.request), f"/cohorten/{cohort}/traject/{school}/{moment}"
    place = f"/v1/cohorts/{cohort}/schools/{school}/measurements/{moment}/supersede"
    try:
        await Inside(call).post(place, {"reason": form["reden"]}, once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _page(call, (cohort, school, moment), "", None, problem)
    return with_message(go(here), "U kunt de nieuwe meting invullen. De oude blijft bewaard en telt tot u indient.")
