"""How does any deed put a mail in the outbox? In its own transaction: both are written, or neither.

propose_mail(work, transaction, "plan_published", to, facts, cohort=cohort, deed=f"publication {key} {to.key}")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.access import participants, scope
from service.core.smtp_address import is_mailable
from service.mail import store
from service.mail.kinds import KINDS, LINK
from service.mail.template_store import template_of, wording_of
from service.mail.writing import write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.access.work import Work
    from service.database.engine import Transaction
    from service.mail.kinds import Kind, Side
    from service.mail.store import MailRow


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
    told = _told(work, transaction, kind, to, facts, cohort)
    whole = whole_deed(cohort, kind, to, deed)
    known = store.of_deed(transaction, whole)
    if known is not None:
        return known  # it must not take itself back
    forget_proposed(work, transaction, to, instead_of, cohort=cohort)
    address = to.address.strip()
    good = is_mailable(address) and address.casefold() not in store.bouncing(transaction, cohort)
    at_once = KINDS[kind].asked and work.settings.can_mail and good
    values = {"side": to.side, "who": to.key, "name": to.name, "address": address, "calendar": calendar}
    return store.add(
        transaction,
        whole,
        work.caller.by,
        cohort=cohort,
        kind=kind,
        facts={name: value for name, value in told.items() if name not in KINDS[kind].secret},
        state="waiting" if at_once else "proposed",
        **values,
        **_words(transaction, kind, told, cohort),
    )


def was_proposed(transaction: Transaction, kind: Kind, to: Recipient, *, cohort: str | None, deed: str) -> bool:
    """Tell whether there is a mail about a deed, whatever became of it."""
    return store.of_deed(transaction, whole_deed(cohort, kind, to, deed)) is not None


def whole_deed(cohort: str | None, kind: Kind, to: Recipient, deed: str) -> str:
    """Name a deed among all: of which cohort, which kind of mail, and to whom it is told."""
    return f"{cohort or ''}\n{kind}\n{to.side}\n{to.key}\n{deed}"


def _words(transaction: Transaction, kind: Kind, told: Mapping[str, Any], cohort: str | None) -> dict[str, str]:
    """Give what a mail says."""
    signed = dict(told) | {"ondertekening": wording_of(transaction, cohort).signature}
    made = write(kind, template_of(transaction, cohort, kind), signed)
    return {"subject": made.subject, "body": made.body}


def forget_proposed(
    work: Work, transaction: Transaction, to: Recipient, kinds: tuple[Kind, ...], *, cohort: str | None
) -> None:
    """Have what is still proposed to somebody, of these kinds, not sent any more: it no longer holds."""
    for row in store.to_somebody(transaction, cohort, to.side, to.key, kinds) if kinds else ():
        if row.state == "proposed":
            store.change(transaction, row, work.caller.by, state="dropped", answer=OUTDATED)


def was_told(transaction: Transaction, to: Recipient, kinds: tuple[Kind, ...], *, cohort: str | None) -> bool:
    """Tell whether a mail of one of these kinds went, or is going, to somebody."""
    rows = store.to_somebody(transaction, cohort, to.side, to.key, kinds)
    return any(row.state not in {"proposed", "dropped"} for row in rows)


def _told(  # noqa: PLR0913, PLR0917 - what a mail is made of
    work: Work, transaction: Transaction, kind: Kind, to: Recipient, facts: Mapping[str, Any], cohort: str | None
) -> dict[str, Any]:
    """Give all facts of a mail; the address of somebody's own page is known here."""
    known = KINDS[kind]
    unknown = sorted(facts.keys() - known.spoken.keys())
    if unknown:
        raise ValueError(f"mail {kind} knows no {', '.join(unknown)}")
    found = scope.find(transaction, cohort) if cohort is not None else None
    told = known.nothing | {"naam": to.name, "cohorte": found.name if found else ""} | dict(facts)
    if cohort is not None and to.side != "person" and known.facts.get("link") == LINK and not told["link"]:
        told["link"] = participants.address_of(transaction, work.settings.url, cohort, to.side, to.key)
    return told
