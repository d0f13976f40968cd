"""What if a session were fixed, and when can a group still meet? Answers; nothing changes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Query, Response

from service.access.permissions import access
from service.cohorts.members.names import names_inside
from service.core.errors import Problem
from service.web.call import Called
from service.web.pages.dutch_format import by_name
from service.web.pages.inside import Inside, Told
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/sessies/{season}/vragen")

WAIT = 15


@routes.get("", openapi_extra=access("coordinator"))
async def show_questions(  # noqa: PLR0913, PLR0917 - the fields of the forms
    call: Called,
    cohort: Key,
    season: Key,
    vraag: str = "",
    ronde: str = "1",
    school: list[str] = Query([]),  # noqa: B008 - FastAPI's way
    gastheer: str = "",
    dag: str = "",
) -> Response:
    """Show both forms, and the answer to the one that was sent."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    found = await api.get(f"{base}/seasons/{season}")
    wanted = {"round": int(ronde) if ronde.isdecimal() else 0, "schools": school, "host": gastheer or None}
    told, problem = None, None
    try:
        told = await _asked(api, f"{base}/seasons/{season}", vraag, wanted, dag)
    except Problem as refused:
        if refused.status not in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT):
            raise
        problem = refused
    sessions = found["year"]["sessions"] if found["year"] else []
    return page(
        call.request,
        "sessievragen.html",
        status=problem.status if problem else 200,
        cohort=await api.get(base),
        names=await names_inside(api, cohort),
        season=found,
        numbers=sorted({one["round"] for one in sessions}),
        hosts=sorted(found["hosts"], key=lambda one: by_name(one["name"])),
        asked={"vraag": vraag, "ronde": wanted["round"], "school": school, "gastheer": gastheer, "dag": dag},
        busy=told.value if told and told.status == HTTPStatus.ACCEPTED else None,
        answer=told.value if told and told.status == HTTPStatus.OK else None,
        costs=_costs(found, told.value) if vraag == "prijs" and told and told.status == HTTPStatus.OK else [],
        problem=problem,
    )


async def _asked(api: Inside, place: str, name: str, wanted: Mapping[str, Any], day: str) -> Told | None:
    """Ask what the form asks; None where none was sent."""
    if name == "prijs":
        document = {**wanted, "seconds": WAIT} | ({"day": day} if day else {})
        return await api.post(f"{place}/price", document, seconds=WAIT)
    if name == "datum":
        return await api.post(f"{place}/no-date", wanted, seconds=WAIT)
    return None


def _costs(season: Mapping[str, Any], answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give what each goal loses, in the order of the goals; only those that change."""
    words = {one["name"]: one["words"] for one in season["year"]["goals"]}
    return [{"words": words.get(name, name), "loss": value} for name, value in answer["losses"].items() if value != 0]
