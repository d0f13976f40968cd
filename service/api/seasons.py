"""How is a year of sessions planned, followed, read, repaired and published? From the published plan of a cohort."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import Response

import matcher
from service.access.call import Call, Called
from service.access.route import router
from service.access.rules import access
from service.api.cohorts import Cursor, Limit
from service.api.planning import new_season, repaired_season
from service.api.unnamed import unnamed
from service.errors import conflict, invalid, not_found
from service.store import cohorts, jobs, rounds, seasons, webhooks
from service.store.database import Transaction
from service.wire.answers import Answer, etag
from service.wire.seasons import HostOut, MeetingOut, SeasonIn, SeasonOut
from service.wire.shapes import EDITED, Key, Page

routes = router("/v1/cohorts/{cohort}/seasons", "sessies")

SOLVED = ("proven", "feasible")


def shape_of(transaction: Transaction, row: seasons.SeasonRow) -> SeasonOut:
    """Write a season."""
    job = jobs.find(transaction, row.job) if row.job is not None else None
    return SeasonOut(
        id=row.id,
        cohort=row.cohort,
        round=row.round,
        state=_state(transaction, row),  # type: ignore[arg-type]
        job=row.job,
        job_state=job.state if job is not None else None,
        repairs=job.payload.get("previous") if job is not None else None,
        published_at=row.published_at,
        version=row.version,
        created_at=row.created_at,
        asked=job.payload.get("asked", {}) if job is not None and row.season is not None else {},
        hosts=[{name: one[name] for name in HostOut.model_fields} for one in (row.season or {}).get("hosts", ())],  # type: ignore[misc]
        year=_year(row.year) if row.year is not None else None,  # type: ignore[arg-type]
    )


def _state(transaction: Transaction, row: seasons.SeasonRow) -> str:
    if row.published_at is None:
        return "draft"
    public = seasons.published(transaction, row.cohort)
    return "published" if public is not None and public.id == row.id else "superseded"


def _year(year: Any) -> dict[str, Any]:  # noqa: ANN401 - a document
    found = year["conflict"]
    sessions = [{name: one[name] for name in MeetingOut.model_fields} for one in year["sessions"]]
    return {
        "status": year["status"],
        "goals": [one | {"words": matcher.session_goal_name(one["name"])} for one in year["goals"]],
        "sessions": sessions,
        "conflict": found and {key: found[key] for key in ("sentence", "remedies")},
        "notes": year["notes"],
        "travel_source": year["travel_source"],
    }


def season_of(call: Call, transaction: Transaction, cohort: str, key: str) -> seasons.SeasonRow:
    """Give a season of a cohort that is the caller's; raises Problem 404. `laatste` and `gepubliceerd` are names.

    Who may not see names of people reads numbers in its sentences.
    """
    call.cohort(transaction, cohort)
    row = seasons.published(transaction, cohort) if key == "gepubliceerd" else None
    if key == "laatste":
        newest = seasons.listed(transaction, cohort, None, 1)
        key = newest[0].id if newest else key
    row = row or seasons.find(transaction, cohort, key)
    if row is None:
        raise not_found("Dit seizoen")
    return replace(row, year=unnamed(call, row.season, row.year))


def planned_season_of(call: Call, transaction: Transaction, cohort: str, key: str) -> seasons.SeasonRow:
    """Give a season that has sessions; raises Problem 409 where it has none (yet)."""
    row = season_of(call, transaction, cohort, key)
    if row.year is None or not row.year["sessions"]:
        raise conflict("no_year", "Dit seizoen heeft (nog) geen sessies.", job=f"/v1/jobs/{row.job}")
    return row


@routes.post("", response_model=SeasonOut, status_code=202, openapi_extra=access("coordinator"))
def add_season(call: Called, cohort: Key, body: SeasonIn) -> Response:
    """Plan een jaar van sessies bij het gepubliceerde plan, of herstel een jaar met zo weinig mogelijk wijzigingen."""

    def effect(transaction: Transaction) -> Answer:
        school_year = call.cohort(transaction, cohort).school_year
        cohorts.touch(transaction, cohort)
        busy = seasons.being_planned(transaction, cohort)
        if busy is not None:
            detail = "Er wordt al een jaar van deze cohorte gepland. Wacht, of stop dat eerst."
            raise conflict("already_planning", detail, job=f"/v1/jobs/{busy.job}", season=busy.id)
        public = rounds.of_state(transaction, cohort, "published")
        if public is None:
            raise conflict("nothing_published", "Publiceer eerst een plan: de sessies volgen de koppels.")
        season = _season(call, transaction, public, school_year, body)
        document = matcher.season_to_document(season)
        key = seasons.add(transaction, cohort, of_round=public.id, document=document, by=call.caller.by)
        said = body.model_dump(mode="json", exclude_unset=True)
        payload = {"seconds": body.seconds, "previous": body.previous, "asked": said}
        job = jobs.enqueue(transaction, "plan_sessions", cohort=cohort, target=key, payload=payload)
        seasons.set_job(transaction, key, job)
        call.audit(transaction, "season.begun", key, cohort)
        shape = shape_of(transaction, season_of(call, transaction, cohort, key))
        return Answer(202, shape, {"Location": f"/v1/cohorts/{cohort}/seasons/{key}"})

    return call.once(body, effect)


def _season(
    call: Call, transaction: Transaction, public: rounds.RoundRow, school_year: int, body: SeasonIn
) -> matcher.Season:
    given, plan = matcher.round_from_document(public.given), matcher.plan_from_document(public.plan)
    if body.previous is None:
        if body.host_out or body.today:
            member = "host_out" if body.host_out else "today"
            raise invalid(f"/{member}", "nothing_to_repair", "Dit hoort bij een herstel: zeg van welk seizoen.")
        return new_season(given, plan, f"{public.cohort}-{school_year}", school_year, body)
    before = seasons.find(transaction, public.cohort, body.previous)
    if before is None:
        raise invalid("/previous", "unknown_season", "Dit seizoen is er niet.")
    planned_season_of(call, transaction, public.cohort, before.id)
    season, year = matcher.season_from_document(before.season), matcher.year_from_document(before.year)
    return repaired_season(season, year, given, plan, body)


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
        row = season_of(call, transaction, cohort, season)
        shape = shape_of(transaction, row)
    return Answer(200, shape, {"ETag": etag(row.version, row.id)}).response()


@routes.get("/{season}/year", openapi_extra=access("viewer"), responses={200: {"content": {"application/json": {}}}})
def get_year(call: Called, cohort: Key, season: Key) -> Response:
    """Geef het hele jaar als sessies.json, zoals het programma op de opdrachtregel het schrijft."""
    with call.database.read() as transaction:
        row = season_of(call, transaction, cohort, season)
    if row.year is None:
        raise conflict("no_year", "Dit seizoen heeft nog geen jaar.", job=f"/v1/jobs/{row.job}")
    return Answer(200, dict(row.year)).response()


@routes.delete("/{season}", response_model=SeasonOut, status_code=202, openapi_extra=access("coordinator"))
def stop_season(call: Called, cohort: Key, season: Key) -> Response:
    """Stop het plannen van een seizoen; het beste jaar tot dan toe blijft bewaard."""
    with call.database.write() as transaction:
        row = season_of(call, transaction, cohort, season)
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
        cohorts.touch(transaction, cohort)
        row = season_of(call, transaction, cohort, season)
        if "if-match" in call.request.headers:
            call.must_match(row.version, row.id)
        _publishable(transaction, planned_season_of(call, transaction, cohort, row.id))
        seasons.publish(transaction, row.id)
        call.audit(transaction, "season.published", row.id, cohort)
        webhooks.announce(transaction, "sessions.published", cohort, {"season": row.id})
        found = season_of(call, transaction, cohort, row.id)
        return Answer(200, shape_of(transaction, found), {"ETag": etag(found.version, found.id)})

    return call.once({"publish": season}, effect)


def _publishable(transaction: Transaction, row: seasons.SeasonRow) -> None:
    """Refuse what is public already, of another plan, or would make sessions vanish without a word."""
    if row.published_at is not None:
        raise conflict("already_published", "Dit jaar is al gepubliceerd.")
    public = rounds.of_state(transaction, row.cohort, "published")
    if public is None or public.id != row.round:
        detail = "Het plan is intussen vervangen. Plan het jaar opnieuw, als herstel van wat gepubliceerd is."
        raise conflict("stale", detail)
    before = seasons.published(transaction, row.cohort)
    changed = ((row.season or {}).get("previous") or {}).get("inputs_hash")
    if before is not None and changed != (before.year or {}).get("inputs_hash"):
        detail = (
            "Er is al een ander jaar gepubliceerd. Plan dit als herstel daarvan, zodat kalenders horen wat wegvalt."
        )
        raise conflict("other_published", detail, season=before.id)
