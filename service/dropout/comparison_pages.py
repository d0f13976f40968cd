"""What changed between two plans, and why?"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import names_inside
from service.core.errors import Problem
from service.rounds.run.published import has_plan
from service.web.call import Called
from service.web.pages.inside import Inside, Told
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}")


@routes.get("/vergelijken", openapi_extra=access("coordinator"))
async def show_comparison(call: Called, cohort: Key, van: str = "", naar: str = "") -> Response:
    """Show who moves between two rounds; usually the published one and the newest."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row, names = await api.get(base), await names_inside(api, cohort)
    found = (await api.get(f"{base}/rounds", limit=50))["items"]
    rounds = [one for one in found if has_plan(one)]
    known = {one["id"]: one for one in rounds}
    new = naar if naar in known else next(iter(known), "")
    usual = (
        known[new]["repairs"]
        if new and known[new]["repairs"] in known
        else next((one for one in known if one != new), "")
    )
    old = van if van in known else usual
    told = await _told(api, base, old, new)
    return page(
        call.request,
        "vergelijken.html",
        cohort=row,
        names=names,
        rounds=rounds,
        old=old,
        new=new,
        told=told.value if told and told.status == HTTPStatus.OK else None,
        busy=told.value if told and told.status == HTTPStatus.ACCEPTED else None,
        totals={key: await _totals(api, base, key) for key in (old, new)} if told else {},
    )


async def _told(api: Inside, base: str, old: str, new: str) -> Told | None:
    """Have two rounds compared; None where one of them has no plan."""
    if not old or not new or old == new:
        return None
    try:
        return await api.ask(f"{base}/rounds/{new}/comparison", 15, **{"with": old})
    except Problem as problem:
        if problem.code != "no_plan":
            raise
        return None


async def _totals(api: Inside, base: str, key: str) -> dict[str, Any]:
    plan = (await api.get(f"{base}/rounds/{key}"))["plan"]
    values = {goal["name"]: goal["value"] for goal in plan["goals"]}
    filled = values["places_filled"]
    return values | {"places": sum(filled) if isinstance(filled, list) else filled}
