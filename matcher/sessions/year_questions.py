"""Why this group and this date, why no date, and what would a pin cost? Questions about a planned year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.plan import Conflict
from matcher.domain.season import Pin, Season
from matcher.domain.vocabulary import HALF_DAY_NAMES
from matcher.domain.year import Session, Year
from matcher.engine.calls import Progress, Stop
from matcher.engine.year.annealing import Effort
from matcher.sessions.goals import MOST_IS_BEST, goal_order, goal_values, meetings, session_goal_name, yearly_minutes
from matcher.sessions.half_days import Moment
from matcher.sessions.move_choices import host_obstacle
from matcher.sessions.no_date import group_dates, moment_text, why_no_date
from matcher.sessions.schedule import plan_year
from matcher.sessions.wishes import short
from matcher.sessions.year_arrays import travel_minutes

__all__ = ["PinPrice", "pin_move_words", "price_of_pin", "why_no_date", "why_session"]

EXAMPLES: Final = 3
"""How many other days and other hosts an explanation names."""


@dataclass(frozen=True, slots=True)
class PinPrice:
    """What a pin costs: `year` with the pin, and per goal its value less the present one.

    `moved` are the schools whose invitations change, with the round; `conflict` says why it can't be.
    Without sessions and without conflict time ran out.
    """

    year: Year
    losses: Mapping[str, int]
    moved: tuple[tuple[str, int], ...]
    conflict: Conflict | None = None


def price_of_pin(  # noqa: PLR0913 - the guards of a search, all by name
    season: Season,
    year: Year,
    pin: Pin,
    *,
    effort: Effort | None = None,
    seconds: float = 60,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> PinPrice:
    """Plan anew with a pin, as close to the present year as can be; say what it costs and who must move."""
    asked = replace(season, pins=(*season.pins, pin), previous=year)
    found = plan_year(asked, effort=effort, seconds=seconds, progress=progress, stop=stop)
    if not found.sessions:
        return PinPrice(found, {}, (), found.conflict)
    before, after = goal_values(season, year.sessions), goal_values(season, found.sessions)
    losses = {
        name: after[name] - before[name] for name in before if name not in ("changed_sessions", "changed_invitations")
    }
    old, new = _invitations(year.sessions), _invitations(found.sessions)
    moved = tuple(sorted(key for key in old if _meeting(old[key]) != _meeting(new.get(key))))
    return PinPrice(found, losses, moved)


def pin_move_words(season: Season, year: Year, price: PinPrice) -> tuple[str, ...]:
    """Say in Dutch who must move with a pin: school, round, from where and when to where and when."""
    schools = {one.id: one.name for one in season.participants}
    hosts = {one.id: one.name for one in season.hosts}
    old, new = _invitations(year.sessions), _invitations(price.year.sessions)

    def where(one: Session | None) -> str:
        return f"{hosts[one.host]}, {short(one.day)} ({one.half_day})" if one else "geen sessie"

    return tuple(
        f"{schools[school]}, ronde {number}: {where(old[school, number])} wordt {where(new.get((school, number)))}."
        for school, number in price.moved
    )


def _invitations(sessions: Sequence[Session]) -> dict[tuple[str, int], Session]:
    return {(school, one.round): one for one in sessions for school in one.schools}


def _meeting(one: Session | None) -> tuple[object, ...]:
    return (one.host, one.day, one.half_day) if one else ()


def why_session(season: Season, year: Year, session: Session) -> tuple[str, ...]:
    """Say in Dutch why these schools meet, why here, and why then."""
    return (
        *session.reasons[:1],
        *_why_together(season, year, session),
        _why_here(season, session),
        *_why_not_nearer(season, year, session),
        *_why_then(season, year, session),
    )


def _why_together(season: Season, year: Year, session: Session) -> list[str]:
    met = meetings(season, year.sessions)
    names = {one.id: one.name for one in season.participants}
    minutes = yearly_minutes(year.sessions)
    most = max(session.schools, key=lambda school: minutes[school])
    pairs = sum(met[pair] == 1 and not season.history.get(pair, 0) for pair in met if set(pair) <= set(session.schools))
    message = counted(pairs, "paar van deze groep ziet", "paren van deze groep zien")
    if not minutes[most]:
        return [f"{message} elkaar alleen hier."]
    road = counted(minutes[most], "minuut", "minuten")
    return [
        f"{message} elkaar alleen hier.",
        f"{names[most]} reist van hen het meest: {road} in het hele jaar (enkele rit).",
    ]


def _why_here(season: Season, session: Session) -> str:
    host = next(one for one in season.hosts if one.id == session.host)
    if host.kind == "online":
        return "Deze ronde is online: niemand ontvangt en niemand rijdt."
    return (
        f"{host.name} ontvangt: samen {counted(sum(session.minutes), 'minuut', 'minuten')}, "
        f"de verste school {max(session.minutes)}; "
        f"plaats voor {counted(host.capacity, 'school', 'scholen')}, {len(session.schools)} komen."
    )


def _why_not_nearer(season: Season, year: Year, session: Session) -> list[str]:
    """Name the hosts to which this group would travel less, and what stands in the way, the nearest first."""
    rows = [number for number, one in enumerate(season.participants) if one.id in session.schools]
    minutes = travel_minutes(season)[rows]
    minutes[[season.participants[row].id in session.online for row in rows]] = 0
    total = minutes.sum(axis=0)
    here = next(number for number, one in enumerate(season.hosts) if one.id == session.host)
    # Against what is known of the road now: the session may have been planned with other minutes.
    nearer = [number for number in total.argsort(kind="stable") if total[number] < total[here]]
    nearer = [number for number in nearer if season.hosts[number].kind != "online"]
    found = []
    for number in nearer[:EXAMPLES]:
        host = season.hosts[number]
        there = replace(session, host=host.id, minutes=tuple(int(one) for one in minutes[:, number]))
        obstacle = host_obstacle(season, year, session, host, max(there.minutes))
        but = f", maar {obstacle}" if obstacle else _loss(season, year, session, there)
        found.append(f"{host.name} ligt dichterbij (samen {counted(total[number], 'minuut', 'minuten')}){but}.")
    return found


def _loss(season: Season, year: Year, session: Session, there: Session) -> str:
    """Say which goal, the first in their order that differs, would be worse with a session at another host."""
    before = goal_values(season, year.sessions)
    after = goal_values(season, [there if one is session else one for one in year.sessions])
    for name in goal_order(season):
        if before[name] != after[name]:
            worse = f"«{session_goal_name(name)}»: {before[name]} wordt {after[name]}"
            better = (after[name] > before[name]) == (name in MOST_IS_BEST)
            return (
                f" en is zelfs beter, wat de zoektocht niet zag: {worse}" if better else f", maar slechter voor {worse}"
            )
    return " en is even goed"


def _why_then(season: Season, year: Year, session: Session) -> list[str]:
    dates = group_dates(season, session.schools, session.host, session.round, year)
    chosen = f"{HALF_DAY_NAMES[session.half_day]} {short(session.day)}"
    count = counted(len(dates.moments), "halve dag", "halve dagen")
    found = [f"Van {count} in het venster kan de groep er {len(dates.open)}; gekozen is {chosen}."]
    others = [one for one in dates.open if (one.day, one.half_day) != (session.day, session.half_day)]
    if others:
        message = ", ".join(_with_mentors(season, session, one) for one in others[:EXAMPLES])
        found.append(f"Ook mogelijk zonder een andere sessie te raken: {message}.")
    barred = [place for place in range(len(dates.moments)) if dates.barring(place)]
    for place in barred[:EXAMPLES]:
        message = "; ".join(f"{one.name} ({one.text})" for one in dates.barring(place)[:2])
        found.append(f"Niet op {moment_text(dates.moments[place])}: {message}.")
    return found


def _with_mentors(season: Season, session: Session, moment: Moment) -> str:
    guides = {one.id: one for one in season.guides}
    lost = sum(not guides[one].can_come(moment.day, moment.half_day) for one in session.mentors if one in guides)
    fewer = f" met {lost} {'mentor' if lost == 1 else 'mentoren'} minder" if lost else ""
    return f"{moment_text(moment)}{fewer}"
