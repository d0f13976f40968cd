"""Which pairs could there be, for who looks them up in Excel? All, or the best of each school where they are many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from matcher.domain.counting import counted
from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.engine.calls import Flags, Ints
from matcher.matching.by_estimate import close_calls
from matcher.matching.verdicts import Verdicts
from matcher.output.book import Book, Value
from matcher.output.sheet import fill_sheet

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

BAR_COLOUR = "#7FB7BE"
MOST_ROWS = 50_000
"""A sheet opens quickly up to about so many rows; verdicts.csv has them all."""

BEST = 25
"""How many pairs of each school stay where there are more than fit."""

MOST_CLOSE = 2_000
"""How many pairs close to a limit are listed: nobody asks more mentors."""

PAIR_COLUMNS = (
    ("Schoolnummer", 14),
    ("School", 34),
    ("Mentornummer", 14),
    ("Mentor", 24),
    ("Bedrijf", 28),
    ("Punten", 9),
    ("Minuten", 9),
    ("In het plan", 12),
)
_CLOSE = (
    ("Schoolnummer", 14),
    ("School", 34),
    ("Mentornummer", 14),
    ("Mentor", 24),
    ("Minuten (schatting)", 18),
    ("Grens", 9),
    ("Nu", 14),
)


def pairs_sheet(book: Book, given: Round, verdicts: Verdicts, plan: Plan, whole: str) -> None:
    """Write the possible pairs of who helps, school by school, the best first.

    Beyond `MOST_ROWS` those of the plan and the best of each school stay, which the sheet says itself; `whole` names
    the file beside the workbook that has them all, empty where there is none.
    """
    kept = kept_pairs(given, verdicts, plan)
    told = left_out_words(int(kept.sum()), int(_possible(given, verdicts).sum()), whole)
    sheet = fill_sheet(book, "Alle mogelijke koppels", PAIR_COLUMNS, pair_rows(given, verdicts, plan, kept), aside=told)
    data_bars(sheet, 5, int(kept.sum()))


def kept_pairs(given: Round, verdicts: Verdicts, plan: Plan) -> Flags:
    """Tell which pairs (schools x mentors) the workbook lists."""
    possible = _possible(given, verdicts)
    if int(possible.sum()) <= MOST_ROWS:
        return possible
    kept = np.zeros_like(possible)
    for row, here in enumerate(possible):
        kept[row, _best_first(here, verdicts.points[row])[:BEST]] = True
    rows, columns = _numbers(given)
    for pair in plan.pairs:
        kept[rows[pair.school], columns[pair.mentor]] = True
    return kept & possible


def left_out_words(shown: int, possible: int, whole: str) -> str:
    """Say which pairs the workbook lists where it does not list all; empty where it does."""
    if shown == possible:
        return ""
    all_there = f" Alle staan in {whole}, naast dit werkboek." if whole else ""
    told = f"{counted(shown, 'koppel', 'koppels')} van de {counted(possible, 'mogelijk', 'mogelijke')}"
    return f"Hier staan {told}: van elke school de {BEST} beste, en die van het plan.{all_there}"


def _possible(given: Round, verdicts: Verdicts) -> Flags:
    helps = np.array([given.helps(one) for one in given.mentors], dtype=np.bool_)
    possible: Flags = verdicts.allowed & helps
    return possible


def _best_first(here: Flags, points: Ints) -> Ints:
    """Give the columns of a school's pairs, most points first."""
    columns = np.flatnonzero(here)
    ordered: Ints = columns[np.argsort(-points[columns].astype(np.int64), kind="stable")]
    return ordered


def _numbers(given: Round) -> tuple[dict[str, int], dict[str, int]]:
    """Give the row of each school and the column of each mentor."""
    rows = {one.id: place for place, one in enumerate(given.schools)}
    return rows, {one.id: place for place, one in enumerate(given.mentors)}


def pair_rows(given: Round, verdicts: Verdicts, plan: Plan, kept: Flags) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of these pairs (schools x mentors), school by school, the best first."""
    chosen = {(pair.school, pair.mentor) for pair in plan.pairs}
    mentors = [(one.id, one.name, one.company) for one in given.mentors]
    for row in sorted(range(len(given.schools)), key=lambda one: given.schools[one].id):
        school = given.schools[row]
        columns = _best_first(kept[row], verdicts.points[row])
        points, minutes = verdicts.points[row, columns].tolist(), verdicts.minutes[row, columns].tolist()
        for column, worth, time in zip(columns.tolist(), points, minutes, strict=True):
            inside = "ja" if (school.id, mentors[column][0]) in chosen else ""
            yield (school.id, school.name, *mentors[column], worth, time, inside)


def close_calls_sheet(book: Book, given: Round, verdicts: Verdicts) -> None:
    """Write the pairs that are possible or not by an estimate of travel alone: those to ask the mentor about."""
    schools = {one.id: one.name for one in given.schools}
    mentors = {one.id: one.name for one in given.mentors}
    found = close_calls(given, verdicts)
    rows = (
        (
            *(one.school, schools[one.school], one.mentor, mentors[one.mentor], one.minutes, one.limit),
            "mag nog net" if one.possible else "net te ver",
        )
        for one in found[:MOST_CLOSE]
    )
    more = f"Hier staan de {counted(MOST_CLOSE, 'koppel', 'koppels')} die het dichtst bij de grens liggen"
    told = f"{more}, van {counted(len(found), 'koppel', 'koppels')}." if len(found) > MOST_CLOSE else ""
    fill_sheet(book, "Dicht bij de grens", _CLOSE, rows, aside=told)


def data_bars(sheet: Worksheet, column: int, rows: int) -> None:
    """Show points (0 to 1000) as bars in a column, from 0, of so many rows under the header."""
    if rows:
        scale = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1000}
        sheet.conditional_format(1, column, rows, column, {"type": "data_bar", "bar_color": BAR_COLOUR, **scale})
