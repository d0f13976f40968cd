"""What may a school or mentor do on their own page? What is about themselves; what touches the plan waits."""

from __future__ import annotations

from dataclasses import dataclass

from service.access import scope
from service.access.action import action
from service.access.work import Work
from service.core.errors import conflict, not_found
from service.database.engine import Transaction
from service.network.calendars import store as calendars
from service.network.season.attendance_actions import note_in
from service.network.season.attendance_shapes import AttendanceIn
from service.participants.own_identity import STOPPED, Me, me_of
from service.participants.own_matches import Match, matches_of
from service.participants.own_measuring import Measured, measured_by
from service.participants.own_sessions import NO_MEETINGS, Meetings, meetings_of
from service.participants.own_wishes import Asked, asked_by
from service.participants.own_work import Mentoring, Step, mentoring_of, steps_of
from service.rounds.acceptance.actions import answer_in
from service.rounds.acceptance.shapes import ProposalAnsweredOut, ProposalAnswerIn
from service.rounds.acceptance.store import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """All that a page shows."""

    me: Me
    matches: list[Match]
    meetings: Meetings
    asked: Asked
    measured: list[Measured]
    mentoring: list[Mentoring]
    steps: list[Step]


@action("participant")
def own_page(work: Work) -> OwnPage:
    """Give all that somebody's own page shows; raises Problem 404 for who is not in the cohort any more."""
    with work.reading() as transaction:
        me = me_of(work, transaction)
        mine = (me.cohort.id, me.side, me.row.id)
        matches = matches_of(transaction, *mine)
        return OwnPage(
            me=me,
            matches=matches,
            mentoring=mentoring_of(transaction, me.cohort.id, me.side, matches),
            steps=steps_of(transaction, *mine),
            meetings=NO_MEETINGS if me.stopped else meetings_of(transaction, work.settings.url, *mine),
            measured=measured_by(transaction, me.cohort.id, me.row.id) if me.side == "school" else [],
            asked=asked_by(transaction, *mine, me.row.document),
        )


@action("participant")
def answer_proposal(work: Work, proposal: str, answer: Answer, reason: str) -> ProposalAnsweredOut:
    """Say yes or no to a match that was proposed to oneself; raises Problem 404 for another's, 409 or 422."""

    def effect(transaction: Transaction) -> ProposalAnsweredOut:
        me = me_of(work, transaction)
        mine = matches_of(transaction, me.cohort.id, me.side, me.row.id)
        if proposal not in {one.proposal for one in mine}:
            raise not_found("Dit voorstel")
        body = ProposalAnswerIn(side=me.side, answer=answer, reason=reason)
        return answer_in(work, transaction, me.cohort.id, proposal, body)

    return work.once([proposal, answer, reason], ProposalAnsweredOut, effect)


@action("participant")
def say_attendance(work: Work, session: str, *, comes: bool) -> None:
    """Say whether one comes to a session; raises Problem 404 where one is not invited, 409 for one that has been."""
    with work.writing() as transaction:
        me = me_of(work, transaction)
        if me.stopped:
            raise conflict("stopped", STOPPED)
        mine = meetings_of(transaction, work.settings.url, me.cohort.id, me.side, me.row.id).sessions
        if any(one.uid == session and one.past for one in mine):
            raise conflict("session_past", "Deze sessie is voorbij.")
        told = {"session": session, "side": me.side, "subject": me.row.id, "comes": comes}
        note_in(work, transaction, me.cohort.id, AttendanceIn.model_validate(told))


@action("participant")
def open_own_calendar(work: Work) -> None:
    """Make an address at which one follows one's own sessions; one that is there stays."""
    with work.writing() as transaction:
        me = me_of(work, transaction)
        scope.touch(transaction, me.cohort.id)
        made = calendars.open_all(transaction, me.cohort.id, [(me.side, me.row.id)])
        if made:
            told = [{"side": me.side, "subject": me.row.id}]
            work.audit(transaction, "calendars.opened", me.row.id, me.cohort.id, calendars=told)
