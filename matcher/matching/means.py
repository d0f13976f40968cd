"""What is a pair's weighted mean over its criteria? Exact for whole arrays, rounded half to even once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.criteria.arrays import Flags, Ints
from matcher.criteria.base import Judgement

Numbers = NDArray[Any]

EXACT_BELOW = 1 << 43
"""With a denominator below this, and a quotient up to 1000, doubles round as the fraction itself would.

Above and below are exact in 53 bits. The quotient, below 1024, is off by at most 2**-44, and a fraction
other than a half lies at least 1 / (2 x denominator), more than 2**-44, away from one.
"""


class _Part(NamedTuple):
    """One criterion's share of the sum: `table` holds score x 10 x weight by class, 0 where it does not apply.

    `rows` (schools) and `columns` (mentors) bring it over the common denominator; no `columns` stand for
    the whole of the mentors' common denominator.
    """

    judged: Judgement
    table: Numbers
    rows: Numbers
    columns: Numbers | None

    def spread(self, rows: slice) -> Numbers:
        """Give the share of each pair of some rows, `columns` left out."""
        few = self.table[self.judged.school_class[rows]] * self.rows[rows, None]
        return few.take(self.judged.mentor_class, axis=1)


class Means:
    """Weighted means times ten: whole sums over weight x a school's x a mentor's denominator.

    The numbers are doubles where those are proven exact, else Python's own whole numbers: slower, without
    limits.
    """

    def __init__(self, judged: Iterable[tuple[Judgement, int]], shape: tuple[int, int]) -> None:
        scored = [(one, weight) for one, weight in judged if one.numerator is not None and weight]
        self.kind = np.float64 if _largest_denominator(scored) < EXACT_BELOW else np.object_
        self.school_unit: Numbers = np.ones(shape[0], dtype=self.kind)
        self.mentor_unit: Numbers = np.ones(shape[1], dtype=self.kind)
        for one, _ in scored:
            self.school_unit *= self._each(one.school_denominator, one.school_class)
            self.mentor_unit *= self._each(one.mentor_denominator, one.mentor_class)
        self.parts = [self._part(one, weight) for one, weight in scored]
        self.reach = [
            (
                weight * self.school_unit * self._each(one.applies_school, one.school_class),
                self.mentor_unit * self._each(one.applies_mentor, one.mentor_class),
            )
            for one, weight in _joined(scored)
        ]

    def points(self, rows: slice) -> NDArray[np.int16]:
        """Give the points of some rows (rows x mentors), 0 where no criterion with a weight applies."""
        return rounded(*self.fractions(rows)).astype(np.int16)

    def fractions(self, rows: slice) -> tuple[Numbers, Numbers]:
        """Give the means of some rows as whole numbers above and below the line (rows x mentors each)."""
        total: Numbers = np.zeros((len(self.school_unit[rows]), len(self.mentor_unit)), dtype=self.kind)
        below: Numbers = np.zeros_like(total)
        for part in self.parts:
            if part.columns is None:
                total += part.spread(rows)
        total *= self.mentor_unit
        for part in self.parts:
            if part.columns is not None:
                total += part.spread(rows) * part.columns
        for school, mentor in self.reach:
            below += np.multiply.outer(school[rows], mentor)
        return total, below

    def _part(self, judged: Judgement, weight: int) -> _Part:
        table: Numbers = np.asarray(judged.numerator).astype(self.kind) * (10 * weight)
        if judged.applies_school is not None:
            table *= judged.applies_school[:, None]
        if judged.applies_mentor is not None:
            table *= judged.applies_mentor
        rows = self.school_unit // self._each(judged.school_denominator, judged.school_class)
        if judged.mentor_denominator is None:
            return _Part(judged, table, rows, None)
        return _Part(
            judged, table, rows, self.mentor_unit // self._each(judged.mentor_denominator, judged.mentor_class)
        )

    def _each(self, values: Ints | Flags | None, classes: Ints) -> Numbers:
        """Give everybody's own value, 1 where none is given."""
        ones: Numbers = np.ones(1, dtype=self.kind)
        return ones if values is None else values.astype(self.kind)[classes]


def _largest_denominator(scored: list[tuple[Judgement, int]]) -> int:
    largest = sum(weight for _, weight in scored)
    for one, _ in scored:
        for denominator in (one.school_denominator, one.mentor_denominator):
            largest *= int(max(denominator, default=1)) if denominator is not None else 1
    return largest


def _joined(scored: list[tuple[Judgement, int]]) -> list[tuple[Judgement, int]]:
    """Give the weights of criteria with the same reach once: all that apply everywhere together."""
    everywhere = [one for one in scored if one[0].applies_school is None and one[0].applies_mentor is None]
    others = [one for one in scored if one not in everywhere]
    return [(everywhere[0][0], sum(weight for _, weight in everywhere)), *others] if everywhere else others


def rounded(above: Numbers, below: Numbers) -> Numbers:
    """Divide, and round half to even; 0 where `below` is 0. Doubles are overwritten."""
    below = np.maximum(below, 1)
    if above.dtype == np.float64:
        np.divide(above, below, out=above)
        return np.rint(above, out=above)
    whole: Numbers = above // below
    rest = 2 * (above - whole * below)
    whole += (rest > below) | ((rest == below) & (whole % 2 == 1))
    return whole
