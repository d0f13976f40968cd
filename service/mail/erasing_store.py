"""How are people erased from the outbox? Mails to them lose all words; mails to others, the names in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from service.cohorts.members.redaction import Redaction
from service.cohorts.members.store import Side
from service.database.engine import Transaction
from service.database.tables import mail

People = tuple[tuple[Side, str | None], ...]

WORDS = ("subject", "body", "answer")
OPEN = ("proposed", "waiting", "sending")
ERASED = "De gegevens van deze persoon zijn gewist."


def documents(transaction: Transaction, cohort: str) -> Iterator[Any]:
    """Give the names and addresses that mails know, in the shape of a mentor or school."""
    for row in transaction.execute(sa.select(mail).where(mail.c.cohort == cohort)).mappings():
        if row["side"] == "school":
            yield {"id": row["who"], "contact": row["name"], "email": row["address"]}
        else:
            yield {"id": row["who"], "first_name": row["name"], "last_name": "", "email": row["address"]}


def erase_from_mails(transaction: Transaction, cohort: str, people: People, redaction: Redaction, by: str) -> int:
    """Erase people from the mails of a cohort; what was not sent to them is not sent. Give how many changed."""

    def told(row: Mapping[str, Any]) -> dict[str, Any]:
        to_them = any(side == row["side"] and key in (None, row["who"]) for side, key in people)
        return _bare(row, by) if to_them else _cleaned(row, redaction, free=True)

    return _walk(transaction, mail.c.cohort == cohort, told)


def erase_colleague(transaction: Transaction, redaction: Redaction) -> int:
    """Take somebody who works here out of the mails to all others, of every cohort and of none; give how many changed.

    What others wrote freely is told to them word by word in a mail, so a last name alone stays: it is listed.
    """
    return _walk(transaction, sa.true(), lambda row: _cleaned(row, redaction, free=False))


def _walk(
    transaction: Transaction, which: sa.ColumnElement[bool], told: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> int:
    """Write anew what `told` says of each of these mails, where that is something else; give how many changed."""
    changed = 0
    for row in transaction.execute(sa.select(mail).where(which)).mappings().all():
        values = {name: value for name, value in told(dict(row)).items() if value != row[name]}
        if values:
            transaction.execute(sa.update(mail).where(mail.c.id == row["id"]).values(**values))
            changed += 1
    return changed


def _bare(row: Mapping[str, Any], by: str) -> dict[str, Any]:
    """Give a mail of which nothing is left but that it was."""
    if not (row["address"] or row["body"] or row["name"]):
        return {}
    values: dict[str, Any] = dict.fromkeys(("name", "address", "subject", "body", "calendar", "answer"), "")
    values |= {"facts": {}}
    over = {"state": "dropped", "answer": ERASED, "next_at": None, "changed_by": by}
    return values | (over if row["state"] in OPEN else {})


def _cleaned(row: Mapping[str, Any], redaction: Redaction, *, free: bool) -> dict[str, Any]:
    """Take names out of a mail to somebody else; an invitation that holds one goes whole, for its lines are folded.

    Where the words may be what somebody wrote `free`, a last name alone is a name too.
    """
    plain = row["calendar"].replace("\r\n ", "")
    values = {name: redaction.text(row[name], free=free) for name in WORDS} | {"facts": redaction.clean(row["facts"])}
    return values | ({"calendar": ""} if redaction.mentions(plain) else {})
