"""What is a dossier that people copy from? Titled tables with a note, to be written as a workbook or a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from matcher.domain.period import refuse_if

Cell: TypeAlias = str | int | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierTable:
    """One sheet or section: title (at most 31 characters), a note, columns as (name, width in characters), rows."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a table that no workbook can hold; raise InvalidValueError."""
        refuse_if(not 0 < len(self.title) <= 31 or any(one in self.title for one in "[]:*?/\\"), "Ongeldige titel.")  # noqa: PLR2004 - Excel's limit
        uneven = any(len(row) != len(self.columns) for row in self.rows)
        refuse_if(uneven, f"{self.title}: een rij heeft niet evenveel cellen als er kolommen zijn.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Tables under one title; `caveat` stands on every page that shows any of them."""

    title: str
    caveat: str
    tables: tuple[DossierTable, ...]
