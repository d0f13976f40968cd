"""Who helps whom? A plan as a table, to be narrowed, looked over, locked and searched for again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.policy.goal_words import headline
from service.core.addresses import part as of_path
from service.core.addresses import path_to
from service.core.errors import Problem
from service.rounds.locks import actions as locks
from service.rounds.locks.shapes import LockIn
from service.rounds.notes.words import STATUSES
from service.rounds.plan.by_mentor import mentors_of
from service.rounds.plan.choices import BY_MENTOR, SHOWN, Asked, Choices
from service.rounds.plan.filters import kinds_of, sheet_of, shown_rows
from service.rounds.plan.plan_view import lock_words, undo_lock
from service.rounds.plan.seen import SeenPlan, see_plan
from service.rounds.run.actions import get_plan
from service.rounds.views.actions import list_views
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent
from service.web.pages.page import Undo, agreements_of, page, part, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from service.cohorts.members.names import Names
    from service.rounds.questions.shapes import ResilienceOut

routes = pages("/cohorten/{cohort}/plan")

REASON = "nagekeken en goed bevonden"
"""The reason of an agreement that was made with one key: the pair was in the plan already."""


@routes.get("", openapi_extra=access(get_plan))
def show_plan(call: Called, cohort: Key, chosen: Asked) -> Response:
    """Show a plan, the newest unless said."""
    with call.work.together() as one:
        seen, views = see_plan(one, cohort, chosen.ronde), list_views(one, cohort)
    if not isinstance(seen, SeenPlan):
        return page(call.request, "plan.html", cohort=seen, round=None)
    told: dict[str, Any] = {
        "chosen": chosen,
        "views": views,
        "narrowing": SHOWN,
        "here": path_to("/cohorten/{}", cohort),
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
    return sorted({one.company for one in names.mentors.values() if one.company}, key=str.casefold)


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


@routes.post("/vast", openapi_extra=access(locks.add_lock))
def lock_pair(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Lock a pair of the plan, or make again the agreement that was just taken back."""
    back = path_to("/cohorten/{}/plan", cohort) + chosen.tail()
    document: dict[str, Any] = {"school": form["school"], "mentor": form["mentor"], "kind": form["soort"] or "required"}
    document |= {"reason": form["reden"] or REASON, "override": form["tegen_regel"] == "1"}
    try:
        made = locks.add_lock(call.sent(form["eenmaal"]), cohort, read_shape(LockIn, document))
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return with_message(go(back), problem.detail, bad=True, agreed=agreements_of(cohort, problem))
    return with_message(go(back), lock_words(call.work, cohort, made), undo_lock(cohort, made, back))


@routes.post("/los", openapi_extra=access(locks.remove_lock))
def unlock_pair(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Take an agreement back, and offer to make it again."""
    page_of_school = f"/{of_path(form['terug'])}" if form["terug"] else ""
    back = f"{path_to('/cohorten/{}/plan', cohort)}{page_of_school}{chosen.tail()}"
    try:
        gone = locks.remove_lock(call.work, cohort, form.key("afspraak"))
    except Problem as problem:
        if problem.status != HTTPStatus.NOT_FOUND:
            raise
        return with_message(go(back), "Deze afspraak was al geschrapt.")
    again = {"school": gone.school, "mentor": gone.mentor, "soort": gone.kind, "reden": gone.reason}
    undo = Undo(
        path_to("/cohorten/{}/plan/vast", cohort) + chosen.tail(),
        again | ({"tegen_regel": "1"} if gone.override else {}),
    )
    return with_message(go(back), lock_words(call.work, cohort, gone, ("losgemaakt", "weer toegelaten")), undo)
