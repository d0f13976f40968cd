"""How is a cohort begun, changed, read and removed?"""

from __future__ import annotations

from datetime import UTC, datetime

import matcher
from service.access import people, scope
from service.access.action import action
from service.access.work import Work
from service.cohorts.cohort import store
from service.cohorts.cohort.shapes import CohortChange, CohortIn, CohortOut, ColleagueOut
from service.core.errors import Problem, conflict, invalid, stale
from service.core.etag import etag
from service.database.engine import Transaction
from service.database.ids import now
from service.web.paging import page_of
from service.web.shapes import Page

KEEP_YEARS = 2
"""A cohort ends in the summer after it began; contact data is kept twelve months more."""


def tag_of(cohort: CohortOut) -> str:
    """Give the ETag of a cohort."""
    return etag(cohort.version, cohort.id)


@action("viewer")
def list_cohorts(work: Work, limit: int, cursor: str | None = None) -> Page[CohortOut]:
    """Give the caller's cohorts, the newest first."""
    with work.reading() as transaction:
        if work.caller.cohort is not None:
            rows = [row for row in [scope.find(transaction, work.caller.cohort)] if row is not None]
        else:
            regions = None if work.caller.role == "admin" else work.caller.regions
            rows = store.listed(transaction, regions, cursor, limit + 1)
    return page_of(CohortOut.from_row, rows, limit, lambda row: row.id)


@action("coordinator")
def add_cohort(work: Work, body: CohortIn) -> CohortOut:
    """Begin a cohort in one of the caller's regions."""
    _check_region(work, body.region)

    def effect(transaction: Transaction) -> CohortOut:
        keep_until = body.keep_until or _usual_end(body.school_year)
        row = store.add(
            transaction, name=body.name, region=body.region, school_year=body.school_year, keep_until=keep_until
        )
        work.audit(transaction, "cohort.added", row.id, row.id)
        return CohortOut.from_row(row)

    return work.once(body, CohortOut, effect)


@action("viewer")
def get_cohort(work: Work, cohort: str) -> CohortOut:
    """Give a cohort."""
    with work.reading() as transaction:
        return CohortOut.from_row(work.cohort(transaction, cohort))


@action("coordinator")
def list_team(work: Work, cohort: str) -> Page[ColleagueOut]:
    """Give who works on a cohort, with the name behind each id of the trail."""
    with work.reading() as transaction:
        row = work.cohort(transaction, cohort)
        known = [one for one in people.list_people(transaction) if one.role == "admin" or row.region in one.regions]
    return Page(items=[ColleagueOut(id=one.id, name=one.name, role=one.role) for one in known], next=None)


@action("coordinator")
def change_cohort(work: Work, cohort: str, body: CohortChange) -> CohortOut:
    """Change a cohort of the version that was read."""
    with work.writing() as transaction:
        row = work.cohort(transaction, cohort)
        work.must_match(row.version, row.id)
        _check_past(body)
        values = body.model_dump(exclude_none=True, exclude={"erase_now", "archived"})
        moved = {} if body.archived in (None, row.archived_at is not None) else {"archived_at": _moved(body)}
        if not store.change(transaction, cohort, row.version, **values, **moved):
            raise stale()
        if values or not moved:
            work.audit(transaction, "cohort.changed", cohort, cohort, fields=sorted(values))
        if moved:
            work.audit(transaction, "cohort.archived" if body.archived else "cohort.taken_back", cohort, cohort)
        return CohortOut.from_row(work.cohort(transaction, cohort))


def _moved(body: CohortChange) -> datetime | None:
    """Give since when a cohort is put away, None for one that is taken back."""
    return now() if body.archived else None


def _check_past(body: CohortChange) -> None:
    """Have a moment that is past confirmed: what may be kept no longer is erased within the hour."""
    if body.keep_until is not None and body.keep_until <= now() and not body.erase_now:
        detail = "Deze dag is voorbij: namen en adressen worden dan binnen het uur gewist, voorgoed. Bevestig dat."
        raise conflict("erases_now", detail)


@action("admin")
def remove_cohort(work: Work, cohort: str) -> None:
    """Remove a cohort of the version that was read, with all that belongs to it, for ever."""
    with work.writing() as transaction:
        row = work.cohort(transaction, cohort)
        work.must_match(row.version, row.id)
        if not store.remove(transaction, cohort, row.version):
            raise stale()
        work.audit(transaction, "cohort.removed", cohort, cohort)


def _usual_end(school_year: int) -> datetime:
    """Give when contact data is kept no longer unless somebody says otherwise: as the first of July begins here."""
    return datetime(school_year + KEEP_YEARS, 7, 1, tzinfo=matcher.BRUSSELS).astimezone(UTC)


def _check_region(work: Work, region: str) -> None:
    known = matcher.regions()
    if region not in known:
        raise invalid("/region", "unknown_region", f"Deze kamer is niet gekend. {matcher.did_you_mean(region, known)}")
    if work.caller.role != "admin" and region not in work.caller.regions:
        raise Problem(403, "not_your_region", "Deze kamer is niet van u.")
