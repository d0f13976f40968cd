"""How is a year of sessions planned, followed, read, repaired and published? From the published plan of a cohort."""

from __future__ import annotations

from fastapi import Response

import matcher
from service.access import scope
from service.access.permissions import access
from service.core.errors import conflict
from service.core.etag import etag
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.network.season import store as seasons
from service.network.season.actions import _publishable, _season, planned_season_of, season_of, shape_of
from service.network.season.shapes import SeasonIn, SeasonOut
from service.rounds.run import store as rounds
from service.web.answers import Answer
from service.web.call import Called
from service.web.paging import Cursor, Limit
from service.web.route import router
from service.web.shapes import EDITED, Key, Page
from service.webhooks import store as webhooks

routes = router("/v1/cohorts/{cohort}/seasons", "sessies")

SOLVED = ("proven", "feasible")


@routes.post("", response_model=SeasonOut, status_code=202, openapi_extra=access("coordinator"))
def add_season(call: Called, cohort: Key, body: SeasonIn) -> Response:
    """Plan een jaar van sessies bij het gepubliceerde plan, of herstel een jaar met zo weinig mogelijk wijzigingen."""

    def effect(transaction: Transaction) -> Answer:
        school_year = call.cohort(transaction, cohort).school_year
        scope.touch(transaction, cohort)
        busy = seasons.being_planned(transaction, cohort)
        if busy is not None:
            detail = "Er wordt al een jaar van deze cohorte gepland. Wacht, of stop dat eerst."
            raise conflict("already_planning", detail, job=f"/v1/jobs/{busy.job}", season=busy.id)
        public = rounds.of_state(transaction, cohort, "published")
        if public is None:
            raise conflict("nothing_published", "Publiceer eerst een plan: de sessies volgen de koppels.")
        season = _season(call.work, transaction, public, school_year, body)
        document = matcher.season_to_document(season)
        key = seasons.add(transaction, cohort, of_round=public.id, document=document, by=call.caller.by)
        said = body.model_dump(mode="json", exclude_unset=True)
        payload = {"seconds": body.seconds, "previous": body.previous, "asked": said}
        job = jobs.enqueue(transaction, "plan_sessions", cohort=cohort, target=key, payload=payload)
        seasons.set_job(transaction, key, job)
        call.audit(transaction, "season.begun", key, cohort)
        shape = shape_of(transaction, season_of(call.work, transaction, cohort, key))
        return Answer(202, shape, {"Location": f"/v1/cohorts/{cohort}/seasons/{key}"})

    return call.once(body, effect)


@routes.get("", response_model=Page[SeasonOut], openapi_extra=access("viewer"))
def list_seasons(call: Called, cohort: Key, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Geef de seizoenen van een cohorte, het nieuwste eerst."""
    with call.database.read() as transaction:
        call.cohort(transaction, cohort)
        rows = seasons.listed(transaction, cohort, cursor, limit + 1)
        items = [shape_of(transaction, row) for row in rows[:limit]]
    return Answer(200, {"items": items, "next": rows[limit - 1].id if len(rows) > limit else None}).response()


@routes.get("/{season}", response_model=SeasonOut, openapi_extra=access("viewer"))
def get_season(call: Called, cohort: Key, season: Key) -> Response:
    """Geef een seizoen met zijn sessies en doelen; `laatste` en `gepubliceerd` zijn ook namen."""
    with call.database.read() as transaction:
        row = season_of(call.work, transaction, cohort, season)
        shape = shape_of(transaction, row)
    return Answer(200, shape, {"ETag": etag(row.version, row.id)}).response()


@routes.get("/{season}/year", openapi_extra=access("viewer"), responses={200: {"content": {"application/json": {}}}})
def get_year(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het hele jaar als sessies.json, zoals het programma op de opdrachtregel het schrijft."""
    with call.database.read() as transaction:
        row = season_of(call.work, transaction, cohort, season)
    if row.year is None:
        raise conflict("no_year", "Dit seizoen heeft nog geen jaar.", job=f"/v1/jobs/{row.job}")
    return Answer(200, dict(row.year)).response()


@routes.delete("/{season}", response_model=SeasonOut, status_code=202, openapi_extra=access("coordinator"))
def stop_season(call: Called, cohort: Key, season: Key) -> Response:
    """Stop het plannen van een seizoen; het beste jaar tot dan toe blijft bewaard."""
    with call.database.write() as transaction:
        row = season_of(call.work, transaction, cohort, season)
        if row.job is not None:
            jobs.ask_stop(transaction, row.job)
        call.audit(transaction, "season.stop_asked", row.id, cohort)
        shape = shape_of(transaction, row)
    return Answer(202, shape).response()


@routes.post(
    "/{season}/publish",
    response_model=SeasonOut,
    openapi_extra=access("coordinator"),
    responses={412: EDITED[412]},
)
def publish_season(call: Called, cohort: Key, season: Key) -> Response:
    """Publiceer een jaar: de kalenders tonen het meteen. If-Match mag, en geldt dan."""

    def effect(transaction: Transaction) -> Answer:
        call.cohort(transaction, cohort)
        scope.touch(transaction, cohort)
        row = season_of(call.work, transaction, cohort, season)
        if "if-match" in call.request.headers:
            call.must_match(row.version, row.id)
        _publishable(transaction, planned_season_of(call.work, transaction, cohort, row.id))
        seasons.publish(transaction, row.id)
        call.audit(transaction, "season.published", row.id, cohort)
        webhooks.announce(transaction, "sessions.published", cohort, {"season": row.id})
        found = season_of(call.work, transaction, cohort, row.id)
        return Answer(200, shape_of(transaction, found), {"ETag": etag(found.version, found.id)})

    return call.once({"publish": season}, effect)
