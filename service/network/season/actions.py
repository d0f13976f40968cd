"""How is a year of sessions planned, read and published?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import matcher
from service.cohorts.members.redact_for_viewers import unnamed
from service.core.errors import conflict, invalid, not_found
from service.jobs import store as jobs
from service.network.season import store as seasons
from service.network.season.season_request import new_season, repaired_season
from service.network.season.shapes import HostOut, MeetingOut, SeasonIn, SeasonOut
from service.rounds.run import store as rounds

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction


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


def season_of(work: Work, transaction: Transaction, cohort: str, key: str) -> seasons.SeasonRow:
    """Give a season of a cohort that is the caller's; raises Problem 404. `laatste` and `gepubliceerd` are names.

    Who may not see names of people reads numbers in its sentences.
    """
    work.cohort(transaction, cohort)
    row = seasons.published(transaction, cohort) if key == "gepubliceerd" else None
    if key == "laatste":
        newest = seasons.listed(transaction, cohort, None, 1)
        key = newest[0].id if newest else key
    row = row or seasons.find(transaction, cohort, key)
    if row is None:
        raise not_found("Dit seizoen")
    return replace(row, year=unnamed(work, row.season, row.year))


def planned_season_of(work: Work, transaction: Transaction, cohort: str, key: str) -> seasons.SeasonRow:
    """Give a season that has sessions; raises Problem 409 where it has none (yet)."""
    row = season_of(work, transaction, cohort, key)
    if row.year is None or not row.year["sessions"]:
        raise conflict("no_year", "Dit seizoen heeft (nog) geen sessies.", job=f"/v1/jobs/{row.job}")
    return row


def _season(
    work: Work, transaction: Transaction, public: rounds.RoundRow, school_year: int, body: SeasonIn
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
    planned_season_of(work, transaction, public.cohort, before.id)
    season, year = matcher.season_from_document(before.season), matcher.year_from_document(before.year)
    return repaired_season(season, year, given, plan, body)


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
