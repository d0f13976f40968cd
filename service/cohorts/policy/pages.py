"""How does this cohort weigh a pair, and what may never be? The coordinator's own rules, every version kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.policy.goal_words import TITLES
from service.core.errors import Problem
from service.web.call import Called
from service.web.pages.forms import Form, read_form, version_of
from service.web.pages.inside import Inside
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

routes = pages("/cohorten/{cohort}/regels")

FIRST = "places_filled"
SHOWN = 20
KNOWN = {"max_minutes": "minuten", "min_half_days": "halve_dagen", "detour_factor": "omweg", "speed_kmh": "snelheid"}
"""The limits by their name on the wire, with the name of their field."""
REFUSALS = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)


@routes.get("", openapi_extra=access("viewer"))
async def show_rules(call: Called, cohort: Key) -> Response:
    """Show the rules that hold, and those that held before."""
    return await _rules(call, cohort, None)


async def _rules(call: Called, cohort: str, refused: tuple[Form, Problem] | None) -> Response:
    api, base = Inside(call), f"/v1/cohorts/{cohort}"
    told, problem = await api.tell("GET", f"{base}/rules"), refused[1] if refused else None
    usual = (await api.get("/v1/criteria"))["items"]
    versions = (await api.get(f"{base}/rules/versions", limit=SHOWN))["items"]
    return page(
        call.request,
        "regels.html",
        status=problem.status if problem else 200,
        cohort=await api.get(base),
        told=told.value,
        version=version_of(told.version, refused[0] if refused else None, problem),
        fields=_fields(told.value, usual, refused[0] if refused else None),
        scoring=[one for one in usual if one["weight"]],
        ruling=[one for one in usual if not one["weight"]],
        goals=[one for one in told.value["goals"] if one != FIRST],
        titles=TITLES,
        first=FIRST,
        versions=versions,
        problem=problem,
        faults=_faults(problem),
    )


def _fields(now: Mapping[str, Any], usual: Sequence[Mapping[str, Any]], sent: Form | None) -> dict[str, str]:
    """Give what stands in each field: what was just typed, else what holds."""
    weights = {f"gewicht-{one['key']}": now["weights"].get(one["key"], one["weight"]) for one in usual}
    goals = {f"doel-{place}": one for place, one in enumerate(now["goals"][1:], 2)}
    held = weights | goals | {field: now[name] for name, field in KNOWN.items()}
    held |= {"delen": "1" if now["share_half_day"] else "", "sectoren": ", ".join(now["required_sectors"])}
    return {name: sent[name] if sent else _written(value) for name, value in held.items()}


def _written(value: object) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _faults(problem: Problem | None) -> dict[str, str]:
    """Give what is wrong by the field where it stands."""
    told: dict[str, str] = {}
    for one in problem.faults if problem else ():
        part, _, rest = one.pointer.removeprefix("#").removeprefix("/").partition("/")
        told[f"gewicht-{rest}" if part == "weights" else KNOWN.get(part, part)] = one.detail
    return told


@routes.post("", openapi_extra=access("coordinator"))
async def change_rules(call: Called, cohort: Key) -> Response:
    """Keep what was filled in as a new version."""
    form, api, place = await read_form(call.request), Inside(call), f"/v1/cohorts/{cohort}/rules"
    try:
        before = await api.get(place)
        usual = (await api.get("/v1/criteria"))["items"]
        told = await api.edit("PUT", place, _document(form, before, usual), version=form["versie"])
    except Problem as problem:
        if problem.status not in REFUSALS:
            raise
        return await _rules(call, cohort, (form, problem))
    if told.value["version"] == before["version"]:
        return with_message(go(f"/cohorten/{cohort}/regels"), "Er was niets gewijzigd.")
    return _kept(cohort, told.value, before["version"])


def _document(form: Form, before: Mapping[str, Any], usual: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Write the rules as the API takes them; raises Problem 422 for a number or an order that can't be meant."""
    weights = {one["key"]: (form.whole(f"gewicht-{one['key']}"), one["weight"]) for one in usual if one["weight"]}
    goals = [form[f"doel-{place}"] for place in range(2, len(before["goals"]) + 1)]
    if len(set(goals)) < len(goals):
        detail = "Een doel staat twee keer in de volgorde. Geef elk doel één plaats."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "goal_order", detail)
    kept = {name: before[name] for name in ("sectors", "seed")}
    return kept | {
        "weights": {
            key: weight
            for key, (weight, own) in weights.items()
            if weight is not None and (weight != own or key in before["weights"])
        },
        "goals": [FIRST, *goals],
        "max_minutes": form.whole("minuten"),
        "min_half_days": form.whole("halve_dagen"),
        "detour_factor": form.decimal("omweg"),
        "speed_kmh": form.decimal("snelheid"),
        "share_half_day": form["delen"] == "1",
        "required_sectors": [one.strip() for one in form["sectoren"].split(",") if one.strip()],
    }


def _kept(cohort: str, told: Mapping[str, Any], before: int) -> Response:
    back = Undo(f"/cohorten/{cohort}/regels/terug", {"versie": str(before)})
    words = f"Bewaard als versie {told['version']}. Deze regels tellen vanaf de volgende ronde."
    return with_message(go(f"/cohorten/{cohort}/regels"), words, back)


@routes.post("/terug", openapi_extra=access("coordinator"))
async def restore_rules(call: Called, cohort: Key) -> Response:
    """Have an earlier version hold again, as a new version; 0 is the product's own."""
    form, api, place = await read_form(call.request), Inside(call), f"/v1/cohorts/{cohort}/rules"
    wanted = form.whole("versie") or 0
    now = await api.tell("GET", place)
    older = (await api.get(f"{place}/versions", limit=1, cursor=wanted + 1))["items"] if wanted else []
    if wanted and (not older or older[0]["version"] != wanted):
        raise Problem(HTTPStatus.NOT_FOUND, "not_found", f"Versie {wanted} van de regels is er niet.")
    chosen = {name: value for name, value in older[0].items() if name not in ("version", "created_at")} if older else {}
    told = await api.edit("PUT", place, chosen, version=now.version)
    return _kept(cohort, told.value, now.value["version"])
