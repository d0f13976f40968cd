"""Which columns may the sheet Seizoen have: windows of rounds, what is fixed, who is absent?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from matcher.domain.column import Column, Reading, split_values, whole_reader
from matcher.domain.season import THEMES
from matcher.intake.columns.readers import one_of, read_line
from matcher.intake.columns.session_columns import read_day

if TYPE_CHECKING:
    from matcher.domain.policy import Policy

MOST_ROUNDS: Final = 12
WINDOW, FIXED, ABSENT = "ronde", "vast", "afwezig"
KINDS: Final = {"venster": WINDOW, "ronde": WINDOW, "vast": FIXED, "vaste sessie": FIXED, "afwezig": ABSENT}


def _read_names(text: str, _policy: Policy) -> Reading:
    return Reading(tuple(split_values(text)))


_season = partial(Column, sheet="Seizoen")

SEASON_COLUMNS: Final = (
    _season(
        name="soort",
        field="kind",
        read=one_of(KINDS, "unknown_kind", "soort"),
        required=True,
        meaning="venster (wanneer een ronde valt), vast (een sessie die vastligt) of afwezig (wie niet komt).",
        example="venster",
    ),
    _season(
        name="ronde",
        field="round",
        read=whole_reader(1, MOST_ROUNDS, "nummer van een ronde"),
        required=True,
        synonyms=("nummer", "ronde nr"),
        meaning="Het nummer van de ronde.",
        example="1",
    ),
    _season(
        name="van",
        field="first",
        read=read_day,
        synonyms=("vanaf", "datum", "dag", "eerste dag"),
        meaning="De eerste dag van het venster, of de dag van een vaste sessie.",
        example="11/01/2027",
    ),
    _season(
        name="tot",
        field="last",
        read=read_day,
        synonyms=("tot en met", "t/m", "laatste dag"),
        meaning="De laatste dag van het venster.",
        example="29/01/2027",
    ),
    _season(
        name="thema",
        field="theme",
        read=one_of(
            {one: one for one in THEMES} | {name: one for one, name in THEMES.items()}, "unknown_theme", "thema"
        ),
        meaning=f"Het thema van de ronde: {', '.join(THEMES)}; leeg betekent: wat elke groep het meest nodig heeft.",
        example="leerplan",
    ),
    _season(
        name="scholen",
        field="schools",
        read=_read_names,
        synonyms=("school", "schoolnummer"),
        meaning="Nummers of namen: wie bij een vaste sessie hoort, of de school die afwezig is.",
        example="000201, 000202",
    ),
    _season(
        name="locatie",
        field="host",
        read=read_line,
        synonyms=("plaats", "gastheer"),
        meaning="Waar een vaste sessie is: een naam uit Locaties, een school of een bedrijf.",
        example="Provinciehuis",
    ),
    _season(
        name="halve_dag",
        field="half_day",
        read=read_line,
        synonyms=("dagdeel",),
        meaning="De halve dag van een vaste sessie, zoals wo-nm.",
        example="wo-nm",
    ),
    _season(
        name="reden",
        field="reason",
        read=read_line,
        synonyms=("waarom", "toelichting", "opmerking"),
        meaning="Waarom; moet bij afwezig.",
        example="buitenlandse reis",
    ),
)
