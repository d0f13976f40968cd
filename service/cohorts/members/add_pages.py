"""How does one school or mentor come in by hand, or go out again: removed, or with names and addresses erased?"""

from __future__ import annotations

from http import HTTPStatus
from typing import Literal

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.form import SIDES, Field, rows
from service.core.errors import Problem
from service.web.call import Called
from service.web.pages.forms import Form, read_form
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}")

Side = Literal["scholen", "mentoren"]
NUMBER = Field(
    name="id", label="Nummer", hint="Zoals in uw Excel: een schoolnummer, of M001. Het blijft altijd hetzelfde."
)
NOUNS = {"scholen": "school", "mentoren": "mentor"}
REFUSALS = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


@routes.get("/toevoegen/{side}", openapi_extra=access("coordinator"))
async def show_empty_form(call: Called, cohort: Key, side: Side) -> Response:
    """Ask for one more school or mentor."""
    return await _empty_form(call, cohort, side, None)


async def _empty_form(call: Called, cohort: str, side: Side, refused: tuple[Form, Problem] | None) -> Response:
    sent, problem = refused or (None, None)
    usual = {"mentors_wanted": 1, "max_schools": 1, "status": "active"}
    return page(
        call.request,
        "toevoegen.html",
        status=problem.status if problem else 200,
        cohort=await Inside(call).get(f"/v1/cohorts/{cohort}"),
        side=side,
        noun=NOUNS[side],
        fields=rows((NUMBER, *SIDES[side][1]), usual, sent, problem),
        version="",
        stale=False,
        problem=problem,
    )


@routes.post("/toevoegen/{side}", openapi_extra=access("coordinator"))
async def add(call: Called, cohort: Key, side: Side) -> Response:
    """Add a school or mentor; what is left empty is as usual."""
    form, (name, fields) = await read_form(call.request), SIDES[side]
    try:
        told = {one.name: one.read(form) for one in (NUMBER, *fields)}
        document = {key: value for key, value in told.items() if value not in ("", None, [])}
        await Inside(call).post(f"/v1/cohorts/{cohort}/{name}", document, once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in REFUSALS:
            raise
        return await _empty_form(call, cohort, side, (form, problem))
    return with_message(go(f"/cohorten/{cohort}/{side}"), "Toegevoegd. Het telt vanaf de volgende ronde.")


@routes.post("/scholen/{key}/weg", openapi_extra=access("coordinator"))
async def remove_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Take a school out of the cohort."""
    return await _remove(call, cohort, "scholen", key)


@routes.post("/mentoren/{key}/weg", openapi_extra=access("coordinator"))
async def remove_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Take a mentor out of the cohort."""
    return await _remove(call, cohort, "mentoren", key)


async def _remove(call: Called, cohort: str, side: Side, key: str) -> Response:
    form = await read_form(call.request)
    await Inside(call).edit("DELETE", f"/v1/cohorts/{cohort}/{SIDES[side][0]}/{key}", version=form["versie"])
    words = f"De {NOUNS[side]} met nummer {key} is verwijderd. Zoek een nieuwe ronde om het plan bij te werken."
    return with_message(go(f"/cohorten/{cohort}/{side}"), words)


@routes.post("/scholen/{key}/wissen", openapi_extra=access("coordinator"))
async def erase_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Erase the contact of a school."""
    return await _erase(call, cohort, "scholen", key)


@routes.post("/mentoren/{key}/wissen", openapi_extra=access("coordinator"))
async def erase_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Erase name and address of a mentor."""
    return await _erase(call, cohort, "mentoren", key)


async def _erase(call: Called, cohort: str, side: Side, key: str) -> Response:
    await Inside(call).post(f"/v1/cohorts/{cohort}/{SIDES[side][0]}/{key}/erase")
    return with_message(go(f"/cohorten/{cohort}/{side}/{key}"), "Gewist, overal: ook in eerdere rondes en bestanden.")
