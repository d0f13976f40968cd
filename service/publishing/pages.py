"""How does a plan become public? Who will see what is shown first; the portal changes at one button alone."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import names_inside
from service.core.errors import Problem
from service.rounds.plan.rows import price_of
from service.rounds.run.published import SOLVED, has_plan
from service.web.call import Called
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import read_form
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {"plan.xlsx": ("plan.xlsx", {}), "bewijs.xlsx": ("certificate", {"format": "xlsx"})}


@routes.get("/publiceren", openapi_extra=access("coordinator"))
async def show_publishing(call: Called, cohort: Key) -> Response:
    """Show what would change for whom, what stands in the way, and what is public now."""
    return await _publishing(call, cohort, None)


async def _publishing(call: Called, cohort: str, problem: Problem | None) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row, names = await api.get(base), await names_inside(api, cohort)
    found = await _round(api, base, call.request.query_params.get("ronde", ""))
    seen = await api.find(f"{base}/rounds/{found['id']}/audience") if found else None
    public = await api.find(f"{base}/publication")
    aliases = {one["pseudonym"]: key for key, one in names.mentors.items()}
    school = call.request.query_params.get("school", "")
    school = school if seen and school in names.schools else ""
    return page(
        call.request,
        "publiceren.html",
        status=problem.status if problem else 200,
        cohort=row,
        round=found,
        seen=seen,
        pairings=sorted(seen["pairings"], key=lambda one: by_name(names.school(one["school"]))) if seen else [],
        school=school,
        others=await _others(api, f"{base}/rounds/{found['id']}", school) if found and school else [],
        public=public,
        hurdle=_hurdle(found),
        names=names,
        aliases=aliases,
        problem=problem,
    )


async def _round(api: Inside, base: str, wanted: str) -> Mapping[str, Any] | None:
    """Give the round that is meant, else the newest with a plan."""
    if wanted:
        found: Mapping[str, Any] = await api.get(f"{base}/rounds/{wanted}")
        return found
    for one in (await api.get(f"{base}/rounds", limit=20))["items"]:
        if has_plan(one) and one["state"] != "superseded":
            newest: Mapping[str, Any] = await api.get(f"{base}/rounds/{one['id']}")
            return newest
    return None


async def _others(api: Inside, place: str, school: str) -> list[dict[str, Any]]:
    """Give whom the portal names to a school beside its own mentors, each with the price in words."""
    told = await api.find(f"{place}/audience", school=school) or {"pairings": [], "standby": []}
    beside = [one for one in told["pairings"] if not one["in_plan"]]
    sides = ((False, beside), (True, told["standby"]))
    return [one | {"words": price_of(one["price"]), "reserve": reserve} for reserve, side in sides for one in side]


def _hurdle(found: Mapping[str, Any] | None) -> str:
    """Say what stands in the way of publishing a round; empty for nothing."""
    if found is None or found["plan"] is None or found["plan"]["status"] not in SOLVED:
        return "Deze ronde heeft geen plan."
    if found["state"] == "superseded":
        return "Dit plan is al vervangen door een nieuwer."
    if found["state"] != "published" and found["stale"]:
        return "De gegevens of afspraken zijn gewijzigd sinds dit plan gemaakt is. Zoek eerst opnieuw."
    if not found["studied"]:
        return "Wat uit dit plan volgt, wordt nog uitgezocht. Dat duurt meestal minder dan een minuut."
    return ""


@routes.post("/publiceren", openapi_extra=access("coordinator"))
async def publish(call: Called, cohort: Key) -> Response:
    """Approve and publish a plan, each once."""
    form, api = await read_form(call.request), Inside(call)
    place = f"/v1/cohorts/{cohort}/rounds/{form['ronde']}"
    try:
        found = await api.get(place)
        if found["state"] == "draft":
            await api.post(f"{place}/approve", once=f"{form['eenmaal']}-a")
        made = await api.post(f"{place}/publish", once=f"{form['eenmaal']}-p")
    except Problem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        return await _publishing(call, cohort, problem)
    told = f"Gepubliceerd: versie {made.value['number']}. Het portaal toont dit plan nu."
    return with_message(go(f"/cohorten/{cohort}/publiceren"), told)


@routes.get("/bestanden/{of_round}/{name}", openapi_extra=access("coordinator"))
async def get_file(call: Called, cohort: Key, of_round: Key, name: Key) -> Response:
    """Give the plan, or its proof, as a workbook."""
    if name not in FILES:
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", "Dit bestand bestaat niet.")
    path, query = FILES[name]
    told = await Inside(call).ask(f"/v1/cohorts/{cohort}/rounds/{of_round}/{path}", 20, **query)
    if told.status == HTTPStatus.ACCEPTED:
        answer = go(f"/cohorten/{cohort}/publiceren")
        return with_message(answer, "Het werkboek wordt nog gemaakt. Vraag het over een minuut opnieuw.")
    return Response(told.value, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=XLSX)
