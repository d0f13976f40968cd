"""How is a long list read? In sheets of a hundred rows, the number of the sheet in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")

ROWS = 100
"""So many rows stand on one sheet."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """The rows of one sheet, which one it is (from 1), and how many rows and sheets there are."""

    rows: Sequence[Row]
    number: int
    total: int

    @property
    def count(self) -> int:
        """How many sheets there are, one at least."""
        return max(1, -(-self.total // ROWS))

    @property
    def first(self) -> int:
        """Which row is the first of this sheet, from 1."""
        return (self.number - 1) * ROWS + 1


def sheet_of(rows: Sequence[Row], asked: str) -> Sheet[Row]:
    """Give the sheet that is asked for, the nearest that there is; what is no number is the first."""
    most = max(1, -(-len(rows) // ROWS))
    number = min(most, max(1, int(asked))) if asked.isascii() and asked.isdigit() and len(asked) < ROWS else 1
    return Sheet(rows[(number - 1) * ROWS : number * ROWS], number, len(rows))
