"""How is a pair proposed, answered and taken back? A decline forbids the pair from the next round on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from http import HTTPStatus

from service.access import scope
from service.access.action import action
from service.access.work import Work
from service.cohorts.members import store as members
from service.core.crashpoints import reach
from service.core.errors import Problem, conflict, existing, invalid
from service.database.engine import Transaction
from service.database.ids import now, today
from service.rounds.acceptance import store as proposals
from service.rounds.acceptance.mails import forget_reminder, mail_of_matches, open_pages
from service.rounds.acceptance.mending import mend_mails
from service.rounds.acceptance.shapes import (
    PairProposalOut,
    PairStateOut,
    ProposalAnsweredOut,
    ProposalAnswerIn,
    ProposalAnswerOut,
    ProposalsOut,
    ProposeIn,
)
from service.rounds.acceptance.words import OVER, declined_for
from service.rounds.given import locks_store
from service.rounds.locks.actions import add_in, remove_in
from service.rounds.locks.shapes import LockIn
from service.rounds.run.actions import solved_round_of
from service.rounds.run.store import RoundRow
from service.webhooks import store as webhooks

Pair = tuple[str, str]

WHAT = "Dit voorstel"
LEFT = "De mentor of de school van dit koppel doet niet meer mee: er valt niets meer te antwoorden."
ACCEPTED = "Aanvaard bij het voorstel"
"""The reason of an agreement that keeps who said yes in the next plan."""

USUAL_TIME = timedelta(days=14)
"""So long people have to answer, unless the coordinator says otherwise."""

SELF = ("mentor:", "school:")
"""How the ids of those begin who answer on their own page."""


@action("viewer")
def list_proposals(work: Work, cohort: str, round_id: str) -> ProposalsOut:
    """Give each pair of a round's plan with its proposal; the reasons only to who may see them."""
    with work.reading() as transaction:
        row = solved_round_of(work, transaction, cohort, round_id)
        return _listed(work, transaction, row)


@action("coordinator")
def propose(work: Work, cohort: str, round_id: str, body: ProposeIn) -> ProposalsOut:
    """Propose pairs of an approved plan; what was proposed and stands, stays. Raises Problem 409 or 422."""

    def effect(transaction: Transaction) -> ProposalsOut:
        row = _approved(work, transaction, cohort, round_id)
        if body.answer_by < today():
            raise invalid("/answer_by", "day_passed", "Kies als laatste dag vandaag of later.")
        wanted = _wanted(transaction, row, body)
        proposals.propose(transaction, cohort, row.id, wanted, body.answer_by, work.caller.by)
        if wanted:
            pairs = [{"school": school, "mentor": mentor} for school, mentor in wanted]
            made = [one for one in proposals.listed(transaction, cohort) if (one.school, one.mentor) in set(wanted)]
            open_pages(work, transaction, cohort, made)
            mail_of_matches(work, transaction, "match_proposed", cohort, made)
            work.audit(transaction, "proposals.made", row.id, cohort, answer_by=str(body.answer_by), pairs=pairs)
            reach("propose.inside")
        return _listed(work, transaction, row)

    return work.once([round_id, body.model_dump(mode="json")], ProposalsOut, effect)


@action("coordinator")
def remind(work: Work, cohort: str, round_id: str) -> int:
    """Put a reminder in the outbox for everybody of a plan who has still to answer; give how many people that are."""

    def effect(transaction: Transaction) -> int:
        row = _approved(work, transaction, cohort, round_id)
        pairs = set(row.pairs)
        late = [one for one in proposals.listed(transaction, cohort) if (one.school, one.mentor) in pairs]
        told = mail_of_matches(work, transaction, "acceptance_reminder", cohort, late)
        if told:
            work.audit(transaction, "proposals.reminded", row.id, cohort, people=told)
        return told

    return work.once({"remind": round_id}, int, effect)


@action("coordinator")
def note_answer(work: Work, cohort: str, proposal: str, body: ProposalAnswerIn) -> ProposalAnsweredOut:
    """Keep what a mentor or school answered, by telephone or mail; raises Problem 409 or 422."""
    told = work.once(
        [proposal, body.model_dump()],
        ProposalAnsweredOut,
        lambda transaction: answer_in(work, transaction, cohort, proposal, body),
    )
    reach("answer.after")
    return told


@action("coordinator")
def withdraw_proposal(work: Work, cohort: str, proposal: str) -> PairProposalOut:
    """Take a proposal back; nobody can answer it any more."""
    with work.writing() as transaction:
        row = _held(work, transaction, cohort, proposal)
        if row.withdrawn_at is None:
            proposals.withdraw(transaction, row)
            work.audit(transaction, "proposal.withdrawn", row.id, cohort, school=row.school, mentor=row.mentor)
        after = existing(proposals.find(transaction, cohort, row.id), WHAT)
        mend_mails(work, transaction, cohort, [after])
        return shape_of(work, after)


@action("coordinator")
def keep_accepted(work: Work, cohort: str, round_id: str) -> int:
    """Lock the pairs of a plan of which somebody said yes and nobody no; give how many locks are new.

    Raises Problem 409 where one of them can't hold: then nothing is locked.
    """

    def effect(transaction: Transaction) -> int:
        row = solved_round_of(work, transaction, cohort, round_id)
        scope.touch(transaction, cohort)
        held = {(one.school, one.mentor) for one in locks_store.listed(transaction, cohort) if one.kind == "required"}
        pairs, made = set(row.pairs), 0
        for one in proposals.listed(transaction, cohort):
            pair = (one.school, one.mentor)
            stands = one.withdrawn_at is None and one.declined_by is None and one.answers and not one.left
            if stands and pair in pairs and pair not in held:
                lock = LockIn(school=one.school, mentor=one.mentor, kind="required", reason=ACCEPTED)
                add_in(work, transaction, cohort, lock)
                made += 1
        return made

    return work.once({"keep_accepted": round_id}, int, effect)


def answer_in(
    work: Work, transaction: Transaction, cohort: str, key: str, body: ProposalAnswerIn
) -> ProposalAnsweredOut:
    """Keep an answer in the transaction of an action; the same answer again changes nothing."""
    row = _held(work, transaction, cohort, key)
    if body.answer == "declined" and not body.reason:
        raise invalid("/reason", "reason_missing", "Geef een reden: dit koppel wordt dan niet meer voorgesteld.")
    if row.withdrawn_at is not None:
        raise conflict("withdrawn", "Dit voorstel is ingetrokken: er valt niets meer te antwoorden.")
    if row.left:
        raise conflict("left", LEFT)
    known = row.answers.get(body.side)
    if known is not None and known.answer == body.answer:
        return ProposalAnsweredOut(proposal=shape_of(work, row), ban=_ban(transaction, row))
    if row.declined_by is not None:
        again = " Stel het koppel opnieuw voor als het nu kan." if work.is_trusted else ""
        raise conflict("already_declined", f"Dit voorstel is al afgewezen.{again}")
    given = proposals.Answered(answer=body.answer, reason=body.reason, by=work.caller.by, at=now())
    proposals.answer(transaction, row, body.side, given)
    told = {"side": body.side, "answer": body.answer, "school": row.school, "mentor": row.mentor}
    work.audit(transaction, "proposal.answered", row.id, cohort, **told)
    ban = _forbid(work, transaction, row, body) if body.answer == "declined" else None
    forget_reminder(work, transaction, cohort, body.side, getattr(row, body.side))
    after = existing(proposals.find(transaction, cohort, row.id), WHAT)
    mend_mails(work, transaction, cohort, [after])
    _announce(transaction, after, body)
    reach("answer.inside")
    return ProposalAnsweredOut(proposal=shape_of(work, after), ban=ban)


def shape_of(work: Work, row: proposals.ProposalRow) -> PairProposalOut:
    """Write a proposal as it stands today."""
    answers = {
        side: ProposalAnswerOut(
            answer=one.answer,
            reason=(one.reason or None) if work.is_trusted else None,
            noted="self" if one.by.startswith(SELF) else "coordinator",
            at=one.at,
        )
        for side, one in row.answers.items()
    }
    return PairProposalOut(
        id=row.id,
        round=row.round,
        school=row.school,
        mentor=row.mentor,
        state=row.state(today()),
        answer_by=row.answer_by,
        waiting_for=row.waiting_for,
        mentor_answer=answers.get("mentor"),
        school_answer=answers.get("school"),
        proposed_at=row.created_at,
    )


def _listed(work: Work, transaction: Transaction, row: RoundRow) -> ProposalsOut:
    pairs = row.pairs
    known = {(one.school, one.mentor): shape_of(work, one) for one in proposals.listed(transaction, row.cohort)}
    found = [PairStateOut(school=one[0], mentor=one[1], proposal=known.get(one)) for one in pairs]
    outside = [one for pair, one in known.items() if pair not in set(pairs) and one.state not in OVER]
    unsettled = sum(one.proposal is None or one.proposal.state != "accepted" for one in found)
    return ProposalsOut(pairs=found, outside=outside, unsettled=unsettled)


def _approved(work: Work, transaction: Transaction, cohort: str, round_id: str) -> RoundRow:
    row = solved_round_of(work, transaction, cohort, round_id)
    scope.touch(transaction, cohort)
    if row.state == "draft":
        raise conflict("not_approved", "Keur dit plan eerst goed: enkel wat u goedkeurde, stelt u voor.")
    if row.state == "superseded":
        raise conflict("already_superseded", "Dit plan is al vervangen door een nieuwer. Stel dat voor.")
    return row


def _wanted(transaction: Transaction, row: RoundRow, body: ProposeIn) -> list[Pair]:
    """Give the pairs to propose now; raises Problem 422 for what is not in the plan, 409 for what is forbidden."""
    pairs, banned = row.pairs, _banned(transaction, row.cohort)
    standing = {
        (one.school, one.mentor)
        for one in proposals.listed(transaction, row.cohort)
        if one.withdrawn_at is None and one.declined_by is None
    }
    there = proposals.that_can(transaction, row.cohort, pairs)
    if body.pairs is None:
        return [one for one in pairs if one not in standing and one not in banned and one in there]
    wanted = [(one.school, one.mentor) for one in body.pairs]
    for index, one in enumerate(wanted):
        if one not in pairs:
            raise invalid(f"/pairs/{index}", "not_in_plan", "Dit koppel zit niet in dit plan.")
        if one in banned:
            raise conflict("forbidden_pair", "Dit koppel is verboden. Schrap dat verbod eerst als het nu wel kan.")
        if one not in there:
            raise conflict("left", "De mentor of de school van dit koppel doet niet meer mee. Zoek een nieuw plan.")
    return [one for one in dict.fromkeys(wanted) if one not in standing]


def _banned(transaction: Transaction, cohort: str) -> Collection[Pair]:
    found = locks_store.listed(transaction, cohort)
    return {(one.school, one.mentor) for one in found if one.kind == "forbidden"}


def _held(work: Work, transaction: Transaction, cohort: str, key: str) -> proposals.ProposalRow:
    work.hold(transaction, cohort)
    return existing(proposals.find(transaction, cohort, key), WHAT)


def _forbid(work: Work, transaction: Transaction, row: proposals.ProposalRow, body: ProposalAnswerIn) -> str | None:
    """Forbid a declined pair, for that reason, and let go what kept it; gives the agreement, None where none can be.

    A decline is kept also where the pair can't be forbidden: somebody of it may be gone.
    """
    kept = [one for one in locks_store.listed(transaction, row.cohort) if one.school == row.school]
    for one in kept:
        if one.mentor == row.mentor and one.kind == "required":
            remove_in(work, transaction, row.cohort, one.id)
    known = _ban(transaction, row)
    if known is not None:
        return known
    why = declined_for(body.side, body.reason)
    lock = LockIn(school=row.school, mentor=row.mentor, kind="forbidden", reason=why)
    try:
        return add_in(work, transaction, row.cohort, lock).id
    except Problem as problem:
        if problem.status not in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise
        return None


def _ban(transaction: Transaction, row: proposals.ProposalRow) -> str | None:
    found = locks_store.listed(transaction, row.cohort)
    same = (one for one in found if (one.school, one.mentor, one.kind) == (row.school, row.mentor, "forbidden"))
    return next((one.id for one in same), None)


def _announce(transaction: Transaction, row: proposals.ProposalRow, body: ProposalAnswerIn) -> None:
    """Tell other programs of a decline, and of an acceptance by both."""
    mentor = members.find(transaction, "mentor", row.cohort, row.mentor)
    told = {"proposal": row.id, "round": row.round, "school": row.school}
    told |= {"mentor": mentor.pseudonym if mentor is not None else ""}
    if body.answer == "declined":
        webhooks.announce(transaction, "proposal.declined", row.cohort, told | {"by": body.side})
    elif not row.waiting_for:
        webhooks.announce(transaction, "proposal.accepted", row.cohort, told)
