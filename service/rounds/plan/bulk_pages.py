"""What is done to many pairs at once: locking a list, forbidding a company at a school, and taking such a deed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort, list_team
from service.cohorts.members.names import Names, names_of
from service.core.addresses import path_to
from service.core.errors import Problem, invalid, not_found
from service.rounds.locks import actions as locks
from service.rounds.locks.recent_locks import list_deeds, undo_deed
from service.rounds.locks.shapes import DeedOut, LockIn
from service.rounds.plan.choices import MOST_POINTS, Asked, Choices
from service.rounds.plan.filters import shown_rows
from service.rounds.plan.plan_sheet import plan_page
from service.rounds.plan.plan_snapshot import SeenPlan, see_plan
from service.rounds.plan.trial import what_if
from service.rounds.questions.actions import ask_what_if
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import counted
from service.web.pages.forms import ChosenKey, Form, Sent, or_again, or_again_beside
from service.web.pages.page import Undo, agreements_of, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}")

TOGETHER = "samen vastgezet, nagekeken en goed bevonden"
NOTED = 20
"""So many pairs can be tried out at once."""


@routes.post("/plan/alles-vast", openapi_extra=access(locks.add_locks))
def lock_list(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Lock all pairs of the list that is shown, those from some points on where that is told."""
    back = path_to("/cohorten/{}/plan", cohort) + chosen.tail()

    def act() -> Response:
        bodies = [_lock(school, mentor, "required", TOGETHER) for school, mentor in _free(call, cohort, form, chosen)]
        made = locks.add_locks(call.sent(form["eenmaal"]), cohort, bodies)
        if not made:
            return with_message(go(back), "Er was niets vast te zetten: elk koppel van deze lijst ligt al vast.")
        told = f"{counted(len(made), 'koppel is', 'koppels zijn')} vastgezet."
        return with_message(go(back), told, _undo(call, cohort))

    return or_again(act, lambda problem: plan_page(call, cohort, chosen, problem))


def _free(call: Call, cohort: str, form: Form, chosen: Choices) -> list[tuple[str, str]]:
    """Give the pairs of the list that are not locked yet, those from some points on; raises Problem 422."""
    least = form.whole("vanaf") or 0
    if not 0 <= least <= MOST_POINTS:
        raise invalid("#vanaf", "out_of_range", "Vul bij «vanaf» een aantal punten van 0 tot 1.000 in.")
    seen = see_plan(call.work, cohort, chosen.ronde)
    rows = shown_rows(seen.rows, chosen) if isinstance(seen, SeenPlan) else []
    return [(row["school"], row["mentor"]) for row in rows if _is_free(row, least)]


def _is_free(row: Mapping[str, Any], least: int) -> bool:
    return bool(row["mentor"]) and row["lock"] is None and row["points"] >= least


def _lock(school: str, mentor: str, kind: str, reason: str) -> LockIn:
    return read_shape(LockIn, {"school": school, "mentor": mentor, "kind": kind, "reason": reason})


def _undo(call: Call, cohort: str) -> Undo:
    """Offer to take back what this very request did."""
    return Undo(path_to("/cohorten/{}/recent/terug", cohort), {"daad": call.work.request_id})


def _refused(cohort: str, back: str, problem: Problem) -> Response:
    if problem.status >= 500:  # noqa: PLR2004 - ours, not theirs
        raise problem
    return with_message(go(back), problem.detail, bad=True, agreed=agreements_of(cohort, problem))


@routes.get("/bedrijf", openapi_extra=access(ask_what_if))
async def show_company(call: Called, cohort: Key, chosen: Asked, bedrijf: str = "", bij: ChosenKey = "") -> Response:
    """Show what it costs when no mentor of a company may come to a school."""
    return await _company_page(call, cohort, chosen, (bedrijf, bij))


async def _company_page(
    call: Call, cohort: str, chosen: Choices, who: tuple[str, str], problem: Problem | None = None
) -> Response:
    bedrijf, bij = who
    seen = await run_in_threadpool(see_plan, call.work, cohort, chosen.ronde)
    if not isinstance(seen, SeenPlan):
        return await run_in_threadpool(page, call.request, "plan.html", cohort=seen, round=None)
    told: dict[str, Any] = {"cohort": seen.cohort, "round": seen.round, "chosen": chosen, "tail": chosen.tail()}
    people, name = _people(seen.names, bedrijf), seen.names.school(bij)
    if not people or bij not in seen.names.schools:
        raise not_found("Dit bedrijf of deze school")
    barred = {(one.school, one.mentor) for one in seen.locks if one.kind == "forbidden"}
    wanted = [{"school": bij, "mentor": key} for key in people if (bij, key) not in barred][:NOTED]
    told |= {"company": bedrijf, "to": bij, "place": name, "people": [seen.names.mentor(one) for one in people]}
    found: dict[str, Any] = {"price": None, "job": None, "refused": "", "done": not wanted}
    try:
        found |= await what_if(call.work, cohort, seen.round.id, wanted, "forbidden") if wanted else {}
    except Problem as told_instead:
        if told_instead.status >= 500:  # noqa: PLR2004 - ours, not theirs
            raise
        found["refused"] = told_instead.detail
    return await run_in_threadpool(page, call.request, "bedrijf.html", problem=problem, **told, **found)


def _people(names: Names, company: str) -> list[str]:
    """Give the mentors of a company, also of whom it is spelled otherwise."""
    keys = {one.company_key for one in names.mentors.values() if one.company == company}
    return [key for key, _ in names.listed_mentors() if names.mentors[key].company_key in keys]


@routes.post("/bedrijf", openapi_extra=access(locks.add_locks))
async def forbid_company(call: Called, cohort: Key, form: Sent, chosen: Asked) -> Response:
    """Forbid every mentor of a company at a school."""
    back, company, school = path_to("/cohorten/{}/plan", cohort) + chosen.tail(), form["bedrijf"], form.key("bij")

    def act() -> Response:
        people = _people(names_of(call.work, cohort), company)
        reason = form["reden"].strip() or f"{company} komt niet bij deze school"
        bodies = [_lock(school, one, "forbidden", reason) for one in people]
        made = locks.add_locks(call.sent(form["eenmaal"]), cohort, bodies)
        more = counted(len(made), "koppel mag", "koppels mogen")
        told = f"{company} is daar verboden: {more} vanaf de volgende ronde niet."
        return with_message(go(back), told, _undo(call, cohort) if made else None)

    return await or_again_beside(act, lambda problem: _company_page(call, cohort, chosen, (company, school), problem))


@routes.get("/recent", openapi_extra=access(list_deeds))
def show_deeds(call: Called, cohort: Key) -> Response:
    """Show what was done to agreements of late, each with a button to take it back."""
    with call.work.together() as work:
        row, deeds, names = get_cohort(work, cohort), list_deeds(work, cohort), names_of(work, cohort)
        who = {one.id: one.name for one in list_team(work, cohort).items}
    return page(call.request, "recent.html", cohort=row, deeds=[_told(one, names, who) for one in deeds])


def _told(one: DeedOut, names: Names, who: dict[str, str]) -> dict[str, Any]:
    """Say in words what a deed did, and how much of it can be taken back."""
    added = [each for each in one.touched if each.added]
    words = [
        f"{names.mentor(each.mentor)} bij {names.school(each.school)} {_done(each.added, each.kind)}"
        for each in one.touched
    ]
    stands = sum(each.stands for each in one.touched)
    return {
        "id": one.id,
        "at": one.at,
        "by": who.get(one.by, ""),
        "words": words,
        "stands": stands,
        "whole": stands == len(one.touched),
        "added": len(added),
    }


def _done(added: bool, kind: str) -> str:  # noqa: FBT001 - what a line of the trail tells
    if kind == "required":
        return "vastgezet" if added else "losgemaakt"
    return "verboden" if added else "weer toegelaten"


@routes.post("/recent/terug", openapi_extra=access(undo_deed))
def take_back(call: Called, cohort: Key, form: Sent) -> Response:
    """Take a deed back, as far as it stands."""
    back = path_to("/cohorten/{}/recent", cohort)
    try:
        done = undo_deed(call.work, cohort, form.key("daad"))
    except Problem as problem:
        if problem.status == 404:  # noqa: PLR2004 - nothing left of it
            return with_message(go(back), "Daar is niets meer van over: het was al teruggenomen.")
        return _refused(cohort, back, problem)
    words: Sequence[str] = [
        f"{counted(number, 'afspraak', 'afspraken')} {what}"
        for number, what in ((done.removed, "geschrapt"), (done.made, "teruggezet"))
        if number
    ]
    return with_message(go(back), f"Teruggenomen: {' en '.join(words)}.")
