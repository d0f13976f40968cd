"""How is something asked about a year of sessions, and how does a request wait for the job that answers it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from service.jobs.shapes import JobOut
from service.jobs.wait_for_answer import Question, accepted, answered, enqueue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fastapi import Response

    from service.access.work import Work
    from service.database.engine import Transaction
    from service.jobs.store import JobRow
    from service.network.season.store import SeasonRow
    from service.web.answers import Answer
    from service.web.call import Call

LATER: dict[int | str, dict[str, Any]] = {202: {"model": JobOut, "description": "Nog bezig: vraag het zo opnieuw."}}
"""What a route that waits for an answer may give besides."""


def ask(work: Work, transaction: Transaction, row: SeasonRow, name: str, arguments: Mapping[str, Any]) -> JobRow:
    """Have a question about a season answered, and note who asked; equal questions are one job."""
    job = enqueue(transaction, row.cohort, Question(row.id, name, arguments, of="season"))
    work.audit(transaction, f"season.asked.{name}", row.id, row.cohort)
    return job


async def wait_and_tell(call: Call, asked: Callable[[], JobRow], told: Callable[[Any], Answer]) -> Response:
    """Ask beside the loop and wait a while for the answer; 202 with the job where it takes longer."""
    job = await run_in_threadpool(asked)
    return await answered(call, accepted(job).response(), told)
