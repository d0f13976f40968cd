"""What was, is and will be told by mail? The outbox, row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_args

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import digest, new_id, now
from service.database.tables import mail
from service.jobs import store as jobs
from service.mail.invitation import addressed_to
from service.mail.kinds import Kind, Side, State

STATES: tuple[State, ...] = get_args(State)

JOB = "send_mail"
AT_ONCE = 500
"""So many keys stand in one statement."""

LEASE = timedelta(minutes=10)
"""When a mail is offered anew whose job was lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """A mail as it is kept; `deed` is the hash of what it tells, `answer` what the server said last."""

    id: str
    cohort: str | None
    kind: Kind
    deed: str
    side: Side
    who: str
    name: str
    address: str
    facts: Mapping[str, Any]
    subject: str
    body: str
    calendar: str
    state: State
    attempt: int
    next_at: datetime | None
    job: str | None
    answer: str
    maybe_twice: bool
    created_at: datetime
    changed_at: datetime
    sent_at: datetime | None
    changed_by: str


def add_all(transaction: Transaction, deeds: Sequence[str], by: str, values: Sequence[Mapping[str, Any]]) -> None:
    """Put mails in the outbox, of each its deed and its columns, all of the same names.

    Raises IntegrityError where one about one of these very deeds is there (see `of_deeds`).
    """
    moment = now()
    all_alike = {"created_at": moment, "changed_at": moment, "changed_by": by}
    keys = sorted(new_id("mail") for _ in deeds)  # of one moment: in the order that was told
    rows = [
        {**one, **all_alike, "id": key, "deed": digest(deed)}
        for key, deed, one in zip(keys, deeds, values, strict=True)
    ]
    if rows:
        transaction.connection.execute(sa.insert(mail), rows)
    waiting = [row["id"] for row in rows if row["state"] == "waiting"]
    if waiting:
        _offer(transaction, waiting)


def of_deeds(transaction: Transaction, deeds: Sequence[str]) -> dict[str, MailRow]:
    """Find the mails about deeds, by deed."""
    named = {digest(one): one for one in deeds}
    found: dict[str, MailRow] = {}
    for some in in_parts(list(named)):
        rows = transaction.rows(sa.select(mail).where(mail.c.deed.in_(some)), MailRow)
        found |= {named[row.deed]: row for row in rows}
    return found


def find(transaction: Transaction, key: str) -> MailRow | None:
    """Find a mail."""
    return transaction.first(sa.select(mail).where(mail.c.id == key), MailRow)


def listed(  # noqa: PLR0913, PLR0917 - what to look for
    transaction: Transaction,
    cohort: str | None,
    states: Sequence[State] = (),
    kind: Kind | None = None,
    before: str | None = None,
    limit: int | None = None,
) -> list[MailRow]:
    """Give the mails of a cohort, or those of none, from the newest back."""
    query = sa.select(mail).where(_of(cohort)).order_by(mail.c.id.desc()).limit(limit)
    query = query.where(mail.c.state.in_(states)) if states else query
    query = query.where(mail.c.kind == kind) if kind is not None else query
    query = query.where(mail.c.id < before) if before is not None else query
    return transaction.rows(query, MailRow)


def to_somebody(transaction: Transaction, cohort: str | None, side: Side, who: str) -> list[MailRow]:
    """Give the mails to one school, mentor or person, the oldest first."""
    query = sa.select(mail).where(_of(cohort), mail.c.side == side, mail.c.who == who).order_by(mail.c.id)
    return transaction.rows(query, MailRow)


def to_people(
    transaction: Transaction, cohort: str | None, people: Collection[tuple[Side, str]], kinds: Sequence[Kind]
) -> list[MailRow]:
    """Give the mails of some kinds to schools, mentors and people (side and id), the oldest first."""
    found = list[MailRow]()
    for some in in_parts(sorted({who for _, who in people})):
        query = sa.select(mail).where(_of(cohort), mail.c.kind.in_(kinds), mail.c.who.in_(some))
        rows = transaction.rows(query.order_by(mail.c.id), MailRow)
        found += [row for row in rows if (row.side, row.who) in people]
    return found


def _of(cohort: str | None) -> sa.ColumnElement[bool]:
    return mail.c.cohort == cohort if cohort is not None else mail.c.cohort.is_(None)


def in_parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut what a statement asks for into what it can hold."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def drop(
    transaction: Transaction, keys: Sequence[str], by: str, answer: str, states: Sequence[State] = ("proposed",)
) -> None:
    """Have mails that are still in one of these states not sent any more, and say why."""
    values = {"state": "dropped", "answer": answer, "next_at": None, "changed_at": now(), "changed_by": by}
    for some in in_parts(keys):
        still = sa.and_(mail.c.id.in_(some), mail.c.state.in_(states))
        transaction.execute(sa.update(mail).where(still).values(**values))


def change(transaction: Transaction, row: MailRow, by: str, **values: Any) -> bool:  # noqa: ANN401 - columns
    """Change a mail that is still in the state that was read; tell whether it was."""
    here = sa.and_(mail.c.id == row.id, mail.c.state == row.state)
    made = values | {"changed_at": now(), "changed_by": by}
    return transaction.execute(sa.update(mail).where(here).values(**made)).rowcount == 1


def forget_person(transaction: Transaction, who: str) -> None:
    """Forget what was told to somebody who works here: their links to log in, with their address."""
    transaction.execute(sa.delete(mail).where(mail.c.side == "person", mail.c.who == who))


def counts(transaction: Transaction, cohort: str) -> dict[State, int]:
    """Count the mails of a cohort by state."""
    query = sa.select(mail.c.state, sa.func.count()).where(mail.c.cohort == cohort).group_by(mail.c.state)
    found = {row[0]: int(row[1]) for row in transaction.execute(query).all()}
    return {state: found[state] for state in STATES if state in found}


def bouncing(transaction: Transaction, cohort: str | None) -> dict[str, str]:
    """Give the addresses (case folded) from which a mail of a cohort came back, each with the newest reason.

    Of no cohort there are none: who asks for a link to log in may try again.
    """
    rows = listed(transaction, cohort, ("bounced",)) if cohort is not None else []
    return {row.address.casefold(): row.answer for row in reversed(rows)}


def readdress(transaction: Transaction, row: MailRow, address: str) -> None:
    """Have a mail go to another address, and its invitation be for that address."""
    values = {"address": address, "calendar": addressed_to(row.calendar, address)}
    transaction.execute(sa.update(mail).where(mail.c.id == row.id).values(**values))


def rewrite(transaction: Transaction, change: Callable[[MailRow, str], str]) -> int:
    """Change the texts of every mail that may still be sent; gives how many changed."""
    changed = 0
    for one in transaction.rows(sa.select(mail).where(mail.c.state.not_in(("sent", "dropped"))), MailRow):
        values = {name: change(one, getattr(one, name)) for name in ("subject", "body")}
        values |= {"facts": json.loads(change(one, json.dumps(dict(one.facts))))}
        if any(getattr(one, name) != value for name, value in values.items()):
            transaction.execute(sa.update(mail).where(mail.c.id == one.id).values(**values))
            changed += 1
    return changed


def release(transaction: Transaction, rows: Sequence[MailRow], by: str) -> list[str]:
    """Have mails sent; gives the ids of those that were still as they were read."""
    values = {"state": "waiting", "attempt": 0, "answer": "", "job": None, "next_at": now() + LEASE}
    done = [row.id for row in rows if change(transaction, row, by, **values)]
    _offer(transaction, done)
    return done


def _offer(transaction: Transaction, keys: Sequence[str]) -> None:
    statement = sa.update(mail).where(mail.c.id.in_(keys))
    transaction.execute(statement.values(next_at=now() + LEASE))
    for key in keys:
        jobs.enqueue(transaction, JOB, target=key)
