"""Which mail is being sent by which job, how did it end, and what is tried again?"""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import job, mail
from service.jobs import store as jobs
from service.mail.kinds import KINDS, State
from service.mail.store import JOB, LEASE, MailRow, find

DELAYS = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
"""How long to wait after each attempt that failed; after the last one the mail is given up."""

KEPT = timedelta(days=30)
"""How long one can read what was sent for no cohort."""

GONE = "(De link stond hier; die is gewist toen de mail vertrok.)"
ENDED = ("sent", "refused", "bounced", "failed", "dropped")


def begin(transaction: Transaction, key: str, by: str) -> MailRow | None:
    """Note that a job sends a mail; None where it is not to be sent, or another job is at it.

    One that an earlier attempt left as being sent may have been taken by the server.
    """
    row = find(transaction, key)
    if row is None or row.state not in ("waiting", "sending"):
        return None
    if row.state == "sending" and row.job not in (by, None) and not _has_ended(transaction, str(row.job)):
        return None
    here = sa.and_(mail.c.id == key, mail.c.state == row.state, mail.c.attempt == row.attempt)
    values = {"state": "sending", "job": by, "attempt": row.attempt + 1, "changed_at": now(), "next_at": None}
    doubt = row.maybe_twice or row.state == "sending"
    done = transaction.execute(sa.update(mail).where(here).values(**values, maybe_twice=doubt)).rowcount == 1
    return find(transaction, key) if done else None


def record(transaction: Transaction, key: str, by: str, state: str, answer: str, unsure: bool) -> State | None:  # noqa: FBT001, PLR0913, PLR0917 - how a job ended
    """Keep how an attempt ended; None where the mail is not being sent by this job any more."""
    row = find(transaction, key)
    if row is None or (row.state, row.job) != ("sending", by):
        return None
    moment = now()
    ended: State = state  # type: ignore[assignment]
    values: dict[str, object] = {"answer": answer, "changed_at": moment, "job": None}
    if state == "later":
        ended = "waiting" if row.attempt <= len(DELAYS) else "failed"
        values |= {"next_at": moment + DELAYS[row.attempt - 1]} if ended == "waiting" else {}
        values |= {"maybe_twice": row.maybe_twice or unsure}
    values |= {"sent_at": moment} if ended == "sent" else {}
    values |= {"body": GONE} if ended in ENDED and KINDS[row.kind].secret else {}
    transaction.execute(sa.update(mail).where(mail.c.id == key).values(state=ended, **values))
    return ended


def offer_due(transaction: Transaction, moment: datetime) -> int:
    """Have tried again what is due, and what a job left that ended without a word; gives how many."""
    alive = sa.select(job.c.id).where(job.c.state.not_in(jobs.ENDED), job.c.kind == JOB)
    left = sa.and_(mail.c.state == "sending", sa.or_(mail.c.job.is_(None), mail.c.job.not_in(alive)))
    transaction.execute(sa.update(mail).where(left).values(state="waiting", maybe_twice=True, next_at=moment, job=None))
    due = sa.update(mail).where(mail.c.state == "waiting", mail.c.next_at <= moment)
    keys = transaction.execute(due.values(next_at=moment + LEASE).returning(mail.c.id)).scalars().all()
    for key in sorted(keys):
        jobs.enqueue(transaction, JOB, target=key)
    return len(keys)


def forget(transaction: Transaction, moment: datetime) -> None:
    """Forget what was sent long ago for no cohort, such as links to log in."""
    old = sa.and_(mail.c.cohort.is_(None), mail.c.created_at < moment - KEPT, mail.c.state.in_(ENDED))
    transaction.execute(sa.delete(mail).where(old))


def _has_ended(transaction: Transaction, key: str) -> bool:
    found = jobs.find(transaction, key)
    return found is None or found.ended
