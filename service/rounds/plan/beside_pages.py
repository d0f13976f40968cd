"""Which of two or three mentors for a school? Side by side, criterion by criterion, with what each costs the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Query, Response

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.policy.actions import get_rules
from service.core.errors import not_found
from service.rounds.plan.choices import Asked
from service.rounds.plan.plan_snapshot import SeenPlan, see_plan
from service.rounds.plan.plan_view import known
from service.rounds.plan.rows import price_of
from service.rounds.questions.actions import get_alternatives, get_shares
from service.rounds.questions.shapes import ShareOut, SuggestionOut
from service.web.call import Called
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/naast")

MOST = 3
"""So many stand beside each other."""


@routes.get("/{school}", openapi_extra=access(get_alternatives))
def show_beside(
    call: Called,
    cohort: Key,
    school: Key,
    chosen: Asked,
    mentor: Annotated[list[Key], Query(max_length=20)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Show mentors of a school side by side: those that are asked for, else who is there and the next best."""
    seen = see_plan(call.work, cohort, chosen.ronde)
    if not isinstance(seen, SeenPlan):
        return page(call.request, "plan.html", cohort=seen, round=None)
    if school not in seen.names.schools:
        raise not_found("Deze school")
    found = known(lambda: get_alternatives(call.work, cohort, seen.round.id, school=school))
    people = {one.mentor: one for one in found.pairings} if found else {}
    told = list(dict.fromkeys(one for one in mentor if one in people))
    first = sorted(people.values(), key=lambda one: not one.in_plan)
    wanted = (told or [one.mentor for one in first])[:MOST]
    longest = get_rules(call.work, cohort).max_minutes
    columns = [_column(call.work, cohort, seen, people[one], longest) for one in wanted]
    return page(
        call.request,
        "naast.html",
        cohort=seen.cohort,
        round=seen.round,
        chosen=chosen,
        tail=chosen.tail(),
        school=seen.names.schools[school],
        known=found is not None,
        columns=columns,
        lines=_lines(columns),
        everybody=[(one.mentor, seen.names.mentor(one.mentor), one.in_plan) for one in first],
        wanted=wanted,
        left_out=max(0, len(told) - MOST),
        most=MOST,
    )


def _column(work: Work, cohort: str, seen: SeenPlan, one: SuggestionOut, longest: int) -> dict[str, Any]:
    """Give a mentor with the limits that hold: minutes to travel, of the mentor or else of the rules, and schools."""
    who = seen.names.mentors[one.mentor]
    used = sum(row["mentor"] == one.mentor for row in seen.rows)
    limits = {"limit": who.max_minutes or longest, "used": used, "most": who.max_schools}
    shares = get_shares(work, cohort, seen.round.id, one.school, one.mentor).shares
    values = {"name": seen.names.mentor(one.mentor), "company": who.company}
    return one.model_dump() | values | limits | price_of(one.price) | {"shares": {each.key: each for each in shares}}


def _lines(columns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give a line for each criterion: what each mentor gets of what can be got, and who gets most where not all do."""
    found = []
    for key, first in (columns[0]["shares"] if columns else {}).items():
        shares = [column["shares"].get(key) for column in columns]
        counted = [one if one is not None and one.score is not None else None for one in shares]
        told = [one.points for one in counted if one is not None]
        best = max(told) if told and min(told) != max(told) else None
        here = next((one for one, column in zip(counted, columns, strict=True) if column["in_plan"]), None)
        cells = [None if one is None else _cell(one, best, here) for one in counted]
        found.append({"label": first.label, "weight": first.weight, "cells": cells})
    return found


def _cell(one: ShareOut, best: int | None, here: ShareOut | None) -> dict[str, Any]:
    """Give the points of a mentor, the score on 100, and how much more that is than who is in the plan has."""
    other = here is not None and here is not one
    beyond = one.points - here.points if other and here is not None else 0
    return {"points": one.points, "score": one.score, "best": one.points == best, "more": beyond}
