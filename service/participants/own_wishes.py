"""What does somebody change or ask on their own page? How they are reached at once; the rest waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.access import scope
from service.access.action import action
from service.cohorts.members.actions import change_in
from service.core.errors import conflict, invalid
from service.participants import store as wishes
from service.participants.own_me import me_of
from service.participants.wish_fields import CONTACT, KINDS, PLANNED, changed, labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.access.participants import Side
    from service.access.work import Work
    from service.cohorts.members.shapes import MentorChange, SchoolChange
    from service.database.engine import Transaction
    from service.participants.shapes import WishKind
    from service.participants.store import WishRow

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody may change, as it is now, and what they asked so far."""

    planned: Mapping[str, Any]
    contact: Mapping[str, Any]
    labels: Mapping[str, str]
    wishes: list[WishRow]


def asked_by(transaction: Transaction, cohort: str, side: Side, key: str, known: Mapping[str, Any]) -> Asked:
    """Give what somebody may change, and what they asked, the newest first."""
    return Asked(
        planned={name: known.get(name) for name in PLANNED[side]},
        contact={name: known.get(name) or "" for name in CONTACT[side]},
        labels=labels(side),
        wishes=wishes.listed(transaction, cohort, side, key)[:MOST_SHOWN],
    )


@action("participant")
def change_contact(work: Work, body: SchoolChange | MentorChange) -> None:
    """Change how one is reached; other fields are left as they are."""
    with work.writing() as transaction:
        me = me_of(work, transaction)
        told = changed(me.row.document, body.model_dump(exclude_unset=True), CONTACT[me.side])
        if told:
            change_in(work, transaction, me.cohort.id, KINDS[me.side], me.row.id, type(body)(**told))


@action("participant")
def ask_change(work: Work, body: SchoolChange | MentorChange, note: str) -> None:
    """Ask that availability or limits change; raises Problem 409 where that is what they are already."""

    def effect(transaction: Transaction) -> None:
        me = me_of(work, transaction)
        told = changed(me.row.document, body.model_dump(mode="json", exclude_unset=True), PLANNED[me.side])
        if told.get("half_days") == []:
            detail = "Kies minstens één halve dag. Wilt u stoppen? Meld dat onderaan."
            raise invalid("/half_days", "no_half_day", detail)
        if not told:
            raise conflict("nothing_changed", "Dit is wat er al staat. Wijzig eerst iets.")
        _ask(work, transaction, "change", told, note)

    work.once([body, note], type(None), effect)


@action("participant")
def ask_other(work: Work, kind: WishKind, note: str) -> None:
    """Ask something in words, or to stop; raises Problem 422 where nothing is said."""
    if not note:
        raise invalid("/note", "note_missing", "Schrijf wat u vraagt, of waarom u stopt.")
    work.once([kind, note], type(None), lambda transaction: _ask(work, transaction, kind, {}, note))


@action("participant")
def take_back(work: Work, wish: str) -> None:
    """Take back what one asked oneself and nobody decided on; nothing where there is no such thing."""
    with work.writing() as transaction:
        me = me_of(work, transaction)
        scope.touch(transaction, me.cohort.id)
        for one in wishes.listed(transaction, me.cohort.id, me.side, me.row.id):
            if one.id == wish and one.state == "open":
                wishes.remove(transaction, one)
                work.audit(transaction, "wish.taken_back", me.row.id, me.cohort.id, kind=one.kind)


def _ask(work: Work, transaction: Transaction, kind: WishKind, document: Mapping[str, Any], note: str) -> None:
    me = me_of(work, transaction)
    scope.touch(transaction, me.cohort.id)
    wishes.add(transaction, me.cohort.id, me.side, me.row.id, kind, document, note)
    work.audit(transaction, "wish.made", me.row.id, me.cohort.id, kind=kind, fields=sorted(document))
