"""How is a year of sessions found and read?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import matcher
from service.access.action import action
from service.access.work import Work
from service.cohorts.members.redact_for_viewers import unnamed
from service.core.addresses import path_to
from service.core.errors import conflict, existing
from service.core.etag import etag
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.network.season import store as seasons
from service.network.season.shapes import HostOut, MeetingOut, SeasonOut
from service.network.season.year_beside import changes_of, newcomers_of, outdated_shapes
from service.web.paging import page_of
from service.web.shapes import Page


@action("viewer")
def list_seasons(work: Work, cohort: str, limit: int, cursor: str | None = None) -> Page[SeasonOut]:
    """Give the seasons of a cohort without their years, the newest first."""
    with work.reading(cohort) as transaction:
        rows = seasons.listed(transaction, cohort, cursor, limit + 1)
        return page_of(lambda row: shape_of(transaction, row), rows, limit, lambda row: row.id)


@action("viewer")
def get_season(work: Work, cohort: str, season: str) -> SeasonOut:
    """Give a season with its sessions and goals; `laatste` and `gepubliceerd` are names too."""
    with work.reading() as transaction:
        return shape_of(transaction, season_of(work, transaction, cohort, season))


@action("viewer")
def get_year(work: Work, cohort: str, season: str) -> Mapping[str, Any]:
    """Give the whole year as the matcher's document; raises Problem 409 where there is none yet."""
    with work.reading() as transaction:
        row = season_of(work, transaction, cohort, season)
    if row.year is None:
        raise conflict("no_year", "Dit seizoen heeft nog geen jaar.", job=path_to("/v1/jobs/{}", row.job))
    return row.year


@action("viewer")
def outdated_sessions(work: Work, cohort: str) -> int:
    """Count the sessions to come of the published year that no longer invite whom the plan asks."""
    with work.reading(cohort) as transaction:
        row = seasons.published(transaction, cohort)
        return 0 if row is None else len(outdated_shapes(transaction, row))


def tag_of(season: SeasonOut) -> str:
    """Give the ETag of a season."""
    return etag(season.version, season.id)


def shape_of(transaction: Transaction, row: seasons.SeasonRow) -> SeasonOut:
    """Write a season."""
    job = jobs.find(transaction, row.job) if row.job is not None else None
    state = _state(transaction, row)
    return SeasonOut.from_row(
        row,
        state=state,
        job_state=job.state if job is not None else None,
        repairs=job.payload.get("previous") if job is not None else None,
        asked=job.payload.get("asked", {}) if job is not None and row.season is not None else {},
        hosts=[{name: one[name] for name in HostOut.model_fields} for one in (row.season or {}).get("hosts", ())],
        year=_year(row.year) if row.year is not None else None,
        changes=changes_of(transaction, row),
        outdated=outdated_shapes(transaction, row) if state != "superseded" else [],
        newcomers=newcomers_of(transaction, row) if state != "superseded" else [],
    )


def _state(transaction: Transaction, row: seasons.SeasonRow) -> str:
    if row.published_at is None:
        return "draft"
    public = seasons.published(transaction, row.cohort)
    return "published" if public is not None and public.id == row.id else "superseded"


def _year(year: Any) -> dict[str, Any]:  # noqa: ANN401 - a document
    found = year["conflict"]
    sessions = [{name: one[name] for name in MeetingOut.model_fields if name in one} for one in year["sessions"]]
    return {
        "status": year["status"],
        "goals": [one | {"words": matcher.session_goal_name(one["name"])} for one in year["goals"]],
        "sessions": sessions,
        "conflict": found and {key: found[key] for key in ("sentence", "remedies")},
        "notes": year["notes"],
        "travel_source": year["travel_source"],
    }


def season_of(work: Work, transaction: Transaction, cohort: str, key: str) -> seasons.SeasonRow:
    """Give a season of a cohort that is the caller's; raises Problem 404. `laatste` and `gepubliceerd` are names.

    Who may not see names of people reads numbers in its sentences.
    """
    work.cohort(transaction, cohort)
    row = seasons.published(transaction, cohort) if key == "gepubliceerd" else None
    if key == "laatste":
        newest = seasons.listed(transaction, cohort, None, 1)
        key = newest[0].id if newest else key
    row = existing(row or seasons.find(transaction, cohort, key), "Dit seizoen")
    return replace(row, year=unnamed(work, row.season, row.year))


def planned_season_of(work: Work, transaction: Transaction, cohort: str, key: str) -> seasons.SeasonRow:
    """Give a season that has sessions; raises Problem 409 where it has none (yet)."""
    row = season_of(work, transaction, cohort, key)
    if row.year is None or not row.year["sessions"]:
        raise conflict("no_year", "Dit seizoen heeft (nog) geen sessies.", job=path_to("/v1/jobs/{}", row.job))
    return row
