"""Who did what in a cohort, how long are names kept, and what proves it? The cohort's file."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.call import Called
from service.access.rules import access
from service.console.deeds import WORDS
from service.console.forms import read_form
from service.console.inside import Inside
from service.console.pages import page, with_message
from service.console.people import names_of
from service.console.route import go, pages
from service.errors import Problem
from service.wire.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/dossier")

A_PAGE = 50
OTHERS = {"public": "iemand met het formulier", "service": "de dienst zelf"}
"""Who acts without being a person that can log in."""


@routes.get("", openapi_extra=access("coordinator"))
async def show_record(call: Called, cohort: Key, na: str = "") -> Response:
    """Show the trail, the rounds with their files, and how long contact data is kept."""
    return await _record(call, cohort, na, None)


async def _record(
    call: Called, cohort: str, after: str, problem: Problem | None, checked: Mapping[str, Any] | None = None
) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    told = await api.tell("GET", base)
    lines = await api.get("/v1/audit", cohort=cohort, limit=A_PAGE, cursor=after or None)
    rounds = (await api.get(f"{base}/rounds", limit=20))["items"]
    team = {one["id"]: one["name"] for one in await api.items(f"{base}/team")}
    return page(
        call.request,
        "dossier.html",
        status=problem.status if problem else 200,
        cohort=told.value,
        version=told.version,
        lines=lines["items"],
        next=lines["next"],
        words=WORDS,
        people=OTHERS | team | {call.caller.id: call.caller.name},
        names=await names_of(api, cohort),
        rounds=[one for one in rounds if one["job_state"] == "done"],
        problem=problem,
        checked=checked,
    )


@routes.post("", openapi_extra=access("coordinator"))
async def keep_until(call: Called, cohort: Key) -> Response:
    """Say until when contact data is kept."""
    form = await read_form(call.request)
    try:
        day = datetime.fromisoformat(form["bewaren_tot"]).replace(hour=12, tzinfo=UTC)
        await Inside(call).edit(
            "PATCH", f"/v1/cohorts/{cohort}", {"keep_until": day.isoformat()}, version=form["versie"]
        )
    except ValueError:
        refused = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "Kies een dag, zoals 31-08-2028.")
        return await _record(call, cohort, "", refused)
    except Problem as problem:
        if problem.status not in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.PRECONDITION_FAILED):
            raise
        return await _record(call, cohort, "", problem)
    return with_message(go(f"/cohorten/{cohort}/dossier"), "Bewaard. Na deze dag worden namen en adressen gewist.")


@routes.get("/{of_round}.json", openapi_extra=access("coordinator"))
async def get_signed_record(call: Called, cohort: Key, of_round: Key) -> Response:
    """Give the signed record of a round, byte for byte as the API gives it."""
    told = await Inside(call).tell("GET", f"/v1/cohorts/{cohort}/rounds/{of_round}/record")
    shown = {"Content-Disposition": told.headers["content-disposition"]}
    return Response(told.value, headers=shown, media_type="application/json")


@routes.post("/nakijken", openapi_extra=access("coordinator"))
async def check_signed_record(call: Called, cohort: Key) -> Response:
    """Check a record that somebody kept: signed here, unchanged, the same plan when worked out anew."""
    form = await read_form(call.request)
    if not form.files:
        missing = Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "no_file", "Kies eerst een dossier.")
        return await _record(call, cohort, "", missing)
    try:
        record = {"record": form.files[0][2].decode("utf-8", "replace")}
        place = f"/v1/cohorts/{cohort}/rounds/{form['ronde']}/record/check"
        told = await Inside(call).post(place, record, seconds=20)
    except Problem as problem:
        if problem.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        return await _record(call, cohort, "", problem)
    late = {"sound": False, "sentence": "Het herrekenen duurt nog even. Kijk het dossier over een minuut opnieuw na."}
    return await _record(call, cohort, "", None, late if told.status == HTTPStatus.ACCEPTED else told.value)
