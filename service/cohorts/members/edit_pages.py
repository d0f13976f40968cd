"""How is one school or mentor changed, by hand? A form with every field, and who was first is told."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.permissions import access
from service.cohorts.members.form import SIDES, rows
from service.cohorts.members.names import person_name
from service.core.errors import Problem
from service.web.call import Called
from service.web.pages.forms import Form, read_form, version_of
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}")

LOOKED_BACK = 200
"""How many lines of the trail are searched for who changed something last."""


@routes.get("/scholen/{key}", openapi_extra=access("viewer"))
async def show_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Show one school."""
    return await _form(call, cohort, "scholen", key)


@routes.get("/mentoren/{key}", openapi_extra=access("viewer"))
async def show_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Show one mentor."""
    return await _form(call, cohort, "mentoren", key)


@routes.post("/scholen/{key}", openapi_extra=access("coordinator"))
async def change_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Change one school."""
    return await _change(call, cohort, "scholen", key)


@routes.post("/mentoren/{key}", openapi_extra=access("coordinator"))
async def change_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Change one mentor."""
    return await _change(call, cohort, "mentoren", key)


async def _form(
    call: Called, cohort: str, side: str, key: str, refused: tuple[Form, Problem] | None = None
) -> Response:
    api, (name, fields) = Inside(call), SIDES[side]
    row = await api.get(f"/v1/cohorts/{cohort}")
    told = await api.tell("GET", f"/v1/cohorts/{cohort}/{name}/{key}")
    now, problem = told.value, refused[1] if refused else None
    who = now["name"] if side == "scholen" else person_name(now)
    return page(
        call.request,
        "persoon.html",
        status=problem.status if problem else 200,
        cohort=row,
        side=side,
        key=key,
        who=who,
        fields=rows(fields, now, refused[0] if refused else None, problem),
        version=version_of(told.version, refused[0] if refused else None, problem),
        stale=problem is not None and problem.status == HTTPStatus.PRECONDITION_FAILED,
        problem=problem,
        changed=now["changed_at"],
        changer=await _changer(api, cohort, key) if call.caller.role != "viewer" else "",
        remarks=now["remarks"],
    )


async def _changer(api: Inside, cohort: str, key: str) -> str:
    """Give the name of who changed this last, empty where that is too long ago."""
    lines = (await api.get("/v1/audit", cohort=cohort, limit=LOOKED_BACK))["items"]
    mine = (one for one in lines if one["target"] == key and one["action"].startswith(("school.", "mentor.")))
    last = next((one["actor"] for one in mine), "")
    team = await api.items(f"/v1/cohorts/{cohort}/team")
    return next((str(one["name"]) for one in team if one["id"] == last), "")


async def _change(call: Called, cohort: str, side: str, key: str) -> Response:
    form = await read_form(call.request)
    name, fields = SIDES[side]
    try:
        document = {one.name: one.read(form) for one in fields}
        path = f"/v1/cohorts/{cohort}/{name}/{key}"
        await Inside(call).edit("PATCH", path, document, version=form["versie"])
    except Problem as problem:
        if problem.status in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN) or problem.status >= 500:  # noqa: PLR2004
            raise
        return await _form(call, cohort, side, key, (form, problem))
    return with_message(go(f"/cohorten/{cohort}/{side}"), "Bewaard. Het telt vanaf de volgende ronde.")
