"""How is a year of sessions planned? In the child: a season in, a checked year out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.network.season import store as seasons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from service.database.engine import Transaction
    from service.jobs.store import JobRow


def prepare(transaction: Transaction, job: JobRow) -> Mapping[str, Any]:
    """Gather the season."""
    row = seasons.by_id(transaction, str(job.target))
    if row is None:
        raise matcher.InvalidValueError("Dit seizoen is intussen verwijderd.")
    return {"season": row.season, "seconds": job.payload["seconds"]}


def plan(
    payload: Mapping[str, Any], progress: Callable[[str, float | None], None], stop: Callable[[], bool]
) -> dict[str, Any]:
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
