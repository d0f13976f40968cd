"""Who takes part, and behind which secret address is their own page? As for calendars: derived, not kept, closable."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from service.access.callers import Caller
from service.core.errors import Problem, not_found
from service.database.engine import Database, Transaction
from service.database.ids import digest, now
from service.database.installation import installation_secret
from service.database.secret_addresses import put_behind, secret_by
from service.database.tables import participant

Side = Literal["school", "mentor"]
PREFIX = "mijn"
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantRow:
    """Somebody who takes part with a page of their own; `used_at` is when it was last opened, to the minute."""

    cohort: str
    side: Side
    subject: str
    created_at: datetime
    used_at: datetime | None = None


KEPT = [participant.c[name] for name in ParticipantRow.__slots__]


def no_page() -> Problem:
    """Answer alike for an address that never was and for one that was closed."""
    return not_found("Deze bladzijde")


def secret_of(transaction: Transaction, row: ParticipantRow) -> str:
    """Give the secret of a page's address: signed with the installation's own, so that it need not be kept."""
    return _secret_of(installation_secret(transaction), row)


def _secret_of(own: bytes, row: ParticipantRow) -> str:
    return secret_by(own, "participant", PREFIX, row)


def listed(transaction: Transaction, cohort: str) -> list[ParticipantRow]:
    """Give who has a page in a cohort."""
    query = sa.select(*KEPT).where(participant.c.cohort == cohort)
    query = query.order_by(participant.c.side, participant.c.subject)
    return transaction.rows(query, ParticipantRow)


def each_with_secret(transaction: Transaction) -> list[tuple[ParticipantRow, str]]:
    """Give everybody's page, of all cohorts, with its secret as it is derived now."""
    query = sa.select(*KEPT).order_by(participant.c.cohort, participant.c.side, participant.c.subject)
    rows = transaction.rows(query, ParticipantRow)
    own = installation_secret(transaction) if rows else b""
    return [(row, _secret_of(own, row)) for row in rows]


def follow_secret(transaction: Transaction, row: ParticipantRow, secret: str) -> None:
    """Have a page open behind this secret alone from now on."""
    put_behind(transaction, participant, row, secret)


def open_all(transaction: Transaction, cohort: str, wanted: Iterable[tuple[Side, str]]) -> list[ParticipantRow]:
    """Open a page for who has none; one that is there keeps its address. Gives what was opened.

    The cohort's row must be locked.
    """
    known = {(one.side, one.subject) for one in listed(transaction, cohort)}
    new = [one for one in dict.fromkeys(wanted) if one not in known]
    made = [ParticipantRow(cohort=cohort, side=side, subject=subject, created_at=now()) for side, subject in new]
    own = installation_secret(transaction) if made else b""
    rows = [
        {name: getattr(one, name) for name in ParticipantRow.__slots__} | {"digest": digest(_secret_of(own, one))}
        for one in made
    ]
    if rows:
        transaction.connection.execute(sa.insert(participant), rows)
    return made


def close(transaction: Transaction, cohort: str, side: Side, subject: str | None) -> int:
    """Have the address of a page, or of all of a side, lead nowhere from now on; give how many there were."""
    here = [participant.c.cohort == cohort, participant.c.side == side]
    here += [participant.c.subject == subject] if subject is not None else []
    return int(transaction.execute(sa.delete(participant).where(*here)).rowcount)


def address_of(transaction: Transaction, url: str, cohort: str, side: Side, subject: str) -> str:
    """Give the address of somebody's page under the service's own `url`; empty for who has none."""
    return addresses_of(transaction, url, cohort, {(side, subject)}).get((side, subject), "")


def addresses_of(
    transaction: Transaction, url: str, cohort: str, people: Collection[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Give the addresses of people's pages (side and number), of who has one, under the service's own `url`."""
    query = sa.select(*KEPT).where(participant.c.cohort == cohort)
    if len(people) == 1:
        ((side, subject),) = people
        query = query.where(participant.c.side == side, participant.c.subject == subject)
    rows = transaction.rows(query, ParticipantRow)
    wanted = [one for one in rows if (one.side, one.subject) in people]
    own = installation_secret(transaction) if wanted else b""
    return {(one.side, one.subject): f"{url}/mijn/{_secret_of(own, one)}" for one in wanted}


def caller_of_page(database: Database, secret: str) -> Caller:
    """Find who comes by this address; raises Problem 404. Being used is noted once a minute."""
    mine = participant.c.digest == digest(secret)
    with database.glance() as transaction:
        row = transaction.first(sa.select(*KEPT).where(mine), ParticipantRow)
    if row is None:
        raise no_page()
    moment = now()
    if row.used_at is None or moment - row.used_at > USED_EVERY:
        with database.write() as transaction:
            transaction.execute(sa.update(participant).where(mine).values(used_at=moment))
    return Caller(role="participant", id=f"{row.side}:{row.subject}", cohort=row.cohort, side=row.side, key=row.subject)
