"""How is a year of sessions planned, and held against the plan of now? In the child, from documents alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import matcher
from service.database.engine import Transaction
from service.database.ids import today
from service.jobs.store import JobRow, Progress, Stop
from service.network.season import store as seasons
from service.network.season.cohort_now import cohort_now
from service.rounds.run import store as rounds
from service.webhooks import store as webhooks


def prepare(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the season."""
    row = seasons.by_id(transaction, str(job.target))
    if row is None:
        raise matcher.InvalidValueError("Dit seizoen is intussen verwijderd.")
    return {"season": row.season, "seconds": job.payload["seconds"]}


def plan(payload: Mapping[str, Any], progress: Progress, stop: Stop) -> dict[str, Any]:
    """Plan the year and check it without the solver; why there is none is an outcome too."""
    season = matcher.season_from_document(payload["season"])
    year = matcher.plan_year(season, progress=progress, stop=stop, seconds=payload["seconds"])
    faults = matcher.check_year(season, year) if year.sessions else ()
    if faults:
        raise AssertionError(f"het jaar kwam niet door de controle: {faults[0]}")
    return matcher.year_to_document(year)


def finish(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Keep the year."""
    seasons.keep_year(transaction, str(job.target), result)


def prepare_look(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the published year, and the plan and the cohort as they are now."""
    row, public = (
        seasons.published(transaction, str(job.cohort)),
        rounds.of_state(transaction, str(job.cohort), "published"),
    )
    if row is None or public is None:
        raise matcher.InvalidValueError("Er is intussen geen gepubliceerd jaar meer.")
    given, plan = cohort_now(transaction, public)
    documents = {"given": matcher.round_to_document(given), "plan": matcher.plan_to_document(plan)}
    return documents | {"id": row.id, "season": row.season, "year": row.year, "today": today().isoformat()}


def look(payload: Mapping[str, Any], _progress: Progress, _stop: Stop) -> dict[str, Any]:
    """Give the events of the sessions to come that no longer invite whom the plan asks."""
    found = matcher.outdated_sessions(
        matcher.season_from_document(payload["season"]),
        matcher.year_from_document(payload["year"]),
        matcher.round_from_document(payload["given"]),
        matcher.plan_from_document(payload["plan"]),
        date.fromisoformat(payload["today"]),
    )
    return {"season": payload["id"], "sessions": [one.session.uid for one in found]}


def finish_look(transaction: Transaction, job: JobRow, result: Mapping[str, Any]) -> None:
    """Tell who wants to hear it, where the year no longer follows."""
    if result["sessions"]:
        webhooks.announce(transaction, "sessions.outdated", str(job.cohort), dict(result))
