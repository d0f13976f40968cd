"""How does any deed put a mail in the outbox? In its own transaction: both are written, or neither.

propose_mail(work, transaction, "plan_published", to, facts, cohort=cohort, deed=f"publication {key} {to.key}")
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.access import participants, scope
from service.access.work import Work
from service.core.smtp_address import is_mailable
from service.database.engine import Transaction
from service.mail import store
from service.mail.kinds import KINDS, LINK, Kind, Side, State
from service.mail.rendering import write
from service.mail.store import MailRow
from service.mail.template_store import template_of, wording_of

NOT_GONE: tuple[State, ...] = ("proposed", "waiting")
"""A mail in these states was said to no mail server yet."""

OUTDATED = "Vervangen door een nieuwere mail, of niet meer juist."


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a mail: a school, a mentor or a person by id, the name in «Beste …», and the address, if known."""

    side: Side
    key: str
    name: str
    address: str


def recipient_of(side: Side, document: Mapping[str, Any]) -> Recipient:
    """Give who is told about a school or a mentor, of the document of either."""
    if side == "school":
        return Recipient(side, document["id"], document["contact"] or document["name"], document["email"])
    return Recipient(side, document["id"], person_name(document) or document["company"], document["email"])


def person_name(document: Mapping[str, Any]) -> str:
    """Give the name of a mentor; empty where it is not known."""
    return f"{document['first_name']} {document['last_name']}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is told to somebody, as `propose_mail` takes it."""

    kind: Kind
    to: Recipient
    facts: Mapping[str, Any]
    deed: str
    calendar: str = ""
    instead_of: tuple[Kind, ...] = ()


def propose_mail(  # noqa: PLR0913 - what a mail is made of
    work: Work,
    transaction: Transaction,
    kind: Kind,
    to: Recipient,
    facts: Mapping[str, Any],
    *,
    cohort: str | None,
    deed: str,
    calendar: str = "",
    instead_of: tuple[Kind, ...] = (),
) -> MailRow:
    """Put a mail in the outbox; once per `deed`, which names what was done and to whom it is told.

    It waits there for a coordinator, unless who gets it asked for it themselves and this service can send mail.
    `facts` are those that service/mail/kinds.py names for the kind; what is left out is empty. `calendar` is an
    invitation (iCalendar). What is still proposed to them of the kinds `instead_of` is not sent any more. Raises
    ValueError for a fact that the kind does not know.
    """
    one = Letter(kind=kind, to=to, facts=facts, deed=deed, calendar=calendar, instead_of=instead_of)
    propose_mails(work, transaction, [one], cohort=cohort)
    return store.of_deeds(transaction, [_whole(one, cohort)])[_whole(one, cohort)]


def propose_mails(work: Work, transaction: Transaction, letters: Sequence[Letter], *, cohort: str | None) -> int:
    """Put mails in the outbox, as `propose_mail` does each, with a few statements for all: they may be a thousand.

    One does not take another of the same batch back. Gives how many there were not yet.
    """
    named: dict[str, Letter] = {}
    for one in letters:
        named.setdefault(_whole(one, cohort), one)
    known = store.of_deeds(transaction, list(named))  # what is there already must not take itself back
    new = {deed: one for deed, one in named.items() if deed not in known}
    if not new:
        return 0
    _take_back(work, transaction, new.values(), cohort)
    told = _Told(work, transaction, list(new.values()), cohort)
    store.add_all(transaction, list(new), work.caller.by, [told.values(one) for one in new.values()])
    return len(new)


def whole_deed(cohort: str | None, kind: Kind, to: Recipient, deed: str) -> str:
    """Name a deed among all: of which cohort, which kind of mail, and to whom it is told."""
    return f"{cohort or ''}\n{kind}\n{to.side}\n{to.key}\n{deed}"


def _whole(one: Letter, cohort: str | None) -> str:
    return whole_deed(cohort, one.kind, one.to, one.deed)


def _take_back(work: Work, transaction: Transaction, letters: Iterable[Letter], cohort: str | None) -> None:
    taken: dict[tuple[Kind, ...], list[Recipient]] = {}
    for one in letters:
        taken.setdefault(one.instead_of, []).append(one.to)
    for kinds, people in taken.items():
        forget_proposed(work, transaction, people, kinds, cohort=cohort)


def forget_proposed(
    work: Work, transaction: Transaction, people: Sequence[Recipient], kinds: tuple[Kind, ...], *, cohort: str | None
) -> None:
    """Have what is still proposed to people, of these kinds, not sent any more: it no longer holds."""
    if kinds:
        rows = store.to_people(transaction, cohort, {(one.side, one.key) for one in people}, kinds)
        store.drop(transaction, [one.id for one in rows if one.state == "proposed"], work.caller.by, OUTDATED)


def were_told(
    transaction: Transaction, people: Sequence[Recipient], kinds: tuple[Kind, ...], *, cohort: str | None
) -> set[tuple[Side, str]]:
    """Give to whom of them (side and id) a mail of one of these kinds went, or is going."""
    rows = store.to_people(transaction, cohort, {(one.side, one.key) for one in people}, kinds)
    return {(row.side, row.who) for row in rows if row.state not in {"proposed", "dropped"}}


class _Told:
    """All that the mails of a batch have in common, read once: the cohort's name, its own words, everybody's page."""

    def __init__(self, work: Work, transaction: Transaction, letters: Sequence[Letter], cohort: str | None) -> None:
        self._cohort, self._bouncing = cohort, store.bouncing(transaction, cohort)
        found = scope.find(transaction, cohort) if cohort is not None else None
        self._name, self._settings = found.name if found else "", work.settings
        self._signature = wording_of(transaction, cohort).signature
        self._templates = {kind: template_of(transaction, cohort, kind) for kind in {one.kind for one in letters}}
        linked = [one.to for one in letters if _has_page(one)] if cohort is not None else []
        self._pages = (
            participants.addresses_of(transaction, self._settings.url, cohort, {(one.side, one.key) for one in linked})
            if linked and cohort is not None
            else {}
        )

    def values(self, one: Letter) -> dict[str, Any]:
        """Give the columns of a mail: what it says, to whom, and whether it goes at once."""
        told, kind = self._facts(one), KINDS[one.kind]
        made = write(one.kind, self._templates[one.kind], dict(told) | {"ondertekening": self._signature})
        address = one.to.address.strip()
        good = is_mailable(address) and address.casefold() not in self._bouncing
        at_once = kind.asked and self._settings.can_mail and good
        return {
            "cohort": self._cohort,
            "kind": one.kind,
            "side": one.to.side,
            "who": one.to.key,
            "name": one.to.name,
            "address": address,
            "calendar": one.calendar,
            "facts": {name: value for name, value in told.items() if name not in kind.secret},
            "state": "waiting" if at_once else "proposed",
            "subject": made.subject,
            "body": made.body,
        }

    def _facts(self, one: Letter) -> dict[str, Any]:
        """Give all facts of a mail; the address of somebody's own page is known here."""
        known = KINDS[one.kind]
        unknown = sorted(one.facts.keys() - known.spoken.keys())
        if unknown:
            raise ValueError(f"mail {one.kind} knows no {', '.join(unknown)}")
        told = known.nothing | {"naam": one.to.name, "cohorte": self._name} | dict(one.facts)
        page = self._pages.get((one.to.side, one.to.key), "")
        return told | {"link": page} if page and not told["link"] else told


def _has_page(one: Letter) -> bool:
    """Tell whether a mail may give the address of somebody's own page."""
    return one.to.side != "person" and KINDS[one.kind].facts.get("link") == LINK
