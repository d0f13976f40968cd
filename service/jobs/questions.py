"""How is a question about a plan or a season asked? A job answers it, once for all who ask the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from service.access import scope
from service.access.work import Work
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.jobs.actions import shape_of
from service.jobs.shapes import JobOut
from service.web.answers import to_json


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


def ask(work: Work, transaction: Transaction, cohort: str, question: Question) -> JobOut:
    """Ask without changing anything that anybody sees, and note it: the job that answers is the outcome for now.

    The answer itself comes with `wait_for_answer.answer_of`, or later with the job.
    """
    row = enqueue(transaction, cohort, question)
    work.audit(transaction, f"{question.of}.asked.{question.name}", question.subject, cohort)
    return shape_of(row)


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
