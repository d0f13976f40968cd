"""How does a mail reach the server? By the worker itself, noted before and after, tried again later.

Before a word is said the mail is noted as being sent, by this job: whoever finds it so after a death knows that it
may have been taken. Docs: decisions/0054.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog

import matcher
from service.core.crashpoints import reach
from service.core.settings import Settings
from service.database.engine import Transaction
from service.database.ids import now
from service.jobs.store import JobRow
from service.mail import sending_store
from service.mail.kinds import KINDS
from service.mail.message import Letter, content_of
from service.mail.smtp import Sent, send
from service.mail.template_store import wording_of

log = structlog.get_logger("in2stem.jobs")

TOO_LATE = "De link in deze mail is intussen verlopen. Maak een nieuwe."


def prepare(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Note that a mail is being sent, and gather it."""
    row = sending_store.begin(transaction, str(job.target), job.id)
    if row is None:
        raise matcher.InvalidValueError("Deze mail moet niet meer verstuurd worden.")
    holds = KINDS[row.kind].holds
    return {
        "letter": Letter(
            key=row.id,
            name=row.name,
            address=row.address,
            subject=row.subject,
            body=row.body,
            calendar=row.calendar,
            reply_to=wording_of(transaction, row.cohort).reply_to,
        ),
        "over": holds is not None and row.created_at + holds < now(),
    }


def run(payload: Mapping[str, Any], settings: Settings, is_ours: Callable[[], bool]) -> dict[str, Any]:
    """Send it; whatever comes of that is a result."""
    reach("mail.begun")
    if payload["over"]:
        return {"state": "failed", "answer": TOO_LATE, "unsure": False}
    if not settings.can_mail:
        return Sent("later", "Er is geen mailserver ingesteld.")._asdict()
    letter: Letter = payload["letter"]
    by = settings.sender
    try:
        content = content_of(letter, by, now())
    except ValueError:
        return Sent("refused", "Dit is geen adres waar een mail naartoe kan.")._asdict()
    return send(settings.smtp, by.address, letter.address, content, is_ours)._asdict()


def finish(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep how it ended; what failed is tried again later, by another job."""
    state = sending_store.record(transaction, str(job.target), job.id, **result)
    if state is not None:
        log.info("mail", mail=job.target, state=state)
