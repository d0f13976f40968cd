"""How is a plan kept so that nobody can change it unseen? A signed record, given out and checked."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

import matcher
from service.access.permissions import MOST_BODY, access
from service.core.errors import conflict
from service.database.installation import signing_key
from service.jobs.wait_for_answer import answered
from service.rounds.questions.api import LATER
from service.rounds.questions.shapes import RecordCheckedOut
from service.rounds.record.actions import _asking
from service.rounds.record.shapes import MOST_RECORD, RecordIn
from service.rounds.run.actions import solved_round_of
from service.web.answers import Answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/rounds/{round_id}/record", "dossier")

KIND = "application/vnd.in2stem.record+json"
"""Of its own, so that nobody reads it and writes it anew: every byte counts."""

RECORD: dict[int | str, dict[str, Any]] = {200: {"content": {KIND: {"schema": {"type": "object"}}}}}


@routes.get("", response_class=Response, responses=RECORD, openapi_extra=access("coordinator"))
def get_record(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef het ondertekende dossier van een ronde: wat erin ging en wat eruit kwam, byte voor byte te bewaren."""
    with call.database.write() as transaction:  # the secret of the installation may have to be made
        row = solved_round_of(call.work, transaction, cohort, round_id)
        key = signing_key(transaction)
        call.audit(transaction, "round.recorded", row.id, cohort)
    given, plan = matcher.round_from_document(row.given), matcher.plan_from_document(row.plan)
    if matcher.inputs_hash(given) != plan.inputs_hash:
        detail = "De contactgegevens van deze ronde zijn gewist. Een dossier van wat uitgerekend werd, kan niet meer."
        raise conflict("erased", detail)
    headers = {"Content-Disposition": f'attachment; filename="dossier-ronde-{row.number}.json"'}
    return Response(matcher.make_record(given, plan, key), headers=headers, media_type=KIND)


@routes.post(
    "/check",
    response_model=RecordCheckedOut,
    responses=LATER,
    openapi_extra=access("coordinator", **{MOST_BODY: MOST_RECORD}),
)
async def check_record(call: Called, cohort: Key, round_id: Key, body: RecordIn) -> Response:
    """Kijk een dossier na: door deze dienst ondertekend, ongeschonden, en hetzelfde plan bij herrekenen?"""
    effect = _asking(call.work, cohort, round_id, body.record)
    waiting = await run_in_threadpool(call.once, body, effect)
    return await answered(call, waiting, lambda found: Answer(200, found))
