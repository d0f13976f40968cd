"""Whose last day to answer a proposal is past? A reminder for each is put ready; nobody sends it but a coordinator."""

from __future__ import annotations

from datetime import date

from service.access.participants import Side
from service.access.work import Work
from service.database.engine import Transaction
from service.database.ids import day_of
from service.mail import store as mails
from service.rounds.acceptance import store as proposals
from service.rounds.acceptance.mails import REMINDER, SIDES, mail_of_matches, open_pages
from service.rounds.acceptance.store import ProposalRow
from service.rounds.run import store as rounds


def remind_late_answers(work: Work, transaction: Transaction, cohort: str, since: date, day: date) -> int:
    """Propose a reminder to who let a last day pass in [since, day); give how many people that are.

    Of pairs of the plan that was approved or published last alone, and not to who was reminded after that day.
    """
    known = proposals.listed(transaction, cohort)
    late = [one for one in known if one.waiting_for and since <= one.answer_by < day]
    pairs = _current(transaction, cohort) if late else set()
    late = [one for one in late if (one.school, one.mentor) in pairs]
    waiting = {(side, getattr(one, side)) for side in SIDES for one in late if side in one.waiting_for}
    people = waiting - _reminded(transaction, cohort, waiting, late)
    if not people:
        return 0
    asked = [one for one in late if any((side, getattr(one, side)) in people for side in SIDES)]
    open_pages(work, transaction, cohort, asked)
    return mail_of_matches(work, transaction, REMINDER, cohort, asked, overdue=people)


def _current(transaction: Transaction, cohort: str) -> set[tuple[str, str]]:
    """Give the pairs of the plan that is proposed from now."""
    found = [rounds.of_state(transaction, cohort, state) for state in ("approved", "published")]
    newest = max((row for row in found if row is not None), key=lambda row: row.number, default=None)
    return set(newest.pairs) if newest is not None else set()


def _reminded(
    transaction: Transaction, cohort: str, people: set[tuple[Side, str]], late: list[ProposalRow]
) -> set[tuple[Side, str]]:
    """Give who of them has a reminder from after the last of their last days."""
    last: dict[tuple[Side, str], date] = {}
    for one in sorted(late, key=lambda one: one.answer_by):
        last |= {(side, getattr(one, side)): one.answer_by for side in SIDES if side in one.waiting_for}
    rows = mails.to_people(transaction, cohort, people, (REMINDER,))
    newest = {(row.side, row.who): day_of(row.created_at) for row in rows}  # the oldest come first
    return {one for one in people if one in newest and newest[one] > last[one]}
