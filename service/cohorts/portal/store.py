"""What may the portal show of a cohort, and which schools and mentors agreed to it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from service.cohorts.documents import store as papers
from service.cohorts.members.store import TABLES, Side
from service.cohorts.portal.allowed import SHOWABLE
from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import consent, mentor

AT_ONCE = 500
"""Rows of one statement."""

NOTHING: Mapping[str, Any] = {"school": [], "mentor": []}
"""What is shown of a cohort until its coordinator says otherwise."""

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """That a school or mentor agreed to be shown: to which text, since when, and who noted it."""

    cohort: str
    side: Side
    id: str
    wording: str
    given_at: datetime
    noted_by: str


@dataclass(frozen=True, slots=True)
class Named:
    """What the portal may be told: schools by number, mentors by pseudonym, and who mentors are once they accepted."""

    schools: Mapping[str, Fields] = field(default_factory=dict)
    mentors: Mapping[str, Fields] = field(default_factory=dict)
    accepted: Mapping[str, Fields] = field(default_factory=dict)


def shown(transaction: Transaction, cohort: str) -> papers.PaperRow:
    """Give what is shown of a cohort; version 0 is nothing, of a cohort that chose nothing."""
    found = papers.find(transaction, cohort, "portal")
    return found or papers.PaperRow(cohort=cohort, kind="portal", id=papers.ONLY, document=NOTHING)


def version(transaction: Transaction, cohort: str) -> str:
    """Give a text that differs once the portal is to be told something else; empty where it is told nothing."""
    row = shown(transaction, cohort)
    if not any(row.document.values()):
        return ""
    parts: list[object] = [row.version]
    for table in TABLES.values():
        query = sa.select(sa.func.count(), sa.func.sum(table.c.version), sa.func.max(table.c.changed_at))
        parts += transaction.execute(query.where(table.c.cohort == cohort)).one()
    agreed = sa.select(sa.func.count(), sa.func.max(consent.c.given_at)).where(consent.c.cohort == cohort)
    parts += transaction.execute(agreed).one()
    return "/".join(str(one) for one in parts)


def named(transaction: Transaction, cohort: str) -> Named:
    """Give what the portal may be told of who agreed, as the cohort's setting chooses it."""
    chosen = shown(transaction, cohort).document
    schools = {key: _told(one, "school", chosen, "consent") for key, one in _agreed(transaction, "school", cohort)}
    query = sa.select(mentor.c.id, mentor.c.pseudonym).where(mentor.c.cohort == cohort)
    aliases = {str(row[0]): str(row[1]) for row in transaction.execute(query)}
    people = [(aliases[key], one) for key, one in _agreed(transaction, "mentor", cohort)]
    return Named(
        {key: one for key, one in schools.items() if one},
        {key: told for key, one in people if (told := _told(one, "mentor", chosen, "consent"))},
        {key: told for key, one in people if (told := _told(one, "mentor", chosen, "acceptance"))},
    )


def _told(document: Mapping[str, Any], side: Side, chosen: Mapping[str, Any], asks: str) -> Fields:
    """Give the fields that the setting chose and that ask for this; one that is not declared so is never given."""
    names = [name for name, needs in SHOWABLE[side].items() if needs == asks and name in chosen[side]]
    return {name: document[name] for name in names if document.get(name)}


def _agreed(transaction: Transaction, side: Side, cohort: str) -> list[tuple[str, Mapping[str, Any]]]:
    table = TABLES[side]
    here = sa.and_(consent.c.cohort == table.c.cohort, consent.c.side == side, consent.c.id == table.c.id)
    query = sa.select(table.c.id, table.c.document).join(consent, here).where(table.c.cohort == cohort)
    return [(str(row[0]), row[1]) for row in transaction.execute(query)]


def consents(transaction: Transaction, cohort: str, side: Side | None = None) -> list[ConsentRow]:
    """Give who agreed, schools and mentors in the order of their ids."""
    query = sa.select(consent).where(consent.c.cohort == cohort).order_by(consent.c.side.desc(), consent.c.id)
    query = query.where(consent.c.side == side) if side is not None else query
    return transaction.rows(query, ConsentRow)


def agree(  # noqa: PLR0913, PLR0917 - a row
    transaction: Transaction, cohort: str, side: Side, keys: Sequence[str], wording: str, by: str
) -> int:
    """Note that these agreed; who did before keeps that. Gives how many are new."""
    known = {row.id for row in consents(transaction, cohort, side)}
    row = {"cohort": cohort, "side": side, "wording": wording, "given_at": now(), "noted_by": by}
    rows = [row | {"id": key} for key in dict.fromkeys(keys) if key not in known]
    for start in range(0, len(rows), AT_ONCE):
        transaction.execute(sa.insert(consent).values(rows[start : start + AT_ONCE]))
    return len(rows)


def take_back(transaction: Transaction, cohort: str, side: Side | None, keys: Sequence[str] | None = None) -> int:
    """Forget that these agreed, or all of a side, or of both; gives how many."""
    here = [consent.c.cohort == cohort]
    here += [consent.c.side == side] if side is not None else []
    if keys is None:
        return transaction.execute(sa.delete(consent).where(*here)).rowcount
    some = [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
    return sum(transaction.execute(sa.delete(consent).where(*here, consent.c.id.in_(one))).rowcount for one in some)
