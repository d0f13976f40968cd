"""Who reads which school for the Award? Shared in a job: nobody with a tie, the work even."""

from __future__ import annotations

from typing import Any

from fastapi import Response

import matcher
from service.access.permissions import access
from service.cohorts.documents.actions import begin, names_of, paper_of, told
from service.cohorts.documents.store import ONLY
from service.core.errors import conflict
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.trajectory.award.actions import award_of, refuse_signed
from service.trajectory.award.shapes import JuryAskedOut, JuryIn, JuryOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/award/jury", "award")


@routes.post("", response_model=JuryAskedOut, status_code=202, openapi_extra=access("coordinator"))
def share_jury(call: Called, cohort: Key, body: JuryIn) -> Response:
    """Verdeel de scholen over de juryleden: nooit iemand met een band, het werk zo gelijk mogelijk."""

    def effect(transaction: Transaction) -> Answer:
        begin(call.work, transaction, cohort)
        refuse_signed(transaction, cohort)
        _, award = award_of(transaction, cohort)
        if not award.jurors:
            raise conflict("no_jurors", "Er zijn nog geen juryleden.")
        payload = body.model_dump() | {"names": names_of(transaction, cohort)}
        job = jobs.enqueue(transaction, "assign_jury", cohort=cohort, target=None, payload=payload)
        call.audit(transaction, "jury.asked", cohort, cohort)
        return Answer(202, {"job": job}, {"Location": f"/v1/cohorts/{cohort}/award/jury"})

    return call.once(body, effect)


def _named(note: str, award: matcher.Award) -> str:
    """Put names where a note that is kept has numbers of jurors."""
    for one in award.jurors:
        note = note.replace(f"«{one.id}»", one.name)
    return note


@routes.get("", response_model=JuryOut, openapi_extra=access("viewer"))
def get_jury(call: Called, cohort: Key) -> Response:
    """Geef wie welke school leest, en wat al gescoord is."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        _, award = award_of(transaction, cohort)
        row = paper_of(transaction, cohort, "jury", ONLY, "Een verdeling van de jury")
    plan = matcher.jury_from_document(row.document)
    still_open = set(matcher.open_readings(plan, {(one.school, one.juror) for one in award.scores}))
    value: dict[str, Any] = {name: row.document[name] for name in ("missing", "loads", "notes")}
    value["notes"] = [_named(note, award) for note in value["notes"]]
    value["readings"] = [
        {"school": school, "juror": juror, "scored": (school, juror) not in still_open} for school, juror in plan.pairs
    ]
    value["faults"] = list(matcher.jury_faults(plan.pairs, award.jurors))
    return told(row, value).response()
