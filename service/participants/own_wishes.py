"""What does somebody change or ask on their own page? How they are reached at once; the rest waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.access import scope
from service.access.action import action
from service.access.participants import Side
from service.access.work import Work
from service.cohorts.members.actions import change_in
from service.cohorts.members.shapes import MentorChange, SchoolChange
from service.core.addresses import path_to
from service.core.errors import conflict, invalid
from service.core.smtp_address import is_mailable
from service.database.engine import Transaction
from service.mail.outbox import Recipient, propose_mail
from service.mail.template_store import wording_of
from service.participants import store as wishes
from service.participants.own_identity import STOPPED, me_of
from service.participants.shapes import WishKind
from service.participants.store import WishRow
from service.participants.wish_fields import CONTACT, KINDS, PLANNED, changed, labels
from service.webhooks import store as webhooks

MOST_SHOWN = 10
COORDINATOR = "coordinator"
UNMAILABLE = "Naar dit adres kan geen mail. Schrijf één e-mailadres, zoals naam@voorbeeld.be."
ASKED = {
    "change": "vraagt {} een wijziging",
    "withdraw": "meldt {} te stoppen",
    "other": "stelt {} een vraag",
}
"""What a coordinator is told of each kind of wish."""


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
    """Change how one is reached; other fields are left as they are. Raises Problem 422 for no address."""
    with work.writing() as transaction:
        me = me_of(work, transaction)
        told = changed(me.row.document, body.model_dump(exclude_unset=True), CONTACT[me.side])
        if told.get("email") and not is_mailable(told["email"]):
            raise invalid("/email", "email", UNMAILABLE)
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
    if me.stopped and kind != "other":
        raise conflict("stopped", STOPPED)
    row = wishes.add(transaction, me.cohort.id, me.side, me.row.id, kind, document, note)
    work.audit(transaction, "wish.made", me.row.id, me.cohort.id, kind=kind, fields=sorted(document))
    subject = me.row.pseudonym if me.side == "mentor" else me.row.id
    told = {"wish": row.id, "kind": kind, "side": me.side, "subject": subject}
    webhooks.announce(transaction, "wish.made", me.cohort.id, told)
    _tell_coordinator(work, transaction, row)


def _tell_coordinator(work: Work, transaction: Transaction, row: WishRow) -> None:
    """Have a mail go to where answers to the cohort's mails go; nobody who asks is named in it."""
    address = wording_of(transaction, row.cohort).reply_to
    if not address:
        return
    to = Recipient("person", COORDINATOR, "coördinator", address)
    here = work.settings.url + path_to("/cohorten/{}/deelnemers", row.cohort) + "#gevraagd"
    facts = {"vraag": ASKED[row.kind].format("een " + row.side), "link": here}
    propose_mail(work, transaction, "wish_made", to, facts, cohort=row.cohort, deed=row.id)
