"""Who helps whom? A plan as a table and on its map: narrowed, locked, kept as a view, and how firm it stands."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.core.addresses import part as of_path
from service.core.addresses import path_to
from service.core.errors import Problem
from service.jobs.wait_for_answer import answer_of
from service.rounds.locks import actions as locks
from service.rounds.locks.shapes import LockIn
from service.rounds.plan.choices import Asked
from service.rounds.plan.filters import shown_rows
from service.rounds.plan.map_rows import plan_map
from service.rounds.plan.plan_sheet import plan_page
from service.rounds.plan.plan_snapshot import SeenPlan, see_plan
from service.rounds.plan.plan_view import lock_words, undo_lock
from service.rounds.questions.actions import ask_robustness
from service.rounds.questions.shapes import RobustnessOut
from service.rounds.run.actions import get_plan
from service.rounds.run.published import round_to_show
from service.rounds.views.actions import keep_view, remove_view
from service.rounds.views.shapes import ViewIn
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.form_addresses import STANDS_ON
from service.web.pages.forms import ChosenKey, Sent, or_again
from service.web.pages.page import Undo, agreements_of, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/plan")
map_routes = pages("/cohorten/{cohort}/kaart")
views = pages("/cohorten/{cohort}/weergaven")
firmness = pages("/cohorten/{cohort}/stevigheid")

PLAN = "/cohorten/{}/plan"
PATIENCE = 5
"""Seconds that the page waits for the answer; after them it says that it is being worked out."""

REASON = "nagekeken en goed bevonden"
"""The reason of an agreement that was made with one key: the pair was in the plan already."""


@routes.get("", openapi_extra=access(get_plan))
def show_plan(call: Called, cohort: Key, chosen: Asked) -> Response:
    """Show a plan, the newest unless said."""
    return plan_page(call, cohort, chosen)


@routes.post("/vast", openapi_extra=access(locks.add_lock))
def lock_pair(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Lock a pair of the plan, or make again the agreement that was just taken back."""
    back = path_to(PLAN, cohort) + chosen.tail()
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


@map_routes.get("", openapi_extra=access(get_plan))
def show_map(call: Called, cohort: Key, chosen: Asked) -> Response:
    """Show the map of a plan, the newest unless said: every pair that was chosen, on whichever sheet it stands."""
    seen = see_plan(call.work, cohort, chosen.ronde)
    if not isinstance(seen, SeenPlan):
        return page(call.request, "plan.html", cohort=seen, round=None)
    here, spare = path_to("/cohorten/{}", cohort), seen.rows if call.work.is_trusted else None
    drawn = plan_map(shown_rows(seen.rows, chosen), seen.names, here, chosen.tail(), seen.gone, spare)
    return page(call.request, "plan_kaart.html", cohort=seen.cohort, round=seen.round, chosen=chosen, map=drawn)


@views.post("", openapi_extra=access(keep_view, **{STANDS_ON: PLAN}))
def keep_shown_view(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Keep what is shown now; which round is shown is not kept: a view is for every plan."""
    back = path_to(PLAN, cohort) + chosen.tail()
    query = chosen.changed(ronde="", blad="").tail()

    def act() -> Response:
        body = read_shape(ViewIn, {"name": form["naam"], "query": query, "shared": form["iedereen"] == "1"})
        made = keep_view(call.work, cohort, body)
        return with_message(go(back), f"«{made.name}» is bewaard.")

    return or_again(act, lambda problem: plan_page(call, cohort, chosen, problem))


@views.post("/weg", openapi_extra=access(remove_view, **{STANDS_ON: PLAN}))
def remove_shown_view(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Remove a view."""
    back = path_to(PLAN, cohort) + chosen.tail()
    try:
        gone = remove_view(call.work, cohort, form.key("weergave_id"))
    except Problem as problem:
        if problem.status != 404:  # noqa: PLR2004 - it is gone, as was wanted
            raise
        return with_message(go(back), "Deze weergave was al verwijderd.")
    return with_message(go(back), f"«{gone.name}» is verwijderd.")


@firmness.get("", openapi_extra=access(ask_robustness))
async def show_firmness(call: Called, cohort: Key, ronde: ChosenKey = "") -> Response:
    """Show how firm a plan stands, the newest unless said."""
    seen = await run_in_threadpool(_seen, call.work, cohort, ronde)
    found, problem = None, None
    if seen["round"] is not None:
        try:
            job = await run_in_threadpool(ask_robustness, call.work, cohort, seen["round"].id)
            answer = await answer_of(call.database, job.id, PATIENCE)
        except Problem as trouble:
            if trouble.code != "not_proven":
                raise
            answer, problem = None, trouble
        if answer is not None:
            found = RobustnessOut.model_validate({key: one for key, one in answer.items() if key != "workbook"})
    return page(call.request, "stevigheid.html", found=found, problem=problem, **seen)


def _seen(work: Work, cohort: str, ronde: str) -> dict[str, Any]:
    shown = round_to_show(work, cohort, ronde)
    return {"cohort": get_cohort(work, cohort), "round": shown.round if shown else None}
