"""Does no proposal lose or change a piece that was understood, or cross to another day, number or kind of school?"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.column import nearest, of_whole_cells
from matcher.domain.directions import directions
from matcher.domain.policy import Policy
from matcher.domain.reference import default_sectors
from matcher.domain.spelling import mistakes
from matcher.domain.vocabulary import DAYS, FIELDS, HALF_DAY_NAMES, HALF_DAYS, PROVINCES, SCHOOL_TYPES
from matcher.intake.columns.catalogue import columns

if TYPE_CHECKING:
    from matcher.domain.column import Column, Reading

POLICY = Policy()
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Scholen", "onderwijsvormen"): SCHOOL_TYPES,
    ("Mentoren", "onderwijsvormen"): SCHOOL_TYPES,
    ("Scholen", "richtingen"): (*FIELDS, *FIELDS.values(), *(one.name for one in directions())),
    ("Mentoren", "sectoren"): tuple(one for sector in default_sectors() for one in (sector.code, sector.name)),
    ("Mentoren", "provincies"): PROVINCES,
    ("Scholen", "beschikbaarheid"): (*HALF_DAYS, *HALF_DAY_NAMES.values(), *DAYS),
    ("Scholen", "finaliteiten"): ("doorstroom", "dubbel", "arbeidsmarkt"),
}
JOINTS = (" ", ", ", "; ", "/", " + ", " en ", " & ", "\n", " | ")
LETTERS = "abdeghiklmnoprstuvwxz"


def column_of(sheet: str, name: str) -> Column:
    return next(one for kind in ("Scholen", "Mentoren") for one in columns(kind) if (kind, one.name) == (sheet, name))


def read(column: Column, text: str) -> Reading:
    reading = column.read(text, POLICY)
    return reading._replace(remarks=of_whole_cells(text, reading.remarks))


def values(column: Column, text: str) -> set[str]:
    value = column.read(text, POLICY).value
    return set(value) if isinstance(value, tuple) else set()


HALVES = (("Scholen", "beschikbaarheid"),)
LIST_END = re.compile(r"[+&]|\b(?:en|of|and|or)\b")
"""How a list of days ends whose last half is meant for each of them: «do, vr en maandagvoormiddag» is no whole day."""


def misspelt(word: str, chance: random.Random) -> str:
    """Make one mistake in a word: a letter less, more, another or two swapped."""
    at = chance.randrange(len(word))
    letter = chance.choice(LETTERS)
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return chance.choice(
        [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped]
    )


@pytest.mark.parametrize("where", WORDS, ids=".".join)
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_proposal_keeps_every_piece_that_was_understood(where: tuple[str, str], seed: int) -> None:
    chance, column = random.Random(seed), column_of(*where)  # noqa: S311
    good = chance.sample(WORDS[where], chance.randint(1, 3))
    spoilt = misspelt(chance.choice(WORDS[where]), chance)
    cell = good[0]
    for one in chance.sample([*good[1:], spoilt], len(good)):
        cell += chance.choice(JOINTS) + one
    reading = read(column, cell)
    understood = set(reading.value) if isinstance(reading.value, tuple) else set()
    for remark in reading.remarks:
        if not remark.proposal:
            continue
        proposed = read(column, remark.proposal)
        assert understood <= values(column, remark.proposal), (cell, remark.proposal)
        assert _errors(proposed) < _errors(reading), (cell, remark.proposal)
        for piece in good:
            if values(column, piece) and _stands_apart(piece, cell) and not (where in HALVES and LIST_END.search(cell)):
                assert values(column, piece) <= values(column, remark.proposal), (cell, remark.proposal)


def _errors(reading: Reading) -> int:
    """Count what was not understood; known directions that are all outside STEM were."""
    return sum(one.severity == "error" and one.code != "no_stem" for one in reading.remarks)


def _stands_apart(piece: str, cell: str) -> bool:
    """Whether a good piece is a value of the cell on its own, by the separators that always are some."""
    parts = cell.replace(";", ",").replace("|", ",").replace("\n", ",").split(",")
    return piece in [one.strip() for one in parts] and "/" not in cell


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_proposal_for_half_days_names_no_other_day_nor_half(seed: int) -> None:
    chance, column = random.Random(seed), column_of("Scholen", "beschikbaarheid")  # noqa: S311
    words = [*HALF_DAY_NAMES.values(), *HALF_DAYS, "maandag vm", "di/do nm", "ma, wo en vr vm", "Mon AM", "do VM of NM"]
    meant = chance.choice(words)
    cell = misspelt(meant, chance)
    reading = read(column, cell)
    for remark in reading.remarks:
        if remark.proposal:
            assert values(column, remark.proposal) == values(column, meant), (meant, cell, remark.proposal)


@pytest.mark.parametrize(
    ("where", "cell", "found"),
    [
        (("Scholen", "onderwijsvormen"), "TSO BSO", ("TSO", "BSO")),
        (("Scholen", "onderwijsvormen"), "TSO-BSO", ("TSO", "BSO")),
        (("Mentoren", "provincies"), "Antwerpen Limburg", ("Antwerpen", "Limburg")),
        (("Mentoren", "provincies"), "O-Vl W-Vl", ("Oost-Vlaanderen", "West-Vlaanderen")),
    ],
)
def test_values_with_spaces_between_are_several(where: tuple[str, str], cell: str, found: tuple[str, ...]) -> None:
    assert read(column_of(*where), cell) == (found, ())


@pytest.mark.parametrize(
    ("where", "cell", "proposal"),
    [
        (("Scholen", "onderwijsvormen"), "tso bsoo", "tso, BSO"),
        (("Scholen", "onderwijsvormen"), "BuSO", ""),
        (("Scholen", "onderwijsvormen"), "XSO", ""),
        (("Scholen", "richtingen"), "Qoeling, Elektriciteit", "koeling, Elektriciteit"),
        (("Scholen", "richtingen"), "Qqerkling, Elektriciteit", ""),
        (("Mentoren", "provincies"), "Brabant", ""),
        (("Scholen", "richtingen"), "Moderne talenwetenschap", ""),
    ],
)
def test_what_may_be_two_things_is_asked(where: tuple[str, str], cell: str, proposal: str) -> None:
    assert [one.proposal for one in read(column_of(*where), cell).remarks] == [proposal]


@pytest.mark.parametrize(
    ("text", "known", "guess"),
    [
        ("034562", ["034561"], None),
        ("34561", ["034561"], "034561"),
        ("M012", ["M01", "M02"], None),
        ("Campus 2", ["Campus 1"], None),
        ("Atheneun 1", ["Atheneum 1"], "Atheneum 1"),
    ],
)
def test_one_number_is_never_taken_for_another(text: str, known: list[str], guess: str | None) -> None:
    assert nearest(text, known) == guess


@pytest.mark.parametrize(
    ("one", "other", "count"), [("bouw", "bouw", 0), ("limbrug", "limburg", 1), ("chemi", "chemie", 1), ("a", "bcd", 3)]
)
def test_mistakes_are_counted(one: str, other: str, count: int) -> None:
    assert mistakes(one, other, 3) == count
