"""How is a drop-out noted, and the published plan repaired?"""

from __future__ import annotations

from collections.abc import Sequence

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.members import store as members
from service.cohorts.members import withdrawn_store
from service.core.errors import conflict, existing, invalid, not_found
from service.database.engine import Transaction
from service.dropout.shapes import ActivationIn, ActivationOut, WithdrawalIn, WithdrawalOut
from service.rounds.given import locks_store
from service.rounds.locks.actions import add_in, remove_in
from service.rounds.locks.shapes import LockIn
from service.rounds.run import store as rounds
from service.rounds.run.actions import begin_round, shape_of
from service.rounds.run.shapes import RoundOut
from service.rounds.run.year_beside import look_at_year
from service.web.paging import page_of
from service.web.shapes import Page
from service.webhooks import store as webhooks

REPAIRING = "Er wordt een ronde uitgerekend die het gepubliceerde plan herstelt met zo weinig mogelijk wijzigingen."

SOLVING = (
    "Er wordt net een ronde uitgerekend waarin deze mentor nog meedoet: dat plan blijft bewaard, maar kan niet "
    "gepubliceerd worden. Reken daarna een nieuwe ronde uit."
)

SOLVING_WITHOUT = (
    "Er wordt net een ronde uitgerekend zonder deze mentor: dat plan blijft bewaard, maar kan niet gepubliceerd "
    "worden. Reken daarna een nieuwe ronde uit."
)

NOTHING = "Er is nog niets gepubliceerd: er valt niets te herstellen. De volgende ronde houdt er rekening mee."


@action("coordinator")
def list_withdrawals(
    work: Work, cohort: str, limit: int | None = None, cursor: str | None = None
) -> Page[WithdrawalOut]:
    """Give the mentors who left, with the reason, all of them where no limit is told; that this was read is noted."""
    with work.noting(cohort) as transaction:
        rows = withdrawn_store.listed(transaction, cohort, cursor, None if limit is None else limit + 1)
        work.audit(transaction, "withdrawals.read", cohort, cohort)
    return page_of(_shown, rows, len(rows) if limit is None else limit, lambda row: row.mentor)


@action("coordinator")
def add_withdrawal(work: Work, cohort: str, body: WithdrawalIn) -> WithdrawalOut:
    """Have a mentor leave; where a plan is published, a round that repairs it is begun and told."""
    return work.once(body, WithdrawalOut, lambda transaction: withdraw_in(work, transaction, cohort, body))


def withdraw_in(work: Work, transaction: Transaction, cohort: str, body: WithdrawalIn) -> WithdrawalOut:
    """Have a mentor leave in the transaction of an action; raises Problem 409 for one who left already."""
    work.hold(transaction, cohort)
    pseudonym = _known(transaction, cohort, body.mentor)
    if withdrawn_store.find(transaction, cohort, body.mentor) is not None:
        raise conflict("already_withdrawn", "Deze mentor is al uitgevallen.")
    row = withdrawn_store.add(transaction, cohort, body.mentor, body.reason, body.note, work.caller.by)
    work.audit(transaction, "mentor.withdrawn", body.mentor, cohort)
    webhooks.announce(transaction, "mentor.withdrawn", cohort, {"mentor": pseudonym})
    look_at_year(transaction, cohort)
    work.people_left(transaction, cohort)
    return _repaired(work, transaction, row)


@action("coordinator")
def remove_withdrawal(work: Work, cohort: str, mentor: str) -> WithdrawalOut:
    """Have a mentor who left come back, from the next round on; gives what was noted."""
    with work.changing(cohort) as transaction:
        row = withdrawn_store.find(transaction, cohort, mentor)
        if row is None:
            raise not_found("Deze uitgevallen mentor")
        withdrawn_store.remove(transaction, cohort, mentor)
        work.audit(transaction, "mentor.returned", mentor, cohort)
        pseudonym = _known(transaction, cohort, mentor)
        webhooks.announce(transaction, "mentor.returned", cohort, {"mentor": pseudonym})
    return _shown(row)


@action("coordinator")
def activate_mentor(work: Work, cohort: str, body: ActivationIn) -> ActivationOut:
    """Put a mentor in reserve in service; where a plan is published, a round that repairs it is begun and told.

    Raises Problem 409 for a mentor who does not stand by, or who left.
    """

    def effect(transaction: Transaction) -> ActivationOut:
        _move(work, transaction, cohort, body.mentor, "active")
        work.audit(transaction, "mentor.activated", body.mentor, cohort)
        begun, told = _begun(work, transaction, cohort, SOLVING_WITHOUT)
        return ActivationOut(mentor=body.mentor, round=begun, next_step=told)

    return work.once(body, ActivationOut, effect)


@action("coordinator")
def stand_by(work: Work, cohort: str, mentor: str) -> None:
    """Have a mentor stand by again, from the next round on. Raises Problem 409 for one who is not in service."""
    with work.writing() as transaction:
        _move(work, transaction, cohort, mentor, "reserve")
        work.audit(transaction, "mentor.stood_by", mentor, cohort)


def _move(work: Work, transaction: Transaction, cohort: str, mentor: str, after: str) -> None:
    """Change the status of a mentor who takes part: from reserve to active, or back."""
    before = "reserve" if after == "active" else "active"
    work.hold(transaction, cohort)
    _known(transaction, cohort, mentor)
    row = existing(members.find(transaction, "mentor", cohort, mentor, hold=True), "Deze mentor")
    if withdrawn_store.find(transaction, cohort, mentor) is not None or row.document["status"] == "withdrawn":
        raise conflict("already_withdrawn", "Deze mentor is uitgevallen. Laat die eerst terugkomen.")
    if row.document["status"] != before:
        where = "in reserve: alleen wie in reserve staat, wordt ingezet" if before == "reserve" else "in dienst"
        raise conflict("other_status", f"Deze mentor staat niet {where}.")
    members.change(transaction, "mentor", row, {**row.document, "status": after}, work.caller.by)


@action("coordinator")
def choose_repair(work: Work, cohort: str, wanted: Sequence[LockIn]) -> list[str]:
    """Lock the pairs of a repair that has more changes, and have the plan repaired with them: all or nothing.

    Pairs that are locked already stay so. Gives the ids of the new agreements. Raises Problem 409 where one of them
    can't hold, or a round is being solved.
    """

    def effect(transaction: Transaction) -> list[str]:
        work.cohort(transaction, cohort)
        held = {(one.school, one.mentor) for one in locks_store.listed(transaction, cohort) if one.kind == "required"}
        missing = [one for one in wanted if (one.school, one.mentor) not in held]
        made = [add_in(work, transaction, cohort, one).id for one in missing]
        begin_round(work, transaction, cohort, repair=True)
        return made

    return work.once([one.model_dump() for one in wanted], list[str], effect)


@action("coordinator")
def choose_fewest(work: Work, cohort: str, locks: Sequence[str]) -> None:
    """Let the agreements of a chosen repair go, and have the plan repaired with the fewest changes: all or nothing."""
    with work.writing(cohort) as transaction:
        for one in locks:
            remove_in(work, transaction, cohort, one)
        begin_round(work, transaction, cohort, repair=True)


def _shown(row: withdrawn_store.WithdrawalRow, begun: RoundOut | None = None, next_step: str = "") -> WithdrawalOut:
    return WithdrawalOut(
        mentor=row.mentor,
        reason=row.reason,  # type: ignore[arg-type]
        note=row.note,
        at=row.at,
        round=begun,
        next_step=next_step,
    )


def _known(transaction: Transaction, cohort: str, mentor: str) -> str:
    """Give the pseudonym of a mentor; raises Problem 422 where there is none."""
    row = members.find(transaction, "mentor", cohort, mentor)
    if row is None:
        known = [row.id for row in members.listed(transaction, "mentor", cohort)]
        guess = matcher.did_you_mean(mentor, known)
        raise invalid("/mentor", "unknown_mentor", f"Deze mentor is er niet. {guess}".strip())
    return row.pseudonym


def _resting(transaction: Transaction, row: withdrawn_store.WithdrawalRow) -> str:
    """Say which required pairs of a mentor rest from now on, after a space; empty for none."""
    held = [one.school for one in locks_store.listed(transaction, row.cohort) if _held(one, row.mentor)]
    found = (members.find(transaction, "school", row.cohort, key) for key in held)
    words = matcher.resting_words([str(one.document["name"]) for one in found if one is not None])
    return f" {words}" if words else ""


def _held(lock: locks_store.LockRow, mentor: str) -> bool:
    return (lock.mentor, lock.kind) == (mentor, "required")


def _repaired(work: Work, transaction: Transaction, row: withdrawn_store.WithdrawalRow) -> WithdrawalOut:
    """Begin the repair of what is published, unless there is nothing to repair or a round is being solved."""
    begun, told = _begun(work, transaction, row.cohort, SOLVING)
    return _shown(row, begun, told + _resting(transaction, row))


def _begun(work: Work, transaction: Transaction, cohort: str, solving: str) -> tuple[RoundOut | None, str]:
    """Begin the repair of what is published, where there is one and nothing is being solved; say what happens."""
    if rounds.being_solved(transaction, cohort) is not None:
        return None, solving
    if rounds.of_state(transaction, cohort, "published") is None:
        return None, NOTHING
    return shape_of(transaction, begin_round(work, transaction, cohort, repair=True)), REPAIRING
