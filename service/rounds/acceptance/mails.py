"""Who is told by mail that a match is proposed? Each mentor and school once, of all their matches; it waits first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from service.access import participants
from service.access.participants import Side
from service.access.work import Work
from service.cohorts.members import store as members
from service.database.engine import Transaction
from service.database.ids import today
from service.mail.kinds import Kind
from service.mail.outbox import Letter, Recipient, forget_proposed, propose_mails
from service.rounds.acceptance.store import ProposalRow
from service.web.pages.dutch_format import day

Known = Mapping[Side, Mapping[str, Mapping[str, Any]]]

SIDES: tuple[Side, Side] = ("school", "mentor")
REMINDER: Kind = "acceptance_reminder"
ASKING: tuple[Kind, ...] = ("match_proposed", REMINDER)


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
    new = propose_asking(work, transaction, kind, cohort, chosen, late=overdue is not None)
    return len(chosen) if overdue is None else new


def propose_asking(  # noqa: PLR0913 - what is told to whom
    work: Work,
    transaction: Transaction,
    kind: Kind,
    cohort: str,
    chosen: Mapping[tuple[Side, str], Sequence[ProposalRow]],
    *,
    late: bool,
) -> int:
    """Put a mail in the outbox for each about these matches; give how many there were not yet."""
    if not chosen:
        return 0
    known = known_of(transaction, cohort)
    pages = participants.addresses_of(transaction, work.settings.url, cohort, chosen.keys())
    letters = []
    for (side, key), mine in chosen.items():
        facts = {
            "matches": [shown(known, one, side) for one in mine],
            "link": pages.get((side, key), ""),
            "antwoord_voor": "" if late else day(min(one.answer_by for one in mine)),
        }
        own = known[side].get(key, {})
        to = Recipient(side=side, key=key, name=_addressed(side, own, key), address=str(own.get("email") or ""))
        last = max(one.answer_by for one in mine)
        when = "" if kind != REMINDER else f"passed {last}" if late else today()
        deed = f"{when} {' '.join(one.id for one in mine)}"
        letters.append(Letter(kind=kind, to=to, facts=facts, deed=deed))
    return propose_mails(work, transaction, letters, cohort=cohort)


def forget_reminder(work: Work, transaction: Transaction, cohort: str, side: Side, key: str) -> None:
    """Have a reminder that still waits for a look not sent any more: somebody answered."""
    to = Recipient(side=side, key=key, name="", address="")
    forget_proposed(work, transaction, [to], (REMINDER,), cohort=cohort)


def known_of(transaction: Transaction, cohort: str) -> Known:
    """Give the documents of all schools and mentors of a cohort, by side and id."""
    return {side: {one.id: one.document for one in members.listed(transaction, side, cohort)} for side in SIDES}


def _addressed(side: Side, known: Mapping[str, Any], key: str) -> str:
    """Give who a mail says «Beste» to: the contact of a school, a mentor by name."""
    name = known.get("contact") if side == "school" else f"{known.get('first_name')} {known.get('last_name')}".strip()
    return str(name or known.get("name") or known.get("company") or key)


def shown(people: Known, row: ProposalRow, side: Side) -> dict[str, str]:
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
