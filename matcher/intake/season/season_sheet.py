"""What does the sheet Seizoen of a cohort's workbook ask of a year: windows, fixed sessions, absences?"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from matcher.domain.finding import Finding
from matcher.domain.season import Season
from matcher.intake.columns.table_columns import ABSENT, FIXED, WINDOW, sheet_columns
from matcher.intake.reading.source_position import Place
from matcher.intake.season.season_file import with_wishes
from matcher.intake.tables.records import Record
from matcher.intake.tables.single_table import read_rows

SHEET: Final = "Seizoen"
_KEYS: Final = {
    WINDOW: {"nummer": "round", "van": "first", "tot": "last", "thema": "theme"},
    FIXED: {
        "ronde": "round",
        "scholen": "schools",
        "locatie": "host",
        "dag": "first",
        "halve_dag": "half_day",
        "reden": "reason",
    },
    ABSENT: {"school": "schools", "ronde": "round", "reden": "reason"},
}
"""What a row of each kind says, as `seizoen.toml` calls it."""


def with_season_sheet(season: Season, content: bytes, file: str) -> tuple[Season, list[Finding]]:
    """Give the season with what the sheet asks, and what is odd; a row that is in error is not followed."""
    records, findings = read_rows(content, file, sheet_columns(SHEET), SHEET)
    raw: dict[str, list[dict[str, object]]] = {kind: [] for kind in _KEYS}
    for record in (one for one in records if one.good):
        kind = record.text("kind")
        raw[kind] += _tables(record, kind)
    return with_wishes(season, raw, Place(file, SHEET), findings, lambda _name: None)


def _tables(record: Record, kind: str) -> list[dict[str, object]]:
    """Write a row as tables of the season's file: an absence is one school's."""
    told: dict[str, Any] = {
        key: list(one) if isinstance(one, tuple) else one
        for key, field in _KEYS[kind].items()
        if (one := record.values.get(field)) is not None
    }
    if kind != ABSENT:
        return [{key: one for key, one in told.items() if isinstance(one, str | int | date | list)}]
    return [told | {"school": school} for school in told.get("school", [])]
