"""Which repair does the coordinator choose? The fewest changes come by themselves; more are asked for here."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.core.addresses import path_to
from service.core.errors import Problem
from service.dropout import actions
from service.dropout.repair_choices import rungs_of
from service.rounds.locks.shapes import LockIn
from service.web.call import Called
from service.web.pages.dutch_format import counted
from service.web.pages.form_addresses import STANDS_ON
from service.web.pages.forms import Sent
from service.web.pages.page import Undo, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/herstel")

DROPOUT = "/cohorten/{}/uitval"


@routes.post("", openapi_extra=access(actions.choose_repair, **{STANDS_ON: DROPOUT}))
async def choose(call: Called, cohort: Key, form: Sent) -> Response:
    """Lock the pairs of a rung, and have the plan repaired with them."""
    here = path_to(DROPOUT, cohort)
    rungs = await rungs_of(call.work, cohort, form.key("ronde"))
    rung = next((one for one in rungs if str(one["moves"]) == form["trede"]), None)
    if rung is None:
        return with_message(go(here), "Deze keuze is er niet meer. Kijk opnieuw.", bad=True)
    more = counted(rung["moves"], "verschuiving", "verschuivingen")
    reason = f"gekozen bij uitval, met {more} erbij"
    wanted = [LockIn(school=one, mentor=other, kind="required", reason=reason) for one, other in rung["new"]]
    try:
        made = await run_in_threadpool(actions.choose_repair, call.sent(form["eenmaal"]), cohort, wanted)
    except Problem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        return with_message(go(here), problem.detail, bad=True)
    words = f"Het plan wordt hersteld met {more} erbij. Die koppels zijn vastgezet."
    return with_message(
        go(here), words, Undo(path_to("/cohorten/{}/herstel/terug", cohort), {"afspraken": " ".join(made)})
    )


@routes.post("/terug", openapi_extra=access(actions.choose_fewest, **{STANDS_ON: DROPOUT}))
def choose_fewest(call: Called, cohort: Key, form: Sent) -> Response:
    """Take a choice back: the plan is repaired again with the fewest changes."""
    here = go(path_to(DROPOUT, cohort))
    try:
        actions.choose_fewest(call.work, cohort, form.keys("afspraken"))
    except Problem as problem:
        if problem.status != HTTPStatus.CONFLICT:
            raise
        return with_message(here, problem.detail, bad=True)
    return with_message(here, "Het plan wordt weer hersteld met zo weinig mogelijk wijzigingen.")
