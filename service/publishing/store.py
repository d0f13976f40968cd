"""What is published of a cohort, and what was before? One publication after another, each of another round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import cohort as cohorts
from service.database.tables import publication, round_
from service.publishing.portal_names import version


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRow:
    """A publication as it is kept; a cohort's numbers follow on from 1."""

    cohort: str
    number: int
    round: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Front:
    """What the portal must know of a cohort first: its region, the newest publication and its round, if any.

    `named` differs once it is to be told other names (see naming.py).
    """

    region: str
    number: int
    round: str | None
    named: str = ""


def newest(transaction: Transaction, cohort: str, *, below: int | None = None) -> PublicationRow | None:
    """Find the newest publication of a cohort, or the newest below a number."""
    query = sa.select(publication).where(publication.c.cohort == cohort)
    query = query.where(publication.c.number < below) if below is not None else query
    return transaction.first(query.order_by(publication.c.number.desc()).limit(1), PublicationRow)


def publish(transaction: Transaction, cohort: str, round_id: str, by: str) -> PublicationRow:
    """Publish an approved round in the place of the one before; the cohort's row must be locked.

    Raises IntegrityError where the round was published already.
    """
    here = sa.and_(round_.c.cohort == cohort, round_.c.state == "published")
    next_version = round_.c.version + 1
    transaction.execute(sa.update(round_).where(here).values(state="superseded", version=next_version))
    transaction.execute(
        sa.update(round_).where(round_.c.id == round_id).values(state="published", version=next_version)
    )
    last = newest(transaction, cohort)
    row = PublicationRow(cohort=cohort, number=1 if last is None else last.number + 1, round=round_id, at=now(), by=by)
    transaction.add(publication, row)
    return row


def front(transaction: Transaction, cohort: str) -> Front | None:
    """Look at what the portal shows of a cohort; None where there is no such cohort."""
    query = (
        sa.select(cohorts.c.region, publication.c.number, publication.c.round)
        .join_from(cohorts, publication, publication.c.cohort == cohorts.c.id, isouter=True)
        .where(cohorts.c.id == cohort)
        .order_by(publication.c.number.desc())
        .limit(1)
    )
    row = transaction.execute(query).first()
    if row is None:
        return None
    return Front(str(row[0]), int(row[1] or 0), row[2], version(transaction, cohort) if row[1] else "")
