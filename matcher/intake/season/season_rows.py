"""What does a workbook ask of a year: places, days that don't suit, windows, fixed sessions, absences?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from matcher.domain.finding import Finding
from matcher.intake.columns.table_columns import ABSENT, FIXED, SESSIONS, WINDOW, sheet_columns
from matcher.intake.reading.book_sheets import is_named
from matcher.intake.reading.files import read_file
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.records import Record
from matcher.intake.tables.single_table import read_rows

_WINDOW: Final = {"round": "round", "first": "first", "last": "last", "theme": "theme"}
_PIN: Final = {
    "round": "round",
    "schools": "schools",
    "host": "host",
    "day": "first",
    "half_day": "half_day",
    "reason": "reason",
}


def read_season_rows(content: bytes, file: str) -> tuple[dict[str, list[dict[str, Any]]], list[Finding]]:
    """Give the rows of the sheets that a workbook has, as a request for a year names them, and what is odd.

    A file without any of the sheets is an error. Rows in error are left out.
    """
    found: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("locations", "blackouts", "windows", "pins", "absences")
    }
    grids = read_file(file, content).grids if len(content) <= MAX_BYTES else ()
    there = [name for name in SESSIONS if any(is_named(one.place, name) for one in grids)]
    if not there:
        message = f"Dit bestand heeft geen blad {', '.join(SESSIONS[:2])} of {SESSIONS[2]}."
        remedy = "Kies een werkboek met minstens een van die bladen."
        return found, [Place(file).error("no_such_sheet", message, remedy)]
    findings: list[Finding] = []
    for name in there:
        records, odd = read_rows(content, file, sheet_columns(name), name)
        findings += odd
        for record in (one for one in records if one.good):
            _take(name, record, found)
    return found, findings


def _take(name: str, record: Record, found: Mapping[str, list[dict[str, Any]]]) -> None:
    """Put a row where it belongs; an absence is one school's."""
    if name != "Seizoen":
        into = "locations" if name == "Locaties" else "blackouts"
        found[into].append(_told(record, {field: field for field in record.values}))
        return
    kind = record.text("kind")
    if kind == ABSENT:
        told = _told(record, {"schools": "schools", "round": "round", "reason": "reason"})
        found["absences"] += [{"school": one} | told for one in told.pop("schools", ())]
    elif kind in (WINDOW, FIXED):
        into, fields = ("windows", _WINDOW) if kind == WINDOW else ("pins", _PIN)
        found[into].append(_told(record, fields))


def _told(record: Record, fields: Mapping[str, str]) -> dict[str, Any]:
    told = {member: _plain(record.values.get(field)) for member, field in fields.items()}
    return {member: one for member, one in told.items() if one not in (None, "")}


def _plain(value: object) -> object:
    """Write a value as JSON does."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
