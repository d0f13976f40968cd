"""What would it cost to have a mentor at a school, or to forbid one? Asked, and answered before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool

from service.access.work import Work
from service.cohorts.members.names import Names
from service.core.errors import Problem
from service.jobs.shapes import JobOut
from service.jobs.wait_for_answer import answer_of
from service.rounds.questions import actions
from service.rounds.questions.shapes import PairOut, PriceOut, WhatIfIn
from service.web.faults import read_shape

Row = Mapping[str, Any]

PATIENCE = 2
"""Seconds that a page waits for a price; after them it says that it is being worked out."""


async def trial_of(  # noqa: PLR0913 - of which plan, which pair, and how
    work: Work, cohort: str, round_id: str, pair: tuple[str, str], names: Names, *, forbid: bool = False
) -> dict[str, Any]:
    """Ask what a pair (school, mentor) costs, or forbidding it; a job where the answer is not there yet."""
    school, mentor = pair
    trial: dict[str, Any] = {"mentor": mentor, "name": names.mentor(mentor), "forbid": forbid}
    trial |= {"job": None, "pair": None, "price": None, "refused": None, "override": False, "barred": False}
    try:
        if forbid:
            return trial | await what_if(work, cohort, round_id, [{"school": school, "mentor": mentor}], "forbidden")
        job = await run_in_threadpool(actions.ask_pair, work, cohort, round_id, school, mentor)
        answer = await answer_of(work.database, job.id, PATIENCE)
        if answer is None:
            return trial | {"job": job}
        found = PairOut.model_validate(answer)
        shares = await run_in_threadpool(actions.get_shares, work, cohort, round_id, school, mentor)
        trial |= {"pair": found, "shares": shares.shares}
        if not found.objections:
            return trial | {"price": found.price}
        if any(one["kind"] != "vetoed" for one in found.claims):
            return trial | {"barred": True}
        lock = {"school": school, "mentor": mentor, "override": True}
        return trial | {"override": True} | await what_if(work, cohort, round_id, [lock], "required")
    except Problem as problem:
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return trial | {"refused": problem.detail}


async def what_if(
    work: Work, cohort: str, round_id: str, locks: Sequence[Row], kind: str
) -> dict[str, JobOut | PriceOut]:
    """Ask what agreements of one kind would cost: the price, or the job that works it out."""
    body = read_shape(WhatIfIn, {"locks": [{**one, "kind": kind, "reason": "gevraagd"} for one in locks]})
    job = await run_in_threadpool(actions.ask_what_if, work, cohort, round_id, body)
    answer = await answer_of(work.database, job.id, PATIENCE)
    return {"job": job} if answer is None else {"price": PriceOut.model_validate(answer)}
