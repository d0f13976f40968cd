"""Which season does a repair ask that moves schools to other groups, and sessions to other days or hosts?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import matcher
from service.core.errors import invalid
from service.network.season.shapes import GroupMoveIn, SeasonIn, ShiftIn


def with_moves(season: matcher.Season, year: matcher.Year, body: SeasonIn) -> matcher.Season:
    """Give the season with its moves, each in the place of earlier ones; raises Problem 422 for one that can't be."""
    for place, one in enumerate(body.moves):
        season = _moved(season, year, one, f"/moves/{place}")
    for place, each in enumerate(body.shifts):
        season = _shifted(season, year, each, f"/shifts/{place}")
    return season


def _moved(season: matcher.Season, year: matcher.Year, one: GroupMoveIn, pointer: str) -> matcher.Season:
    school = found_in(matcher.find_participant, season, one.school, f"{pointer}/school")
    try:
        pin = matcher.move_pin(season, year, school, one.session)
    except matcher.InvalidValueError as error:
        raise invalid(f"{pointer}/session", "no_move", str(error)) from error
    season = matcher.without_move(season, pin)
    return replace(season, pins=(*season.pins, pin))


def _shifted(season: matcher.Season, year: matcher.Year, one: ShiftIn, pointer: str) -> matcher.Season:
    host = None if one.host is None else found_in(matcher.find_host, season, one.host, f"{pointer}/host")
    try:
        pin = matcher.shift_pin(season, year, matcher.Shift(one.session, host, one.day, one.half_day))
        group = matcher.session_to_come(season, year, one.session).schools
    except matcher.InvalidValueError as error:
        raise invalid(pointer, "no_shift", str(error)) from error
    season = matcher.without_move(season, pin, group)
    return replace(season, pins=(*season.pins, pin))


def found_in(find: Any, season: matcher.Season, text: str, pointer: str) -> Any:  # noqa: ANN401 - a number or an id
    """Find what a text means; raises Problem 422 at its pointer."""
    try:
        return find(season, text)
    except matcher.InvalidValueError as error:
        raise invalid(pointer, "unknown", str(error)) from error
