"""Who helps whom? A plan as a table, to be narrowed, looked over, locked and searched for again."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.core.addresses import part as of_path
from service.core.addresses import path_to
from service.core.errors import Problem
from service.rounds.locks import actions as locks
from service.rounds.locks.shapes import LockIn
from service.rounds.plan.choices import Asked
from service.rounds.plan.plan_sheet import plan_page
from service.rounds.plan.plan_view import lock_words, undo_lock
from service.rounds.run.actions import get_plan
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent
from service.web.pages.page import Undo, agreements_of, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/plan")

REASON = "nagekeken en goed bevonden"
"""The reason of an agreement that was made with one key: the pair was in the plan already."""


@routes.get("", openapi_extra=access(get_plan))
def show_plan(call: Called, cohort: Key, chosen: Asked) -> Response:
    """Show a plan, the newest unless said."""
    return plan_page(call, cohort, chosen)


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
