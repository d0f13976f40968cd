"""What is the verdict on every pair? `verdicts.csv`, one line per school and mentor."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.domain.round import Round
from matcher.matching.by_estimate import decided_by_estimate
from matcher.matching.goals import TOP_POINTS
from matcher.matching.verdicts import Verdicts
from matcher.output.spreadsheet_text import safe

COLUMNS = ("school", "mentor", "allowed", "points", "travel_minutes", "vetoes", "near_limit")


def write_verdicts(path: Path, given: Round, verdicts: Verdicts) -> None:
    """Write a line for every pair; vetoes are criteria's keys joined by `|`.

    `near_limit` is 1 where an estimate of travel close to the mentor's limit alone makes the pair possible or not.
    """
    rows = _Rows(given, verdicts)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(COLUMNS)
        file.writelines(rows.of(row) for row in range(len(given.schools)))


class _Rows:
    """The lines of a school: each a text for its ids, and one for what was found, looked up rather than written.

    Millions of lines hold few distinct numbers, and only ids can need quotes.
    """

    def __init__(self, given: Round, verdicts: Verdicts) -> None:
        self.verdicts, self.close = verdicts, decided_by_estimate(given, verdicts)
        self.schools = [_cell(one.id) for one in given.schools]
        self.mentors = [_cell(one.id) for one in given.mentors]
        masks = range(1 << len(verdicts.keys))
        vetoes = ["|".join(key for bit, key in enumerate(verdicts.keys) if mask >> bit & 1) for mask in masks]
        self.ends = _texts(f"{words},{near}\n" for words in vetoes for near in (0, 1))
        self.points = _texts(f"{allowed},{points}," for allowed in (0, 1) for points in range(TOP_POINTS + 1))
        self.minutes = _texts(f"{minutes}," for minutes in range(int(verdicts.minutes.max(initial=0)) + 1))

    def of(self, row: int) -> str:
        """Give the lines of one school."""
        vetoes = self.verdicts.vetoes[row]
        parts = np.empty((len(self.mentors), 5), dtype=object)
        parts[:, 0], parts[:, 1] = self.schools[row], self.mentors
        parts[:, 2] = self.points[(vetoes == 0) * (TOP_POINTS + 1) + self.verdicts.points[row]]
        parts[:, 3] = self.minutes[self.verdicts.minutes[row]]
        parts[:, 4] = self.ends[2 * vetoes.astype(np.int64) + self.close[row]]
        return "".join(parts.ravel().tolist())


def _texts(each: Iterable[str]) -> NDArray[np.object_]:
    return np.array(list(each), dtype=object)


def _cell(text: str) -> str:
    """Write one cell as it stands in a row, with the comma after it."""
    cell = io.StringIO()
    csv.writer(cell, lineterminator="\n").writerow((safe(text), ""))
    return cell.getvalue().removesuffix("\n")
