"""How does a question about a plan get its answer? A job answers it, once; who asks waits a little, then comes back."""

from __future__ import annotations

import asyncio
import hashlib
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from starlette.concurrency import run_in_threadpool

from service.access import scope
from service.core.errors import Problem, conflict
from service.jobs import store as jobs
from service.jobs.actions import answer
from service.web.answers import Answer, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fastapi import Response

    from service.database.engine import Database, Transaction
    from service.web.call import Call

WAIT_SECONDS, LONGEST_SECONDS = 10, 20
LOOK_SECONDS = 0.05
PREFERENCE = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,9})\"?(?=$|[,;\s])", re.IGNORECASE)


class Question(NamedTuple):
    """What is asked about a round, or `of` a season. `about` names what the answer depends on besides.

    Equal questions are answered once.
    """

    subject: str
    name: str
    arguments: Mapping[str, Any]
    about: object = None
    of: Literal["round", "season"] = "round"

    @property
    def digest(self) -> str:
        """Name the question."""
        said = to_json([self.subject, self.name, self.arguments if self.about is None else self.about])
        return f"ask_{hashlib.sha256(said).hexdigest()[:48]}"

    @property
    def kind(self) -> str:
        """Give the kind of job that answers it."""
        return "ask" if self.of == "round" else "ask_season"


def enqueue(transaction: Transaction, cohort: str, question: Question) -> jobs.JobRow:
    """Give the job that answers, or answered, a question; a new one where there is none that can."""
    scope.touch(transaction, cohort)
    known = jobs.of_target(transaction, question.digest, question.kind)
    if known is not None and known.state not in ("failed", "stopped"):
        return known
    payload = {question.of: question.subject, "question": question.name, "arguments": dict(question.arguments)}
    key = jobs.enqueue(transaction, question.kind, cohort=cohort, target=question.digest, payload=payload)
    found = jobs.find(transaction, key)
    assert found is not None  # noqa: S101 - added above
    return found


def accepted(row: jobs.JobRow) -> Answer:
    """Answer that a question is being worked on."""
    return answer(row, HTTPStatus.ACCEPTED)


def asked(call: Call, question: Callable[[Transaction], tuple[str, Question]]) -> Response:
    """Ask without changing anything that anybody sees; the job is the answer for now."""
    with call.database.write() as transaction:
        cohort, wanted = question(transaction)
        row = enqueue(transaction, cohort, wanted)
        call.audit(transaction, f"{wanted.of}.asked.{wanted.name}", wanted.subject, cohort)
    return accepted(row).response()


async def answered(call: Call, waiting: Response, told: Callable[[Any], Answer]) -> Response:
    """Wait a while for the job of a 202 and tell its answer; else leave the 202 as it is.

    `Prefer: wait=N` (RFC 7240) says how many seconds, 20 at most. Raises Problem 422 where there is no answer.
    """
    if waiting.status_code != HTTPStatus.ACCEPTED:
        return waiting
    key = waiting.headers["location"].rpartition("/")[2]
    seconds = _seconds(call)
    row = await _ended(call.database, key, WAIT_SECONDS if seconds is None else seconds)
    applied = {} if seconds is None else {"Preference-Applied": f"wait={seconds}"}
    if row is None or not row.ended:
        waiting.headers.update(applied)
        return waiting
    if row.state == "stopped":
        raise conflict("stopped", "Deze vraag werd gestopt. Stel ze opnieuw.")
    if row.state == "failed":
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "no_answer", row.failure)
    answer = await run_in_threadpool(told, row.result["answer"])
    response = answer.response()
    response.headers.update(applied)
    return response


async def _ended(database: Database, key: str, seconds: float) -> jobs.JobRow | None:
    """Wait for the end of a job without holding a thread."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while True:
        row = await run_in_threadpool(_look, database, key)
        if row is None or row.ended or loop.time() >= end:
            return row
        await asyncio.sleep(LOOK_SECONDS)


def _look(database: Database, key: str) -> jobs.JobRow | None:
    with database.read() as transaction:
        return jobs.find(transaction, key)


def _seconds(call: Call) -> int | None:
    found = PREFERENCE.search(call.request.headers.get("prefer", ""))
    return None if found is None else min(int(found[1]), LONGEST_SECONDS)
