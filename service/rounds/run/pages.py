"""How is the best plan searched for, followed while it runs, and proven? The page of a cohort's rounds."""

from __future__ import annotations

from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import Names, gone_mentors, names_of
from service.cohorts.policy.actions import get_rules
from service.cohorts.policy.goal_words import goal_rows, headline
from service.core.addresses import path_to
from service.core.errors import Problem
from service.jobs.actions import get_job
from service.jobs.words import BUSY, JOB_WORDS
from service.rounds.locks.actions import list_locks
from service.rounds.run import actions
from service.rounds.run.published import has_plan, published_round
from service.rounds.run.shapes import RoundIn, RoundOut
from service.web.call import Call, Called
from service.web.pages.forms import ChosenKey, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/ronde")

SHOWN = 30
STATE_WORDS = {
    "draft": "concept",
    "approved": "goedgekeurd",
    "published": "gepubliceerd",
    "superseded": "vervangen",
}


@routes.get("", openapi_extra=access(actions.get_round))
def show_round(call: Called, cohort: Key, ronde: ChosenKey = "") -> Response:
    """Show what will be matched, what is being worked out, or what came out."""
    return _round_page(call, cohort, ronde, None)


def _round_page(call: Call, cohort: str, wanted: str, problem: Problem | None) -> Response:
    with call.work.together() as work:
        row, names = get_cohort(work, cohort), names_of(work, cohort)
        rounds = actions.list_rounds(work, cohort, SHOWN).items
        found = actions.get_round(work, cohort, wanted or "laatste") if wanted or rounds else None
        public, given = published_round(work, cohort), _given(work, cohort, names)
        outcome = _outcome(work, found)
    return page(
        call.request,
        "ronde.html",
        cohort=row,
        given=given,
        rounds=rounds,
        busy=next((one for one in rounds if one.job_state in BUSY), None),
        public=public,
        names=names,
        problem=problem,
        job_words=JOB_WORDS,
        state_words=STATE_WORDS,
        has_plan=has_plan,
        round=found,
        **outcome,
    )


def _given(work: Work, cohort: str, names: Names) -> dict[str, Any]:
    """Count what a round would match now."""
    gone, locks = gone_mentors(work, cohort), list_locks(work, cohort).items
    helping = [one for one in names.mentors.values() if one.max_schools and one.id not in gone]
    return {
        "schools": len(names.schools),
        "places": sum(one.mentors_wanted for one in names.schools.values()),
        "mentors": sum(one.status == "active" for one in helping),
        "reserve": sum(one.status == "reserve" for one in helping),
        "required": sum(one.kind == "required" and one.mentor not in gone for one in locks),
        "forbidden": sum(one.kind == "forbidden" for one in locks),
        "rules": get_rules(work, cohort).version,
    }


def _outcome(work: Work, found: RoundOut | None) -> dict[str, Any]:
    """Tell how far a round is: its stage, its job where that matters, and the goals in words."""
    if found is None:
        return {"stage": "none", "job": None, "study": None, "goals": [], "told": ""}
    plan, state = found.plan, found.job_state
    solved = plan if plan is not None and has_plan(found) else None
    waits = found.study_job if solved and not found.studied else None
    return {
        "stage": "busy" if state in BUSY else plan.status if plan is not None else state,
        "job": get_job(work, found.job) if state != "done" and found.job else None,
        "study": get_job(work, waits) if waits else None,
        "goals": goal_rows(solved.goals, repairs=found.repairs is not None) if solved else [],
        "told": headline(solved.goals) if solved else "",
    }


@routes.post("", openapi_extra=access(actions.add_round))
def begin(call: Called, cohort: Key, form: Sent) -> Response:
    """Have the best plan searched for, with the data and agreements of now."""
    repair = form["herstel"] == "1" if form["keuze"] else None

    def act() -> Response:
        actions.add_round(call.sent(form["eenmaal"]), cohort, RoundIn(repair=repair))
        return go(path_to("/cohorten/{}/ronde", cohort))

    return or_again(act, lambda problem: _round_page(call, cohort, "", problem))


@routes.post("/{round_id}/stop", openapi_extra=access(actions.stop_round))
def stop(call: Called, cohort: Key, round_id: Key) -> Response:
    """End the search with the best plan so far."""
    actions.stop_round(call.work, cohort, round_id)
    return with_message(
        go(path_to("/cohorten/{}/ronde", cohort)), "Het zoeken stopt; het beste plan tot nu toe blijft bewaard."
    )
