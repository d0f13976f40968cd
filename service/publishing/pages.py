"""How does a plan become public? Who will see what is shown first; the portal changes at one button alone."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

import matcher
from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.cohort.file_names import file_name
from service.cohorts.members.names import names_of
from service.core.addresses import path_to
from service.core.errors import Problem, if_there
from service.jobs.wait_for_answer import answer_of
from service.publishing import actions
from service.publishing.shapes import PublicSuggestionsOut
from service.rounds.acceptance.actions import list_proposals
from service.rounds.acceptance.words import missing_answers
from service.rounds.plan.rows import price_of
from service.rounds.questions.actions import ask_certificate, ask_plan_workbook, list_pairs
from service.rounds.run.actions import get_round, list_rounds
from service.rounds.run.published import LOOKED_AT, has_plan
from service.rounds.run.shapes import RoundOut
from service.web.answers import book_answer, pieces_answer
from service.web.call import Call, Called
from service.web.pages.dutch_format import by_name, counted
from service.web.pages.forms import ChosenKey, Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}")

NOT_YET = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
"""What answers say of what is not published, or not worked out."""

PATIENCE = 20
"""Seconds that a browser waits for a workbook."""


@routes.get("/publiceren", openapi_extra=access(actions.publish))
def show_publishing(call: Called, cohort: Key, ronde: ChosenKey = "", school: ChosenKey = "") -> Response:
    """Show what would change for whom, what stands in the way, and what is public now."""
    return _publishing(call, cohort, (ronde, school), None)


def _publishing(call: Call, cohort: str, chosen: tuple[str, str], problem: Problem | None) -> Response:
    with call.work.together() as work:
        row, names = get_cohort(work, cohort), names_of(work, cohort)
        found = _round(work, cohort, chosen[0])
        seen = if_there(lambda: actions.get_audience(work, cohort, found.id), *NOT_YET) if found else None
        asked = if_there(lambda: list_proposals(work, cohort, found.id), *NOT_YET) if found else None
        public = if_there(lambda: actions.get_publication(work, cohort), *NOT_YET)
        school = chosen[1] if seen and chosen[1] in names.schools else ""
        others = _others(work, cohort, found.id, school) if found and school else []
    return page(
        call.request,
        "publiceren.html",
        cohort=row,
        round=found,
        seen=seen,
        pairings=sorted(seen.pairings, key=lambda one: by_name(names.school(one.school))) if seen else [],
        changes=sorted(seen.changes, key=lambda one: by_name(names.school(one.school))) if seen else [],
        school=school,
        others=others,
        missing=missing_answers(asked) if asked else [],
        nobody_asked=bool(asked and asked.pairs and not any(one.proposal for one in asked.pairs)),
        public=public,
        hurdle=_hurdle(found),
        pair_list_words=matcher.pair_list_words(),
        names=names,
        aliases={one.pseudonym: key for key, one in names.mentors.items()},
        problem=problem,
    )


def _round(work: Work, cohort: str, wanted: str) -> RoundOut | None:
    """Give the round that is meant, else the newest with a plan."""
    if wanted:
        return get_round(work, cohort, wanted)
    listed = list_rounds(work, cohort, LOOKED_AT).items
    newest = next((one for one in listed if has_plan(one) and one.state != "superseded"), None)
    return None if newest is None else get_round(work, cohort, newest.id)


def _others(work: Work, cohort: str, round_id: str, school: str) -> list[dict[str, Any]]:
    """Give whom the portal names to a school beside its own mentors, each with the price in words."""
    body = if_there(lambda: actions.get_audience_of_one(work, cohort, round_id, school, None), *NOT_YET)
    if body is None:
        return []
    told = PublicSuggestionsOut.model_validate_json(body)
    sides = ((False, [one for one in told.pairings if not one.in_plan]), (True, told.standby))
    return [
        one.model_dump() | {"words": price_of(one.price), "reserve": reserve} for reserve, side in sides for one in side
    ]


def _hurdle(found: RoundOut | None) -> str:
    """Say what stands in the way of publishing a round; empty for nothing."""
    if found is None or not has_plan(found):
        return "Deze ronde heeft geen plan."
    if found.state == "superseded":
        return "Dit plan is al vervangen door een nieuwer."
    if found.state != "published" and found.stale:
        return "De gegevens of afspraken zijn gewijzigd sinds dit plan gemaakt is. Zoek eerst opnieuw."
    if not found.studied:
        return "Wat uit dit plan volgt, wordt nog uitgezocht. Dat duurt meestal minder dan een minuut."
    return ""


@routes.post("/publiceren", openapi_extra=access(actions.publish))
def publish(call: Called, cohort: Key, form: Sent) -> Response:
    """Approve and publish a plan, each once."""
    wanted, once = form.key("ronde"), form["eenmaal"]

    def act() -> Response:
        if get_round(call.work, cohort, wanted).state == "draft":
            actions.approve(call.sent(f"{once}-a" if once else ""), cohort, wanted)
        made = actions.publish(call.sent(f"{once}-p" if once else ""), cohort, wanted)
        unsettled = list_proposals(call.work, cohort, wanted).unsettled
        message = f"Gepubliceerd: versie {made.number}. Het portaal toont dit plan nu."
        if unsettled:
            message += f" {counted(unsettled, 'koppel heeft', 'koppels hebben')} nog geen ja van mentor en school."
        return with_message(go(path_to("/cohorten/{}/publiceren", cohort)), message)

    return or_again(act, lambda problem: _publishing(call, cohort, ("", ""), problem))


@routes.get("/bestanden/{of_round}/plan.xlsx", openapi_extra=access(ask_plan_workbook))
async def get_plan_workbook(call: Called, cohort: Key, of_round: Key) -> Response:
    """Give the plan as a workbook."""
    job = await run_in_threadpool(ask_plan_workbook, call.work, cohort, of_round)
    name = await run_in_threadpool(file_name, call.work, cohort, "plan.xlsx")
    return _book(cohort, await answer_of(call.database, job.id, PATIENCE), name)


@routes.get("/bestanden/{of_round}/bewijs.xlsx", openapi_extra=access(ask_certificate))
async def get_certificate(call: Called, cohort: Key, of_round: Key) -> Response:
    """Give the proof of a plan as a workbook."""
    job = await run_in_threadpool(ask_certificate, call.work, cohort, of_round)
    answer = await answer_of(call.database, job.id, PATIENCE)
    name = await run_in_threadpool(file_name, call.work, cohort, "bewijs.xlsx")
    return _book(cohort, answer and answer["workbook"], name)


@routes.get("/bestanden/{of_round}/koppels.csv", openapi_extra=access(list_pairs))
def get_pairs(call: Called, cohort: Key, of_round: Key) -> Response:
    """Give all possible pairs of a plan, piece by piece."""
    name = file_name(call.work, cohort, matcher.PAIR_LIST)
    return pieces_answer(list_pairs(call.work, cohort, of_round), name)


def _book(cohort: str, book: str | None, name: str) -> Response:
    if book is None:
        answer = go(path_to("/cohorten/{}/publiceren", cohort))
        return with_message(answer, "Het werkboek wordt nog gemaakt. Vraag het over een minuut opnieuw.")
    return book_answer(book, name)
