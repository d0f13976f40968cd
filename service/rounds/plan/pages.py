"""Who helps whom? A plan as a table and a map, to be looked over, locked and searched for again."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import Names, names_of
from service.cohorts.policy.goal_words import headline
from service.core.addresses import path_to
from service.core.errors import Problem
from service.rounds.acceptance.actions import list_proposals
from service.rounds.acceptance.words import marks_of
from service.rounds.locks import actions as locks
from service.rounds.locks.shapes import LockIn
from service.rounds.plan.map_rows import plan_map
from service.rounds.plan.plan_view import Chosen, gone_since, known, lock_words, undo_lock
from service.rounds.plan.rows import changed_locks, rows_of, shown_rows, tail_of
from service.rounds.questions.actions import get_besides, get_resilience
from service.rounds.run.actions import get_plan
from service.rounds.run.published import round_to_show
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import ChosenKey, Sent
from service.web.pages.page import Undo, agreements_of, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.rounds.questions.shapes import ResilienceOut

routes = pages("/cohorten/{cohort}/plan")

REASON = "nagekeken en goed bevonden"
"""The reason of an agreement that was made with one key: the pair was in the plan already."""


@routes.get("", openapi_extra=access(get_plan))
def show_plan(call: Called, cohort: Key, ronde: ChosenKey = "", zoek: Chosen = "", volgorde: Chosen = "") -> Response:
    """Show a plan, the newest unless said."""
    with call.work.together() as work:
        row, shown = get_cohort(work, cohort), round_to_show(work, cohort, ronde)
        if shown is None:
            return page(call.request, "plan.html", cohort=row, round=None)
        found, plan = shown.round, shown.plan
        names, agreed = names_of(work, cohort), locks.list_locks(work, cohort).items
        falls = known(lambda: get_resilience(work, cohort, found.id)) if work.is_trusted else None
        beside = known(lambda: get_besides(work, cohort, found.id))
        asked = marks_of(list_proposals(work, cohort, found.id))
        gone = gone_since(work, cohort, plan)
        changed = changed_locks(plan, agreed, gone)
    every = rows_of(plan, names, agreed, falls.drop_outs if falls else (), beside.items if beside else ())
    rows = shown_rows(every, zoek, volgorde)
    here, kept = path_to("/cohorten/{}", cohort), tail_of(ronde=ronde)
    spare = every if work.is_trusted else None
    drawn = plan_map(rows, names, here, kept, gone, spare)
    return page(
        call.request,
        "plan.html",
        cohort=row,
        round=found,
        newest=shown.newest,
        plan=plan,
        rows=rows,
        total=_total(every),
        shown=_total(rows),
        told=headline(found.plan.goals) if found.plan else "",
        changed=changed,
        asked=asked,
        standby=_standby(names, falls),
        map=drawn,
        order=volgorde or "school",
        search=zoek,
        kept=kept,
        tail=tail_of(ronde=ronde, zoek=zoek, volgorde=volgorde),
    )


def _total(rows: list[Mapping[str, Any]]) -> dict[str, int]:
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
def lock_pair(  # noqa: PLR0913, PLR0917 - the view to come back to
    call: Called, cohort: Key, form: Sent, ronde: ChosenKey = "", zoek: Chosen = "", volgorde: Chosen = ""
) -> Response:
    """Lock a pair of the plan, or make again the agreement that was just taken back."""
    back = path_to("/cohorten/{}/plan", cohort, query={"ronde": ronde, "zoek": zoek, "volgorde": volgorde})
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
def unlock_pair(  # noqa: PLR0913, PLR0917 - the view to come back to
    call: Called, cohort: Key, form: Sent, ronde: ChosenKey = "", zoek: Chosen = "", volgorde: Chosen = ""
) -> Response:
    """Take an agreement back, and offer to make it again."""
    view = {"ronde": ronde, "zoek": zoek, "volgorde": volgorde}
    school = (form.key("terug"),) if form["terug"] else ()
    back = path_to("/cohorten/{}/plan/{}" if school else "/cohorten/{}/plan", cohort, *school, query=view)
    try:
        gone = locks.remove_lock(call.work, cohort, form.key("afspraak"))
    except Problem as problem:
        if problem.status != HTTPStatus.NOT_FOUND:
            raise
        return with_message(go(back), "Deze afspraak was al geschrapt.")
    again = {"school": gone.school, "mentor": gone.mentor, "soort": gone.kind, "reden": gone.reason}
    undo = Undo(
        path_to("/cohorten/{}/plan/vast", cohort, query=view), again | ({"tegen_regel": "1"} if gone.override else {})
    )
    return with_message(go(back), lock_words(call.work, cohort, gone, ("losgemaakt", "weer toegelaten")), undo)
