"""How does a dossier become a workbook? A sheet per table, the caveat in front, and no cell that can run."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from openpyxl import Workbook

from matcher.output.sheet import fill_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.dossier import Dossier

DAY = "dd/mm/yyyy"


def write_dossier(dossier: Dossier, path: Path) -> None:
    """Write a dossier as `.xlsx`; raises OSError where `path` can't be written."""
    book = Workbook()
    book.properties.creator = "in2stem"
    book.properties.title = dossier.title
    book.properties.created = book.properties.modified = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same every time
    book.remove(book.worksheets[0])
    notes = [("Let op", dossier.caveat), *((one.title, one.note) for one in dossier.tables if one.note)]
    fill_sheet(book.create_sheet("Lees eerst"), ((dossier.title, 30), ("Uitleg", 110)), notes)
    for table in dossier.tables:
        fill_sheet(book.create_sheet(table.title), table.columns, table.rows, DAY)
    book.save(path)
