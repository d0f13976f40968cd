"""Which round, school, host or session of a planned year does a text mean?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from matcher.domain.column import nearest, plain
from matcher.domain.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.domain.season import Season
    from matcher.domain.year import Session, Year


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
    return _find(text, {one.id: one.name for one in season.participants}, "school")


def find_host(season: Season, text: str) -> str:
    """Give the id of the host with this id or name; raise InvalidValueError with the nearest where unknown."""
    return _find(text, {one.id: one.name for one in season.hosts}, "locatie")


def sessions_at(season: Season, year: Year, number: int, text: str = "") -> tuple[Session, ...]:
    """Give the sessions of a round of which a school or host is meant; all of them without a text.

    None where the school has no session in the round, or the host receives none.
    """
    found = tuple(one for one in year.sessions if one.round == number)
    if not text:
        return found
    names = {one.id: one.name for one in season.hosts} | {one.id: one.name for one in season.participants}
    whose = _find(text, names, "school of locatie")
    schools = {one.id for one in season.participants}
    if whose in schools:
        return tuple(one for one in found if whose in one.schools)
    return tuple(one for one in found if one.host == whose)


def _find(text: str, names: Mapping[str, str], what: str) -> str:
    if text in names:
        return text
    same = [one for one, name in names.items() if plain(text) in (plain(one), plain(name))]
    if len(same) == 1:
        return same[0]
    if same:
        raise InvalidValueError(f"De naam «{text}» komt meer dan eens voor: gebruik een van {', '.join(same)}.")
    guess = {_bare(one): one for one in names}.get(_bare(text)) or nearest(text, _spellings(names))
    remedy = f"Bedoelde u «{guess}»?" if guess else "Kijk het na in sessies.xlsx."
    raise InvalidValueError(f"Geen {what} met nummer of naam «{text}». {remedy}")


def _spellings(names: Mapping[str, str]) -> Iterable[str]:
    return [*names, *names.values()]


def _bare(number: str) -> str:
    """Give a number as a spreadsheet leaves it: without the zeros in front."""
    return plain(number).lstrip("0")
