"""How do the days of the school year lie for a planned year, and where can one of its sessions go?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.errors import invalid
from service.database.ids import today
from service.network.season.actions import planned_season_of


@action("coordinator")
def list_school_days(work: Work, cohort: str, season: str) -> Sequence[matcher.SchoolDay]:
    """Give the weekdays of the school year of a planned year; raises Problem 409 where it has no sessions."""
    with work.reading() as transaction:
        row = planned_season_of(work, transaction, cohort, season)
    return matcher.school_days(matcher.season_from_document(row.season))


@action("coordinator")
def list_shift_choices(
    work: Work, cohort: str, season: str, session: str
) -> tuple[Sequence[matcher.DayChoice], Sequence[matcher.HostChoice]]:
    """Give the half-days and the hosts to which a session could go, with what stands in the way.

    Raises Problem 422 for a session that is not there or has been.
    """
    with work.reading() as transaction:
        row = planned_season_of(work, transaction, cohort, season)
    given, year = matcher.season_from_document(row.season), matcher.year_from_document(row.year)
    given = replace(given, today=today())
    try:
        here = matcher.session_to_come(given, year, session)
    except matcher.InvalidValueError as error:
        raise invalid("/session", "no_shift", str(error)) from error
    return matcher.day_choices(given, year, here), matcher.host_choices(given, year, here)
