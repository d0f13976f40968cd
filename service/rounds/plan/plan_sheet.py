"""What does the page of a plan show? The list, what stands around it, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response
from markupsafe import Markup

from service.cohorts.members.names import Names
from service.cohorts.policy.goal_words import headline
from service.core.addresses import path_to
from service.core.errors import Problem
from service.rounds.notes.words import STATUSES
from service.rounds.plan.by_mentor import mentors_of
from service.rounds.plan.choices import BY_MENTOR, SHOWN, Choices
from service.rounds.plan.filters import kinds_of, sheet_of, shown_rows
from service.rounds.plan.plan_snapshot import SeenPlan, see_plan
from service.rounds.questions.shapes import ResilienceOut
from service.rounds.views.actions import list_views
from service.web.call import Call
from service.web.pages.dutch_format import by_name
from service.web.pages.page import page, part


def plan_page(call: Call, cohort: str, chosen: Choices, problem: Problem | None = None) -> Response:
    """Show a plan, the newest unless said, and what was refused."""
    with call.work.together() as one:
        seen, views = see_plan(one, cohort, chosen.ronde), list_views(one, cohort)
    if not isinstance(seen, SeenPlan):
        return page(call.request, "plan.html", cohort=seen, round=None, problem=problem)
    told: dict[str, Any] = {
        "chosen": chosen,
        "views": views,
        "narrowing": SHOWN,
        "here": path_to("/cohorten/{}", cohort),
        "problem": problem,
    }
    told |= seen.made.of("head", None, lambda _: _head(seen))
    if chosen.weergave == BY_MENTOR:
        sheet = mentors_of(seen, chosen)
        return page(call.request, "plan_mentoren.html", sheet=sheet, **told)
    may = call.work.caller.role != "viewer"
    rows = seen.made.of(("list", chosen, may), None, lambda _: _list(seen, chosen, may=may))
    return page(call.request, "plan.html", list=rows, **told)


def _head(seen: SeenPlan) -> dict[str, Any]:
    """Give what stands around the list of a plan, whatever is shown in it."""
    return {
        "cohort": seen.cohort,
        "round": seen.round,
        "newest": seen.newest,
        "plan": seen.plan,
        "total": _total(seen.rows),
        "told": headline(seen.round.plan.goals) if seen.round.plan else "",
        "changed": seen.changed,
        "standby": _standby(seen.names, seen.falls),
        "kinds": kinds_of(seen.rows),
        "to_choose": part(
            "plan_keuze.html",
            companies=_companies(seen.names),
            schools=[(key, one.name) for key, one in seen.names.listed_schools()],
        ),
    }


def _list(seen: SeenPlan, chosen: Choices, *, may: bool) -> Markup:
    """Fill in the list of a plan, of all that it shows: what follows from the caller alone stands elsewhere."""
    found = shown_rows(seen.rows, chosen)
    return part(
        "plan_lijst.html",
        root=path_to("/cohorten/{}", seen.cohort.id),
        chosen=chosen,
        may=may,
        sheet=sheet_of(found, chosen.number),
        shown=_total(found),
        total=_total(seen.rows),
        statuses=STATUSES,
    )


def _companies(names: Names) -> list[str]:
    """Give each company once, by the first of its spellings."""
    listed = sorted((one for one in names.mentors.values() if one.company), key=lambda one: by_name(one.company))
    return [one.company for one in {one.company_key: one for one in reversed(listed)}.values()][::-1]


def _total(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    pairs = [row for row in rows if row["mentor"]]
    return {
        "pairs": len(pairs),
        "points": sum(row["points"] for row in pairs),
        "minutes": sum(row["minutes"] for row in pairs),
        "open": sum(row["open"] for row in rows),
        "schools": len({row["school"] for row in pairs}),
    }


def _standby(names: Names, falls: ResilienceOut | None) -> dict[str, list[str]] | None:
    """Name who best stands by, and whose drop-out nobody can make up for."""
    if falls is None:
        return None
    sides = (("mentors", "standby"), ("uncovered", "uncovered"))
    return {name: [names.mentor(one) for one in falls.standby[side]] for side, name in sides}
