"""How is contact data erased? From rows, rounds, jobs, seasons, suggestions, files; pairs stay, without names.

See docs/decisions/0026: a round keeps the hash of what was solved, which tells that its data is no longer that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from service.access import audit_trail, participants, scope
from service.cohorts.members import store as members
from service.cohorts.members.left_words import Mention
from service.cohorts.members.mentions_store import mentions
from service.cohorts.members.redaction import EVERYONE, Redaction
from service.cohorts.members.store import Side
from service.cohorts.portal import store as portal
from service.core.errors import conflict
from service.database import idempotency
from service.database.engine import Transaction
from service.database.scrub import ask_scrub
from service.database.tables import (
    cohort,
    event,
    import_,
    job,
    lock,
    pair_note,
    proposal,
    round_,
    season,
    suggestion,
    withdrawal,
)
from service.database.tables import upload as uploads
from service.imports import store as imports
from service.mail import erasing_store as mail_erasure
from service.network.calendars import store as calendars
from service.participants import store as wishes
from service.records.privacy import year_erasure
from service.rounds.acceptance import store as proposals
from service.rounds.acceptance.words import declined_for

BY = "service"
"""Who erases what may be kept no longer, in the trail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How many rows, rounds, other documents and files held something that is gone now, and what may name them yet."""

    members: int
    rounds: int
    documents: int
    files: int
    mentions: list[Mention] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether there was anything to erase."""
        return bool(self.members or self.rounds or self.documents or self.files)


def erase(transaction: Transaction, key: str, people: tuple[tuple[Side, str | None], ...], by: str) -> Erased:
    """Erase the contact data of one mentor or school of a cohort, or of all; doing it again changes nothing.

    Raises Problem 409 while something of the cohort is being computed: that would bring the names back.
    """
    scope.touch(transaction, key)  # who begins a round now, read the names already: it must be there to be cleaned
    if _is_computing(transaction, key):
        raise conflict("still_computing", "Er wordt nog iets van deze cohorte uitgerekend. Wacht tot dat klaar is.")
    redaction = Redaction(people)
    redaction.learn(_documents(transaction, key))
    redaction.learn(mail_erasure.documents(transaction, key))
    for side, reason in proposals.reasons_of(transaction, key, people):  # why somebody declined is in agreements too
        redaction.put(declined_for(side, reason), declined_for(side))
    rows = sum(_clean_members(transaction, key, side, redaction, by) for side in members.TABLES)
    asked = 0
    for side, one in people:  # who is gone follows nothing any more
        calendars.close(transaction, key, side, one)
        participants.close(transaction, key, side, one)
        asked += wishes.forget(transaction, key, side, one)
        portal.take_back(transaction, key, side, None if one is None else [one])
    rounds = _clean(transaction, round_, ("given", "plan", "findings"), round_.c.cohort == key, redaction)
    if rows or rounds:  # answers hold workbooks, in which nothing can be replaced
        ended = job.c.state.in_(("done", "failed", "stopped"))
        transaction.execute(sa.delete(job).where(job.c.cohort == key, job.c.kind.in_(("ask", "ask_season")), ended))
    erased = Erased(
        members=rows,
        rounds=rounds,
        documents=asked
        + _clean_others(transaction, key, people, redaction)
        + year_erasure.erase_from_year(transaction, key, people, redaction, by)
        + mail_erasure.erase_from_mails(transaction, key, people, redaction, by),
        files=_forget_files(transaction, key),
    )
    if erased.anything:
        ask_scrub(transaction)
    return replace(erased, mentions=mentions(transaction, key, redaction))


def erase_expired(transaction: Transaction, moment: datetime) -> list[str]:
    """Erase the contact data of cohorts that may keep it no longer; give those in which there was any.

    A cohort of which something is being computed waits for the next time.
    """
    query = sa.select(cohort.c.id).where(cohort.c.keep_until <= moment).order_by(cohort.c.id)
    done = []
    for key in transaction.execute(query).scalars().all():
        if _is_computing(transaction, key):
            continue
        erased = erase(transaction, key, EVERYONE, BY)
        if erased.anything:
            audit_trail.note(transaction, BY, "cohort.contact_erased", key, key, {"rounds": erased.rounds}, "")
            done.append(str(key))
    return done


def _is_computing(transaction: Transaction, key: str) -> bool:
    """Tell whether a job runs; those that wait can't begin before this transaction ends."""
    query = sa.select(job.c.state).where(job.c.cohort == key, job.c.state.in_(("queued", "running")))
    return "running" in transaction.execute(query.with_for_update()).scalars().all()


def _documents(transaction: Transaction, key: str) -> Iterator[Any]:
    """Give every document that knows people by name."""
    for table in members.TABLES.values():
        yield from transaction.execute(sa.select(table.c.document).where(table.c.cohort == key)).scalars()
    for one in transaction.execute(sa.select(round_.c.id).where(round_.c.cohort == key)).scalars().all():
        yield transaction.execute(sa.select(round_.c.given).where(round_.c.id == one)).scalar_one()
    yield from transaction.execute(sa.select(season.c.season).where(season.c.cohort == key)).scalars()
    yield from year_erasure.documents(transaction, key)


def _clean_members(transaction: Transaction, key: str, side: Side, redaction: Redaction, by: str) -> int:
    changed = 0
    for row in members.held(transaction, side, key):
        cleaned = redaction.clean(dict(row.document))
        if cleaned != row.document:
            changed += members.change(transaction, side, row, cleaned, by)
    return changed


def _clean(
    transaction: Transaction, table: sa.Table, names: Sequence[str], mine: sa.ColumnElement[bool], redaction: Redaction
) -> int:
    """Clean some columns of a table, row by row; give how many rows changed."""
    keys = list(table.primary_key.columns)
    changed = 0
    for row in transaction.execute(sa.select(*keys).where(mine)).all():
        here = sa.and_(*(column == value for column, value in zip(keys, row, strict=True)))
        held = transaction.execute(sa.select(*(table.c[name] for name in names)).where(here)).mappings().one()
        cleaned = {name: redaction.clean(held[name], name) for name in names if held[name] is not None}
        values = {name: value for name, value in cleaned.items() if value != held[name]}
        if values:
            transaction.execute(sa.update(table).where(here).values(**values))
            changed += 1
    return changed


def _clean_others(
    transaction: Transaction, key: str, people: tuple[tuple[Side, str | None], ...], redaction: Redaction
) -> int:
    jobs = sa.select(job.c.id).where(job.c.cohort == key)
    changed = _clean(transaction, job, ("payload", "result", "failure"), job.c.cohort == key, redaction)
    changed += _clean(transaction, event, ("document",), event.c.job.in_(jobs), redaction)
    changed += _clean(transaction, season, ("season", "year"), season.c.cohort == key, redaction)
    changed += _clean(transaction, lock, ("reason",), lock.c.cohort == key, redaction)
    changed += _clean(transaction, pair_note, ("note",), pair_note.c.cohort == key, redaction)
    changed += _forget_notes(transaction, key, people)
    changed += proposals.forget_reasons(transaction, key, people)
    changed += _clean(transaction, proposal, ("mentor_reason", "school_reason"), proposal.c.cohort == key, redaction)
    changed += _clean_suggestions(transaction, key, redaction)
    return changed + idempotency.forget_naming(transaction, lambda one: bool(redaction.clean(one) != one))


def _forget_notes(transaction: Transaction, key: str, people: tuple[tuple[Side, str | None], ...]) -> int:
    """Forget why a mentor left, and what was noted about pairs: words about a person, and illness."""
    changed = 0
    for side, who in people:
        about = sa.true() if who is None else pair_note.c[side] == who
        noted = sa.update(pair_note).where(pair_note.c.cohort == key, about, pair_note.c.note != "")
        changed += transaction.execute(noted.values(note="")).rowcount
    for who in (one for side, one in people if side == "mentor"):
        mine = sa.and_(withdrawal.c.cohort == key, sa.true() if who is None else withdrawal.c.mentor == who)
        told = sa.or_(withdrawal.c.note != "", withdrawal.c.reason == "illness")
        statement = sa.update(withdrawal).where(
            mine if who is None else sa.and_(mine, withdrawal.c.mentor == who), told
        )
        reason = sa.case((withdrawal.c.reason == "illness", "other"), else_=withdrawal.c.reason)
        changed += transaction.execute(statement.values(note="", reason=reason)).rowcount
    return changed


def _clean_suggestions(transaction: Transaction, key: str, redaction: Redaction) -> int:
    mine = suggestion.c.round.in_(sa.select(round_.c.id).where(round_.c.cohort == key))
    changed = 0
    for row in transaction.execute(sa.select(suggestion).where(mine)).mappings().all():
        value = json.loads(row["body"])
        cleaned = redaction.clean(value)
        if cleaned != value:
            here = [suggestion.c[name] == row[name] for name in ("round", "side", "subject")]
            body = json.dumps(cleaned, ensure_ascii=False, separators=(",", ":")).encode()
            transaction.execute(sa.update(suggestion).where(*here).values(body=body))
            changed += 1
    return changed


def _forget_files(transaction: Transaction, key: str) -> int:
    """Forget the files that were read in, and what was found in them; give how many."""
    mine = sa.select(import_.c.id).where(import_.c.cohort == key)
    count = sa.select(sa.func.count()).where(uploads.c["import"].in_(mine))
    files = int(transaction.execute(count).scalar_one())
    found = transaction.execute(sa.select(import_.c.preview, import_.c.fixes).where(import_.c.cohort == key)).all()
    if files or any(row.preview or row.fixes for row in found):
        imports.forget_contents(transaction, key)
    return files
