"""How does a year differ from the one that it repairs, and from what the plan of now asks?"""

from __future__ import annotations

from typing import Any

import matcher
from service.database.engine import Transaction
from service.database.ids import today
from service.jobs import store as jobs
from service.network.season import store as seasons
from service.network.season.change_shapes import OutdatedOut, PlaceOut, SessionChangeOut
from service.network.season.cohort_now import cohort_now
from service.network.season.store import SeasonRow
from service.rounds.run import store as rounds


def outdated_shapes(transaction: Transaction, row: SeasonRow) -> list[OutdatedOut]:
    """List the sessions to come of a published year that no longer invite whom the published plan asks."""
    public = rounds.of_state(transaction, row.cohort, "published")
    if public is None or row.year is None or not row.year["sessions"]:
        return []
    season, year = matcher.season_from_document(row.season), matcher.year_from_document(row.year)
    found = matcher.outdated_sessions(season, year, *cohort_now(transaction, public), today())
    return [_outdated(one) for one in found]


def newcomers_of(transaction: Transaction, row: SeasonRow) -> list[str]:
    """List the schools of the published plan that joined after a year was planned."""
    public = rounds.of_state(transaction, row.cohort, "published")
    if public is None or row.season is None:
        return []
    given, _ = cohort_now(transaction, public)
    return list(matcher.newcomers(matcher.season_from_document(row.season), given))


def changes_of(transaction: Transaction, row: SeasonRow) -> list[SessionChangeOut]:
    """List what a repair changes in the year that people know; nothing for a year that repairs none."""
    before = known_before(transaction, row)
    if before is None or before.year is None or row.year is None or not row.year["sessions"]:
        return []
    return changes_between(matcher.year_from_document(before.year), matcher.year_from_document(row.year))


def changes_between(before: matcher.Year, after: matcher.Year) -> list[SessionChangeOut]:
    """List what one year changes in another."""
    return [_change(one) for one in matcher.session_changes(before, after)]


def known_before(transaction: Transaction, row: SeasonRow) -> SeasonRow | None:
    """Give the year that a repair changes for people: the one published, however many drafts lie between.

    Without a published one it is the draft that was repaired first; None where nothing is repaired.
    """
    found, key = None, repaired_by(transaction, row)
    while key is not None and (found is None or found.published_at is None):
        earlier = seasons.find(transaction, row.cohort, key)
        if earlier is None:
            break
        found, key = earlier, repaired_by(transaction, earlier)
    return found


def repaired_by(transaction: Transaction, row: SeasonRow) -> str | None:
    """Give the id of the season that this one repairs, None where it repairs none."""
    job = jobs.find(transaction, row.job) if row.job is not None else None
    return job.payload.get("previous") if job is not None else None


def _outdated(one: matcher.OutdatedSession) -> OutdatedOut:
    session = one.session
    return OutdatedOut(
        uid=session.uid,
        round=session.round,
        day=session.day,
        half_day=session.half_day,
        host=session.host,
        mentors_out=list(one.mentors_out),
        mentors_in=list(one.mentors_in),
        schools_out=list(one.schools_out),
        host_left=one.host_left,
    )


def _change(one: matcher.SessionChange) -> SessionChangeOut:
    names: dict[str, Any] = {
        name: list(getattr(one, name)) for name in ("schools_out", "schools_in", "mentors_out", "mentors_in")
    }
    names |= {name: getattr(one, name) for name in ("theme_changes", "presence_changes")}
    session, before, after = one.session, _place(one.before), _place(one.after)
    names |= {"schools": list(session.schools)}
    return SessionChangeOut(uid=session.uid, round=session.round, kind=one.kind, before=before, after=after, **names)


def _place(one: matcher.Session | None) -> PlaceOut | None:
    if one is None:
        return None
    hours = {"start": one.start.isoformat(), "end": one.end.isoformat()}
    return PlaceOut(day=one.day, half_day=one.half_day, host=one.host, **hours)
