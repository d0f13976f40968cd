"""What is missing before a round? Shortages in words, agreements, and mentors who fit nowhere."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import gone_mentors, names_of
from service.cohorts.policy.actions import get_rules
from service.core.addresses import path_to
from service.rounds.locks import actions as locks
from service.rounds.locks.shapes import LockIn
from service.rounds.plan.rows import rests
from service.rounds.preflight import actions
from service.rounds.preflight.supply_demand import supply
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.form_addresses import STANDS_ON
from service.web.pages.forms import Form, Sent
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}")

AGREEMENTS = "/cohorten/{}/controle#afspraken"


@routes.get("/controle", openapi_extra=access(actions.preflight))
def show_check(call: Called, cohort: Key) -> Response:
    """Show what a round would meet."""
    with call.work.together() as work:
        found, names, row = actions.preflight(work, cohort), names_of(work, cohort), get_cohort(work, cohort)
        agreed, gone = locks.list_locks(work, cohort).items, gone_mentors(work, cohort)
        rules = get_rules(work, cohort)
    helping = [one for key, one in names.mentors.items() if one.status == "active" and key not in gone]
    told = [{**one.model_dump(), "rests": rests(one.kind, one.mentor, gone)} for one in agreed]
    groups = supply([*names.schools.values()], helping, rules.finality_types)
    return page(call.request, "controle.html", cohort=row, found=found, locks=told, names=names, supply=groups)


@routes.post("/afspraken/{lock}/weg", openapi_extra=access(locks.remove_lock, **{STANDS_ON: AGREEMENTS}))
def remove_lock(call: Called, cohort: Key, lock: Key, form: Sent) -> Response:
    """Drop an agreement, and offer to make it again."""
    gone, back = locks.remove_lock(call.work, cohort, lock), _back(form, cohort)
    fields = gone.model_dump(include={"school", "mentor", "kind", "reason"})
    undo = Undo(
        path_to("/cohorten/{}/afspraken", cohort), fields | {"terug": back, "override": "1" if gone.override else ""}
    )
    return with_message(go(back), "De afspraak is geschrapt. Ze telt niet meer in de volgende ronde.", undo)


@routes.post("/afspraken", openapi_extra=access(locks.add_lock, **{STANDS_ON: AGREEMENTS}))
def add_lock(call: Called, cohort: Key, form: Sent) -> Response:
    """Make an agreement: a pair that must be, or that may not."""
    document = {name: form[name] for name in ("school", "mentor", "kind", "reason")}
    body = read_shape(LockIn, document | {"override": form["override"] == "1"})
    made, back = locks.add_lock(call.sent(form["eenmaal"]), cohort, body), _back(form, cohort)
    words = "vastgezet" if made.kind == "required" else "verboden"
    undo = Undo(path_to("/cohorten/{}/afspraken/{}/weg", cohort, made.id), {"terug": back})
    return with_message(go(back), f"Dit koppel is {words}. Het telt vanaf de volgende ronde.", undo)


def _back(form: Form, cohort: str) -> str:
    """Give the page of this cohort that a form stood on, else the check."""
    here = form["terug"]
    return here if here.startswith(path_to("/cohorten/{}/", cohort)) else path_to("/cohorten/{}/controle", cohort)
