"""How does a school go to another group, or a session to another day or host? A pin, in the place of earlier moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from matcher.domain.errors import InvalidValueError
from matcher.domain.season import Pin, Season
from matcher.domain.vocabulary import DAYS
from matcher.domain.year import Session, Year
from matcher.sessions.groups import absences_of
from matcher.sessions.half_days import host_reason, school_reason
from matcher.sessions.no_date import pin_fault
from matcher.sessions.wishes import short

MOVED: Final = "verplaatst"
"""The reason of a pin that a school's move made."""

SHIFTED: Final = "verzet"
"""The reason of a pin that the move of a whole session made."""


def move_pin(season: Season, year: Year, school: str, session: str) -> Pin:
    """Give the pin that brings a school to a session (its uid) of the year, where and when that is.

    Raises InvalidValueError where there is no such session, it or the school's own has been, or the school is away.
    """
    there = session_to_come(season, year, session)
    name = next(one.name for one in season.participants if one.id == school)
    here = next((one for one in year.sessions if one.round == there.round and school in one.schools), None)
    if here is not None:
        _refuse_past(season, here)
    if here == there:
        raise InvalidValueError(f"{name} zit al in deze groep.")
    if any((one.school, one.round) == (school, there.round) for one in absences_of(season)):
        raise InvalidValueError(f"{name} is afwezig gemeld in ronde {there.round}.")
    return Pin(
        round=there.round,
        schools=(school,),
        host=there.host,
        day=there.day,
        half_day=there.half_day,
        reason=MOVED,
    )


@dataclass(frozen=True, slots=True)
class Shift:
    """A session (its uid) that goes to another host (its id), day or half-day; what is None stays."""

    session: str
    host: str | None = None
    day: date | None = None
    half_day: str | None = None


def shift_pin(season: Season, year: Year, shift: Shift) -> Pin:
    """Give the pin that brings a session to another host, day or half-day.

    On another day it is on its own part of the day where the season knows that, else on the one liked best. Who can't
    come then (see `kept_away`) is not held in the group. Raises InvalidValueError where there is no such session or
    it has been, where nothing changes, and where the host or nobody of the group can then.
    """
    here = session_to_come(season, year, shift.session)
    when = shift.day or here.day
    pin = Pin(
        round=here.round,
        schools=here.schools,
        host=_host_then(season, here, shift.host),
        day=when,
        half_day=shift.half_day or _half_day_then(season, here, when),
        reason=SHIFTED,
    )
    if (pin.host, pin.day, pin.half_day) == (here.host, here.day, here.half_day):
        raise InvalidValueError("Deze sessie is daar en dan al.")
    if season.today is not None and when < season.today:
        raise InvalidValueError(f"{short(when)} is voorbij. Kies een dag die nog komt.")
    fault = pin_fault(season, pin) or _host_fault(season, pin)
    if fault is not None:
        raise InvalidValueError(fault)
    away = {school for school, _ in kept_away(season, pin)}
    if away.issuperset(here.schools):
        raise InvalidValueError(f"Geen enkele school van deze groep kan op {short(when)}. Kies een andere dag.")
    return replace(pin, schools=tuple(one for one in here.schools if one not in away))


def kept_away(season: Season, pin: Pin, schools: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """List the schools (id, reason in Dutch), those of the pin unless others are named, that can't come then."""
    assert pin.day is not None  # noqa: S101 - a pin of a move says when
    assert pin.half_day is not None  # noqa: S101
    asked = [one for one in season.participants if one.id in (schools or pin.schools)]
    told = ((one.id, school_reason(season, one, pin.day, pin.half_day)) for one in asked)
    return tuple((key, reason) for key, reason in told if reason is not None)


def without_move(season: Season, pin: Pin, group: Collection[str] = ()) -> Season:
    """Give the season without earlier moves that this one takes the place of.

    For a school that is its own earlier move in the round, and its part in the move of a session; for a session
    (`group`: all schools that are in it) its own earlier move, and those of schools that came to it.
    """
    kept = (_left(one, pin, {*pin.schools, *group}) for one in season.pins)
    return replace(season, pins=tuple(one for one in kept if one is not None))


def _left(one: Pin, pin: Pin, moving: Collection[str]) -> Pin | None:
    """Give what is left of an earlier pin beside a new move; None for nothing."""
    if one.round != pin.round or one.reason not in (MOVED, SHIFTED) or not set(one.schools) & set(moving):
        return one
    if one.reason == MOVED or pin.reason == SHIFTED:
        return None
    rest = tuple(school for school in one.schools if school not in moving)
    return replace(one, schools=rest) if rest else None


def session_to_come(season: Season, year: Year, session: str) -> Session:
    """Find a session of the year by its uid; raises InvalidValueError where it is not there, or has been."""
    found = next((one for one in year.sessions if one.uid == session), None)
    if found is None:
        raise InvalidValueError("Deze sessie is er niet (meer). Kies een sessie van dit jaar.")
    _refuse_past(season, found)
    return found


def _refuse_past(season: Season, one: Session) -> None:
    if season.today is not None and one.day < season.today:
        raise InvalidValueError(f"De sessie van {short(one.day)} is al geweest: daar verandert niets meer aan.")


def _host_then(season: Season, here: Session, asked: str | None) -> str:
    if asked is None or asked == here.host:
        return here.host
    online = {one.id for one in season.hosts if one.kind == "online"}
    if {asked, here.host} & online:
        raise InvalidValueError("Een ronde die online is, heeft geen gastheer.")
    return asked


def _half_day_then(season: Season, here: Session, day: date) -> str:
    if day == here.day:
        return here.half_day
    weekday = "".join(DAYS[day.weekday() : day.weekday() + 1]) or "weekend"
    halves = [one for one in season.half_days if one.startswith(f"{weekday}-")]
    alike = [one for one in halves if one[-2:] == here.half_day[-2:]]
    for one in (*alike, *halves):
        return one
    raise InvalidValueError(f"Op {short(day)} is er geen sessie mogelijk: dat kan op {', '.join(season.half_days)}.")


def _host_fault(season: Season, pin: Pin) -> str | None:
    assert pin.day is not None  # noqa: S101 - a pin of a move says when
    assert pin.half_day is not None  # noqa: S101
    host = next(one for one in season.hosts if one.id == pin.host)
    reason = host_reason(season, host, pin.day, pin.half_day)
    if reason is None:
        return None
    return f"{host.name} kan niet ontvangen op {short(pin.day)} ({reason}). Kies een andere dag of een andere gastheer."
