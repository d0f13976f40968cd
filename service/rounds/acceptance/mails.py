"""Who is told by mail that a match is proposed? Each mentor and school once, of all their matches; it waits first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.access import participants
from service.cohorts.members import store as members
from service.database.ids import today
from service.mail.outbox import Letter, Recipient, forget_proposed, propose_mails
from service.web.pages.dutch_format import day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from service.access.participants import Side
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.mail.kinds import Kind
    from service.rounds.acceptance.store import ProposalRow

    Known = Mapping[Side, Mapping[str, Mapping[str, Any]]]

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
    waiting: dict[tuple[Side, str], list[ProposalRow]] = {}
    for side in SIDES:
        for one in asked:
            if side in one.waiting_for:
                waiting.setdefault((side, getattr(one, side)), []).append(one)
    chosen = {who: mine for who, mine in waiting.items() if overdue is None or who in overdue}
    if not chosen:
        return 0
    known: Known = {side: {one.id: one.document for one in members.listed(transaction, side, cohort)} for side in SIDES}
    pages = participants.addresses_of(transaction, work.settings.url, cohort, chosen.keys())
    letters = []
    for (side, key), mine in chosen.items():
        facts = {
            "matches": [_shown(known, one, side) for one in mine],
            "link": pages.get((side, key), ""),
            "antwoord_voor": day(min(one.answer_by for one in mine)) if overdue is None else "",
        }
        own = known[side].get(key, {})
        to = Recipient(side=side, key=key, name=_addressed(side, own, key), address=str(own.get("email") or ""))
        last = max(one.answer_by for one in mine)
        when = "" if kind != REMINDER else today() if overdue is None else f"passed {last}"
        deed = f"{when} {' '.join(one.id for one in mine)}"
        letters.append(Letter(kind=kind, to=to, facts=facts, deed=deed))
    new = propose_mails(work, transaction, letters, cohort=cohort)
    return len(letters) if overdue is None else new


def forget_reminder(work: Work, transaction: Transaction, cohort: str, side: Side, key: str) -> None:
    """Have a reminder that still waits for a look not sent any more: somebody answered."""
    to = Recipient(side=side, key=key, name="", address="")
    forget_proposed(work, transaction, [to], (REMINDER,), cohort=cohort)


def _addressed(side: Side, known: Mapping[str, Any], key: str) -> str:
    """Give who a mail says «Beste» to: the contact of a school, a mentor by name."""
    name = known.get("contact") if side == "school" else f"{known.get('first_name')} {known.get('last_name')}".strip()
    return str(name or known.get("name") or known.get("company") or key)


def _shown(people: Known, row: ProposalRow, side: Side) -> dict[str, str]:
    """Say who the other of a match is."""
    other: Side = "mentor" if side == "school" else "school"
    key = getattr(row, other)
    known = people[other].get(key, {})
    town = str(known.get("municipality") or "")
    if other == "school":
        return {"naam": str(known.get("name") or key), "organisatie": "", "gemeente": town}
    name = f"{known.get('first_name') or ''} {known.get('last_name') or ''}".strip()
    company = str(known.get("company") or "")
    return {"naam": name or company or key, "organisatie": company if name else "", "gemeente": town}
