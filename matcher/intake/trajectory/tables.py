"""Which rows do the tables of a school's year hold, and whom do they mean? One folder, one file a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from matcher.domain.column import Column, Sheet, nearest, plain
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.intake.columns.catalogue import columns
from matcher.intake.columns.table_columns import sheet_columns
from matcher.intake.reading.book_sheets import book_with_sheet
from matcher.intake.tables.records import Record
from matcher.intake.tables.single_table import read_rows

SUFFIXES: Final = (".csv", ".xlsx", ".xlsm", ".ods", ".xls")

TABLES: Final[Mapping[str, Sheet]] = {
    "nulmeting": "Metingen",
    "eindmeting": "Metingen",
    "inspanning": "Inspanningen",
    "actieplan": "Actieplannen",
    "beloften": "Beloften",
    "niveaus": "Niveaus",
    "jury": "Juryleden",
    "scores": "Scores",
    "koppels": "Koppels",
    "contacten": "Contacten",
    "voorrang": "Voorrang",
}
"""The sheet of each table by the name of its file, without those of the applications."""

IN_BOOKS: Final = ("nulmeting", "eindmeting", "aanmeldingen")
"""Tables that may be a sheet of the cohort's workbook."""

APPLICATIONS: Final = ("aanmeldingen", "aanmeldingen-mentoren")
TABLE_NAMES: Final = (*APPLICATIONS, *TABLES)


@dataclass(frozen=True, slots=True)
class TableRead:
    """The good rows of a table, and what is odd; `there` is False where the folder has no such table."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    file: str
    there: bool = True


def table_columns(name: str) -> tuple[Column, ...]:
    """Give the columns of a table; an application has those of a school or a mentor, without a baseline."""
    if name == APPLICATIONS[0]:
        own = (one for one in columns("Scholen") if not one.field.startswith("baseline."))
        return (*own, *sheet_columns("Scholen"))
    if name == APPLICATIONS[1]:
        return (*columns("Mentoren"), *sheet_columns("Mentoren"))
    return sheet_columns(TABLES[name])


def find_table(folder: Path, name: str) -> Path | None:
    """Find a table's file, else the folder's workbook with a sheet of its name.

    Raises InvalidValueError where it is there twice.
    """
    found = [path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").is_file()]
    if len(found) > 1:
        names = " en ".join(path.name for path in found)
        raise InvalidValueError(f"In {folder} staan {names}. Houd er één over.")
    return found[0] if found else book_with_sheet(folder, name) if name in IN_BOOKS else None


def read_table(folder: Path, name: str, wanted: Sequence[Column] = ()) -> TableRead:
    """Read a table of the folder; never raises for what it holds. No row of it is good where a column lacks.

    `wanted` are its columns where they are others than usual.
    """
    path = find_table(folder, name)
    if path is None:
        return TableRead((), (), f"{name}.csv", there=False)
    records, findings = read_rows(path.read_bytes(), path.name, wanted or table_columns(name), name)
    whole_rows = all(one.code != "missing_column" or one.severity != "error" for one in findings)
    return TableRead(tuple(one for one in records if one.good and whole_rows), tuple(findings), path.name)


def table_template(name: str) -> bytes:
    """Give a table with only its headers, as Belgian Excel opens it: semicolons, UTF-8 with its mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(one.name for one in table_columns(name))
    return text.getvalue().encode("utf-8-sig")


def whole(record: Record, field: str) -> int | None:
    """Give a whole number of a row, None where the cell is empty."""
    value = record.values.get(field)
    return value if isinstance(value, int) else None


def half(record: Record, field: str) -> float | None:
    """Give a whole or a half number of a row, None where the cell is empty."""
    value = record.values.get(field)
    return value if isinstance(value, int | float) else None


def day(record: Record, field: str) -> date | None:
    """Give a day of a row, None where the cell is empty."""
    value = record.values.get(field)
    return value if isinstance(value, date) else None


def named(
    records: Iterable[Record], field: str, column: str, names: Mapping[str, str], what: str
) -> tuple[list[tuple[str, Record]], list[Finding]]:
    """Find whom each row means by number or name; a row that means nobody, or several, is an error."""
    found: list[tuple[str, Record]] = []
    findings: list[Finding] = []
    for record in records:
        text = record.text(field)
        same = [one for one, name in names.items() if plain(text) in (plain(one), plain(name))]
        key = text if text in names else same[0] if len(same) == 1 else None
        if key is not None:
            found.append((key, record))
            continue
        message = (
            f"Deze naam komt meer dan eens voor bij {what}." if same else f"Geen {what} met dit nummer of deze naam."
        )
        remedy = f"Gebruik een van {', '.join(same)}." if same else _guess(text, names)
        findings.append(record.place.at(column=column).error("unknown_name", message, remedy, text))
    return found, findings


def _guess(text: str, names: Mapping[str, str]) -> str:
    bare = {one.lstrip("0"): one for one in names}
    guess = bare.get(text.lstrip("0")) or nearest(text, [*names, *names.values()])
    return f"Bedoelde u «{guess}»?" if guess else "Neem de naam of het nummer over uit de lijst."


def once(rows: Iterable[tuple[Sequence[object], Record]], column: str, what: str) -> list[Finding]:
    """Refuse rows that say something of the same thing again; each finding names both rows."""
    first: dict[tuple[object, ...], Record] = {}
    findings = []
    for key, record in rows:
        known = first.setdefault(tuple(key), record)
        if known is not record:
            message = f"{what} staat ook op rij {known.place.row}."
            spot, remedy = record.place.at(column=column), "Houd één van beide rijen over."
            findings.append(spot.error("row_twice", message, remedy, record.texts.get(column) or None))
    return findings
