"""What happens when an application takes a step? Who is accepted is in the cohort at once, without retyping."""

from __future__ import annotations

from http import HTTPStatus

import matcher
from service.access.work import Work
from service.cohorts.members import store as members
from service.cohorts.portal import store as portal
from service.core.errors import Problem, conflict, invalid
from service.database.engine import Transaction
from service.database.ids import now
from service.rounds.run import store as rounds
from service.trajectory.applications import store as applications
from service.trajectory.applications.mails import mail_outcome
from service.trajectory.applications.store import ApplicationRow
from service.trajectory.applications.words import State
from service.webhooks import store as webhooks

TOLD: dict[State, webhooks.Event] = {
    "accepted": "application.accepted",
    "waiting": "application.waiting",
    "refused": "application.refused",
}
"""The states that webhooks hear of."""

WITH_REASON = ("refused", "withdrawn")


def move(work: Work, transaction: Transaction, row: ApplicationRow, state: State, reason: str = "") -> ApplicationRow:
    """Take a step with an application; raises Problem 409 where it can't follow, 422 where its reason lacks."""
    if state in WITH_REASON and not reason.strip():
        raise invalid("/reason", "missing", f"Zeg waarom de aanmelding {matcher.APPLICATION_STATES[state]} is.")
    one = row.value
    try:
        made = matcher.move_application(one, state, now(), work.caller.by, reason)
    except matcher.InvalidValueError as error:
        raise conflict("not_this_step", str(error)) from error
    if state == "accepted":
        _take_in(work, transaction, row.cohort, one)
    elif one.state == "accepted":
        _let_go(transaction, row.cohort, one)
        work.people_left(transaction, row.cohort)
    kept = changed(work, transaction, row, made, f"application.{state}")
    if state in TOLD:
        webhooks.announce(transaction, TOLD[state], row.cohort, {"application": row.id})
    mail_outcome(work, transaction, kept, reason.strip())
    return kept


def changed(
    work: Work, transaction: Transaction, row: ApplicationRow, made: matcher.Application, action: str
) -> ApplicationRow:
    """Keep an application that changed; raises Problem 412 where somebody was first."""
    if not applications.change(transaction, row, made, work.caller.by):
        raise Problem(
            HTTPStatus.PRECONDITION_FAILED, "stale", "Iemand heeft dit intussen gewijzigd. Haal het opnieuw op."
        )
    work.audit(transaction, action, row.id, row.cohort)
    found = applications.find(transaction, row.cohort, row.id)
    assert found is not None  # noqa: S101 - changed above
    return found


def _take_in(work: Work, transaction: Transaction, cohort: str, one: matcher.Application) -> None:
    if one.school is not None:
        document = matcher.school_to_document(one.school)
    else:
        assert one.mentor is not None  # noqa: S101 - one of both
        document = matcher.mentor_to_document(one.mentor)
    side: members.Side = "school" if one.school is not None else "mentor"
    if members.find(transaction, side, cohort, document["id"]) is not None:
        detail = (
            f"In de cohorte staat nummer {document['id']} al. Weiger deze aanmelding, of verwijder eerst de andere."
        )
        raise conflict("already_there", detail)
    members.add(transaction, side, cohort, [document], work.caller.by)
    if one.consent.portal:
        portal.agree(transaction, cohort, side, [document["id"]], one.consent.wording, work.caller.by)


def _let_go(transaction: Transaction, cohort: str, one: matcher.Application) -> None:
    """Take out of the cohort who is accepted no longer; a mentor of a published plan leaves by dropping out."""
    if one.school is not None:
        members.remove(transaction, "school", cohort, [one.school.id])
    elif one.mentor is not None:
        published = rounds.of_state(transaction, cohort, "published")
        pairs = published.plan["pairs"] if published is not None and published.plan is not None else ()
        if any(pair["mentor"] == one.mentor.id for pair in pairs):
            detail = "Deze mentor staat in het gepubliceerde plan. Meld eerst de uitval; dan wordt het plan hersteld."
            raise conflict("in_published_plan", detail)
        members.remove(transaction, "mentor", cohort, [one.mentor.id])
