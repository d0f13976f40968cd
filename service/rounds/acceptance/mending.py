"""Which mails that did not go yet say what is true no more? They are taken back in the transaction that made it so.

What such a mail tells besides is put ready anew, for a coordinator to see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from service.access.participants import Side
from service.access.work import Work
from service.cohorts.members.taking_part_store import taking_part
from service.database.engine import Transaction
from service.mail import store as mails
from service.mail.kinds import Kind
from service.mail.outbox import NOT_GONE, OUTDATED, Letter, Recipient, propose_mails
from service.mail.store import MailRow
from service.rounds.acceptance import store as proposals
from service.rounds.acceptance.mails import ASKING, REMINDER, SIDES, Known, known_of, propose_asking, shown
from service.rounds.acceptance.store import ProposalRow
from service.rounds.acceptance.told import TOLD, told_of
from service.rounds.run import store as rounds

People = set[tuple[Side, str]]

OF_TAKING_PART: tuple[Kind, ...] = (
    *ASKING,
    *TOLD,
    *("session_invited", "session_reminder", "measurement_reminder"),
)
"""Kinds of mail that are for who takes part alone."""


def mend_mails(work: Work, transaction: Transaction, cohort: str, changed: Sequence[ProposalRow]) -> None:
    """Have no mail sent any more that asks or tells of a match what no longer holds, now that these changed."""
    asked: People = {(side, getattr(one, side)) for one in changed for side in SIDES if side not in one.waiting_for}
    over: People = {(side, getattr(one, side)) for one in changed for side in SIDES if _is_over(one)}
    _mend_asking(work, transaction, cohort, asked)
    _mend_told(work, transaction, cohort, over)


def mend_leaving(work: Work, transaction: Transaction, cohort: str) -> None:
    """Have nothing sent any more to who left a cohort, nor about a match with one who did."""
    unsent = [one for one in mails.listed(transaction, cohort, NOT_GONE) if one.kind in OF_TAKING_PART]
    if not unsent:
        return
    there = taking_part(transaction, cohort)
    gone = [one for one in unsent if (one.side, one.who) not in there and not one.facts.get("afgelast")]
    _drop(work, transaction, gone)
    mend_mails(work, transaction, cohort, [one for one in proposals.listed(transaction, cohort) if one.left])
    public = rounds.of_state(transaction, cohort, "published")
    pairs = public.pairs if public is not None else ()
    parted = [one for one in pairs if ("school", one[0]) not in there or ("mentor", one[1]) not in there]
    _mend_told(work, transaction, cohort, {who for one in parted for who in zip(SIDES, one, strict=True)})


def _mend_asking(work: Work, transaction: Transaction, cohort: str, people: People) -> None:
    """Have nobody of these asked about what they have not to answer; a reminder is put ready anew by who reminds."""
    waiting = _unsent(transaction, cohort, people, ASKING)
    if not waiting:
        return
    known = known_of(transaction, cohort)
    anew: dict[tuple[Side, str], list[ProposalRow]] = {}
    for mail in waiting:
        side = _side_of(mail)
        open_now = [one for one in proposals.of_member(transaction, cohort, side, mail.who) if side in one.waiting_for]
        still = [one for one in open_now if shown(known, one, side) in mail.facts["matches"]]
        if len(still) == len(mail.facts["matches"]):
            continue
        _drop(work, transaction, [mail])
        if mail.kind != REMINDER:
            anew[side, mail.who] = [*anew.get((side, mail.who), ()), *still]
    chosen = {who: mine for who, mine in anew.items() if mine}
    propose_asking(work, transaction, "match_proposed", cohort, chosen, late=False)


def _mend_told(work: Work, transaction: Transaction, cohort: str, people: People) -> None:
    """Have nobody of these told that they are matched with one who left, or where either said no."""
    unsent = _unsent(transaction, cohort, people, TOLD)
    public = rounds.of_state(transaction, cohort, "published") if unsent else None
    if public is None:
        return
    known, there = known_of(transaction, cohort), taking_part(transaction, cohort)
    letters = []
    for mail in unsent:
        side = _side_of(mail)
        stands = _standing(transaction, cohort, side, mail.who, public.pairs) if (side, mail.who) in there else []
        matches = _told_matches(known, side, stands)
        if matches == list(mail.facts["matches"]):
            continue
        _drop(work, transaction, [mail])
        if matches or (mail.facts.get("weg") and (side, mail.who) in there):
            to = Recipient(side=side, key=mail.who, name=mail.name, address=mail.address)
            facts = dict(mail.facts) | {"matches": matches}
            letters.append(Letter(kind=mail.kind, to=to, facts=facts, deed=f"instead of {mail.id}"))
    propose_mails(work, transaction, letters, cohort=cohort)


def _standing(
    transaction: Transaction, cohort: str, side: Side, key: str, pairs: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Give the published pairs of somebody of whom both take part and nobody said no."""
    mine = [one for one in pairs if one[side == "mentor"] == key]
    rows = proposals.of_member(transaction, cohort, side, key)
    over = {(one.school, one.mentor) for one in rows if _is_over(one)}
    there = proposals.that_can(transaction, cohort, mine)
    return [one for one in mine if one in there and one not in over]


def _told_matches(known: Known, side: Side, pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [told_of(known, "school", one[0]) if side == "mentor" else told_of(known, "mentor", one[1]) for one in pairs]


def _is_over(row: ProposalRow) -> bool:
    return row.left or (row.declined_by is not None and row.withdrawn_at is None)


def _unsent(transaction: Transaction, cohort: str, people: People, kinds: Sequence[Kind]) -> list[MailRow]:
    found = mails.to_people(transaction, cohort, people, kinds) if people else []
    return [one for one in found if one.state in NOT_GONE]


def _side_of(mail: MailRow) -> Side:
    return "school" if mail.side == "school" else "mentor"


def _drop(work: Work, transaction: Transaction, rows: Sequence[MailRow]) -> None:
    mails.drop(transaction, [one.id for one in rows], work.caller.by, OUTDATED, NOT_GONE)
