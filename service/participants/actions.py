"""How are the secret addresses of own pages opened, closed and made anew?"""

from __future__ import annotations

from service.access import participants as own
from service.access.action import action
from service.access.participants import Side
from service.access.work import Work
from service.cohorts.members import store as members
from service.core.errors import invalid, not_found
from service.database.engine import Transaction
from service.participants.names import name_of
from service.participants.shapes import ParticipantOut, ParticipantsIn, ParticipantsOut

SIDES: tuple[Side, ...] = ("school", "mentor")


@action("coordinator")
def list_participants(work: Work, cohort: str) -> ParticipantsOut:
    """Give everybody of a cohort with the address of their page; that these were read is noted."""
    with work.noting(cohort) as transaction:
        work.audit(transaction, "participants.read", cohort, cohort)
        return _listed(work, transaction, cohort)


@action("coordinator")
def open_participants(work: Work, cohort: str, body: ParticipantsIn) -> ParticipantsOut:
    """Make addresses for who has none yet; an address that is there stays."""

    def effect(transaction: Transaction) -> ParticipantsOut:
        work.hold(transaction, cohort)
        made = own.open_all(transaction, cohort, _wanted(body, _people(transaction, cohort)))
        if made:
            told = [{"side": one.side, "subject": one.subject} for one in made]
            work.audit(transaction, "participants.opened", cohort, cohort, participants=told)
        return _listed(work, transaction, cohort)

    return work.once(body, ParticipantsOut, effect)


@action("coordinator")
def close_participant(work: Work, cohort: str, side: Side, subject: str) -> None:
    """Have the address of somebody's page lead nowhere from now on."""
    with work.writing(cohort) as transaction:
        if not own.close(transaction, cohort, side, subject):
            raise not_found("Deze bladzijde")
        work.audit(transaction, "participant.closed", subject, cohort, side=side)


@action("coordinator")
def renew_participant(work: Work, cohort: str, side: Side, subject: str) -> None:
    """Give somebody another address; the one before leads nowhere from now on."""

    def effect(transaction: Transaction) -> None:
        work.hold(transaction, cohort)
        if (side, subject) not in _people(transaction, cohort):
            raise not_found("Deze school of mentor")
        own.close(transaction, cohort, side, subject)
        own.open_all(transaction, cohort, [(side, subject)])
        work.audit(transaction, "participant.renewed", subject, cohort, side=side)

    work.once({"renew": [side, subject]}, type(None), effect)


def _people(transaction: Transaction, cohort: str) -> dict[tuple[Side, str], str]:
    """Give who is in a cohort: side and number to name."""
    found: dict[tuple[Side, str], str] = {}
    for side in SIDES:
        for row in members.listed(transaction, side, cohort):
            found[side, row.id] = name_of(side, row.document)
    return found


def _wanted(body: ParticipantsIn, known: dict[tuple[Side, str], str]) -> list[tuple[Side, str]]:
    """Give for whom an address is asked, everybody where nobody is named; raises Problem 422 for who is not there."""
    if body.participants is None:
        return list(known)
    wanted: list[tuple[Side, str]] = [(one.side, one.subject) for one in body.participants]
    for index, one in enumerate(wanted):
        if one not in known:
            raise invalid(f"/participants/{index}/subject", "unknown_subject", "Die school of mentor is er niet.")
    return wanted


def _listed(work: Work, transaction: Transaction, cohort: str) -> ParticipantsOut:
    rows = {(one.side, one.subject): one for one in own.listed(transaction, cohort)}
    items = []
    for (side, subject), name in _people(transaction, cohort).items():
        row = rows.get((side, subject))
        url = f"{work.settings.url}/mijn/{own.secret_of(transaction, row)}" if row else None
        times = {"made_at": row.created_at if row else None, "used_at": row.used_at if row else None}
        items.append(ParticipantOut(side=side, subject=subject, name=name, url=url, **times))
    return ParticipantsOut(items=sorted(items, key=lambda one: (SIDES.index(one.side), one.name.casefold())))
