"""Do the pages say what the program does? Their tables and worked examples are worked out again."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from matcher import judge
from matcher.criteria import criteria
from matcher.criteria.minutes import minutes_between
from matcher.criteria.sector import read_sectors_cell
from matcher.domain.policy import Policy
from matcher.domain.reference import default_sectors, moved_nace
from matcher.domain.vocabulary import FIELDS
from service.cli import parser
from service.terminal.guide import command_guide
from tests.the_sample import the_sample

ROOT = Path(__file__).parents[1]
POINTS = (ROOT / "docs" / "punten.md").read_text(encoding="utf-8")
SECTORS = (ROOT / "docs" / "sectoren.md").read_text(encoding="utf-8")
LABELS = {one.label: one for one in criteria()}


def table(text: str, columns: int) -> list[list[str]]:
    """Give the cells of every row of the tables with so many columns, without their headers."""
    rows = [
        [cell.strip() for cell in line.strip("| \n").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    return [
        row
        for row in rows
        if len(row) == columns and not set(row[0]) <= {"-"} and row[0] not in ("criterium", "sector ")
    ]


def number(text: str) -> Fraction:
    """Read a number as it is written in Dutch."""
    return Fraction(text.replace(".", "").replace(",", "."))


def scores() -> tuple[dict[str, Fraction], int]:
    """Judge the pair of the worked example: the score of every criterion, and the points."""
    given = the_sample()
    row = next(place for place, one in enumerate(given.schools) if one.name in POINTS)
    column = next(place for place, one in enumerate(given.mentors) if one.name in POINTS)
    minutes = minutes_between(given)
    found = {}
    for criterion in (one for one in criteria() if one.weight):
        judged = criterion.judge(given, minutes)
        at = int(judged.school_class[row]), int(judged.mentor_class[column])
        assert judged.numerator is not None
        below = 1 if judged.school_denominator is None else int(judged.school_denominator[at[0]])
        below *= 1 if judged.mentor_denominator is None else int(judged.mentor_denominator[at[1]])
        found[criterion.label] = Fraction(int(judged.numerator[at]), below)
    return found, int(judge(given).points[row, column])


def test_page_of_commands_is_the_one_that_the_parsers_make() -> None:
    assert (ROOT / "docs" / "opdrachten.md").read_text(encoding="utf-8") == command_guide(parser())


def test_every_option_has_its_words() -> None:
    assert [line for line in command_guide(parser()).splitlines() if line.endswith("|  |") or "| ; " in line] == []


def test_worked_example_adds_up_to_the_points_of_the_program() -> None:
    found, points = scores()
    rows = [row for row in table(POINTS, 5) if row[0] in LABELS]
    assert {row[0] for row in rows} == set(found)
    for label, _, score, weight, product in rows:
        assert number(weight) == LABELS[label].weight
        assert number(score) == round(found[label], 2)
        assert number(product) == round(found[label] * LABELS[label].weight, 2)
    total = sum(found[label] * LABELS[label].weight for label in found)
    last = next(row for row in table(POINTS, 5) if row[0] == "samen")
    assert (number(last[3]), number(last[4])) == (100, round(total, 2))
    assert round(total / 10) == points
    assert f"**{points} punten**" in POINTS


def test_page_on_points_names_every_weight() -> None:
    told = {row[0]: int(row[1]) for row in table(POINTS, 3)}
    assert told == {one.label: one.weight for one in criteria() if one.weight}


def test_page_on_sectors_shows_the_table_of_the_program() -> None:
    shown = {
        row[1].strip("`"): (row[0], row[2], tuple(map(int, row[3:])))
        for row in table(SECTORS, 15)
        if row[0] != "sector"
    }
    expected = {
        one.code: (one.name, " ".join(one.nace).replace("*", "al de rest"), tuple(one.fits[field] for field in FIELDS))
        for one in default_sectors()
    }
    assert shown == expected


def test_page_on_sectors_has_a_line_for_every_sector() -> None:
    assert re.findall(r"^- \*\*(.+?)\*\*:", SECTORS, re.MULTILINE) == [one.name for one in default_sectors()]


@pytest.mark.parametrize(
    ("code", "sector"),
    [("43.21", "installatie"), ("43210", "installatie"), ("43.3", "bouw"), ("45.2", "mobiliteit"), ("45.1", "overige")],
)
def test_code_of_the_page_is_of_the_sector_that_it_says(code: str, sector: str) -> None:
    assert code in SECTORS or code.startswith("45")
    assert read_sectors_cell(code, Policy()).value == (sector,)


@pytest.mark.parametrize(("old", "new"), [("41.1", "68.12"), ("62.01", "62.10")])
def test_moved_code_of_the_page_is_in_the_table(old: str, new: str) -> None:
    assert (old in SECTORS, moved_nace()[old]) == (True, new)
