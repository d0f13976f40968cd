"""What did people rate in nulmeting.csv or eindmeting.csv, and does it take the place of what was frozen?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from matcher.domain.document import read_document, write_document
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.domain.local_time import BRUSSELS
from matcher.intake.columns.catalogue import columns
from matcher.intake.columns.table_columns import sheet_columns
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.records import Record
from matcher.intake.trajectory.tables import TableRead, named, once, read_table, whole
from matcher.trajectory.baseline import (
    MOMENT_NAMES,
    Measurement,
    Moment,
    Rating,
    RatingSheet,
    current_measurement,
    replace_measurement,
)
from matcher.trajectory.measurement_check import measurement_findings, submit_measurement

FORMAT: Final = "in2stem-measurements/1"
BASELINE: Final = "baseline."
LISTED: Final = "schoollijst"
"""Who rated, where a school's row holds the ratings and does not say."""

TABLE_OF: Final[Mapping[Moment, str]] = {"baseline": "nulmeting", "final": "eindmeting"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementBook:
    """Every measurement of a cohort, frozen ones and those that were replaced too."""

    measurements: tuple[Measurement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedTable:
    """What a table says: sheets by school, and the row of each school's criterion for telling where a remark is.

    `rows` has the row of a school, a rater and a criterion, in the order of the table.
    """

    sheets: Mapping[str, tuple[RatingSheet, ...]]
    rows: Mapping[tuple[str, str, str], Record]
    findings: tuple[Finding, ...]
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """When (UTC) and by whom measurements are handed in, the last day for it, and why frozen ones are replaced."""

    at: datetime
    by: str = ""
    due: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The measurements as they stand now: `new` are the schools whose measurement was frozen just now."""

    book: MeasurementBook
    new: tuple[str, ...]
    same: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_ratings(folder: Path, moment: Moment, schools: Mapping[str, str]) -> RatedTable:
    """Read the table of a moment; `schools` maps the ids of the cohort to names."""
    table = _read_table(folder, TABLE_OF[moment])
    rows, findings = named(table.records, "school", "schoolnummer", schools, "school van de cohorte")
    keys = [((school, one.text("rater"), one.text("criterion")), one) for school, one in rows]
    findings += once(keys, "criterium", "Dit criterium van deze beoordelaar")
    if not table.there:
        message = f"In {folder.name} staat geen {table.file}."
        findings.append(
            Place(table.file).error("no_files", message, "«in2stem trajectory template» maakt het bestand.")
        )
    sheets: dict[str, dict[str, list[Rating]]] = {}
    for (school, rater, _), one in keys:
        sheets.setdefault(school, {}).setdefault(rater, []).append(_rating(one))
    if any(one.severity == "error" for one in findings):
        sheets = {}
    return RatedTable(
        sheets={
            school: tuple(RatingSheet(rater=rater, ratings=tuple(ratings)) for rater, ratings in sorted(by.items()))
            for school, by in sheets.items()
        },
        rows=dict(keys),
        findings=(*table.findings, *findings),
        file=table.file,
    )


def _read_table(folder: Path, name: str) -> TableRead:
    """Read a table in either form: a row for each criterion, or a row for each school with a column for each."""
    rater = next(one for one in sheet_columns("Metingen") if one.field == "rater")  # who rated need not be told here
    wide = read_table(folder, name, (*columns("Nulmeting"), replace(rater, sheet="Nulmeting", required=False)))
    if not any(_codes(one) for one in wide.records):
        return read_table(folder, name)
    return replace(wide, records=tuple(one for record in wide.records for one in _unfolded(record)))


def _codes(record: Record) -> list[str]:
    return [field.removeprefix(BASELINE) for field in record.values if field.startswith(BASELINE)]


def _unfolded(record: Record) -> list[Record]:
    """Make of a school's row a row for each criterion that it rates."""
    who = {"school": record.text("id"), "rater": record.text("rater") or LISTED}
    told = ((code, record.values[f"{BASELINE}{code}"]) for code in _codes(record))
    return [replace(record, values={**who, "criterion": code, "value": value}) for code, value in told]


def _rating(record: Record) -> Rating:
    links = record.values.get("links")
    return Rating(
        criterion=record.text("criterion"),
        value=whole(record, "value") or 0,
        absent=bool(record.text("absent")),
        evidence=(record.text("evidence"),) if record.text("evidence") else (),
        links=links if isinstance(links, tuple) else (),
    )


def take_measurements(
    book: MeasurementBook,
    table: RatedTable,
    moment: Moment,
    handed: HandedIn,
) -> Taken:
    """Freeze what a table says, school by school; what is frozen already and differs needs a reason to be replaced.

    One error anywhere, and nothing is frozen.
    """
    known, new, same = book.measurements, list[Measurement](), list[str]()
    findings: list[Finding] = []
    for school, sheets in sorted(table.sheets.items()):
        current = current_measurement(known, school, moment)
        if current is not None and current.sheets == sheets:
            same.append(school)
            continue
        if current is not None and not handed.reason.strip():
            findings.append(_frozen(table, current))
            continue
        number = 1 + sum((one.school, one.moment) == (school, moment) for one in known)
        key = f"{school}-{TABLE_OF[moment]}-{number}"
        draft = Measurement(id=key, school=school, moment=moment, sheets=sheets, due=handed.due)
        if current is not None:
            draft = replace(replace_measurement(current, key, handed.reason), sheets=sheets, due=handed.due)
        told = measurement_findings(draft, handed.at.astimezone(BRUSSELS).date())
        findings += [_placed(one, table, school) for one in told]
        if not any(one.severity == "error" for one in told):
            new.append(submit_measurement(draft, handed.at, handed.by))
    if any(one.severity == "error" for one in (*findings, *table.findings)):
        return Taken(book=book, new=(), same=tuple(same), findings=tuple(findings))
    return Taken(
        book=MeasurementBook(measurements=(*known, *new)),
        new=tuple(one.school for one in new),
        same=tuple(same),
        findings=tuple(findings),
    )


def _frozen(table: RatedTable, current: Measurement) -> Finding:
    """Refuse another table than what was frozen, at the first row of the school that says something else."""
    before = {(sheet.rater, one.criterion): one for sheet in current.sheets for one in sheet.ratings}
    mine = {(rater, code): one for (school, rater, code), one in table.rows.items() if school == current.school}
    other = [one for key, one in mine.items() if before.get(key) != _rating(one)]
    row = next((one.place for one in (*other, *mine.values())), Place(table.file))
    what = MOMENT_NAMES[current.moment]
    message = f"De {what} van deze school is ingediend en ligt vast, en deze tabel zegt iets anders."
    remedy = "Geef --reason om ze te vervangen, of neem de oude cijfers weer over."
    return row.at(column="schoolnummer").error("measurement_frozen", message, remedy, current.school)


def _placed(finding: Finding, table: RatedTable, school: str) -> Finding:
    """Say in which row a remark on a school's criterion is: that of the rater whom it is about, else the first."""
    mine = [(rater, one) for (key, rater, code), one in table.rows.items() if (key, code) == (school, finding.column)]
    record = next((one for rater, one in mine if rater == finding.value), mine[0][1] if mine else None)
    if record is None:
        return replace(finding, file=table.file, column=None, value=school)
    place, shown = record.place, record.texts.get("cijfer") or school
    return replace(finding, file=place.file, sheet=place.sheet, row=place.row, column="cijfer", value=shown)


def measurements_to_document(book: MeasurementBook) -> dict[str, Any]:
    """Write all measurements as their document."""
    return write_document(book, FORMAT)


def measurements_from_document(document: object) -> MeasurementBook:
    """Read all measurements; raises DocumentError with a JSON pointer where it is not that, or an id is doubled."""
    book = read_document(document, FORMAT, MeasurementBook)
    ids = [one.id for one in book.measurements]
    if len(set(ids)) < len(ids):
        raise InvalidValueError("Een meting staat er twee keer.")
    return book
