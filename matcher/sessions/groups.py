"""How many groups does a round have, which sessions are asked for, and how often must two schools meet again?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from matcher.domain.absence import Absence
from matcher.domain.season import Pin, Season, SessionRound
from matcher.domain.year import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPin:
    """What one session of a round must hold; `held` says that it lies in the past and is complete."""

    schools: tuple[str, ...] = ()
    host: str | None = None
    day: date | None = None
    half_day: str | None = None
    held: bool = False
    pins: tuple[Pin, ...] = ()


def group_sizes(schools: int, size: int | None = None) -> tuple[int, int]:
    """Give the smallest and largest group nearest to a wished size (default six to seven) in which all fit.

    With twenty schools a wish of four gives groups of four, a wish of six or of eight groups of six or seven. Nearest
    is by the mean size; where two numbers of groups are as near, the smaller groups, which meet less often twice.
    """
    low, high = (size, size) if size else (6, 7)
    if 1 <= -(-schools // high) <= schools // low:
        return low, high
    groups = min(range(1, schools + 1), key=lambda count: (_apart(schools, count, low, high), -count), default=1)
    return max(1, schools // groups), max(1, -(-schools // groups))


def _apart(schools: int, groups: int, low: int, high: int) -> Fraction:
    """Tell how far the mean size lies outside the wish."""
    mean = Fraction(schools, groups)
    return max(low - mean, mean - high, Fraction(0))


def group_range(one: SessionRound, present: int) -> tuple[int, int]:
    """Give the fewest and the most groups in which `present` schools fit; none fits where they cross."""
    if one.plenary:
        return 1, 1
    return -(-present // one.largest), present // one.smallest


def group_count(season: Season, one: SessionRound, present: int) -> int:
    """Choose how many groups a round has: on a rerun as many as before, else as many as sizes and hosts allow.

    Small groups meet less often twice. Of rounds that share hosts none takes more than its part.
    """
    held = [session for session in held_sessions(season) if session.round == one.number]
    if held and sum(len(session.schools) for session in held) >= present:
        return len(held)
    fewest, most = group_range(one, present)
    before = sum(session.round == one.number for session in season.previous.sessions) if season.previous else 0
    if fewest <= before <= most:
        return before
    if one.online:
        return max(fewest, most, 1)
    rounds = [each for each in season.rounds if not each.online]
    places = [host for host in season.hosts if host.kind != "online" and host.capacity >= one.smallest]
    turns = sum(min(host.max_times, len(rounds)) for host in places)
    share, rest = divmod(turns, max(len(rounds), 1))
    share += rounds.index(one) < rest
    return max(fewest, min(most, share), 1)


def held_sessions(season: Season) -> tuple[Session, ...]:
    """List the sessions of the previous year that lie before today: they stay as they were."""
    if season.previous is None or season.today is None:
        return ()
    rounds = {one.number for one in season.rounds}
    return tuple(one for one in season.previous.sessions if one.day < season.today and one.round in rounds)


def absences_of(season: Season) -> tuple[Absence, ...]:
    """List the absences that count: who sat in a session already held was there, whatever was told later."""
    there = {(school, one.round) for one in held_sessions(season) for school in one.schools}
    return tuple(one for one in season.absences if (one.school, one.round) not in there)


def session_pins(season: Season, one: SessionRound) -> tuple[SessionPin, ...]:
    """List the sessions that a round must hold: those already held, then those that pins ask for.

    Pins that name a same school speak of one session, as do pins of a plenary; so do pins of one host
    that do not contradict each other. Pins of a round with held sessions that these satisfy are left out.
    """
    held = tuple(
        SessionPin(schools=one_.schools, host=one_.host, day=one_.day, half_day=one_.half_day, held=True)
        for one_ in held_sessions(season)
        if one_.round == one.number
    )
    asked: list[SessionPin] = []
    for pin in season.pins:
        if pin.round == one.number and not any(satisfies(other, pin) for other in held):
            asked = _join(asked, pin, plenary=one.plenary)
    return (*held, *asked)


def satisfies(session: SessionPin | Session, pin: Pin) -> bool:
    """Tell whether a session holds all that a pin asks."""
    parts = ((pin.host, session.host), (pin.day, session.day), (pin.half_day, session.half_day))
    return set(pin.schools) <= set(session.schools) and all(want is None or want == has for want, has in parts)


def _join(asked: list[SessionPin], pin: Pin, *, plenary: bool) -> list[SessionPin]:
    """Put a pin with the session that it speaks of, or make a new one."""
    wanted = SessionPin(schools=pin.schools, host=pin.host, day=pin.day, half_day=pin.half_day, pins=(pin,))
    for place, other in enumerate(asked):
        shared = bool(set(other.schools) & set(pin.schools)) or plenary
        same_host = pin.host is not None and other.host == pin.host
        if shared or same_host:
            merged = _merge(other, wanted)
            if merged is not None:
                return [*asked[:place], merged, *asked[place + 1 :]]
    return [*asked, wanted]


def _merge(one: SessionPin, other: SessionPin) -> SessionPin | None:
    for name in ("host", "day", "half_day"):
        first, second = getattr(one, name), getattr(other, name)
        if first is not None and second is not None and first != second:
            return None
    return SessionPin(
        schools=tuple(sorted({*one.schools, *other.schools})),
        host=one.host or other.host,
        day=one.day or other.day,
        half_day=one.half_day or other.half_day,
        pins=one.pins + other.pins,
    )
