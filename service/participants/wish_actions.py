"""How does a coordinator decide on what schools and mentors asked? By the same actions as for any change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.access import scope
from service.access.action import action
from service.cohorts.members.actions import change_in
from service.core.errors import conflict, existing
from service.dropout.actions import withdraw_in
from service.dropout.shapes import WithdrawalIn
from service.participants import store as wishes
from service.participants.shapes import WishesOut, WishOut
from service.participants.wish_fields import KINDS, SHAPES

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.participants.shapes import DecisionIn
    from service.participants.store import WishRow


@action("coordinator")
def list_wishes(work: Work, cohort: str) -> WishesOut:
    """Give what was asked, the newest first; that this was read is noted."""
    with work.noting() as transaction:
        work.cohort(transaction, cohort)
        work.audit(transaction, "wishes.read", cohort, cohort)
        return WishesOut(items=[_shape_of(one) for one in wishes.listed(transaction, cohort)])


@action("coordinator")
def decide_wish(work: Work, cohort: str, wish: str, body: DecisionIn) -> WishOut:
    """Accept or refuse what was asked; what is accepted is done at once. Raises Problem 409 where it was decided."""

    def effect(transaction: Transaction) -> WishOut:
        work.cohort(transaction, cohort)
        scope.touch(transaction, cohort)
        row = existing(wishes.find(transaction, cohort, wish), "Deze vraag")
        if row.state != "open":
            raise conflict("already_decided", "Hierover is al beslist.")
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
    elif row.kind == "withdraw" and row.side == "mentor":
        withdraw_in(work, transaction, row.cohort, WithdrawalIn(mentor=row.subject, reason="other", note=row.note))


def _shape_of(row: WishRow) -> WishOut:
    return WishOut.from_row(row, document=dict(row.document))
