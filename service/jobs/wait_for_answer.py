"""How does a question get its answer? Who asks waits a little for its job, then comes back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.core.addresses import path_to
from service.core.errors import Problem, conflict
from service.database.engine import Database
from service.jobs import store as jobs
from service.jobs.shapes import JobOut
from service.web.answers import Answer
from service.web.call import Call, all_of

__all__ = ["LATER", "answer_of", "told_in_time"]

WAIT_SECONDS, LONGEST_SECONDS = 10, 20
LOOK_SECONDS = 0.05
PREFERENCE = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,9})\"?(?=$|[,;\s])", re.IGNORECASE)
Result = TypeVar("Result")

LATER: dict[int | str, dict[str, Any]] = {202: {"model": JobOut, "description": "Nog bezig: vraag het zo opnieuw."}}
"""What a route that waits for an answer may give besides."""


async def answer_of(database: Database, job: str, seconds: float) -> Any | None:  # noqa: ANN401 - any answer
    """Wait for the answer that a job gives, without holding a thread; None where it takes longer.

    Raises Problem 409 where the question was stopped, 422 where there is no answer.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while True:
        row = await run_in_threadpool(_look, database, job)
        if row is not None and row.ended:
            return _answer(row)
        if row is None or loop.time() >= end:
            return None
        await asyncio.sleep(LOOK_SECONDS)


def _look(database: Database, job: str) -> jobs.JobRow | None:
    with database.read() as transaction:
        return jobs.find(transaction, job)


def _answer(row: jobs.JobRow) -> Any:  # noqa: ANN401 - any answer
    if row.state == "stopped":
        raise conflict("stopped", "Deze vraag werd gestopt. Stel ze opnieuw.")
    if row.state == "failed":
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "no_answer", row.failure)
    return row.result["answer"]


async def told_in_time(call: Call, job: JobOut, told: Callable[[Any], Result]) -> Result | Response:
    """Give what a route tells of a job's answer, or 202 with the job where that takes longer than the caller waits.

    `Prefer: wait=N` (RFC 7240) says how many seconds, 20 at most. `told` runs in a thread. Raises Problem 409 or 422
    as `answer_of` does.
    """
    wanted = PREFERENCE.search(all_of(call.request.headers, "prefer"))
    seconds = WAIT_SECONDS if wanted is None else min(int(wanted[1]), LONGEST_SECONDS)
    found = await answer_of(call.database, job.id, seconds)
    if wanted is not None:
        call.tell(preference_applied=f"wait={seconds}")
    if found is None:
        return Answer(HTTPStatus.ACCEPTED, job, {"Location": path_to("/v1/jobs/{}", job.id)}).response()
    return await run_in_threadpool(told, found)
