"""Who is told by mail that a match is proposed? Each mentor and school once, of all their matches; it waits first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.access import participants
from service.cohorts.members import store as members
from service.database.ids import today
from service.mail.outbox import Recipient, propose_mail
from service.web.pages.dutch_format import day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.access.participants import Side
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.mail.kinds import Kind
    from service.rounds.acceptance.store import ProposalRow

SIDES: tuple[Side, Side] = ("school", "mentor")


def open_pages(work: Work, transaction: Transaction, cohort: str, asked: Sequence[ProposalRow]) -> None:
    """Open a page of their own for everybody who is asked and has none."""
    people: list[tuple[Side, str]] = [(side, getattr(one, side)) for side in SIDES for one in asked]
    opened = participants.open_all(transaction, cohort, people)
    if opened:
        listed = [{"side": one.side, "subject": one.subject} for one in opened]
        work.audit(transaction, "participants.opened", cohort, cohort, participants=listed)


def mail_of_matches(work: Work, transaction: Transaction, kind: Kind, cohort: str, asked: Sequence[ProposalRow]) -> int:
    """Put a mail about their matches in the outbox for each who has still to answer; give how many people that are.

    It waits there until a coordinator sends it.
    """
    people = [(side, getattr(one, side)) for side in SIDES for one in asked if side in one.waiting_for]
    for side, key in dict.fromkeys(people):
        mine = [one for one in asked if getattr(one, side) == key and side in one.waiting_for]
        facts = {
            "matches": [_shown(transaction, cohort, one, side) for one in mine],
            "link": participants.address_of(transaction, work.settings.url, cohort, side, key),
            "antwoord_voor": day(min(one.answer_by for one in mine)),
        }
        known = _known(transaction, cohort, side, key)
        to = Recipient(side=side, key=key, name=_addressed(side, known, key), address=str(known.get("email") or ""))
        deed = f"{today() if kind == 'acceptance_reminder' else ''} {' '.join(one.id for one in mine)}"
        propose_mail(work, transaction, kind, to, facts, cohort=cohort, deed=deed)
    return len(set(people))


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
