"""Which columns may the tables of the Award and of the mentoring have?"""

from __future__ import annotations

from functools import partial
from typing import Final

from matcher.domain.column import Column, whole_reader
from matcher.intake.columns.readers import number_reader, one_of, read_line
from matcher.intake.columns.session_columns import read_day
from matcher.intake.columns.trajectory_columns import MENTOR_NAMES, SCHOOL_NAMES
from matcher.intake.columns.trajectory_readers import CONTACT_WORDS, STOP_WORDS, YES_NO, half_reader

MOST_SCORE: Final = 10
BEST_SATISFACTION: Final = 5
DAY_MINUTES: Final = 24 * 60
MOST_PRIORITY: Final = 900
MAX_NUMBER: Final = 40

_mine = {"name": "schoolnummer", "field": "school", "read": read_line, "synonyms": SCHOOL_NAMES}
_theirs = {"name": "mentornummer", "field": "mentor", "read": read_line, "synonyms": MENTOR_NAMES, "required": True}
_school_says = "De school: haar nummer of haar naam in de cohorte."
_mentor_says = "De mentor: nummer of naam."
_satisfaction = whole_reader(1, BEST_SATISFACTION, "cijfer")

_juror = partial(Column, sheet="Juryleden")
JUROR_COLUMNS: Final = (
    _juror(
        name="jurynummer",
        field="id",
        read=number_reader(MAX_NUMBER),
        required=True,
        synonyms=("jurylid", "jury nr"),
        meaning="Een eigen nummer van het jurylid; een rij per band, of één rij zonder band.",
        example="J1",
    ),
    _juror(name="naam", field="name", read=read_line, required=True, meaning="De naam.", example="Jo Voorbeeld"),
    _juror(**_mine, meaning="De school waarmee het jurylid een band heeft; leeg zonder band.", example="000201"),  # type: ignore[arg-type]
    _juror(
        name="band",
        field="tie",
        read=read_line,
        synonyms=("belangenconflict",),
        meaning="Welke band: bestuurder, ouder, oud-leraar ...",
        example="bestuurder",
    ),
)

_score = partial(Column, sheet="Scores")
SCORE_COLUMNS: Final = (
    _score(**_mine, required=True, meaning=_school_says, example="000201"),  # type: ignore[arg-type]
    _score(
        name="jurynummer",
        field="juror",
        read=read_line,
        required=True,
        synonyms=("jurylid", "jury nr"),
        meaning="Het jurylid: nummer of naam.",
        example="J1",
    ),
    _score(
        name="criterium",
        field="criterion",
        read=read_line,
        required=True,
        meaning="De sleutel of de naam van het criterium, zoals in award.toml.",
        example="idee",
    ),
    _score(
        name="score",
        field="value",
        read=half_reader(MOST_SCORE),
        synonyms=("punten", "cijfer"),
        meaning=f"Een heel of half getal van 0 tot {MOST_SCORE}; leeg betekent: nog niet gescoord.",
        example="7",
    ),
)

_pair = partial(Column, sheet="Koppels")
PAIR_COLUMNS: Final = (
    _pair(**_mine, required=True, meaning=_school_says, example="000201"),  # type: ignore[arg-type]
    _pair(**_theirs, meaning=_mentor_says, example="M001"),  # type: ignore[arg-type]
    _pair(
        name="tevreden_school", field="by_school", read=_satisfaction, meaning="1 tot 5, door de school.", example="4"
    ),
    _pair(
        name="tevreden_mentor", field="by_mentor", read=_satisfaction, meaning="1 tot 5, door de mentor.", example="4"
    ),
    _pair(name="gestopt_op", field="stopped", read=read_day, synonyms=("gestopt",), meaning="De laatste dag."),
    _pair(
        name="reden",
        field="stop_reason",
        read=one_of(STOP_WORDS, "unknown_reason", "reden"),
        meaning="ander werk, geen tijd, school stopte, klikte niet of andere; moet als het stopte.",
        example="ander werk",
    ),
    _pair(name="toelichting", field="note", read=read_line, meaning="Wat er meer over te zeggen is."),
    _pair(
        name="vervangen",
        field="replaced",
        read=one_of(YES_NO, "yes_or_no", "waarde"),
        meaning="ja als een andere mentor het overnam.",
        example="nee",
    ),
)

_contact = partial(Column, sheet="Contacten")
CONTACT_COLUMNS: Final = (
    _contact(**_mine, required=True, meaning=_school_says, example="000201"),  # type: ignore[arg-type]
    _contact(**_theirs, meaning=_mentor_says, example="M001"),  # type: ignore[arg-type]
    _contact(name="dag", field="day", read=read_day, required=True, synonyms=("datum",), meaning="Welke dag."),
    _contact(
        name="soort",
        field="kind",
        read=one_of(CONTACT_WORDS, "unknown_contact", "soort contact"),
        meaning="bezoek (ook als het leeg is), op afstand, sessie of ander.",
        example="bezoek",
    ),
    _contact(
        name="minuten",
        field="minutes",
        read=whole_reader(1, DAY_MINUTES, "aantal minuten"),
        meaning="Hoelang; leeg betekent 60.",
        example="90",
    ),
)

_priority = partial(Column, sheet="Voorrang")
PRIORITY_COLUMNS: Final = (
    _priority(**_mine, required=True, meaning="Het nummer van de school.", example="000201"),  # type: ignore[arg-type]
    _priority(
        name="voorrang",
        field="priority",
        read=whole_reader(0, MOST_PRIORITY, "aantal punten"),
        required=True,
        synonyms=("punten",),
        meaning="Punten voorrang uit de vorige cohorte.",
        example="10",
    ),
    _priority(name="reden", field="reason", read=read_line, meaning="Waarom."),
)
