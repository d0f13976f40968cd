"""Which sheets may a cohort's workbook have besides its own tables, and in which workbook of a folder do they stand?"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from matcher.domain.column import plain
from matcher.intake.reading.files import read_file
from matcher.intake.reading.grid import Grid
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.source_position import Place

BOOKS: Final = (".xlsx", ".xlsm", ".ods", ".xls")
OF_OTHERS: Final = ("Locaties", "Blokkeringen", "Seizoen", "Aanmeldingen", "Eindmeting")
"""Sheets that a round does not read: those of the learning network and of the trajectory."""

_OURS: Final = ("plan.xlsx", "sessies.xlsx")


def is_named(place: Place, *names: str) -> bool:
    """Whether a sheet of a workbook is called so, whatever stands behind it: `Locaties 2026`."""
    return place.sheet is not None and any(plain(place.sheet).startswith(plain(one)) for one in names)


def only_named(grids: tuple[Grid, ...], name: str) -> tuple[Grid, ...]:
    """Give the sheets that are called so; all where none is."""
    return tuple(one for one in grids if name and is_named(one.place, name)) or grids


def book_with_sheet(source: Path, name: str) -> Path | None:
    """Find the workbook of a cohort that has a sheet of this name: the file itself, or the only one of its folder."""
    if source.is_dir():
        books = [one for one in sorted(source.iterdir()) if one.suffix.lower() in BOOKS and one.name[0] not in ".~"]
        books = [one for one in books if one.name.lower() not in _OURS]
    else:
        books = [source] if source.is_file() and source.suffix.lower() in BOOKS else []
    if len(books) != 1 or books[0].stat().st_size > MAX_BYTES:
        return None
    found = read_file(books[0].name, books[0].read_bytes())
    return books[0] if any(is_named(one.place, name) for one in found.grids) else None
