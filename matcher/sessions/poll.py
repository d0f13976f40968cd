"""Which three moments can be proposed to a group that has no date, and who could come to each? Counted, not guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matcher.criteria.wording import listed
from matcher.domain.counting import counted
from matcher.domain.season import Season
from matcher.domain.vocabulary import HALF_DAY_NAMES
from matcher.sessions.half_days import Moment
from matcher.sessions.no_date import Dates
from matcher.sessions.wishes import short

PROPOSED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A moment for a group: who can come, who can't with what stands in the way, and whether the host receives.

    Ids stand in the order of the season; `missing` and `obstacles` go together. Mentors are those of all schools of
    the group.
    """

    moment: Moment
    schools: tuple[str, ...]
    missing: tuple[str, ...]
    obstacles: tuple[str, ...]
    mentors: tuple[str, ...]
    absent_mentors: tuple[str, ...]
    host_obstacle: str | None


def proposals(season: Season, dates: Dates, host: str | None) -> tuple[Proposal, ...]:
    """Give the best three moments for a group without a date, none where it has one: host first, then most schools.

    Then most mentors, then the half-days liked best, then the earliest.
    """
    if dates.open:
        return ()
    every = [_proposal(season, dates, host, place) for place in range(len(dates.moments))]
    every.sort(key=lambda one: (one.host_obstacle is not None, -len(one.schools), -len(one.mentors), one.moment.rank))
    return tuple(sorted(every[:PROPOSED], key=lambda one: (one.moment.day, one.moment.half_day[::-1])))


def _proposal(season: Season, dates: Dates, host: str | None, place: int) -> Proposal:
    moment = dates.moments[place]
    obstacles: dict[str, list[str]] = {}
    for bar in dates.barring(place):
        obstacles.setdefault(bar.owner, []).append(bar.text)
    missing = tuple(one for one in dates.schools if one in obstacles)
    members = set(dates.schools)
    invited = {mentor for one in season.participants if one.id in members for mentor in one.mentors}
    coming = tuple(one.id for one in season.guides if one.id in invited and one.can_come(moment.day, moment.half_day))
    return Proposal(
        moment=moment,
        schools=tuple(one for one in dates.schools if one not in obstacles),
        missing=missing,
        obstacles=tuple("; ".join(dict.fromkeys(obstacles[one])) for one in missing),
        mentors=coming,
        absent_mentors=tuple(one.id for one in season.guides if one.id in invited and one.id not in coming),
        host_obstacle="; ".join(obstacles[host]) if host is not None and host in obstacles else None,
    )


def proposal_words(season: Season, one: Proposal) -> str:
    """Say in Dutch when it is, with how many schools and mentors, and what keeps the others away."""
    names = {school.id: school.name for school in season.participants}
    counts = [_part(one.schools, one.missing, "school", "scholen")]
    if one.mentors or one.absent_mentors:
        counts.append(_part(one.mentors, one.absent_mentors, "mentor", "mentoren"))
    told = [f"{HALF_DAY_NAMES[one.moment.half_day].capitalize()} {short(one.moment.day)}, met {listed(counts)}."]
    without = [f"{names[key]} ({why})" for key, why in zip(one.missing, one.obstacles, strict=True)]
    if without:
        told.append(f"Zonder {listed(without)}.")
    if one.host_obstacle:
        told.append(f"De gastheer kan dan niet ({one.host_obstacle}).")
    return " ".join(told)


def proposal_document(season: Season, one: Proposal) -> dict[str, Any]:
    """Write a proposal for programs, with its words."""
    when = {"day": one.moment.day.isoformat(), "half_day": one.moment.half_day}
    people = {name: list(getattr(one, name)) for name in ("schools", "missing", "mentors", "absent_mentors")}
    return when | people | {"host_free": one.host_obstacle is None, "words": proposal_words(season, one)}


def _part(coming: Sequence[str], away: Sequence[str], singular: str, plural: str) -> str:
    every = len(coming) + len(away)
    return f"{len(coming)} van de {counted(every, singular, plural)}"
