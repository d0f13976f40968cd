"""Which schools get the places? How many, within which limits, who is chosen and why, and who comes next."""

from __future__ import annotations

from typing import Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort, list_cohorts
from service.core.addresses import path_to
from service.core.errors import Problem
from service.jobs.actions import get_job
from service.jobs.words import BUSY
from service.trajectory.applications.actions import list_applications
from service.trajectory.selection import actions
from service.trajectory.selection.shapes import ChoiceOut, ReplaceIn, SelectionIn, SelectionPolicyIn, SelectionPolicyOut
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/selectie")

GROUPS = {"province": "Provincie", "school_type": "Onderwijsvorm", "network": "Net"}
OUTCOMES = {"chosen": "gekozen", "waiting": "wachtlijst", "not_chosen": "niet gekozen"}
SIDES = {"least": "minstens", "most": "hoogstens"}
FIRST, NEWEST = "seats", "laatste"
SHOWN = 200
"""So many cohorts can be chosen from."""


@routes.get("", openapi_extra=access(actions.add_selection))
def show_selection(call: Called, cohort: Key) -> Response:
    """Show the newest selection, and how a new one is made."""
    return _selection(call, cohort, None)


def _selection(call: Call, cohort: str, refused: tuple[Form, Problem] | None) -> Response:
    form, problem = refused or (None, None)
    with call.work.together() as work:
        row, policy = get_cohort(work, cohort), actions.get_selection_policy(work, cohort)
        known = actions.list_selections(work, cohort).items
        found = actions.get_selection(work, cohort, NEWEST) if known else None
        applied = list_applications(work, cohort, "school").items
        earlier = [one for one in list_cohorts(work, SHOWN).items if one.id != cohort]
        job = get_job(work, found.job) if found and found.job_state in BUSY else None
    return page(
        call.request,
        "selectie.html",
        cohort=row,
        earlier=earlier,
        fields=_fields(policy),
        version=version_of(actions.tag_of_policy(cohort, policy), form, problem),
        candidates=sum(one.state in ("confirmed", "waiting", "accepted") for one in applied),
        unconfirmed=sum(one.state == "received" for one in applied),
        found=found,
        job=job,
        choices=sorted(found.choices, key=_place) if found else [],
        groups=GROUPS,
        dimensions=matcher.SELECTION_DIMENSIONS,
        networks=matcher.NETWORKS,
        sides=SIDES,
        outcomes=OUTCOMES,
        goal_names=matcher.SELECTION_GOAL_NAMES,
        problem=problem,
    )


def _place(choice: ChoiceOut) -> tuple[int, int, tuple[str, str]]:
    """Order: chosen by name, then the waiting list as it stands, then the others."""
    return list(OUTCOMES).index(choice.outcome), choice.place, by_name(choice.name)


def _fields(policy: SelectionPolicyOut) -> dict[str, str]:
    """Give what stands in each field."""
    limits = {_field(one.side, one.dimension, one.value): str(one.number) for one in policy.limits}
    waiting = policy.waiting_places
    held = {"plaatsen": str(policy.seats), "wachtlijst": "" if waiting is None else str(waiting)}
    return limits | held | {"eerst": policy.goals[1], "loting": str(policy.seed), "vorige": ""}


def _field(side: str, dimension: str, value: str) -> str:
    return f"{side}-{dimension}-{value}"


@routes.post("", openapi_extra=access(actions.add_selection))
def select(call: Called, cohort: Key, form: Sent) -> Response:
    """Keep how to select, and have the best selection searched for."""
    typed = form

    def act() -> Response:
        nonlocal typed
        policy = read_shape(SelectionPolicyIn, _policy(form))
        asked = read_shape(SelectionIn, {"ledger_of": form["vorige"] or None})
        kept = actions.replace_selection_policy(call.sent("", form["versie"]), cohort, policy)
        typed = form.changed("versie", actions.tag_of_policy(cohort, kept))
        actions.add_selection(call.sent(form["eenmaal"]), cohort, asked)
        return go(path_to("/cohorten/{}/selectie", cohort))

    return or_again(act, lambda problem: _selection(call, cohort, (typed, problem)))


def _policy(form: Form) -> dict[str, Any]:
    """Write what was filled in as the API takes it."""
    limits = [
        {"side": side, "dimension": dimension, "value": value}
        for dimension, values in matcher.SELECTION_DIMENSIONS.items()
        for value in values
        for side in SIDES
    ]
    goals = [FIRST, form["eerst"], *(one for one in ("priority", "balance") if one != form["eerst"])]
    return {
        "seats": form.whole("plaatsen"),
        "waiting_places": form.whole("wachtlijst"),
        "goals": goals,
        "limits": [
            one | {"number": form.whole(_field(*one.values()))} for one in limits if form[_field(*one.values())].strip()
        ],
        "seed": form.whole("loting") or 0,
    }


@routes.post("/{selection}/aanvaard", openapi_extra=access(actions.accept_selection))
def accept(call: Called, cohort: Key, selection: Key, form: Sent) -> Response:
    """Accept the chosen schools; the others wait."""

    def act() -> Response:
        made = actions.accept_selection(call.sent(form["eenmaal"]), cohort, selection)
        count = sum(one.outcome == "chosen" for one in made.choices)
        told = f"{matcher.counted(count, 'school staat', 'scholen staan')} nu in de cohorte."
        return with_message(go(path_to("/cohorten/{}/selectie", cohort)), told)

    return or_again(act, lambda problem: _selection(call, cohort, (form, problem)))


@routes.post("/vervang", openapi_extra=access(actions.fill_place))
def replace(call: Called, cohort: Key, form: Sent) -> Response:
    """Let a school go, and have its place filled while all others stay."""

    def act() -> Response:
        body = read_shape(ReplaceIn, {"school": form["school"], "reason": form["reden"]})
        actions.fill_place(call.sent(form["eenmaal"]), cohort, body)
        told = "Genoteerd. Kijk na wie de plaats krijgt, en aanvaard."
        return with_message(go(path_to("/cohorten/{}/selectie", cohort)), told)

    return or_again(act, lambda problem: _selection(call, cohort, (form, problem)))
