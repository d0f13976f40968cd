"""What does somebody note of the mentoring itself? Contacts, how satisfied one is, and steps that are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import matcher
from service.access.action import action
from service.access.participants import Side
from service.access.work import Work
from service.cohorts.documents import store as papers
from service.core.errors import not_found
from service.database.engine import Transaction
from service.database.ids import today
from service.participants.own_identity import me_of
from service.participants.own_matches import Match, matches_of
from service.trajectory.action_plan.actions import plan_row, tick_in
from service.trajectory.outcomes.actions import add_contact_in, outcome_of, rate_in
from service.trajectory.outcomes.shapes import ContactShape


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentoring:
    """A published match: its contacts, and how satisfied one said to be; what the other said is not shown."""

    match: Match
    contacts: tuple[matcher.MentorContact, ...]
    satisfaction: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of an action plan or a promise of a mentor; `place` says where it stands."""

    school: str
    place: str
    title: str
    text: str
    due: date | None
    done: date | None


def mentoring_of(transaction: Transaction, cohort: str, side: Side, matches: list[Match]) -> list[Mentoring]:
    """Give what is noted of each match that is published, and accepted where it was proposed."""
    found = []
    for one in matches:
        if one.stands:
            row, _ = outcome_of(transaction, cohort, one.school, one.mentor)
            outcome = matcher.outcome_from_document(row.document)
            rated = outcome.school_satisfaction if side == "school" else outcome.mentor_satisfaction
            found.append(Mentoring(match=one, contacts=outcome.contacts, satisfaction=rated))
    return found


def steps_of(transaction: Transaction, cohort: str, side: Side, key: str) -> list[Step]:
    """Give the steps of a school's plan, or what a mentor promised in the plans of schools."""
    if side == "school":
        plan = matcher.action_plan_from_document(plan_row(transaction, cohort, key).document)
        return [
            _step(key, f"{goal.criterion} {number}", f"{goal.criterion} naar {goal.aim}", step)
            for goal in plan.goals
            for number, step in enumerate(goal.steps)
        ]
    found = []
    for row in papers.listed(transaction, cohort, "action_plan"):
        promised = matcher.action_plan_from_document(row.document).commitments.get(key, ())
        found += [_step(row.id, f"{key} {number}", "beloofd", one) for number, one in enumerate(promised)]
    return found


def _step(school: str, place: str, title: str, one: matcher.Deed) -> Step:
    return Step(school=school, place=place, title=title, text=one.text, due=one.due, done=one.done)


@action("participant")
def note_contact(work: Work, proposal: str, contact: ContactShape) -> None:
    """Note a contact with one's match; raises Problem 404 for a match that is not one's own, or not published."""

    def effect(transaction: Transaction) -> None:
        one = _match(work, transaction, proposal)
        add_contact_in(work, transaction, str(work.caller.cohort), one.school, one.mentor, contact)

    work.once([proposal, contact.model_dump(mode="json")], type(None), effect)


@action("participant")
def rate_match(work: Work, proposal: str, satisfaction: int) -> None:
    """Say how satisfied one is with one's match, 1 to 5; the other's word stays."""
    with work.writing() as transaction:
        one, side = _match(work, transaction, proposal), me_of(work, transaction).side
        rate_in(work, transaction, str(work.caller.cohort), one.school, one.mentor, side, satisfaction)


@action("participant")
def tick_step(work: Work, school: str, place: str, text: str, *, done: bool) -> None:
    """Say that a step of one's own plan, or what one promised, is done or not; raises Problem 404 for another's."""
    with work.writing() as transaction:
        me = me_of(work, transaction)
        mine = steps_of(transaction, me.cohort.id, me.side, me.row.id)
        if (school, place, text) not in {(one.school, one.place, one.text) for one in mine}:
            raise not_found("Deze stap")
        where, _, number = place.rpartition(" ")
        tick_in(work, transaction, me.cohort.id, school, (me.side, where, int(number)), today() if done else None)


def _match(work: Work, transaction: Transaction, proposal: str) -> Match:
    me = me_of(work, transaction)
    mine = matches_of(transaction, me.cohort.id, me.side, me.row.id)
    found = next((one for one in mine if one.proposal == proposal), None)
    if found is None or not found.stands:
        raise not_found("Dit koppel")
    return found
