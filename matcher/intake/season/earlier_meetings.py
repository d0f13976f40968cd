"""Which schools have met before this season, and how often? From earlier years and from what somebody remembers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from matcher.domain.document import loads
from matcher.domain.errors import DocumentError
from matcher.domain.season import Season
from matcher.domain.season_document import year_from_document
from matcher.domain.year import Year
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.policy_section import Opener, Section
from matcher.intake.season.season_section import missing, named

MOST_TIMES = 99
TWO = 2


def read_meetings(
    top: Section, remembered: Sequence[Section], season: Season, opener: Opener
) -> dict[tuple[str, str], int]:
    """Count earlier meetings of two schools of this season (ids in order), years and memories added up."""
    met: Counter[tuple[str, str]] = Counter()
    for name in top.texts("eerdere_jaren") or ():
        year = _earlier_year(top, name, season, opener)
        met.update(_meetings(year, {one.id for one in season.participants}) if year else {})
    names = {one.id: one.name for one in season.participants}
    for section in remembered:
        pair = (
            None
            if missing(section, "scholen")
            else named(section, "scholen", section.texts("scholen") or [], names, "school")
        )
        times = section.whole("keer", 1, MOST_TIMES) if "keer" in section.raw else 1
        if pair is not None and len(pair) != TWO:
            section.error(
                "not_a_pair", "scholen", "Een ontmoeting is er één van twee scholen.", "Noem er precies twee."
            )
        elif pair is not None and times is not None:
            met[min(pair), max(pair)] += times
    return dict(met)


def _earlier_year(top: Section, name: str, season: Season, opener: Opener) -> Year | None:
    content = opener(name)
    if content is None or len(content) > MAX_BYTES:
        remedy = 'Schrijf het pad vanaf de map van dit bestand, zoals "2025/sessies.json".'
        top.error("no_earlier_year", "eerdere_jaren", "Dit bestand is er niet.", remedy, name)
        return None
    try:
        year = year_from_document(loads(content.decode("utf-8")))
    except (UnicodeDecodeError, DocumentError) as error:
        reason = str(error) if isinstance(error, DocumentError) else "Dit is geen tekst in UTF-8."
        top.error("bad_earlier_year", "eerdere_jaren", reason, "Noem het sessies.json van een eerder jaar.", name)
        return None
    if year.season == season.id:
        remedy = "Noem hier alleen eerdere jaren; het jaar zelf geeft u met --previous."
        top.error("same_year", "eerdere_jaren", "Dit is het jaar dat u plant.", remedy, name)
        return None
    return year


def _meetings(year: Year, schools: set[str]) -> Counter[tuple[str, str]]:
    """Count the pairs that met; a round with a single session was a plenary, and that is no meeting of two."""
    groups = Counter(one.round for one in year.sessions)
    return Counter(
        pair
        for one in year.sessions
        if groups[one.round] > 1
        for pair in combinations(sorted(schools.intersection(one.schools)), 2)
    )
