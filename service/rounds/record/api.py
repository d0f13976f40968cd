"""How is a plan kept so that nobody can change it unseen? A signed record, given out and checked."""

from __future__ import annotations

from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.permissions import MOST_BODY, access
from service.jobs.wait_for_answer import LATER, told_in_time
from service.rounds.questions.shapes import RecordCheckedOut
from service.rounds.record import actions
from service.rounds.record.shapes import MOST_RECORD, RecordIn
from service.web.answers import file_answer
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}/rounds/{round_id}/record", "dossier")

KIND = "application/vnd.in2stem.record+json"
"""Of its own, so that nobody reads it and writes it anew: every byte counts."""

RECORD: dict[int | str, dict[str, Any]] = {200: {"content": {KIND: {"schema": {"type": "object"}}}}}


@routes.get("", response_class=Response, responses=RECORD, openapi_extra=access(actions.make_record))
def get_record(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef het ondertekende dossier van een ronde: wat erin ging en wat eruit kwam, byte voor byte te bewaren."""
    number, record = actions.make_record(call.work, cohort, round_id)
    return file_answer(record, f"dossier-ronde-{number}.json", KIND)


@routes.post(
    "/check",
    response_model=RecordCheckedOut,
    responses=LATER,
    openapi_extra=access(actions.ask_record_check, **{MOST_BODY: MOST_RECORD}),
)
async def check_record(call: Called, cohort: Key, round_id: Key, body: RecordIn) -> Any:  # noqa: ANN401
    """Kijk een dossier na: door deze dienst ondertekend, ongeschonden, en hetzelfde plan bij herrekenen?"""
    job = await run_in_threadpool(actions.ask_record_check, call.work, cohort, round_id, body)
    return await told_in_time(call, job, RecordCheckedOut.model_validate)
