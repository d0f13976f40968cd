"""Who did what in a cohort, how long are names kept, and what proves it? The cohort's file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.names import Names, names_inside
from service.core.errors import Problem
from service.records.trail.audit_sentences import WORDS
from service.rounds.run.published import has_plan
from service.web.call import Called
from service.web.pages.forms import Form, read_form, version_of
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/dossier")

A_PAGE = 50
LOOKED_THROUGH = 5
"""So many long pages of the trail are searched at once for what was changed."""

LONG_PAGE = 200
READ = (".read", ".report_read")
OWN_ID = re.compile(r"[a-z]{3}_[0-9a-z]{20,}")
"""What the service calls a thing: it says nothing to a person."""

PLACES = {
    "rnd": ("ronde?ronde=", "ronde"),
    "app": ("aanmeldingen/", "aanmelding"),
    "ssn": ("sessies?seizoen=", "jaar van sessies"),
    "imp": ("gegevens/", "bestanden"),
}
"""Where the thing of such a name is shown, and as what."""
OTHERS = {"public": "iemand met het formulier", "service": "de dienst zelf"}
"""Who acts without being a person that can log in."""


@routes.get("", openapi_extra=access("coordinator"))
async def show_record(call: Called, cohort: Key, na: str = "") -> Response:
    """Show the trail, the rounds with their files, and how long contact data is kept."""
    return await _record(call, cohort, na)


async def _lines(api: Inside, cohort: str, after: str, *, every: bool) -> tuple[list[Mapping[str, Any]], str | None]:
    """Give lines of the trail and where to go on: all of them, else what was changed and no reading or asking."""
    found: list[Mapping[str, Any]] = []
    following: str | None = after or None
    for _ in range(1 if every else LOOKED_THROUGH):
        size = A_PAGE if every else LONG_PAGE
        told = await api.get("/v1/audit", cohort=cohort, limit=size, cursor=following)
        found += [one for one in told["items"] if every or not _only_read(one["action"])]
        following = told["next"]
        if following is None or len(found) >= A_PAGE:
            break
    return found, following


def _about(names: Names, one: Mapping[str, Any]) -> dict[str, str]:
    """Say what a line of the trail is about, and where that is shown."""
    target = one["target"]
    if target in names.schools or target in names.mentors:
        return {"about": names.school(target) if target in names.schools else names.mentor(target), "href": ""}
    if one["action"].startswith("lock."):
        return {"about": _pair(names, one["detail"]), "href": ""}
    if one["action"] == "rules.changed":
        return {"about": f"versie {target}", "href": "regels"}
    if not OWN_ID.fullmatch(target):
        return {"about": target, "href": ""}
    place, words = PLACES.get(target[:3], ("", ""))
    return {"about": words, "href": place and place + target}


def _pair(names: Names, detail: Mapping[str, Any]) -> str:
    """Name the mentor and the school of an agreement, and what was agreed; empty where the trail has no number."""
    if not detail.get("school") or not detail.get("mentor"):
        return ""
    kind = {"required": "vast", "forbidden": "verboden"}.get(detail.get("kind", ""), "")
    return f"{names.mentor(detail['mentor'])} bij {names.school(detail['school'])}" + (f" ({kind})" if kind else "")


def _only_read(action: str) -> bool:
    return action.endswith(READ) or ".asked." in action


async def _record(
    call: Called,
    cohort: str,
    after: str,
    refused: tuple[Form, Problem] | None = None,
    checked: Mapping[str, Any] | None = None,
) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    form, problem = refused or (None, None)
    told = await api.tell("GET", base)
    every = call.request.query_params.get("alles", "") == "1"
    lines, following = await _lines(api, cohort, after, every=every)
    rounds = (await api.get(f"{base}/rounds", limit=20))["items"]
    names = await names_inside(api, cohort)
    team = {one["id"]: one["name"] for one in await api.items(f"{base}/team")}
    return page(
        call.request,
        "dossier.html",
        status=problem.status if problem else 200,
        cohort=told.value,
        version=version_of(told.version, form, problem),
        until=form["bewaren_tot"] if form and "bewaren_tot" in form else (told.value["keep_until"] or "")[:10],
        lines=[{**one, **_about(names, one)} for one in lines],
        next=following,
        every=every,
        words=WORDS,
        people=OTHERS | team | {call.caller.id: call.caller.name},
        rounds=[one for one in rounds if has_plan(one)],
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
        return await _record(call, cohort, "", (form, refused))
    except Problem as problem:
        if problem.status not in (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.PRECONDITION_FAILED):
            raise
        return await _record(call, cohort, "", (form, problem))
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
        return await _record(call, cohort, "", (form, missing))
    try:
        record = {"record": form.files[0][2].decode("utf-8", "replace")}
        place = f"/v1/cohorts/{cohort}/rounds/{form['ronde']}/record/check"
        told = await Inside(call).post(place, record, seconds=20)
    except Problem as problem:
        if problem.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        return await _record(call, cohort, "", (form, problem))
    late = {"sound": False, "sentence": "Het herrekenen duurt nog even. Kijk het dossier over een minuut opnieuw na."}
    return await _record(call, cohort, "", None, late if told.status == HTTPStatus.ACCEPTED else told.value)
