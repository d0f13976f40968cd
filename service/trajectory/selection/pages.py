"""Which schools get the places? How many, within which limits, who is chosen and why, and who comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.core.errors import Problem
from service.jobs.words import BUSY
from service.web.call import Called
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import REFUSED, Form, read_form, version_of
from service.web.pages.inside import Inside
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}/selectie")

GROUPS = {"province": "Provincie", "school_type": "Onderwijsvorm", "network": "Net"}
OUTCOMES = {"chosen": "gekozen", "waiting": "wachtlijst", "not_chosen": "niet gekozen"}
SIDES = {"least": "minstens", "most": "hoogstens"}
FIRST = "seats"


@routes.get("", openapi_extra=access("coordinator"))
async def show_selection(call: Called, cohort: Key) -> Response:
    """Show the newest selection, and how a new one is made."""
    return await _selection(call, cohort, None)


async def _selection(call: Called, cohort: str, refused: tuple[Form, Problem] | None) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    policy, found = await api.tell("GET", f"{base}/selection/policy"), await api.find(f"{base}/selection/laatste")
    waiting = await api.items(f"{base}/applications", kind="school")
    problem = refused[1] if refused else None
    return page(
        call.request,
        "selectie.html",
        status=problem.status if problem else 200,
        cohort=await api.get(base),
        earlier=[one for one in await api.items("/v1/cohorts") if one["id"] != cohort],
        fields=_fields(policy.value) | _typed(refused[0] if refused else Form()),
        version=version_of(policy.version, refused[0] if refused else None, problem),
        candidates=sum(one["state"] in ("confirmed", "waiting", "accepted") for one in waiting),
        unconfirmed=sum(one["state"] == "received" for one in waiting),
        found=found,
        job=await api.get(f"/v1/jobs/{found['job']}") if found and found["job_state"] in BUSY else None,
        choices=sorted(found["choices"], key=_place) if found else [],
        groups=GROUPS,
        dimensions=matcher.SELECTION_DIMENSIONS,
        sides=SIDES,
        outcomes=OUTCOMES,
        goal_names=matcher.SELECTION_GOAL_NAMES,
        problem=problem,
    )


def _place(choice: Mapping[str, Any]) -> tuple[int, int, tuple[str, str]]:
    """Order: chosen by name, then the waiting list as it stands, then the others."""
    return list(OUTCOMES).index(choice["outcome"]), choice["place"], by_name(choice["name"])


def _fields(policy: Mapping[str, Any]) -> dict[str, str]:
    """Give what stands in each field."""
    limits = {_field(one): str(one["number"]) for one in policy["limits"]}
    waiting = policy["waiting_places"]
    held = {"plaatsen": str(policy["seats"]), "wachtlijst": "" if waiting is None else str(waiting)}
    return limits | held | {"eerst": policy["goals"][1], "loting": str(policy["seed"]), "vorige": ""}


def _typed(form: Form) -> dict[str, str]:
    """Give what was just typed, of a form about how to select."""
    return {name: form[name] for name in form.values} if "plaatsen" in form else {}


def _field(limit: Mapping[str, Any]) -> str:
    return f"{limit['side']}-{limit['dimension']}-{limit['value']}"


@routes.post("", openapi_extra=access("coordinator"))
async def select(call: Called, cohort: Key) -> Response:
    """Keep how to select, and have the best selection searched for."""
    form, api, place = await read_form(call.request), Inside(call), f"/v1/cohorts/{cohort}/selection"
    try:
        kept = await api.edit("PUT", f"{place}/policy", _policy(form), version=form["versie"])
        form = form.changed("versie", kept.version)
        await api.post(place, {"ledger_of": form["vorige"] or None}, once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _selection(call, cohort, (form, problem))
    return go(f"/cohorten/{cohort}/selectie")


def _policy(form: Form) -> dict[str, Any]:
    """Write what was filled in as the API takes it."""
    limits = [
        {"dimension": dimension, "value": value, "side": side}
        for dimension, values in matcher.SELECTION_DIMENSIONS.items()
        for value in values
        for side in SIDES
    ]
    goals = [FIRST, form["eerst"], *(one for one in ("priority", "balance") if one != form["eerst"])]
    return {
        "seats": form.whole("plaatsen"),
        "waiting_places": form.whole("wachtlijst"),
        "goals": goals,
        "limits": [one | {"number": form.whole(_field(one))} for one in limits if form[_field(one)].strip()],
        "seed": form.whole("loting") or 0,
    }


@routes.post("/{selection}/aanvaard", openapi_extra=access("coordinator"))
async def accept(call: Called, cohort: Key, selection: Key) -> Response:
    """Accept the chosen schools; the others wait."""
    form = await read_form(call.request)
    place = f"/v1/cohorts/{cohort}/selection/{selection}/accept"
    try:
        made = (await Inside(call).post(place, once=form["eenmaal"])).value
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _selection(call, cohort, (form, problem))
    count = sum(one["outcome"] == "chosen" for one in made["choices"])
    return with_message(go(f"/cohorten/{cohort}/selectie"), f"{count} scholen staan nu in de cohorte.")


@routes.post("/vervang", openapi_extra=access("coordinator"))
async def replace(call: Called, cohort: Key) -> Response:
    """Let a school go, and have its place filled while all others stay."""
    form = await read_form(call.request)
    document = {"school": form["school"], "reason": form["reden"]}
    try:
        await Inside(call).post(f"/v1/cohorts/{cohort}/selection/replace", document, once=form["eenmaal"])
    except Problem as problem:
        if problem.status not in REFUSED:
            raise
        return await _selection(call, cohort, (form, problem))
    return with_message(go(f"/cohorten/{cohort}/selectie"), "Genoteerd. Kijk na wie de plaats krijgt, en aanvaard.")
