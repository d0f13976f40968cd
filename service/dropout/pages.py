"""What if a mentor leaves? What that does is shown first; then the plan is repaired, and only few schools change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

import matcher
from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.actions import find_member
from service.cohorts.members.kinds import MENTOR
from service.cohorts.members.names import Names, names_of
from service.core.addresses import path_to
from service.core.errors import Problem
from service.dropout import actions
from service.dropout.repair_choices import MOST_MOVES, PATIENCE, rungs_of, shift_words
from service.dropout.shapes import ActivationIn, WithdrawalIn
from service.jobs.wait_for_answer import answer_of
from service.jobs.words import BUSY
from service.rounds.locks.actions import list_locks
from service.rounds.questions.actions import ask_comparison, get_resilience
from service.rounds.questions.shapes import ComparisonOut, ReasonedMoveOut
from service.rounds.run.actions import get_round, list_rounds
from service.rounds.run.published import LOOKED_AT, has_plan, published_round
from service.rounds.run.shapes import RoundOut
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name, counted, listed
from service.web.pages.forms import ChosenKey, Sent, or_again_beside
from service.web.pages.page import Undo, page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/uitval")

NAMED = 2
"""So many schools are named in a sentence; more are counted."""

REASONS = {
    "job_change": "ander werk",
    "no_time": "geen tijd meer",
    "illness": "ziekte",
    "company_left": "het bedrijf doet niet meer mee",
    "other": "iets anders",
}


@routes.get("", openapi_extra=access(actions.list_withdrawals))
async def show_withdrawals(call: Called, cohort: Key, mentor: ChosenKey = "") -> Response:
    """Show who left, what a leaving would do, and the repaired plan beside the published one."""
    return await _page(call, cohort, mentor, None)


async def _page(call: Call, cohort: str, mentor: str, problem: Problem | None) -> Response:
    seen = await run_in_threadpool(_seen, call.work, cohort, mentor)
    repair: RoundOut | None = seen["repair"]
    moves, ladder = None, list[dict[str, Any]]()
    if repair is not None and has_plan(repair):
        moves = await _moves(call.work, cohort, repair.id, seen["names"])
        ladder = await rungs_of(call.work, cohort, repair.id)
    return page(
        call.request,
        "uitval.html",
        status=problem.status if problem else 200,
        reasons=REASONS,
        busy=repair is not None and repair.job_state in BUSY,
        moves=moves,
        ladder=ladder,
        most=MOST_MOVES,
        shift_words=shift_words,
        problem=problem,
        **seen,
    )


def _seen(work: Work, cohort: str, mentor: str) -> dict[str, Any]:
    """Read all that the page shows, at one moment, but for what is computed beside it."""
    with work.together() as together:
        row, names = get_cohort(together, cohort), names_of(together, cohort)
        gone = actions.list_withdrawals(together, cohort).items
        by_row = [key for key, one in names.mentors.items() if one.status == "withdrawn"]
        away = {*by_row, *(one.mentor for one in gone)}
        mentor = mentor if mentor in names.mentors and mentor not in away else ""
        public = published_round(together, cohort)
        drop = _drop(together, cohort, public, mentor)
        left = _sorted(names.mentors.keys() - away, names)
        rests, repair = _resting(together, cohort, mentor, names), _repair(together, cohort, public)
    return {
        "cohort": row,
        "names": names,
        "gone": gone,
        "standby": [key for key in left if names.mentors[key].status == "reserve"],
        "gone_by_row": _sorted(set(by_row) - {one.mentor for one in gone}, names),
        "left": left,
        "mentor": mentor,
        "drop": drop,
        "rests": rests,
        "public": public,
        "repair": repair,
    }


def _sorted(keys: Iterable[str], names: Names) -> list[str]:
    return sorted(keys, key=lambda key: by_name(names.mentor(key)))


def _resting(work: Work, cohort: str, mentor: str, names: Names) -> str:
    """Say which required pairs would rest when this mentor leaves; empty for none."""
    if not mentor:
        return ""
    held = [one for one in list_locks(work, cohort).items if (one.mentor, one.kind) == (mentor, "required")]
    return matcher.resting_words([names.school(one.school) for one in held])


def _repair(work: Work, cohort: str, public: RoundOut | None) -> RoundOut | None:
    """Give the newest round that repairs what is published now."""
    if public is None:
        return None
    found = (one.id for one in list_rounds(work, cohort, LOOKED_AT).items if one.repairs == public.id)
    newest = next(found, None)
    return None if newest is None else get_round(work, cohort, newest)


def _drop(work: Work, cohort: str, public: RoundOut | None, mentor: str) -> Mapping[str, Any] | None:
    """Give what happens to the published plan when this mentor leaves; None where it is not known."""
    if public is None or not mentor:
        return None
    found = get_resilience(work, cohort, public.id).drop_outs
    return next((one for one in found if one["mentors"] == [mentor]), None)


async def _moves(work: Work, cohort: str, repair: str, names: Names) -> Mapping[str, Any] | None:
    """Give what changes for whom, computed with the plan; None while that is being computed."""
    job, ids = await run_in_threadpool(ask_comparison, work, cohort, repair)
    answer = await answer_of(work.database, job.id, PATIENCE)
    if answer is None:
        return None
    told = ComparisonOut.model_validate(ids | answer)
    rest = len(names.schools) - len({one.school for one in told.moves})
    return told.model_dump() | {"sentence": _who_changes(told.moves, rest, names)}


def _who_changes(moves: Sequence[ReasonedMoveOut], rest: int, names: Names) -> str:
    if not moves:
        return "Geen enkele school verandert."
    schools = [names.school(one.school) for one in moves]
    who = listed(schools) if len(schools) <= NAMED else counted(len(schools), "school", "scholen")
    does = "verandert" if len(schools) == 1 else "veranderen"
    return f"Alleen {who} {does}; {counted(rest, 'school blijft', 'scholen blijven')} zoals gepubliceerd."


@routes.post("", openapi_extra=access(actions.add_withdrawal))
async def withdraw(call: Called, cohort: Key, form: Sent) -> Response:
    """Note that a mentor left; the repair begins by itself where something is published."""
    here = path_to("/cohorten/{}/uitval", cohort)

    def act() -> Response:
        body = read_shape(WithdrawalIn, {"mentor": form["mentor"], "reason": form["reden"], "note": form["nota"]})
        told = actions.add_withdrawal(call.sent(form["eenmaal"]), cohort, body)
        undo = Undo(f"{here}/{form['mentor']}/terug", words="Terugdraaien")
        return with_message(go(here), f"Genoteerd. {told.next_step}", undo)

    return await or_again_beside(act, lambda problem: _page(call, cohort, form["mentor"], problem))


@routes.post("/{mentor}/terug", openapi_extra=access(actions.remove_withdrawal))
def bring_back(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Let a mentor who left take part again, and offer to note it anew."""
    here, noted = path_to("/cohorten/{}/uitval", cohort), actions.remove_withdrawal(call.work, cohort, mentor)
    one = find_member(call.work, cohort, MENTOR, mentor)
    name = Names(mentors={mentor: one} if one else {}).mentor(mentor)
    undo = Undo(here, {"mentor": mentor, "reden": noted.reason, "nota": noted.note})
    return with_message(go(here), f"{name} doet weer mee. Zoek opnieuw op de bladzijde Ronde.", undo)


@routes.post("/{mentor}/inzetten", openapi_extra=access(actions.activate_mentor))
def activate(call: Called, cohort: Key, mentor: MemberKey, form: Sent) -> Response:
    """Put a mentor in service who stood by, and offer to take that back."""
    here = path_to("/cohorten/{}/uitval", cohort)
    told = actions.activate_mentor(call.sent(form["eenmaal"]), cohort, read_shape(ActivationIn, {"mentor": mentor}))
    undo = Undo(f"{here}/{mentor}/reserve", words="Terugdraaien")
    return with_message(go(here), f"{_name(call, cohort, mentor)} wordt ingezet. {told.next_step}", undo)


@routes.post("/{mentor}/reserve", openapi_extra=access(actions.stand_by))
def stand_by(call: Called, cohort: Key, mentor: MemberKey) -> Response:
    """Have a mentor stand by again."""
    actions.stand_by(call.work, cohort, mentor)
    told = f"{_name(call, cohort, mentor)} staat weer achter de hand. Zoek opnieuw op de bladzijde Ronde."
    return with_message(go(path_to("/cohorten/{}/uitval", cohort)), told)


def _name(call: Call, cohort: str, mentor: str) -> str:
    one = find_member(call.work, cohort, MENTOR, mentor)
    return Names(mentors={mentor: one} if one else {}).mentor(mentor)
