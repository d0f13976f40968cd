"""Which pairs were proposed, and what did each side answer? One proposal a pair; asked anew, it begins anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import mentor, proposal, school, withdrawal

Side = Literal["mentor", "school"]
People: TypeAlias = "Sequence[tuple[Side, str | None]]"
Answer = Literal["accepted", "declined"]
SIDES: tuple[Side, ...] = ("mentor", "school")

State = Literal[
    "proposed", "accepted_by_mentor", "accepted_by_school", "accepted", "declined", "unanswered", "withdrawn", "left"
]
AT_ONCE = 400
"""Pairs of one statement."""

UNANSWERED = {"answer": "", "reason": "", "by": "", "at": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one side answered: when, who said or noted it, and why where it declined."""

    answer: Answer
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow:
    """A proposal as it is kept; `left` where its mentor stopped, or either is not in the cohort any more."""

    id: str
    cohort: str
    round: str
    school: str
    mentor: str
    answer_by: date
    answers: dict[Side, Answered]
    withdrawn_at: datetime | None
    version: int
    created_at: datetime
    created_by: str
    left: bool = False

    @property
    def waiting_for(self) -> list[Side]:
        """Who has still to answer: nobody once it is declined or withdrawn, or somebody of it left."""
        if self._over is not None:
            return []
        return [side for side in SIDES if side not in self.answers]

    @property
    def declined_by(self) -> Side | None:
        """Who declined, if anybody."""
        return next((side for side, one in self.answers.items() if one.answer == "declined"), None)

    @property
    def agreed(self) -> bool:
        """Whether both said yes, also where one of them left afterwards."""
        return len(self.answers) == len(SIDES) and self.declined_by is None

    def state(self, day: date) -> State:
        """Say how it stands on a day; after the last day what lacks an answer is unanswered."""
        over = self._over
        if over is not None:
            return over
        waiting = self.waiting_for
        if not waiting:
            return "accepted"
        if day > self.answer_by:
            return "unanswered"
        if len(waiting) == len(SIDES):
            return "proposed"
        return "accepted_by_school" if waiting == ["mentor"] else "accepted_by_mentor"

    @property
    def _over(self) -> State | None:
        """Say why nobody can answer any more; None where that can be."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.declined_by is not None:
            return "declined"
        return "left" if self.left else None


HELPS = mentor.c.document["status"].as_string().is_distinct_from("withdrawn")
OF_COHORT = sa.and_(mentor.c.cohort == proposal.c.cohort, school.c.cohort == proposal.c.cohort)
OF_PAIR = sa.and_(mentor.c.id == proposal.c.mentor, school.c.id == proposal.c.school)
STOPPED = sa.and_(withdrawal.c.cohort == mentor.c.cohort, withdrawal.c.mentor == mentor.c.id)
THERE = sa.and_(HELPS, ~sa.exists().where(STOPPED))
ROWS = sa.select(proposal, (~sa.exists().where(OF_COHORT, OF_PAIR, THERE)).label("left")).order_by(proposal.c.id)
LISTED = ROWS.where(proposal.c.cohort == sa.bindparam("of"))


def listed(transaction: Transaction, cohort: str) -> list[ProposalRow]:
    """Give all proposals of a cohort, the oldest first."""
    return [_row(one) for one in transaction.execute(LISTED, {"of": cohort}).mappings()]


def stamp(transaction: Transaction, cohort: str) -> str:
    """Give a text that differs once a proposal of a cohort is made, answered or withdrawn."""
    query = sa.select(sa.func.count(), sa.func.sum(proposal.c.version), sa.func.max(proposal.c.id))
    row = transaction.execute(query.where(proposal.c.cohort == cohort)).one()
    return "/".join(str(one) for one in row)


def of_member(transaction: Transaction, cohort: str, side: Side, key: str) -> list[ProposalRow]:
    """Give the proposals to one school or mentor, the oldest first."""
    query = ROWS.where(proposal.c.cohort == cohort, proposal.c[side] == key)
    return [_row(one) for one in transaction.execute(query).mappings()]


def find(transaction: Transaction, cohort: str, key: str) -> ProposalRow | None:
    """Find one proposal of a cohort."""
    query = ROWS.where(proposal.c.cohort == cohort, proposal.c.id == key)
    row = transaction.execute(query).mappings().first()
    return None if row is None else _row(row)


def that_can(transaction: Transaction, cohort: str, pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give those of the pairs (school, mentor) of which both still take part."""
    both = school.join(mentor, school.c.cohort == mentor.c.cohort)
    here = sa.select(school.c.id, mentor.c.id).select_from(both).where(school.c.cohort == cohort, THERE)
    found: set[tuple[str, str]] = set()
    for start in range(0, len(pairs), AT_ONCE):
        some = sa.tuple_(school.c.id, mentor.c.id).in_(pairs[start : start + AT_ONCE])
        found |= {(str(one), str(other)) for one, other in transaction.execute(here.where(some))}
    return found


def propose(  # noqa: PLR0913, PLR0917 - a proposal's members
    transaction: Transaction, cohort: str, round_id: str, pairs: Iterable[tuple[str, str]], answer_by: date, by: str
) -> None:
    """Propose pairs (school, mentor); one that was proposed before begins anew, under another id."""
    wanted, alike = list(pairs), {"answer_by": answer_by.isoformat(), "created_at": now(), "created_by": by}
    for start in range(0, len(wanted), AT_ONCE):
        here = sa.tuple_(proposal.c.school, proposal.c.mentor).in_(wanted[start : start + AT_ONCE])
        transaction.execute(sa.delete(proposal).where(proposal.c.cohort == cohort, here))
    keys = sorted(new_id("prp") for _ in wanted)  # of one moment: in the order of the pairs
    rows = [
        {"id": key, "cohort": cohort, "round": round_id, "school": school, "mentor": mentor, **alike}
        for key, (school, mentor) in zip(keys, wanted, strict=True)
    ]
    if rows:
        transaction.connection.execute(sa.insert(proposal), rows)


def answer(transaction: Transaction, row: ProposalRow, side: Side, given: Answered) -> None:
    """Keep what one side answered."""
    values = {f"{side}_{name}": getattr(given, name) for name in UNANSWERED}
    statement = sa.update(proposal).where(proposal.c.id == row.id)
    transaction.execute(statement.values(**values, version=proposal.c.version + 1))


def withdraw(transaction: Transaction, row: ProposalRow) -> None:
    """Ask no more."""
    statement = sa.update(proposal).where(proposal.c.id == row.id)
    transaction.execute(statement.values(withdrawn_at=now(), version=proposal.c.version + 1))


def reasons_of(transaction: Transaction, cohort: str, people: People) -> list[tuple[Side, str]]:
    """Give why these people declined, each with the side."""
    return [
        (side, row.answers[side].reason)
        for side, key in people
        for row in (listed(transaction, cohort) if key is None else of_member(transaction, cohort, side, key))
        if side in row.answers and row.answers[side].reason
    ]


def forget_reasons(transaction: Transaction, cohort: str, people: People) -> int:
    """Forget why these people declined; give how many proposals changed."""
    changed = 0
    for side, key in people:
        reason = proposal.c[f"{side}_reason"]
        mine = [proposal.c.cohort == cohort, reason != "", *([proposal.c[side] == key] if key is not None else [])]
        changed += transaction.execute(sa.update(proposal).where(*mine).values({f"{side}_reason": ""})).rowcount
    return changed


def _row(row: sa.RowMapping) -> ProposalRow:
    answers: dict[Side, Answered] = {
        side: Answered(**{name: row[f"{side}_{name}"] for name in UNANSWERED})
        for side in SIDES
        if row[f"{side}_answer"]
    }
    names = ("id", "cohort", "round", "school", "mentor", "withdrawn_at", "version", "created_at", "created_by", "left")
    kept = {name: row[name] for name in names}
    return ProposalRow(**kept, answer_by=date.fromisoformat(row["answer_by"]), answers=answers)
