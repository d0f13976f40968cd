"""Where does each school of a cohort stand in its year: measurements, action plan, label, Award?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import Names, names_inside
from service.trajectory.applications.pages import STATES
from service.web.call import Called
from service.web.pages.inside import Inside
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/traject")

SVG = "image/svg+xml"
LEVELS = {"none": "nog geen", "Competent": "Competent", "Proficient": "Proficient", "Expert": "Expert"}


@routes.get("", openapi_extra=access("viewer"))
async def show_trajectory(call: Called, cohort: Key) -> Response:
    """Show all schools with how far each is, and the cohort together."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    names = await names_inside(api, cohort)
    progress = await api.get(f"{base}/progress")
    return page(
        call.request,
        "traject.html",
        cohort=await api.get(base),
        names=names,
        rows=await _rows(api, base, names, progress),
        needs=await api.get(f"{base}/measurements/needs"),
        days=await api.get(f"{base}/measurements/days"),
        progress=progress,
        reminders=await api.items(f"{base}/action-plans/reminders"),
        award=await api.find(f"{base}/award"),
        decision=await api.find(f"{base}/award/decision"),
        applications=await _applications(api, base) if call.caller.role != "viewer" else {},
        states=STATES,
        levels=LEVELS,
    )


async def _rows(api: Inside, base: str, names: Names, progress: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give each school with its measurements, level, readiness, plan and gain, in order of names."""
    lines = [one for one in await api.items(f"{base}/measurements") if one["counts"] or one["state"] == "draft"]
    measured = {(one["school"], one["moment"]): one for one in sorted(lines, key=lambda one: one["counts"])}
    ready = {one["school"]: one for one in await api.items(f"{base}/label/readiness")}
    plans = {one["school"]: one for one in await api.items(f"{base}/action-plans")}
    gains = {one["school"]: one["gain"] for one in progress["schools"]}
    return [
        {
            "key": key,
            "name": one["name"],
            "baseline": measured.get((key, "baseline")),
            "final": measured.get((key, "final")),
            "plan": plans.get(key),
            "ready": ready.get(key),
            "gain": gains.get(key),
        }
        for key, one in names.listed_schools()
    ]


async def _applications(api: Inside, base: str) -> dict[str, int]:
    """Count the applications by how far they are."""
    found: dict[str, int] = {}
    for one in await api.items(f"{base}/applications"):
        found[one["state"]] = found.get(one["state"], 0) + 1
    return {state: found[state] for state in STATES if state in found}


@routes.get("/vooruitgang.svg", openapi_extra=access("viewer"))
async def get_chart(call: Called, cohort: Key) -> Response:
    """Give the cohort's baseline and final measurement, drawn."""
    return Response(await Inside(call).get(f"/v1/cohorts/{cohort}/progress/chart.svg"), media_type=SVG)
