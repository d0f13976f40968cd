"""How is a plan kept so that nobody can change it unseen? A signed record, given out and checked."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import Response
from starlette.concurrency import run_in_threadpool

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import MOST_BODY, access
from service.api.asking import Question, accepted, answered, enqueue
from service.api.questions import LATER
from service.api.rounds import solved_round_of
from service.errors import conflict
from service.store.database import Transaction
from service.store.facts import signing_seed
from service.wire.answers import Answer
from service.wire.award import MOST_RECORD, RecordIn
from service.wire.questions import RecordCheckedOut
from service.wire.shapes import Key

routes = router("/v1/cohorts/{cohort}/rounds/{round_id}/record", "dossier")

KIND = "application/vnd.in2stem.record+json"
"""Of its own, so that nobody reads it and writes it anew: every byte counts."""

RECORD: dict[int | str, dict[str, Any]] = {200: {"content": {KIND: {"schema": {"type": "object"}}}}}


@routes.get("", response_class=Response, responses=RECORD, openapi_extra=access("coordinator"))
def get_record(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef het ondertekende dossier van een ronde: wat erin ging en wat eruit kwam, byte voor byte te bewaren."""
    with call.database.write() as transaction:  # the secret of the installation may have to be made
        row = solved_round_of(call, transaction, cohort, round_id)
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
    effect = _asking(call, cohort, round_id, body.record)
    waiting = await run_in_threadpool(call.once, body, effect)
    return await answered(call, waiting, lambda found: Answer(200, found))


def _asking(call: Call, cohort: str, round_id: str, record: str) -> Any:  # noqa: ANN401 - an effect
    def effect(transaction: Transaction) -> Answer:
        row = solved_round_of(call, transaction, cohort, round_id)
        mine = matcher.public_hex(signing_key(transaction))
        call.audit(transaction, "round.record_checked", row.id, cohort)
        question = Question(row.id, "record", {"record": record, "public_key": mine})
        return accepted(enqueue(transaction, cohort, question))

    return effect


def signing_key(transaction: Transaction) -> Ed25519PrivateKey:
    """Give the key with which this installation signs."""
    return Ed25519PrivateKey.from_private_bytes(signing_seed(transaction))
