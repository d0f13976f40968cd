"""Who is told by mail that a match is proposed? Each mentor and school once, of all their matches; it waits first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.access import participants
from service.cohorts.members import store as members
from service.database.ids import today
from service.mail.outbox import Recipient, forget_proposed, propose_mail, was_proposed
from service.web.pages.dutch_format import day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from service.access.participants import Side
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.mail.kinds import Kind
    from service.rounds.acceptance.store import ProposalRow

SIDES: tuple[Side, Side] = ("school", "mentor")
REMINDER: Kind = "acceptance_reminder"


def open_pages(work: Work, transaction: Transaction, cohort: str, asked: Sequence[ProposalRow]) -> None:
    """Open a page of their own for everybody who is asked and has none."""
    people: list[tuple[Side, str]] = [(side, getattr(one, side)) for side in SIDES for one in asked]
    opened = participants.open_all(transaction, cohort, people)
    if opened:
        listed = [{"side": one.side, "subject": one.subject} for one in opened]
        work.audit(transaction, "participants.opened", cohort, cohort, participants=listed)


def mail_of_matches(  # noqa: PLR0913 - what is told to whom
    work: Work,
    transaction: Transaction,
    kind: Kind,
    cohort: str,
    asked: Sequence[ProposalRow],
    *,
    overdue: Collection[tuple[Side, str]] | None = None,
) -> int:
    """Put a mail about their matches in the outbox for each who has still to answer; give how many people that are.

    It waits there until a coordinator sends it. With `overdue` it goes to those alone, whose last day is past: once for
    that day, which the mail does not ask for any more.
    """
    people = [(side, getattr(one, side)) for side in SIDES for one in asked if side in one.waiting_for]
    chosen = [one for one in dict.fromkeys(people) if overdue is None or one in overdue]
    told = 0
    for side, key in chosen:
        mine = [one for one in asked if getattr(one, side) == key and side in one.waiting_for]
        last = max(one.answer_by for one in mine)
        facts = {
            "matches": [_shown(transaction, cohort, one, side) for one in mine],
            "link": participants.address_of(transaction, work.settings.url, cohort, side, key),
            "antwoord_voor": day(min(one.answer_by for one in mine)) if overdue is None else "",
        }
        known = _known(transaction, cohort, side, key)
        to = Recipient(side=side, key=key, name=_addressed(side, known, key), address=str(known.get("email") or ""))
        when = "" if kind != REMINDER else today() if overdue is None else f"passed {last}"
        deed = f"{when} {' '.join(one.id for one in mine)}"
        if overdue is None or not was_proposed(transaction, kind, to, cohort=cohort, deed=deed):
            propose_mail(work, transaction, kind, to, facts, cohort=cohort, deed=deed)
            told += 1
    return told


def forget_reminder(work: Work, transaction: Transaction, cohort: str, side: Side, key: str) -> None:
    """Have a reminder that still waits for a look not sent any more: somebody answered."""
    to = Recipient(side=side, key=key, name="", address="")
    forget_proposed(work, transaction, to, (REMINDER,), cohort=cohort)


def _known(transaction: Transaction, cohort: str, side: Side, key: str) -> Mapping[str, Any]:
    found = members.find(transaction, side, cohort, key)
    return found.document if found is not None else {}


def _addressed(side: Side, known: Mapping[str, Any], key: str) -> str:
    """Give who a mail says «Beste» to: the contact of a school, a mentor by name."""
    name = known.get("contact") if side == "school" else f"{known.get('first_name')} {known.get('last_name')}".strip()
    return str(name or known.get("name") or known.get("company") or key)


def _shown(transaction: Transaction, cohort: str, row: ProposalRow, side: Side) -> dict[str, str]:
    """Say who the other of a match is."""
    other: Side = "mentor" if side == "school" else "school"
    key = getattr(row, other)
    known = _known(transaction, cohort, other, key)
    town = str(known.get("municipality") or "")
    if other == "school":
        return {"naam": str(known.get("name") or key), "organisatie": "", "gemeente": town}
    name = f"{known.get('first_name') or ''} {known.get('last_name') or ''}".strip()
    company = str(known.get("company") or "")
    return {"naam": name or company or key, "organisatie": company if name else "", "gemeente": town}
