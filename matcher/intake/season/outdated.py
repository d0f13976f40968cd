"""What does a published year no longer have right? Who is invited wrongly now that the plan or the cohort changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.domain.season import Season
from matcher.domain.year import Session, Year
from matcher.intake.season.seasons import renew_season


@dataclass(frozen=True, slots=True, kw_only=True)
class OutdatedSession:
    """A session to come with what is wrong in it: ids of who is invited and should not be, or should and is not.

    `host_left` says that it is at a company of which every mentor left.
    """

    session: Session
    mentors_out: tuple[str, ...] = ()
    mentors_in: tuple[str, ...] = ()
    schools_out: tuple[str, ...] = ()
    host_left: bool = False

    @property
    def is_outdated(self) -> bool:
        """Whether somebody is invited wrongly; a company may go on receiving without a mentor."""
        return bool(self.mentors_out or self.mentors_in or self.schools_out)


def outdated_sessions(season: Season, year: Year, given: Round, plan: Plan, today: date) -> tuple[OutdatedSession, ...]:
    """List the sessions from `today` on that invite others than the plan and the cohort of now ask, in their order.

    `season` is the one from which the year was made. Raises InvalidValueError as `renew_season` does.
    """
    now = renew_season(replace(season, previous=year, today=today), given, plan)
    mentors = {one.id: one.mentors for one in now.participants}
    schools, left = {one.id for one in given.schools}, _companies_left(given)
    found = (_compared(one, mentors, schools, left) for one in year.sessions if one.day >= today)
    return tuple(one for one in found if one.is_outdated)


def newcomers(season: Season, given: Round) -> tuple[str, ...]:
    """List the schools of the cohort that joined after a year was planned: they are in none of its sessions."""
    known = {one.id for one in season.participants}
    return tuple(one.id for one in given.schools if one.id not in known)


def _compared(
    session: Session, mentors: dict[str, tuple[str, ...]], schools: Collection[str], left: Collection[str]
) -> OutdatedSession:
    wanted = {who for school in session.schools for who in mentors.get(school, ())}
    invited = set(session.invited_mentors)
    return OutdatedSession(
        session=session,
        mentors_out=tuple(sorted(invited - wanted)),
        mentors_in=tuple(sorted(wanted - invited)),
        schools_out=tuple(one for one in session.schools if one not in schools),
        host_left=session.host in left,
    )


def _companies_left(given: Round) -> set[str]:
    """Give the companies of which every mentor left."""
    gone = {one.company_key for one in given.mentors if _left(given, one.id, one.status)}
    return gone - {one.company_key for one in given.mentors if not _left(given, one.id, one.status)}


def _left(given: Round, mentor: str, status: str) -> bool:
    return mentor in given.withdrawn or status == "withdrawn"
