"""How does this cohort weigh a pair, and what may never be? The coordinator's own rules, every version kept."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.policy import actions
from service.cohorts.policy.goal_words import CHOICES, TITLES
from service.cohorts.policy.shapes import CriterionOut, RulesIn, RulesOut
from service.core.addresses import path_to
from service.core.errors import Problem
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Form, Sent, or_again, version_of
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/regels")

FIRST = "places_filled"
SHOWN = 20
KNOWN = {"max_minutes": "minuten", "min_half_days": "halve_dagen", "detour_factor": "omweg", "speed_kmh": "snelheid"}
"""The limits by their name on the wire, with the name of their field."""


@routes.get("", openapi_extra=access(actions.get_rules))
def show_rules(call: Called, cohort: Key) -> Response:
    """Show the rules that hold, and those that held before."""
    return _rules(call, cohort, None)


def _rules(call: Call, cohort: str, refused: tuple[Form, Problem] | None) -> Response:
    form, problem = refused or (None, None)
    with call.work.together() as work:
        row, now = get_cohort(work, cohort), actions.get_rules(work, cohort)
        versions = actions.list_rules(work, cohort, SHOWN).items
        usual = actions.list_criteria(work).items
    return page(
        call.request,
        "regels.html",
        cohort=row,
        told=now,
        version=version_of(actions.tag_of(cohort, now), form, problem),
        fields=_fields(now, usual),
        scoring=[one for one in usual if one.weight],
        ruling=[one for one in usual if not one.weight],
        goals=[one for one in now.goals if one != FIRST],
        titles=TITLES,
        choices=CHOICES,
        finalities=[
            (one, matcher.FINALITY_NAMES[one], ", ".join(matcher.types_of_finalities((one,), (), {})))
            for one in matcher.FINALITIES
        ],
        first=FIRST,
        versions=versions,
        problem=problem,
        faults=_faults(problem),
    )


def _fields(now: RulesOut, usual: Sequence[CriterionOut]) -> dict[str, str]:
    """Give what stands in each field: what holds."""
    held: dict[str, object] = {f"gewicht-{one.key}": now.weights.get(one.key, one.weight) for one in usual}
    held |= {f"doel-{place}": one for place, one in enumerate(now.goals[1:], 2)}
    held |= {field: getattr(now, name) for name, field in KNOWN.items()}
    held |= {"delen": "1" if now.share_half_day else "", "sectoren": ", ".join(now.required_sectors)}
    held |= {f"finaliteit-{one}": ", ".join(now.finality_types.get(one, ())) for one in matcher.FINALITIES}
    return {name: _written(value) for name, value in held.items()}


def _written(value: object) -> str:
    if value is None:
        return ""
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _faults(problem: Problem | None) -> dict[str, str]:
    """Give what is wrong by the field where it stands."""
    faults: dict[str, str] = {}
    for one in problem.faults if problem else ():
        part, _, rest = one.pointer.removeprefix("#").removeprefix("/").partition("/")
        own = {"weights": f"gewicht-{rest}", "finality_types": f"finaliteit-{rest.partition('/')[0]}"}
        faults[own.get(part) or KNOWN.get(part, part)] = one.detail
    return faults


@routes.post("", openapi_extra=access(actions.replace_rules))
def change_rules(call: Called, cohort: Key, form: Sent) -> Response:
    """Keep what was filled in as a new version."""

    def act() -> Response:
        before, usual = actions.get_rules(call.work, cohort), actions.list_criteria(call.work).items
        body = read_shape(RulesIn, _document(form, before, usual))
        kept = actions.replace_rules(call.sent("", form["versie"]), cohort, body)
        if kept.version == before.version:
            return with_message(go(path_to("/cohorten/{}/regels", cohort)), "Er was niets gewijzigd.")
        return _kept(cohort, kept, before.version)

    return or_again(act, lambda problem: _rules(call, cohort, (form, problem)), HTTPStatus.PRECONDITION_REQUIRED)


def _document(form: Form, before: RulesOut, usual: Sequence[CriterionOut]) -> dict[str, Any]:
    """Write the rules as the API takes them; raises Problem 422 for a number or an order that can't be meant."""
    weights = {one.key: (form.whole(f"gewicht-{one.key}"), one.weight) for one in usual if one.weight}
    goals = [form[f"doel-{place}"] for place in range(2, len(before.goals) + 1)]
    if len(set(goals)) < len(goals):
        detail = "Een doel staat twee keer in de volgorde. Geef elk doel één plaats."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "goal_order", detail)
    return before.model_dump(include={"sectors", "seed"}) | {
        "weights": {
            key: weight
            for key, (weight, own) in weights.items()
            if weight is not None and (weight != own or key in before.weights)
        },
        "goals": [FIRST, *goals],
        "max_minutes": form.whole("minuten"),
        "min_half_days": form.whole("halve_dagen"),
        "detour_factor": form.decimal("omweg"),
        "speed_kmh": form.decimal("snelheid"),
        "share_half_day": form["delen"] == "1",
        "required_sectors": _words(form["sectoren"]),
        "finality_types": {
            one: [word.upper() for word in told]
            for one in matcher.FINALITIES
            if (told := _words(form[f"finaliteit-{one}"]))
        },
    }


def _words(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _kept(cohort: str, kept: RulesOut, before: int) -> Response:
    back = Undo(path_to("/cohorten/{}/regels/terug", cohort), {"versie": str(before)})
    words = f"Bewaard als versie {kept.version}. Deze regels tellen vanaf de volgende ronde."
    return with_message(go(path_to("/cohorten/{}/regels", cohort)), words, back)


@routes.post("/terug", openapi_extra=access(actions.restore_rules))
def restore_rules(call: Called, cohort: Key, form: Sent) -> Response:
    """Have an earlier version hold again, as a new version; 0 is the product's own."""
    before = actions.get_rules(call.work, cohort).version
    return _kept(cohort, actions.restore_rules(call.work, cohort, form.whole("versie") or 0), before)
