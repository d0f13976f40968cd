"""How does a dossier become a workbook? A sheet per table, the caveat in front, and no cell that can run."""

from __future__ import annotations

from pathlib import Path

from matcher.domain.dossier import Dossier, DossierTable
from matcher.output.book import new_book
from matcher.output.sheet import fill_sheet

DAY = "dd/mm/yyyy"


def write_dossier(dossier: Dossier, path: Path) -> None:
    """Write a dossier as `.xlsx`; raises OSError where `path` can't be written."""
    notes = [("Let op", dossier.caveat), *((one.title, one.note) for one in dossier.tables if one.note)]
    with new_book(path, dossier.title) as book:
        fill_sheet(book, "Lees eerst", ((dossier.title, 30), ("Uitleg", 110)), notes)
        for table in dossier.tables:
            fill_sheet(book, table.title, table.columns, table.rows, dates=DAY)


def write_table(table: DossierTable, path: Path) -> None:
    """Write one table as `.xlsx` with nothing before it, for programs that read its first sheet; may raise OSError."""
    with new_book(path, table.title) as book:
        fill_sheet(book, table.title, table.columns, table.rows, dates=DAY)
