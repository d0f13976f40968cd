"""How is the jury's work shared, and what is scored already?"""

from __future__ import annotations

from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.documents.actions import names_of, paper_of, shaped, tag_of_version
from service.cohorts.documents.store import ONLY
from service.core.errors import conflict
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.trajectory.award.actions import award_of, refuse_signed
from service.trajectory.award.shapes import JuryAskedOut, JuryIn, JuryOut


@action("coordinator")
def share_jury(work: Work, cohort: str, body: JuryIn) -> JuryAskedOut:
    """Have the readings shared out: nobody with a tie, the work as even as can be."""

    def effect(transaction: Transaction) -> JuryAskedOut:
        work.hold(transaction, cohort)
        refuse_signed(transaction, cohort)
        _, award = award_of(transaction, cohort)
        if not award.jurors:
            raise conflict("no_jurors", "Er zijn nog geen juryleden.")
        payload = body.model_dump() | {"names": names_of(transaction, cohort)}
        job = jobs.enqueue(transaction, "assign_jury", cohort=cohort, target=None, payload=payload)
        work.audit(transaction, "jury.asked", cohort, cohort)
        return JuryAskedOut(job=job)

    return work.once(body, JuryAskedOut, effect)


@action("viewer")
def get_jury(work: Work, cohort: str) -> JuryOut:
    """Give who reads which school, and what is scored already."""
    with work.reading(cohort) as transaction:
        _, award = award_of(transaction, cohort)
        row = paper_of(transaction, cohort, "jury", ONLY, "Een verdeling van de jury")
    plan = matcher.jury_from_document(row.document)
    still_open = set(matcher.open_readings(plan, {(one.school, one.juror) for one in award.scores}))
    value: dict[str, Any] = {name: row.document[name] for name in ("missing", "loads")}
    value["notes"] = [_named(note, award) for note in row.document["notes"]]
    value["readings"] = [
        {"school": school, "juror": juror, "scored": (school, juror) not in still_open} for school, juror in plan.pairs
    ]
    value["faults"] = list(matcher.jury_faults(plan.pairs, award.jurors))
    return shaped(JuryOut, row, value)


def tag_of(cohort: str, jury: JuryOut) -> str:
    """Give the ETag of who reads what."""
    return tag_of_version(jury.version, cohort, "jury")


def _named(note: str, award: matcher.Award) -> str:
    """Put names where a note that is kept has numbers of jurors."""
    for one in award.jurors:
        note = note.replace(f"«{one.id}»", one.name)
    return note
