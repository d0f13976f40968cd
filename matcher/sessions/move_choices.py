"""To which days and to which hosts can a session go, and what stands in the way of each?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.counting import counted
from matcher.domain.season import Host, Season
from matcher.domain.year import Session, Year
from matcher.sessions.half_days import Moment, host_reason
from matcher.sessions.no_date import Bar, group_dates
from matcher.sessions.year_arrays import travel_minutes


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A half-day to which a session could go.

    `away` are who can't then, each with a Dutch reason; `near` who has another session too short before or after.
    """

    day: date
    half_day: str
    away: tuple[tuple[str, str], ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HostChoice:
    """A host to which a session could go: minutes (one way) of the group together, and what stands in the way."""

    host: Host
    minutes: int
    obstacle: str | None


def day_choices(season: Season, year: Year, session: Session) -> tuple[DayChoice, ...]:
    """List the half-days of the session's window, without those that were; its own is among them."""
    dates = group_dates(season, session.schools, session.host, session.round, year)
    return tuple(_choice(one, dates.barring(place)) for place, one in enumerate(dates.moments))


def _choice(moment: Moment, bars: tuple[Bar, ...]) -> DayChoice:
    """Tell each name once: a school that receives stands among the schools and as host."""
    away = tuple(dict.fromkeys((one.name, one.text) for one in bars if not one.near))
    barred = {name for name, _ in away}
    near = tuple(dict.fromkeys(one.name for one in bars if one.near and one.name not in barred))
    return DayChoice(moment.day, moment.half_day, away, near)


def host_choices(season: Season, year: Year, session: Session) -> tuple[HostChoice, ...]:
    """List all other hosts for a session where and when it is: first those that can, the least travel first."""
    places = {one.id: number for number, one in enumerate(season.participants)}
    minutes = travel_minutes(season)[[places[one] for one in session.schools if one in places]]
    found = []
    for number, host in enumerate(season.hosts):
        if host.kind != "online" and host.id != session.host:
            longest = int(minutes[:, number].max(initial=0))
            obstacle = host_obstacle(season, year, session, host, longest)
            found.append(HostChoice(host, int(minutes[:, number].sum()), obstacle))
    return tuple(sorted(found, key=lambda one: (one.obstacle is not None, one.minutes, one.host.id)))


def host_obstacle(season: Season, year: Year, session: Session, host: Host, longest: int) -> str | None:
    """Say in Dutch what keeps a session as it is from another host, to which the farthest drives `longest` minutes."""
    members = {one.id for one in season.participants}
    if host.max_times == 0:
        return "ontvangt dit jaar niet"
    if host.capacity < len(session.schools):
        return f"heeft plaats voor {host.capacity} {'school' if host.capacity == 1 else 'scholen'}"
    if host.kind == "school" and host.id in members and host.id not in session.schools:
        return "zit zelf niet in deze groep"
    reason = host_reason(season, host, session.day, session.half_day)
    if season.longest_trip is not None and longest > season.longest_trip:
        road = counted(longest, "minuut", "minuten")
        return f"dan rijdt een school {road}, meer dan de langste rit van {season.longest_trip}"
    return f"kan die dag niet ({reason})" if reason else _busy(season, year, session, host)


def _busy(season: Season, year: Year, session: Session, host: Host) -> str | None:
    turns = [one for one in year.sessions if one.host == host.id]
    if len(turns) >= host.max_times:
        return f"ontvangt al in ronde {' en '.join(str(one.round) for one in turns)}"
    if any(abs((one.day - session.day).days) < max(season.host_spacing_days, 1) for one in turns):
        return "ontvangt al kort daarvoor of daarna"
    return None
