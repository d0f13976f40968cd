"""What is missing before a round? Shortages in words, agreements, and mentors who fit nowhere."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import gone_inside, names_inside
from service.rounds.plan.rows import rests
from service.rounds.preflight.supply_demand import supply
from service.web.call import Called
from service.web.pages.forms import read_form
from service.web.pages.inside import Inside
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}")


@routes.get("/controle", openapi_extra=access("coordinator"))
async def show_check(call: Called, cohort: Key) -> Response:
    """Show what a round would meet."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    found = await api.get(f"{base}/preflight")
    names = await names_inside(api, cohort)
    locks = await api.items(f"{base}/locks")
    row, gone = await api.get(base), await gone_inside(api, call.work, cohort)
    helping = [one for key, one in names.mentors.items() if one["status"] == "active" and key not in gone]
    groups = supply([*names.schools.values()], helping)
    told = [{**one, "rests": rests(one, gone)} for one in locks]
    return page(call.request, "controle.html", cohort=row, found=found, locks=told, names=names, supply=groups)


@routes.post("/afspraken/{lock}/weg", openapi_extra=access("coordinator"))
async def remove_lock(call: Called, cohort: Key, lock: Key) -> Response:
    """Drop an agreement, and offer to make it again."""
    api, base = Inside(call), f"/v1/cohorts/{cohort}/locks"
    form = await read_form(call.request)
    found = next((one for one in await api.items(base) if one["id"] == lock), None)
    await api.tell("DELETE", f"{base}/{lock}")
    back = form["terug"] if form["terug"].startswith(f"/cohorten/{cohort}/") else f"/cohorten/{cohort}/controle"
    if found is None:
        return go(back)
    fields = {name: str(found[name]) for name in ("school", "mentor", "kind", "reason")}
    undo = Undo(f"/cohorten/{cohort}/afspraken", fields | {"terug": back, "override": "1" if found["override"] else ""})
    return with_message(go(back), "De afspraak is geschrapt. Ze telt niet meer in de volgende ronde.", undo)


@routes.post("/afspraken", openapi_extra=access("coordinator"))
async def add_lock(call: Called, cohort: Key) -> Response:
    """Make an agreement: a pair that must be, or that may not."""
    form = await read_form(call.request)
    document = {name: form[name] for name in ("school", "mentor", "kind", "reason")} | {
        "override": form["override"] == "1"
    }
    made = await Inside(call).post(f"/v1/cohorts/{cohort}/locks", document, once=form["eenmaal"])
    back = form["terug"] if form["terug"].startswith(f"/cohorten/{cohort}/") else f"/cohorten/{cohort}/controle"
    words = "vastgezet" if document["kind"] == "required" else "verboden"
    undo = Undo(f"/cohorten/{cohort}/afspraken/{made.value['id']}/weg", {"terug": back})
    return with_message(go(back), f"Dit koppel is {words}. Het telt vanaf de volgende ronde.", undo)
