"""How does a school go to another group of its round? A pin, which takes the place of an earlier move."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from matcher.domain.errors import InvalidValueError
from matcher.domain.season import Pin
from matcher.sessions.groups import absences_of
from matcher.sessions.wishes import short

if TYPE_CHECKING:
    from matcher.domain.season import Season
    from matcher.domain.year import Year

MOVED: Final = "verplaatst"
"""The reason of a pin that a move made."""


def move_pin(season: Season, year: Year, school: str, session: str) -> Pin:
    """Give the pin that brings a school to a session (its uid) of the year, where and when that is.

    Raises InvalidValueError where there is no such session, it or the school's own has been, or the school is away.
    """
    there = next((one for one in year.sessions if one.uid == session), None)
    if there is None:
        raise InvalidValueError("Deze sessie is er niet (meer). Kies een sessie van dit jaar.")
    name = next(one.name for one in season.participants if one.id == school)
    here = next((one for one in year.sessions if one.round == there.round and school in one.schools), None)
    for one in filter(None, (there, here)):
        if season.today is not None and one.day < season.today:
            raise InvalidValueError(f"De sessie van {short(one.day)} is al geweest: daar verandert niets meer aan.")
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


def without_move(season: Season, pin: Pin) -> Season:
    """Give the season without an earlier move of the same school in the same round."""
    key = (pin.round, pin.schools, MOVED)
    return replace(season, pins=tuple(one for one in season.pins if (one.round, one.schools, one.reason) != key))
