"""What does a sheet Nulmeting, a row for each school, add to the schools of a cohort?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from matcher.domain.column import did_you_mean
from matcher.domain.finding import Finding
from matcher.domain.school import School
from matcher.intake.cohort.duplicates import without_doubles
from matcher.intake.cohort.known_numbers import with_known_numbers
from matcher.intake.tables.records import Record

NUMBER: Final = "schoolnummer"
_FIELD: Final = "baseline."

Read = list[tuple["Record", "School"]]


def with_measured(
    schools: Read, beside: Iterable[School], measured: Sequence[Record]
) -> tuple[Read, tuple[School, ...], list[Finding]]:
    """Give the schools, of the files and beside them, the baseline that the sheet says; it goes before their own row.

    A row of a school that is nowhere is an error; what differs from the school's own row is a warning.
    """
    others = tuple(beside)
    ids = [*(school.id for _, school in schools), *(school.id for school in others)]
    rows, findings = with_known_numbers(measured, ids, NUMBER)
    rows, odd = without_doubles(rows, NUMBER)
    findings += odd
    by_school = {record.text("id"): record for record in rows}
    findings += [_unknown(record, ids) for key, record in by_school.items() if key not in ids]
    joined = [
        (record, _joined(school, by_school.get(school.id), findings, own_row=record.place.row))
        for record, school in schools
    ]
    return joined, tuple(_joined(one, by_school.get(one.id), findings) for one in others), findings


def _joined(school: School, record: Record | None, findings: list[Finding], own_row: int | None = None) -> School:
    told = {} if record is None else _ratings(record)
    if record is None or not told:
        return school
    for code, rating in told.items():
        before = school.baseline.get(code, rating)
        if before != rating and own_row is not None:
            message = f"Rij {own_row} van de scholen geeft hier {before}, de nulmeting {rating}; de nulmeting telt."
            spot, remedy = record.place.at(column=code), "Houd het cijfer op één plaats."
            findings.append(spot.warning("two_baselines", message, remedy, str(rating)))
    return replace(school, baseline={**school.baseline, **told})


def _ratings(record: Record) -> Mapping[str, int]:
    found = ((field.removeprefix(_FIELD), one) for field, one in record.values.items() if field.startswith(_FIELD))
    return {code: one for code, one in found if isinstance(one, int)}


def _unknown(record: Record, ids: Sequence[str]) -> Finding:
    text = record.text("id")
    remedy = did_you_mean(text, ids) if ids else "Lees eerst de scholen in."
    return record.place.at(column=NUMBER).error("unknown_school", "Er is geen school met dit nummer.", remedy, text)
