"""Which pairs could there be, all of them, however many? CSV in pieces, so that nobody holds the whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from matcher.domain.plan import Plan
from matcher.domain.round import Round
from matcher.matching.loss_words import thousands
from matcher.matching.verdicts import judge
from matcher.output.book import Value
from matcher.output.pair_sheets import BEST, MOST_ROWS, PAIR_COLUMNS, pair_rows
from matcher.output.spreadsheet_text import safe

PAIR_LIST: Final = "koppels.csv"
"""What the file is called where it stands beside a workbook."""

PAIRS_AT_ONCE: Final = 1 << 16
"""So many pairs are judged together."""


def pair_list(given: Round, plan: Plan) -> Iterator[str]:
    """Yield the possible pairs of who helps as CSV, as the sheet «Alle mogelijke koppels» has them, but all of them.

    With `;` and a mark for UTF-8, so that a spreadsheet opens it as it is; schools in the order of their numbers, the
    best pair first. Schools are judged some at a time, so that a piece comes soon and memory stays small.
    """
    helps = np.array([given.helps(one) for one in given.mentors], dtype=np.bool_)
    yield "\ufeff" + _lines([[name for name, _ in PAIR_COLUMNS]])
    step = max(1, PAIRS_AT_ONCE // max(1, len(given.mentors)))
    for start in range(0, len(given.schools), step):
        some = replace(given, schools=given.schools[start : start + step], locks=(), previous=None)
        verdicts = judge(some)
        yield _lines(pair_rows(some, verdicts, plan, verdicts.allowed & helps))


def pair_list_words() -> str:
    """Say why the list stands beside a workbook."""
    return (
        f"Alle mogelijke koppels. Zijn er meer dan {thousands(MOST_ROWS)}, dan toont het werkboek van elke school de "
        f"{BEST} beste, en die van het plan."
    )


def _lines(rows: Iterable[Iterable[Value]]) -> str:
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerows([safe(one) if isinstance(one, str) else one for one in row] for row in rows)
    return text.getvalue()
