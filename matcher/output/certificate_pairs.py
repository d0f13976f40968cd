"""Which pairs does a proof list, each held against its prices? All, or where they are many those that come closest."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from matcher.domain.counting import counted
from matcher.engine.calls import Ints
from matcher.engine.flow.duals import Duals
from matcher.matching.solved import Solved
from matcher.output.book import Book, Formula, Value
from matcher.output.pair_sheets import BEST, MOST_ROWS
from matcher.output.sheet import fill_sheet
from matcher.output.spreadsheet_text import safe

FITS, FAILS = "klopt", "klopt niet"

_COLUMNS = (
    ("School", 34),
    ("Mentor", 28),
    ("In het plan", 10),
    ("Punten", 10),
    ("Premie", 10),
    ("Waarde", 12),
    ("Prijs school", 12),
    ("Prijs mentor", 12),
    ("Prijs bedrijf", 12),
    ("Prijs groep", 12),
    ("Prijs koppel", 12),
    ("Prijzen samen", 14),
    ("Klopt?", 12),
)


def all_listed(proof: Duals) -> bool:
    """Tell whether the workbook lists every pair that the proof speaks of."""
    return len(proof.open_pairs) <= MOST_ROWS


def kept_pairs(asked: Solved, proof: Duals) -> Ints:
    """Give which open pairs (their places among the proof's) the workbook lists, in order.

    Where they are many: of each school those whose prices leave the least room, those of the plan, and all that have
    a price of their own, so that the sums stay whole.
    """
    if all_listed(proof):
        return np.arange(len(proof.open_pairs))
    school = asked.problem.school[proof.open_pairs]
    order = np.lexsort((_room(asked, proof), school))
    first = np.searchsorted(school[order], school[order])
    kept = np.zeros(len(order), dtype=np.bool_)
    kept[order] = np.arange(len(order)) - first < BEST
    kept |= asked.chosen[proof.open_pairs] | (proof.extra != 0)
    return np.flatnonzero(kept)


def left_out_words(asked: Solved, proof: Duals, kept: Ints, whole: str) -> str:
    """Say what holds of the pairs that the workbook does not list, and where they are; empty where it lists all."""
    others = np.ones(len(proof.open_pairs), dtype=np.bool_)
    others[kept] = False
    if not others.any():
        return ""
    least = int(_room(asked, proof)[others].min())
    beside = f" Alle staan, met hun prijzen, in {whole} naast dit werkboek." if whole else ""
    shown = (
        f"Blad Koppels toont per school de {counted(BEST, 'koppel', 'koppels')} die het dichtst bij hun prijzen komen, "
        "en die van het plan."
    )
    checked = f"Geen van de andere {int(others.sum())} komt boven zijn prijzen uit: nagerekend toen dit werd geschreven"
    return f"{shown} {checked}, en het dichtste blijft er {counted(least, 'punt', 'punten')} onder.{beside}"


def pairs_sheet(
    book: Book, asked: Solved, proof: Duals, kept: Ints, rows_of: tuple[dict[int, int], dict[int, int]]
) -> None:
    """Write the pairs with formulas; `rows_of` gives the row of each school's and of each company's price."""
    fill_sheet(book, "Koppels", _COLUMNS, _formulas(asked, proof, kept, rows_of))


def write_certificate_pairs(path: Path, asked: Solved, proof: Duals) -> None:
    """Write every pair that the proof speaks of with its prices, as CSV that Belgian Excel opens."""
    problem = asked.problem
    school, mentor = problem.school[proof.open_pairs], problem.mentor[proof.open_pairs]
    prices = proof.school[school], proof.mentor[mentor], proof.company[problem.company[mentor]]
    columns = [one.tolist() for one in (proof.worth, *prices, proof.group, proof.extra)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
        lines.writerow([title for title, _ in _COLUMNS])
        for place, (_, _, *who) in enumerate(_told(asked, proof, np.arange(len(proof.open_pairs)))):
            worth, *each = (column[place] for column in columns)
            fits = FITS if worth <= sum(each) else FAILS
            lines.writerow((safe(str(who[0])), safe(str(who[1])), *who[2:], worth, *each, sum(each), fits))


def _room(asked: Solved, proof: Duals) -> Ints:
    """Give how far each open pair stays under its prices together, in points."""
    problem = asked.problem
    school, mentor = problem.school[proof.open_pairs], problem.mentor[proof.open_pairs]
    prices = proof.school[school] + proof.mentor[mentor] + proof.company[problem.company[mentor]]
    room: Ints = prices + proof.group + proof.extra - proof.worth
    return room


def _told(asked: Solved, proof: Duals, places: Ints) -> Iterator[tuple[int, int, str, str, str, int, int]]:
    """Yield school and mentor by number and by name, whether the plan has the pair, its points and its premium."""
    problem, given = asked.problem, asked.given
    schools, mentors = [one.name for one in given.schools], [one.name for one in given.mentors]
    pairs = proof.open_pairs[places]
    columns = [one[pairs] for one in (problem.school, problem.mentor, problem.points, asked.chosen)]
    columns.append(proof.worth[places])
    for school, mentor, points, chosen, worth in zip(*(one.tolist() for one in columns), strict=True):
        yield school, mentor, schools[school], mentors[mentor], "ja" if chosen else "", points, worth - points


def _formulas(
    asked: Solved, proof: Duals, kept: Ints, rows_of: tuple[dict[int, int], dict[int, int]]
) -> Iterator[tuple[Value, ...]]:
    """Yield a row for each pair: its worth, and the prices that it is held against."""
    school_row, company_row = rows_of
    company, group, extra = asked.problem.company.tolist(), proof.group[kept].tolist(), proof.extra[kept].tolist()
    for row, (school, mentor, name, whom, inside, points, premium) in enumerate(_told(asked, proof, kept), start=2):
        yield (
            *(name, whom, inside, points, premium),
            Formula(f"=D{row}+E{row}"),
            Formula(f"=Scholen!E{school_row[school]}"),
            Formula(f"=Mentoren!D{mentor + 2}"),
            Formula(f"=Bedrijven!C{company_row[company[mentor]]}"),
            *(group[row - 2], extra[row - 2]),
            Formula(f"=SUM(G{row}:K{row})"),
            Formula(f'=IF(F{row}<=L{row},"{FITS}","{FAILS}")'),
        )
