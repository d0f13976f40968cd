"""Which round, school, host or session of a planned year does a text mean?"""

from __future__ import annotations

import re
from typing import Final

from matcher.domain.errors import InvalidValueError
from matcher.domain.find_named import find_named
from matcher.domain.season import Season
from matcher.domain.year import Session, Year

REMEDY: Final = "Kijk het na in sessies.xlsx."


def find_session_round(season: Season, text: str) -> int:
    """Give the number of a round; raise InvalidValueError where there is no such round."""
    numbers = [one.number for one in season.rounds]
    match = re.fullmatch(r"(?:ronde\s*)?(\d{1,3})", text.strip().casefold())
    if match is None or int(match[1]) not in numbers:
        known = ", ".join(map(str, numbers))
        raise InvalidValueError(f"Geen ronde «{text}». Kies uit: {known}.")
    return int(match[1])


def find_participant(season: Season, text: str) -> str:
    """Give the id of the school with this id or name; raise InvalidValueError with the nearest where unknown."""
    return find_named(text, {one.id: one.name for one in season.participants}, "school", REMEDY)


def find_host(season: Season, text: str) -> str:
    """Give the id of the host with this id or name; raise InvalidValueError with the nearest where unknown."""
    return find_named(text, {one.id: one.name for one in season.hosts}, "locatie", REMEDY)


def sessions_at(season: Season, year: Year, number: int, text: str = "") -> tuple[Session, ...]:
    """Give the sessions of a round of which a school or host is meant; all of them without a text.

    None where the school has no session in the round, or the host receives none.
    """
    found = tuple(one for one in year.sessions if one.round == number)
    if not text:
        return found
    names = {one.id: one.name for one in season.hosts} | {one.id: one.name for one in season.participants}
    whose = find_named(text, names, "school of locatie", REMEDY)
    schools = {one.id for one in season.participants}
    if whose in schools:
        return tuple(one for one in found if whose in one.schools)
    return tuple(one for one in found if one.host == whose)
