"""Which columns do the tables have that are no sheet of a cohort: of sessions, of a school's year, of the Award?

They stand in `matcher/reference/columns.csv`, a line for each: the header, the field it fills, whether a row must have
it (`x`), how a cell is read, other headers for it, an example and what it means. A cell is read as one line of text
where nothing is said, as a whole number of a range (`0-500 aantal scholen`), or as `READERS` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, cast

from matcher.domain.column import Column, Reading, Sheet, choice_reader, split_values, whole_reader
from matcher.domain.policy import Policy
from matcher.domain.reference_table import reference_rows
from matcher.domain.season import THEMES
from matcher.domain.vocabulary import DAYS, HALF_DAY_NAMES, HALF_DAYS
from matcher.intake.columns.day_reader import read_day
from matcher.intake.columns.readers import number_reader, one_of, read_degrees, read_line, read_postcode
from matcher.intake.columns.trajectory_readers import (
    CONTACT_WORDS,
    LEVEL_WORDS,
    NETWORK_SPELLINGS,
    STATES,
    STOP_WORDS,
    YES_NO,
    half_reader,
    read_criterion,
    read_criterion_or_all,
    read_links,
)

SESSIONS: Final[tuple[Sheet, ...]] = ("Locaties", "Blokkeringen", "Seizoen")
"""The tables of the learning network."""

EVERYBODY: Final = "alle"
WINDOW, FIXED, ABSENT = "ronde", "vast", "afwezig"
MAX_NUMBER: Final = 40
MOST_SCORE: Final = 10

_DAY_PARTS: Final = {"vm": "vm", "voormiddag": "vm", "nm": "nm", "namiddag": "nm", "hele dag": "", "dag": ""}
_BLACKOUTS: Final = {"vrij": "away", "examens": "exams", "blokkering": "away", "examen": "exams"}
_KINDS: Final = {"venster": WINDOW, "ronde": WINDOW, "vast": FIXED, "vaste sessie": FIXED, "afwezig": ABSENT}
_HALF_DAYS: Final = {one: one for one in HALF_DAYS} | {name: one for one, name in HALF_DAY_NAMES.items()}
_THEMES: Final = {one: one for one in THEMES} | {name: one for one, name in THEMES.items()}
_RANGE: Final = re.compile(r"(\d+)-(\d+) (.+)")


def _read_part(text: str, policy: Policy) -> Reading:
    """Read `vm`, `nm`, or a half-day such as `wo-nm`, of which only the part of the day counts."""
    part = re.sub(rf"^({'|'.join(DAYS)})[\s-]*(?=[vn]m$)", "", text.strip().casefold())
    return one_of(_DAY_PARTS, "unknown_day_part", "dagdeel")(part, policy)


def _read_names(text: str, _policy: Policy) -> Reading:
    return Reading(tuple(split_values(text)))


READERS: Final[Mapping[str, Callable[[str, Policy], Reading]]] = {
    "": read_line,
    "blackout": one_of(_BLACKOUTS, "unknown_kind", "soort"),
    "contact": one_of(CONTACT_WORDS, "unknown_contact", "soort contact"),
    "criterion": read_criterion,
    "criterion_or_all": read_criterion_or_all,
    "day": read_day,
    "degrees": read_degrees,
    "half": half_reader(MOST_SCORE),
    "half_days": choice_reader(_HALF_DAYS, "unknown_half_day", "halve dag"),
    "level": one_of(LEVEL_WORDS, "unknown_level", "naam van een niveau"),
    "links": read_links,
    "names": _read_names,
    "network": one_of(NETWORK_SPELLINGS, "unknown_network", "naam van een net"),
    "number": number_reader(MAX_NUMBER),
    "part": _read_part,
    "postcode": read_postcode,
    "season": one_of(_KINDS, "unknown_kind", "soort"),
    "state": one_of(STATES, "unknown_state", "toestand"),
    "stop": one_of(STOP_WORDS, "unknown_reason", "reden"),
    "theme": one_of(_THEMES, "unknown_theme", "thema"),
    "yes_no": one_of(YES_NO, "yes_or_no", "waarde"),
}


def sheet_columns(sheet: Sheet) -> tuple[Column, ...]:
    """Give the columns of a table; of `Scholen` and `Mentoren` those that an application adds to a cohort's own."""
    return tuple(one for one in _all() if one.sheet == sheet)


@cache
def _all() -> tuple[Column, ...]:
    return tuple(_column(row) for row in reference_rows("columns.csv"))


def _column(row: Mapping[str, str]) -> Column:
    whole = _RANGE.fullmatch(row["read"])
    return Column(
        sheet=cast("Sheet", row["sheet"]),
        name=row["name"],
        field=row["field"],
        read=whole_reader(int(whole[1]), int(whole[2]), whole[3]) if whole else READERS[row["read"]],
        meaning=row["meaning"],
        synonyms=tuple(row["synonyms"].split(", ")) if row["synonyms"] else (),
        required=bool(row["must"]),
        example=row["example"],
    )
