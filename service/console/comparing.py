"""What changed between two plans, and why?"""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.call import Called
from service.access.rules import access
from service.console.inside import Inside
from service.console.pages import page
from service.console.people import names_of
from service.console.route import pages
from service.wire.shapes import Key

routes = pages("/cohorten/{cohort}")

SOLVED = ("proven", "feasible")


@routes.get("/vergelijken", openapi_extra=access("coordinator"))
async def show_comparison(call: Called, cohort: Key, van: str = "", naar: str = "") -> Response:
    """Show who moves between two rounds; usually the published one and the newest."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    row, names = await api.get(base), await names_of(api, cohort)
    found = (await api.get(f"{base}/rounds", limit=50))["items"]
    rounds = [one for one in found if one["plan"] and one["plan"]["status"] in SOLVED]
    known = {one["id"]: one for one in rounds}
    new = naar if naar in known else next(iter(known), "")
    usual = (
        known[new]["repairs"]
        if new and known[new]["repairs"] in known
        else next((one for one in known if one != new), "")
    )
    old = van if van in known else usual
    told = await api.ask(f"{base}/rounds/{new}/comparison", 15, **{"with": old}) if new and old and new != old else None
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
        totals={key: {goal["name"]: goal["value"] for goal in one["plan"]["goals"]} for key, one in known.items()},
    )
