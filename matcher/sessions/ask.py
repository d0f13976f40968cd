"""Why this group and this date, why no date, and what would a pin cost? Questions about a planned year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.domain.plan import Conflict
from matcher.domain.vocabulary import HALF_DAY_NAMES
from matcher.sessions.calendar import exam_blocks
from matcher.sessions.goals import goal_values, meetings, yearly_minutes
from matcher.sessions.moments import host_reason, possible_moments, school_reason
from matcher.sessions.schedule import plan_year
from matcher.sessions.wishes import period_text, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matcher.domain.period import Period
    from matcher.domain.season import Pin, Season
    from matcher.domain.year import Session, Year
    from matcher.engine.annealing import Effort
    from matcher.sessions.moments import Moment


@dataclass(frozen=True, slots=True)
class PinPrice:
    """What a pin costs: `year` with the pin, and per goal its value less the present one.

    `moved` are the schools whose invitations change, with the round; `conflict` says why it can't be.
    """

    year: Year
    losses: Mapping[str, int]
    moved: tuple[tuple[str, int], ...]
    conflict: Conflict | None = None


def price_of_pin(season: Season, year: Year, pin: Pin, *, effort: Effort | None = None) -> PinPrice:
    """Plan anew with a pin, as close to the present year as can be; say what it costs and who must move."""
    asked = replace(season, pins=(*season.pins, pin), previous=year)
    found = plan_year(asked, effort=effort)
    if not found.sessions:
        return PinPrice(found, {}, (), found.conflict)
    before, after = goal_values(season, year.sessions), goal_values(season, found.sessions)
    losses = {
        name: after[name] - before[name] for name in before if name not in ("changed_sessions", "changed_invitations")
    }
    old, new = _invitations(year.sessions), _invitations(found.sessions)
    moved = tuple(sorted(key for key in old if old[key] != new.get(key)))
    return PinPrice(found, losses, moved)


def _invitations(sessions: Sequence[Session]) -> dict[tuple[str, int], tuple[object, ...]]:
    return {(school, one.round): (one.host, one.day, one.half_day) for one in sessions for school in one.schools}


def why_session(season: Season, year: Year, session: Session) -> tuple[str, ...]:
    """Say in Dutch why these schools meet, why here, and why then."""
    return (
        *session.reasons[:1],
        *_why_together(season, year, session),
        _why_here(season, session),
        *_why_then(season, session),
    )


def _why_together(season: Season, year: Year, session: Session) -> list[str]:
    met = meetings(season, year.sessions)
    names = {one.id: one.name for one in season.participants}
    minutes = yearly_minutes(year.sessions)
    most = max(session.schools, key=lambda school: minutes[school])
    pairs = sum(met[pair] == 1 and not season.history.get(pair, 0) for pair in met if set(pair) <= set(session.schools))
    return [
        f"{pairs} paren van deze groep zien elkaar alleen hier.",
        f"{names[most]} reist van hen het meest: {minutes[most]} minuten in het hele jaar (enkele rit).",
    ]


def _why_here(season: Season, session: Session) -> str:
    host = next(one for one in season.hosts if one.id == session.host)
    return (
        f"{host.name} ontvangt: samen {sum(session.minutes)} minuten, de verste school {max(session.minutes)}; "
        f"plaats voor {host.capacity} scholen, {len(session.schools)} komen."
    )


def _why_then(season: Season, session: Session) -> list[str]:
    window = next(one.window for one in season.rounds if one.number == session.round)
    moments = possible_moments(window, season.half_days, season.free)
    blocked = {moment: blockers(season, session.schools, session.host, moment) for moment in moments}
    open_days = [moment for moment in moments if not blocked[moment]]
    chosen = f"{HALF_DAY_NAMES[session.half_day]} {short(session.day)}"
    found = [f"Van {len(moments)} halve dagen in het venster kan de groep er {len(open_days)}; gekozen is {chosen}."]
    for moment in moments:
        if blocked[moment] and len(found) <= 3:  # noqa: PLR2004 - a few examples
            found.append(f"Niet op {short(moment.day)}: {'; '.join(blocked[moment][:2])}.")
    return found


def blockers(season: Season, schools: Sequence[str], host: str, moment: Moment) -> list[str]:
    """Name in Dutch who of a group can't come at a moment, and why."""
    found = []
    for one in season.participants:
        reason = school_reason(season, one, moment.day, moment.half_day) if one.id in schools else None
        if reason:
            found.append(f"{one.name} ({reason})")
    for place in season.hosts:
        reason = host_reason(season, place, moment.day, moment.half_day) if place.id == host else None
        if reason and place.id not in schools:
            found.append(f"{place.name} ({reason})")
    return found


def why_no_date(season: Season, schools: Sequence[str], host: str, number: int) -> Conflict | None:
    """Name the smallest set of blackouts that leave a group without a date in a round; None where it has one.

    Smallest: none of them can be missed. The first remedy asks for the fewest of them.
    """
    window = next(one.window for one in season.rounds if one.number == number)
    moments = possible_moments(window, season.half_days, season.free)
    held = [(name, period) for name, periods in _calendars(season, schools, host) for period in periods]
    bars = {moment: [one for one in held if one[1].covers(moment.day, moment.half_day)] for moment in moments}
    place = next(one for one in season.hosts if one.id == host)
    moments = tuple(one for one in moments if not place.half_days or one.half_day in place.half_days)
    if not moments or not all(bars[moment] for moment in moments):
        return None
    kept = held
    for one in sorted(held, key=lambda each: (each[1].last - each[1].first).days):
        rest = [other for other in kept if other is not one]
        if all(any(bar in rest for bar in bars[moment]) for moment in moments):
            kept = rest
    best = min(moments, key=lambda moment: len(bars[moment]))
    texts = tuple(f"{name}: {period_text(period)}" for name, period in kept)
    asked = " en ".join(f"{name} ({period_text(period)})" for name, period in bars[best])
    sentence = f"Deze groep heeft in ronde {number} geen enkele datum: {'; '.join(texts)}."
    return Conflict(sentence, rules=texts, remedies=(f"Op {short(best.day)} lukt het als dit wijkt: {asked}.",))


def _calendars(season: Season, schools: Sequence[str], host: str) -> list[tuple[str, tuple[Period, ...]]]:
    found: list[tuple[str, tuple[Period, ...]]] = []
    for one in season.participants:
        if one.id in schools:
            exams = exam_blocks(season.school_year) if one.exams is None else one.exams
            found.append((one.name, (*exams, *one.unavailable)))
    found += [(one.name, one.unavailable) for one in season.hosts if one.id == host]
    return found
