"""How firm does a plan stand? At which weights it stays the best, who has a single choice, what spreading costs."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.core.errors import Problem
from service.jobs.wait_for_answer import answer_of
from service.rounds.questions.actions import ask_robustness
from service.rounds.questions.shapes import RobustnessOut
from service.rounds.run.published import round_to_show
from service.web.call import Called
from service.web.pages.forms import ChosenKey
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/stevigheid")

PATIENCE = 5
"""Seconds that the page waits for the answer; after them it says that it is being worked out."""


@routes.get("", openapi_extra=access(ask_robustness))
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
