"""What did one school measure, plan and reach? Its page, where its level is entered with the proof."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.core.errors import Problem
from service.measuring.words import MOMENTS
from service.trajectory.progress.pages import LEVELS, SVG
from service.web.call import Called
from service.web.pages.dutch_format import day
from service.web.pages.forms import Form, read_form
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/traject/{school}")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@routes.get("", openapi_extra=access("viewer"))
async def show_school(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Show a school's year."""
    return await _page(call, cohort, school, Form(), None)


async def _page(call: Called, cohort: str, school: str, form: Form, problem: Problem | None) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    measured = {moment: await api.get(f"{base}/schools/{school}/measurements/{moment}") for moment in MOMENTS}
    levels = [one for one in await api.items(f"{base}/label/levels") if one["school"] == school]
    return page(
        call.request,
        "trajectschool.html",
        status=problem.status if problem else 200,
        cohort=await api.get(base),
        school=await api.get(f"{base}/schools/{school}"),
        moments=MOMENTS,
        measured=measured,
        criteria=await _criteria(api, measured),
        needs=await api.get(f"{base}/schools/{school}/needs") if measured["baseline"]["submitted"] else None,
        progress=await api.get(f"{base}/progress/{school}"),
        plan=await api.get(f"{base}/action-plans/{school}"),
        ready=await api.get(f"{base}/label/readiness/{school}"),
        levels=levels,
        level_words=LEVELS,
        form=form,
        problem=problem,
    )


async def _criteria(api: Inside, measured: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give each criterion with what counts at both moments; none where nothing was submitted."""
    counting = {
        moment: next((one for one in found["submitted"] if one["counts"]), None) for moment, found in measured.items()
    }
    if not any(counting.values()):
        return []
    said = {
        moment: {one["criterion"]: one for one in found["combined"]} if found else {}
        for moment, found in counting.items()
    }
    questions = (await api.get("/v1/label/criteria"))["questions"]
    return [
        {**one, "baseline": said["baseline"].get(one["code"]), "final": said["final"].get(one["code"])}
        for one in questions
    ]


@routes.post("/niveau", openapi_extra=access("coordinator"))
async def enter_level(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Enter the level that the school holds, since when and by what proof."""
    form = await read_form(call.request)
    document = {"school": school, "level": form["niveau"], "since": form["sinds"], "proof": form["bewijs"]}
    try:
        await Inside(call).post(f"/v1/cohorts/{cohort}/label/levels", document, once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT):
            raise
        return await _page(call, cohort, school, form, problem)
    return with_message(go(f"/cohorten/{cohort}/traject/{school}"), "Het niveau is ingevoerd.")


@routes.post("/niveau/{level}/weg", openapi_extra=access("coordinator"))
async def remove_level(call: Called, cohort: Key, school: MemberKey, level: Key) -> Response:
    """Take back a level that was entered by mistake."""
    await Inside(call).tell("DELETE", f"/v1/cohorts/{cohort}/label/levels/{level}")
    return with_message(go(f"/cohorten/{cohort}/traject/{school}"), "Dit niveau is geschrapt.")


@routes.get("/vooruitgang.svg", openapi_extra=access("viewer"))
async def get_chart(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Give the school's baseline and final measurement, drawn."""
    return Response(await Inside(call).get(f"/v1/cohorts/{cohort}/progress/{school}/chart.svg"), media_type=SVG)


@routes.get("/dossier", openapi_extra=access("coordinator"))
async def show_dossier(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Show what the official application asks, to copy from or to print."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    found = await api.get(f"{base}/label/dossier/{school}/tables")
    criteria, *others = found["tables"]
    return page(
        call.request,
        "schooldossier.html",
        cohort=await api.get(base),
        school=await api.get(f"{base}/schools/{school}"),
        found=found,
        criteria={**criteria, "rows": [dict(zip(criteria["columns"], row, strict=True)) for row in criteria["rows"]]},
        tables=[{**one, "rows": [[_written(cell) for cell in row] for row in one["rows"]]} for one in others],
    )


def _written(cell: object) -> str:
    """Write a cell for people: days as dates, nothing as a dash."""
    if cell in (None, ""):
        return "–"
    text = str(cell)
    return day(text) if DAY.fullmatch(text) else text


@routes.get("/dossier.xlsx", openapi_extra=access("coordinator"))
async def get_dossier(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Give what the official application asks, to copy from."""
    found = await Inside(call).get(f"/v1/cohorts/{cohort}/label/dossier/{school}")
    shown = {"Content-Disposition": f'attachment; filename="dossier-{school}.xlsx"'}
    return Response(found, headers=shown, media_type=XLSX)
