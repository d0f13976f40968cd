"""Which columns may the tables of a school's year have: applications, measurements, action plans, levels?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from matcher.domain.column import Column, whole_reader
from matcher.domain.vocabulary import HIGHEST_RATING
from matcher.intake.columns.catalogue import columns
from matcher.intake.columns.readers import one_of, read_line
from matcher.intake.columns.session_columns import read_day
from matcher.intake.columns.trajectory_readers import (
    ALL,
    LEVEL_WORDS,
    NETWORK_SPELLINGS,
    STATES,
    YES_NO,
    read_criterion,
    read_criterion_or_all,
    read_links,
)

MOST_POINTS: Final = 100
MOST_EFFORT: Final = 10_000
SCHOOL_NAMES: Final = ("instellingsnummer", "instellingsnr", "school", "school nr", "school id")
MENTOR_NAMES: Final = ("mentor", "mentor nr", "mentor id")
BY_DAY: Final = ("datum", "deadline", "uiterlijk")

_mine = {"name": "schoolnummer", "field": "school", "read": read_line, "required": True, "synonyms": SCHOOL_NAMES}
_school_says = "De school: haar nummer of haar naam in de cohorte."
_column = Column


def _applied(sheet: str) -> tuple[Column, ...]:
    """Give what an application adds to the row of a school or a mentor."""
    one = partial(_column, sheet=sheet)  # type: ignore[arg-type]
    return (
        one(
            name="ontvangen_op",
            field="application.received",
            read=read_day,
            required=True,
            synonyms=("ontvangen", "datum aanmelding"),
            meaning="De dag waarop de aanmelding binnenkwam, dag/maand/jaar.",
            example="01/09/2026",
        ),
        one(
            name="toestemming",
            field="application.consent",
            read=read_line,
            required=True,
            synonyms=("versie toestemming",),
            meaning="De versie van de tekst waarmee de aanmelder instemde.",
            example="2026-1",
        ),
        one(
            name="aanmelding",
            field="application.state",
            read=one_of(STATES, "unknown_state", "toestand"),
            synonyms=("stand aanmelding",),
            meaning="bevestigd (ook als het leeg is), ontvangen, aanvaard, wachtlijst, geweigerd of ingetrokken.",
            example="bevestigd",
        ),
        one(
            name="reden_aanmelding",
            field="application.reason",
            read=read_line,
            meaning="Waarom, bij geweigerd of ingetrokken.",
        ),
        one(name="motivatie", field="application.motivation", read=read_line, meaning="Waarom zij willen meedoen."),
    )


APPLICATION_COLUMNS: Final = (
    Column(
        sheet="Scholen",
        name="net",
        field="application.network",
        read=one_of(NETWORK_SPELLINGS, "unknown_network", "naam van een net"),
        required=True,
        synonyms=("onderwijsnet", "koepel"),
        meaning="GO!, VRIJ, OVSG, POV of ANDER.",
        example="VRIJ",
    ),
    *_applied("Scholen"),
    Column(
        sheet="Scholen",
        name="voorrang",
        field="application.points",
        read=whole_reader(0, MOST_POINTS, "aantal punten"),
        synonyms=("voorrangspunten", "punten"),
        meaning=f"Voorrangspunten van de coördinator, 0 tot {MOST_POINTS}; leeg betekent 0.",
        example="0",
    ),
    Column(
        sheet="Scholen",
        name="reden_voorrang",
        field="application.points_reason",
        read=read_line,
        meaning="Waarom deze school voorrang krijgt; moet bij punten boven 0.",
    ),
)
MENTOR_APPLICATION_COLUMNS: Final = _applied("Mentoren")

_measure = partial(Column, sheet="Metingen")
RATING_COLUMNS: Final = (
    _measure(**_mine, meaning=_school_says, example="000201"),  # type: ignore[arg-type]
    _measure(
        name="beoordelaar",
        field="rater",
        read=read_line,
        required=True,
        synonyms=("wie", "naam", "ingevuld door"),
        meaning="Wie beoordeelde: een naam of een rol.",
        example="directie",
    ),
    _measure(
        name="criterium",
        field="criterion",
        read=read_criterion,
        required=True,
        synonyms=("code", "criteria"),
        meaning="De code van het criterium, 1.1 tot 7.2.",
        example="1.1",
    ),
    _measure(
        name="cijfer",
        field="value",
        read=whole_reader(0, HIGHEST_RATING, "cijfer"),
        required=True,
        synonyms=("score", "beoordeling", "waarde"),
        meaning="0 afwezig, 1 eerste stappen, 2 regelmatig, 3 in de hele school, 4 voorbeeld voor anderen.",
        example="1",
    ),
    _measure(
        name="afwezig",
        field="absent",
        read=one_of(YES_NO, "yes_or_no", "waarde"),
        meaning="ja als de school dit helemaal niet heeft; leeg betekent nee.",
        example="nee",
    ),
    _measure(name="bewijs", field="evidence", read=read_line, meaning="Het bewijs in woorden.", example="Lesplan"),
    _measure(
        name="link",
        field="links",
        read=read_links,
        synonyms=("links", "url"),
        meaning="Een of meer webadressen met bewijs.",
        example="https://school.example/stem",
    ),
)

WIDE_RATING_COLUMNS: Final = (*columns("Nulmeting"), replace(RATING_COLUMNS[1], sheet="Nulmeting", required=False))
"""The same with a row for each school: who rated need not be told."""

_effort = partial(Column, sheet="Inspanningen")
EFFORT_COLUMNS: Final = (
    _effort(**_mine, meaning=_school_says, example="000201"),  # type: ignore[arg-type]
    _effort(
        name="criterium",
        field="criterion",
        read=read_criterion_or_all,
        required=True,
        synonyms=("code",),
        meaning=f"De code van het criterium; «{ALL}» voor al wat geen eigen rij heeft.",
        example="1.1",
    ),
    _effort(
        name="inspanning",
        field="effort",
        read=whole_reader(1, MOST_EFFORT, "aantal"),
        required=True,
        synonyms=("halve dagen", "moeite"),
        meaning="Wat één stap hoger de school kost, in halve dagen bijvoorbeeld.",
        example="2",
    ),
)

_goal = partial(Column, sheet="Actieplannen")
PLAN_COLUMNS: Final = (
    _goal(**_mine, meaning=_school_says, example="000201"),  # type: ignore[arg-type]
    _goal(
        name="criterium",
        field="criterion",
        read=read_criterion,
        required=True,
        synonyms=("code",),
        meaning="De code van het criterium.",
        example="1.1",
    ),
    _goal(
        name="doel",
        field="aim",
        read=whole_reader(1, HIGHEST_RATING, "cijfer"),
        synonyms=("streefcijfer",),
        meaning="Het cijfer dat de school wil halen, 1 tot 4; mag op volgende rijen van hetzelfde doel leeg blijven.",
        example="2",
    ),
    _goal(name="trekker", field="owner", read=read_line, meaning="Wie het doel trekt.", example="An Voorbeeld"),
    _goal(
        name="tegen", field="due", read=read_day, synonyms=BY_DAY, meaning="De dag van het doel.", example="31/05/2027"
    ),
    _goal(name="stap", field="step", read=read_line, meaning="Eén stap; een rij per stap.", example="Lesplan maken"),
    _goal(name="wie", field="step_owner", read=read_line, meaning="Wie de stap doet; leeg betekent de trekker."),
    _goal(name="stap_tegen", field="step_due", read=read_day, meaning="Tegen welke dag.", example="31/01/2027"),
    _goal(name="gedaan_op", field="done", read=read_day, synonyms=("gedaan",), meaning="De dag waarop het af was."),
    _goal(name="vraag_mentor", field="ask_mentor", read=read_line, meaning="Wat de school aan haar mentor vraagt."),
    _goal(name="vraag_netwerk", field="ask_network", read=read_line, meaning="Wat zij aan het netwerk vraagt."),
)

_promise = partial(Column, sheet="Beloften")
PROMISE_COLUMNS: Final = (
    _promise(**_mine, meaning=_school_says, example="000201"),  # type: ignore[arg-type]
    _promise(
        name="mentornummer",
        field="mentor",
        read=read_line,
        required=True,
        synonyms=MENTOR_NAMES,
        meaning="De mentor: nummer of naam.",
        example="M001",
    ),
    _promise(name="belofte", field="text", read=read_line, required=True, meaning="Wat de mentor beloofde."),
    _promise(name="tegen", field="due", read=read_day, synonyms=BY_DAY, meaning="Tegen welke dag."),
    _promise(name="gedaan_op", field="done", read=read_day, synonyms=("gedaan",), meaning="De dag waarop het af was."),
)

_level = partial(Column, sheet="Niveaus")
LEVEL_COLUMNS: Final = (
    _level(**_mine, meaning=_school_says, example="000201"),  # type: ignore[arg-type]
    _level(
        name="niveau",
        field="level",
        read=one_of(LEVEL_WORDS, "unknown_level", "naam van een niveau"),
        required=True,
        synonyms=("label",),
        meaning="Competent, Proficient, Expert of geen, zoals European Schoolnet het toekende.",
        example="Competent",
    ),
    _level(name="sinds", field="since", read=read_day, required=True, meaning="Sinds welke dag.", example="15/06/2026"),
    _level(name="bewijsstuk", field="proof", read=read_line, synonyms=("bewijs",), meaning="Nummer of link."),
    _level(name="ingevoerd_door", field="by", read=read_line, meaning="Wie dit invoerde."),
)
