"""What do we keep about one mentor, or about the contact of one school? All of it, to be handed to that person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from service.access import participants
from service.cohorts.documents import store as papers
from service.cohorts.members import store as members
from service.cohorts.members.redaction import people_in
from service.cohorts.members.store import Side
from service.cohorts.portal import store as portal
from service.database.engine import Transaction
from service.database.tables import application, audit, calendar, round_, season, suggestion, withdrawal
from service.imports import store as imports
from service.mail import store as mails
from service.network.season import attendance_store as attendances
from service.participants import store as wishes
from service.rounds.acceptance import store as proposals
from service.rounds.given import locks_store
from service.rounds.notes import store as notes

TOLD_OF_MAIL = ("name", "address", "subject", "body", "calendar", "state", "answer", "created_at", "sent_at")

MOST_LINES = 1000
"""Lines of the trail, from the newest back."""


def all_about(transaction: Transaction, cohort: str, side: Side, key: str) -> dict[str, Any] | None:
    """Give all that is kept about one mentor or school of a cohort, None where nothing is."""
    row = members.find(transaction, side, cohort, key)
    rounds = list(_rounds(transaction, cohort, side, key))
    applied = _applications(transaction, cohort, side, key)
    if row is None and not applied and not any(one["known_as"] for one in rounds):
        return None
    agreements = [one for one in locks_store.listed(transaction, cohort) if getattr(one, side) == key]
    subject = row.pseudonym if row is not None and side == "mentor" else key
    return {
        "cohort": cohort,
        side: key,
        "now": None if row is None else _row(row),
        "consent": _consent(transaction, cohort, side, key),
        "agreements": [
            {name: getattr(one, name) for name in ("school", "mentor", "kind", "reason", "created_at", "created_by")}
            for one in agreements
        ],
        "proposals": [asdict(one) for one in proposals.of_member(transaction, cohort, side, key)],
        "pair_notes": [asdict(one) for one in notes.listed(transaction, cohort, **{side: key})],
        "withdrawal": _withdrawal(transaction, cohort, key) if side == "mentor" else None,
        "rounds": rounds,
        "applications": applied,
        "mails": _mails(transaction, cohort, side, key),
        "outcomes": _outcomes(transaction, cohort, side, key),
        "measurements": _measurements(transaction, cohort, key) if side == "school" else [],
        "action_plans": _action_plans(transaction, cohort, side, key),
        "practices": _practices(transaction, cohort, key) if side == "school" else [],
        "published_suggestions": _suggestions(transaction, cohort, side, subject),
        "sessions": _sessions(transaction, cohort, side, key),
        "wishes": [asdict(one) for one in wishes.listed(transaction, cohort, side, key)],
        "attendance": _attendance(transaction, cohort, side, key),
        "own_pages": _own_pages(transaction, cohort, side, key),
        "calendars": _calendars(transaction, cohort, side, key),
        "files": [
            {"import": one.id, "state": one.state, "files": imports.names(transaction, one.id), "at": one.created_at}
            for one in imports.listed(transaction, cohort, None, MOST_LINES)
        ],
        "trail": _trail(transaction, cohort, key),
    }


def _row(row: members.MemberRow) -> dict[str, Any]:
    known = {name: getattr(row, name) for name in ("version", "changed_at", "changed_by")}
    return {"data": dict(row.document)} | ({"pseudonym": row.pseudonym} if row.pseudonym else {}) | known


def _consent(transaction: Transaction, cohort: str, side: Side, key: str) -> dict[str, Any] | None:
    """Give to what this one agreed for the portal, None for nothing."""
    found = [one for one in portal.consents(transaction, cohort, side) if one.id == key]
    return {"wording": found[0].wording, "given_at": found[0].given_at} if found else None


def _rounds(transaction: Transaction, cohort: str, side: Side, key: str) -> Iterator[dict[str, Any]]:
    """Give each round that knew this one: as what, with which pairs, and what stays of it elsewhere."""
    query = sa.select(round_.c.id).where(round_.c.cohort == cohort).order_by(round_.c.number)
    for one in transaction.execute(query).scalars().all():
        row = transaction.execute(sa.select(round_).where(round_.c.id == one)).mappings().one()
        known = [person for person in row["given"][f"{side}s"] if person["id"] == key]
        if known:
            pairs = [pair for pair in (row["plan"] or {}).get("pairs", ()) if pair[side] == key]
            values = {name: row[name] for name in ("id", "number", "state", "created_at")}
            yield values | {"known_as": known[0], "pairs": pairs}


def _applications(transaction: Transaction, cohort: str, side: str, key: str) -> list[dict[str, Any]]:
    """Give the applications of a school or mentor, also those that were never accepted."""
    query = sa.select(application.c.id, application.c.state, application.c.document)
    query = query.where(application.c.cohort == cohort, application.c.kind == side).order_by(application.c.id)
    rows = transaction.execute(query).all()
    return [{"id": row.id, "state": row.state, "data": row.document} for row in rows if row.document[side]["id"] == key]


def _mails(transaction: Transaction, cohort: str, side: Side, key: str) -> list[dict[str, Any]]:
    """Give the mails to a school or mentor, those too that were never sent."""
    rows = mails.to_somebody(transaction, cohort, side, key)
    return [{name: getattr(row, name) for name in TOLD_OF_MAIL} for row in rows]


def _outcomes(transaction: Transaction, cohort: str, side: str, key: str) -> list[Any]:
    return [one.document for one in papers.listed(transaction, cohort, "outcome") if one.document[side] == key]


def _measurements(transaction: Transaction, cohort: str, school: str) -> list[Any]:
    """Give the measurements of a school, with who rated what."""
    found = papers.listed(transaction, cohort, "measurement")
    return [one.document for one in found if one.document["school"] == school]


def _action_plans(transaction: Transaction, cohort: str, side: Side, key: str) -> list[Any]:
    """Give the plan of a school, or what a mentor promised in the plans of schools."""
    plans = [one.document for one in papers.listed(transaction, cohort, "action_plan")]
    if side == "school":
        return [one for one in plans if one["school"] == key]
    promising = [one for one in plans if key in one["commitments"]]
    return [{"school": one["school"], "promised": one["commitments"][key]} for one in promising]


def _practices(transaction: Transaction, cohort: str, school: str) -> list[Any]:
    """Give what a school wrote for the label, per key element."""
    found = papers.find(transaction, cohort, "practices", school)
    return [] if found is None else list(found.document["practices"])


def _withdrawal(transaction: Transaction, cohort: str, key: str) -> dict[str, Any] | None:
    query = sa.select(withdrawal).where(withdrawal.c.cohort == cohort, withdrawal.c.mentor == key)
    row = transaction.execute(query).mappings().first()
    return None if row is None else dict(row)


def _suggestions(transaction: Transaction, cohort: str, side: Side, subject: str) -> list[Any]:
    query = sa.select(suggestion.c.body).join(round_, round_.c.id == suggestion.c.round)
    query = query.where(round_.c.cohort == cohort, suggestion.c.side == side, suggestion.c.subject == subject)
    return [json.loads(body) for body in transaction.execute(query.order_by(round_.c.number)).scalars()]


def _sessions(transaction: Transaction, cohort: str, side: Side, key: str) -> list[Any]:
    query = sa.select(season.c.id, season.c.season).where(season.c.cohort == cohort).order_by(season.c.id)
    known = [(row.id, list(people_in(row.season, side, key))) for row in transaction.execute(query)]
    return [{"season": one, "known_as": found} for one, found in known if found]


def _calendars(transaction: Transaction, cohort: str, side: Side, key: str) -> list[Any]:
    query = sa.select(calendar.c.created_at).where(calendar.c.cohort == cohort, calendar.c.side == side)
    return [{"made_at": one} for one in transaction.execute(query.where(calendar.c.subject == key)).scalars()]


def _attendance(transaction: Transaction, cohort: str, side: Side, key: str) -> list[Any]:
    found = attendances.listed(transaction, cohort)
    return [asdict(one) for one in found if (one.side, one.subject) == (side, key)]


def _own_pages(transaction: Transaction, cohort: str, side: Side, key: str) -> list[Any]:
    found = participants.listed(transaction, cohort)
    mine = [one for one in found if (one.side, one.subject) == (side, key)]
    return [{"made_at": one.created_at, "used_at": one.used_at} for one in mine]


def _trail(transaction: Transaction, cohort: str, key: str) -> list[dict[str, Any]]:
    query = sa.select(audit.c.at, audit.c.actor, audit.c.action).where(audit.c.cohort == cohort, audit.c.target == key)
    return transaction.rows(query.order_by(audit.c.id.desc()).limit(MOST_LINES), dict)
