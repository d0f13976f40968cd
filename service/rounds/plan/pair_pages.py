"""Why this mentor, and why not that one? A school's mentors, what else is possible, and what each choice costs."""

from __future__ import annotations

from collections.abc import Awaitable
from http import HTTPStatus
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.access.work import Work
from service.core.addresses import part, path_to
from service.core.errors import Problem
from service.rounds.locks import actions as locks
from service.rounds.locks.shapes import LockIn
from service.rounds.notes.actions import list_notes, set_note
from service.rounds.notes.shapes import NoteIn
from service.rounds.plan.choices import Asked
from service.rounds.plan.plan_view import lock_words, undo_lock
from service.rounds.plan.school_sheet import school_page
from service.rounds.run.actions import get_plan
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.forms import ChosenKey, Form, Sent, or_again_beside
from service.web.pages.page import with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/plan")

NO_REASON = Problem(422, "reason_missing", "Geef een reden: wie dit later leest, wil weten waarom.")


@routes.get("/{school}", openapi_extra=access(get_plan))
async def show_school(  # noqa: PLR0913, PLR0917 - what can be asked about a school
    call: Called, cohort: Key, school: Key, chosen: Asked, mentor: ChosenKey = "", verbied: ChosenKey = ""
) -> Response:
    """Show a school's mentors and other choices; with `mentor` or `verbied`, what having or forbidding one costs."""
    form = Form({"mentor": [verbied or mentor], "soort": ["forbidden" if verbied else "required"]})
    return await school_page(call, cohort, school, chosen, (form, None))


@routes.post("/{school}/afspraak", openapi_extra=access(locks.add_lock))
async def agree(call: Called, cohort: Key, school: Key, form: Sent, chosen: Asked) -> Response:
    """Lock or forbid a pair, with a reason; the price was told before."""
    here = "" if form["terug"] == "plan" else f"/{part(school)}"
    back = path_to("/cohorten/{}/plan", cohort) + here + chosen.tail()

    def act() -> Response:
        if not form["reden"].strip():
            raise NO_REASON
        document: dict[str, Any] = {"school": school, "mentor": form["mentor"], "kind": form["soort"]}
        document |= {"reason": form["reden"], "override": form["tegen_regel"] == "1"}
        made = locks.add_lock(call.sent(form["eenmaal"]), cohort, read_shape(LockIn, document))
        told = f"{lock_words(call.work, cohort, made)} Het telt vanaf de volgende ronde."
        return with_message(go(back), told, undo_lock(cohort, made, back))

    def again(problem: Problem) -> Awaitable[Response]:
        return school_page(call, cohort, school, chosen, (form, problem))

    return await or_again_beside(act, again, HTTPStatus.NOT_FOUND)


@routes.post("/{school}/notitie", openapi_extra=access(set_note))
async def note(call: Called, cohort: Key, school: Key, form: Sent, chosen: Asked) -> Response:
    """Note about a pair how it stands and what was said."""
    back = path_to("/cohorten/{}/plan/{}", cohort, school) + chosen.tail()

    def act() -> Response:
        body = read_shape(NoteIn, {"status": form["status"], "note": form["notitie"]})
        set_note(call.sent("", form["versie"]), cohort, school, form.key("mentor"), body)
        return with_message(go(back), "De notitie is bewaard.")

    async def again(problem: Problem) -> Response:
        if problem.status == HTTPStatus.PRECONDITION_FAILED:
            problem = await run_in_threadpool(_noted_meanwhile, call.work, cohort, (school, form["mentor"]))
        return await school_page(call, cohort, school, chosen, (Form(), problem))

    return await or_again_beside(act, again)


def _noted_meanwhile(work: Work, cohort: str, pair: tuple[str, str]) -> Problem:
    """Say what somebody else noted about a pair."""
    kept = list_notes(work, cohort).get(pair)
    now = f"Nu staat er: «{kept.note}»." if kept and kept.note else "Er staat nu geen tekst."
    detail = f"Iemand heeft deze notitie intussen gewijzigd. {now} Bewaar opnieuw om uw tekst te houden."
    return Problem(HTTPStatus.PRECONDITION_FAILED, "stale", detail)
