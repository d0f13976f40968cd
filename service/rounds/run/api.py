"""How is a round run, followed, and read? Asking for one answers at once; the plan comes later."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.core.errors import conflict
from service.core.etag import etag
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.rounds.run import store as rounds
from service.rounds.run.actions import begin_round, is_stale, round_of, shape_of, solved_round_of
from service.rounds.run.shapes import PairingOut, RoundIn, RoundOut
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import Key, Page

routes = router("/v1/cohorts/{cohort}/rounds", "rondes")


@routes.post("", response_model=RoundOut, status_code=202, openapi_extra=access("coordinator"))
def add_round(call: Called, cohort: Key, body: RoundIn) -> Response:
    """Reken een ronde uit met de gegevens van nu. Het antwoord komt meteen; volg de berekening op `Location`."""

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        row = begin_round(call.work, transaction, cohort, repair=body.repair)
        return Answer(202, shape_of(transaction, row), {"Location": f"/v1/cohorts/{cohort}/rounds/{row.id}"})

    return call.once(body, effect)


@routes.get("", response_model=Page[RoundOut], openapi_extra=access("viewer"))
def list_rounds(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef de rondes van een cohorte, de nieuwste eerst."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = rounds.listed(transaction, cohort, cursor, limit + 1)
        items = [shape_of(transaction, row) for row in rows[:limit]]
    return Answer(200, {"items": items, "next": rows[limit - 1].id if len(rows) > limit else None}).response()


@routes.get("/{round_id}", response_model=RoundOut, openapi_extra=access("viewer"))
def get_round(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef een ronde met haar plan in het kort; `laatste` en `gepubliceerd` zijn ook namen."""
    with call.database.read() as transaction:
        row = round_of(call.work, transaction, cohort, round_id)
        shape = shape_of(transaction, row, stale=is_stale(transaction, row))
    return Answer(200, shape, {"ETag": etag(row.version, row.id)}).response()


@routes.delete("/{round_id}", response_model=RoundOut, status_code=202, openapi_extra=access("coordinator"))
def stop_round(call: Called, cohort: Key, round_id: Key) -> Response:
    """Stop de berekening van een ronde; het beste plan tot dan toe blijft bewaard."""
    with call.database.write() as transaction:
        row = round_of(call.work, transaction, cohort, round_id)
        if row.job is not None:
            jobs.ask_stop(transaction, row.job)
        call.audit(transaction, "round.stop_asked", row.id, cohort)
        shape = shape_of(transaction, row)
    return Answer(202, shape).response()


@routes.get("/{round_id}/pairings", response_model=Page[PairingOut], openapi_extra=access("viewer"))
def list_pairings(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef de koppels van een ronde, elk met zijn redenen."""
    with call.database.read() as transaction:
        row = solved_round_of(call.work, transaction, cohort, round_id)
    members = ("school", "mentor", "points", "travel_minutes", "locked", "reasons")
    pairs = row.plan["pairs"] if row.plan is not None else []
    return Answer(200, {"items": [{name: pair[name] for name in members} for pair in pairs], "next": None}).response()


@routes.get("/{round_id}/plan", openapi_extra=access("viewer"), responses={200: {"content": {"application/json": {}}}})
def get_plan(call: Called, cohort: Key, round_id: Key) -> Response:
    """Geef het hele plan als plan.json, zoals het programma op de opdrachtregel het schrijft."""
    with call.database.read() as transaction:
        row = round_of(call.work, transaction, cohort, round_id)
    if row.plan is None:
        raise conflict("no_plan", "Deze ronde heeft nog geen plan.", job=f"/v1/jobs/{row.job}")
    return Answer(200, dict(row.plan)).response()
