"""How does a coordinator decide on what schools and mentors asked? By the same actions as for any change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.access.action import action
from service.access.work import Work
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.cohorts.members.actions import change_in
from service.core.errors import conflict, existing, invalid
from service.database.engine import Transaction
from service.dropout.actions import withdraw_in
from service.dropout.shapes import WithdrawalIn
from service.participants import store as wishes
from service.participants.shapes import DecisionIn, WishesOut, WishOut
from service.participants.store import WishRow
from service.participants.wish_fields import KINDS, SHAPES


@action("coordinator")
def list_wishes(work: Work, cohort: str) -> WishesOut:
    """Give what was asked, the newest first; that this was read is noted."""
    with work.noting(cohort) as transaction:
        work.audit(transaction, "wishes.read", cohort, cohort)
        rows = wishes.listed(transaction, cohort)
        known = {(one.side, one.subject): _known(transaction, one) for one in rows if one.state == "open"}
        return WishesOut(items=[_shape_of(one, known.get((one.side, one.subject))) for one in rows])


@action("coordinator")
def decide_wish(work: Work, cohort: str, wish: str, body: DecisionIn) -> WishOut:
    """Accept or refuse what was asked; what is accepted is done at once.

    Raises Problem 409 where it was decided, 422 for a refusal without a reason.
    """

    def effect(transaction: Transaction) -> WishOut:
        work.hold(transaction, cohort)
        row = existing(wishes.find(transaction, cohort, wish), "Deze vraag")
        if row.state != "open":
            raise conflict("already_decided", "Hierover is al beslist.")
        if not body.accept and not body.answer:
            raise invalid(
                "/answer", "answer_missing", "Zeg waarom niet: wie dit vroeg, leest het op de eigen bladzijde."
            )
        if body.accept:
            _do(work, transaction, row)
        state: wishes.WishState = "accepted" if body.accept else "refused"
        wishes.decide(transaction, row, state, body.answer, work.caller.by)
        work.audit(transaction, f"wish.{state}", row.subject, cohort, kind=row.kind)
        return _shape_of(existing(wishes.find(transaction, cohort, wish), "Deze vraag"))

    return work.once([wish, body.model_dump()], WishOut, effect)


def _do(work: Work, transaction: Transaction, row: WishRow) -> None:
    """Do what was asked: change the school or mentor, have a mentor leave; anything else is for people to do."""
    if row.kind == "change":
        body = SHAPES[row.side].model_validate(dict(row.document))
        change_in(work, transaction, row.cohort, KINDS[row.side], row.subject, body)
    elif row.kind == "withdraw" and row.side == "mentor" and not _is_gone(transaction, row):
        withdraw_in(work, transaction, row.cohort, WithdrawalIn(mentor=row.subject, reason="other", note=row.note))


def _is_gone(transaction: Transaction, row: WishRow) -> bool:
    """Tell whether a mentor dropped out already: somebody told it by telephone too."""
    return withdrawn_store.find(transaction, row.cohort, row.subject) is not None


def _known(transaction: Transaction, row: WishRow) -> Mapping[str, Any]:
    found = members.find(transaction, row.side, row.cohort, row.subject)
    return found.document if found is not None else {}


def _shape_of(row: WishRow, known: Mapping[str, Any] | None = None) -> WishOut:
    current = {name: known.get(name) for name in row.document} if known else {}
    return WishOut.from_row(row, document=dict(row.document), current=current)
