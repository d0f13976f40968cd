"""How does a test put a mail in the outbox, in one line?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from service.access.callers import NOBODY
from service.access.work import Work
from service.database.tables import mail
from service.mail.outbox import Recipient, propose_mail
from service.mail.store import MailRow

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.database.engine import Database
    from service.mail.kinds import Kind

SMTP = {"smtp_url": "smtp://localhost:2525?starttls=nee", "mail_from": "IN2STEM <in2stem@voorbeeld.be>"}
AN = Recipient("school", "034561", "An Peeters", "an@school.example")
PAIR = {"matches": [{"naam": "Jan Maes", "organisatie": "Voorbeeld NV", "gemeente": "Genk"}]}


def a_work(app: FastAPI) -> Work:
    """Make work of nobody on an application."""
    return Work(NOBODY, app.state.process)


def propose(app: FastAPI, cohort: str | None, deed: str = "1", **changes: Any) -> MailRow:  # noqa: ANN401 - arguments
    """Put a mail in the outbox in a transaction of its own."""
    kind: Kind = changes.pop("kind", "plan_published")
    to, facts = changes.pop("to", AN), changes.pop("facts", PAIR)
    work = a_work(app)
    with work.writing() as transaction:
        return propose_mail(work, transaction, kind, to, facts, cohort=cohort, deed=deed, **changes)


def mails(database: Database) -> list[MailRow]:
    """Give all mails, the oldest first."""
    with database.read() as transaction:
        return [MailRow(**row) for row in transaction.execute(sa.select(mail).order_by(mail.c.id)).mappings()]
