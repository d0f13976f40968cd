"""What does each row of a table say, cell by cell?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from matcher.domain.column import Column, Reading, Remark, meant, of_whole_cells, split_values
from matcher.domain.counting import counted
from matcher.domain.finding import Finding
from matcher.domain.policy import Policy
from matcher.domain.vocabulary import DAY_NAMES, DAYS
from matcher.intake.columns.readers import by_municipality
from matcher.intake.reading.cell_text import Cell, clean
from matcher.intake.reading.grid import GridRow
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.headers import Table
from matcher.intake.tables.row_checks import ragged_row

_DATED = Remark(
    "error",
    "excel_date",
    "Excel maakte hier een datum van.",
    "Typ de waarde opnieuw; maak de cel in Excel eerst op als tekst.",
)


_OTHER = re.compile(r"(?:^|[,;\n])\s*((?:andere?s?|other)\s*:.*)$", re.IGNORECASE | re.DOTALL)
"""What a form puts behind the choices that were ticked."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: values by field, the cleaned texts by column name, and whether it can be used."""

    place: Place
    values: Mapping[str, object]
    texts: Mapping[str, str]
    good: bool

    def text(self, field: str) -> str:
        """Give the value of a text field, empty where there is none."""
        value = self.values.get(field, "")
        return value if isinstance(value, str) else ""


def read_records(
    table: Table, policy: Policy, answers: Mapping[str, Mapping[str, str]] = MappingProxyType({})
) -> tuple[list[Record], list[Finding]]:
    """Read every row; those that are wider than the header are bad and not judged.

    `answers` say, by column, what is read in place of a cell's text.
    """
    read = _Reader(policy, answers)
    whole = all(_is_there(one, table) for one in table.kind.columns if _is_needed(one, table))
    either = [*_either(table)]
    records, findings, tidied = [], [], []
    for row in table.rows:
        place = table.place.at(row.number)
        if row.number in table.broken:
            records.append(Record(place, {}, {}, good=False))
            continue
        record, remarks, spots = _read_row(row, table.columns, place, read)
        if either and (odd := _neither(either, record, remarks)):
            record, remarks = replace(record, good=False), [*remarks, *odd]
        if row.number in table.short and _is_out_of_place(remarks):
            remarks = [ragged_row(row, len(table.header), table.place)]
        records.append(record if whole else replace(record, good=False))
        findings += remarks
        tidied += spots
    return records, findings + _tidied(tidied)


def _is_out_of_place(remarks: Iterable[Finding]) -> bool:
    """Whether a row that ends early misses more than one cell that it needs, or cells stand under another's name."""
    errors = [one.code for one in remarks if one.severity == "error"]
    return bool(errors) and errors != ["empty_cell"]


def _is_needed(column: Column, table: Table) -> bool:
    return column.must and not (table.made_ids and column.field == "id")


def _is_there(column: Column, table: Table) -> bool:
    """Whether a table has a column, or the one that may stand instead."""
    return any(one is column or one.field == column.instead for one in table.columns.values())


def _either(table: Table) -> Iterator[list[Column]]:
    """Yield the columns of a table, one or two, of which one suffices."""
    for one in (one for one in table.kind.columns if one.instead):
        if pair := [other for other in table.columns.values() if other is one or other.field == one.instead]:
            yield pair


def _neither(either: Iterable[Sequence[Column]], record: Record, remarks: Iterable[Finding]) -> list[Finding]:
    """Refuse a row in which both of two columns are empty of which one suffices; what is refused already is not."""
    refused = {one.column for one in remarks if one.severity == "error"}
    findings = []
    for pair in either:
        if not any(record.texts[other.name] or other.name in refused for other in pair):
            names = " en ".join(other.name for other in pair)
            message = f"De kolom {names} is hier leeg." if len(pair) == 1 else f"De kolommen {names} zijn hier leeg."
            spot = record.place.at(column=pair[0].name)
            findings.append(spot.error("empty_cell", message, f"Vul in: {pair[0].meaning}"))
    return findings


class _Reader:
    """Reads cells of a column, each distinct text once, and each distinct cell as it stands."""

    def __init__(self, policy: Policy, answers: Mapping[str, Mapping[str, str]]) -> None:
        self._policy = policy
        self._answers = answers
        self._readings: dict[tuple[str, str, bool], Reading] = {}
        self._cells: dict[tuple[str, str, bool, bool], tuple[Cell, Reading]] = {}

    def __call__(self, column: Column, text: str, *, number: bool) -> Reading:
        key = (column.name, text, number)
        if key not in self._readings:
            self._readings[key] = self._read(column, text, number=number)
        return self._readings[key]

    def whole(self, raw: str, column: Column, *, number: bool, dated: bool) -> tuple[Cell, Reading]:
        """Clean a cell as it stands, and read it."""
        key = (column.name, raw, number, dated)
        found = self._cells.get(key)
        if found is None:
            cell = self._cleaned(raw, column)
            found = self._cells[key] = cell, _read_cell(cell, column, self, number=number, dated=dated)
        return found

    def _cleaned(self, raw: str, column: Column) -> Cell:
        """Clean a cell, and put what was answered in its place."""
        cell = clean(raw)
        answer = self._answers.get(column.name, {}).get(cell.text)
        return cell if answer is None or cell.remark else clean(answer)

    def _read(self, column: Column, text: str, *, number: bool) -> Reading:
        reading = column.read(text, self._policy)
        if _failed(reading) and (typed := _OTHER.search(text)):
            reading = self._without_other(column, text[: typed.start()], typed[1].strip(), reading)
        if number and "." in text and _failed(reading):
            # what a Belgian spreadsheet shows and means as `3,5` is stored as 3.5
            other = column.read(text.replace(".", ","), self._policy)
            reading = reading if _failed(other) else other
        if reading.remarks:
            return reading._replace(remarks=of_whole_cells(text, reading.remarks))
        return self._overlap(column, text, reading)

    def _without_other(self, column: Column, rest: str, typed: str, reading: Reading) -> Reading:
        """Read a form's answer without what was typed behind `Andere:`, where the rest says enough; which is told."""
        told = column.read(rest, self._policy) if rest.strip() else None
        if told is None or not isinstance(told.value, tuple) or _failed(told):
            return reading
        message = f"«{typed}» is geen keuze van deze kolom en is niet gelezen; de rest wel."
        return told._replace(
            remarks=(*told.remarks, Remark("warning", "other_text", message, "Kijk na of dat volstaat."))
        )

    def _overlap(self, column: Column, text: str, reading: Reading) -> Reading:
        if not isinstance(reading.value, tuple):
            return reading
        parts = split_values(text)
        if len(parts) < 2:  # noqa: PLR2004
            return reading
        values = [self(column, part, number=False).value for part in parts]
        if sum(len(one) for one in values if isinstance(one, tuple)) <= len(reading.value):
            return reading
        message = "Hier overlappen waarden; ze zijn samengevoegd."
        return Reading(reading.value, (Remark("note", "merged_values", message, "Niets te doen."),))


def _failed(reading: Reading) -> bool:
    return any(remark.severity == "error" for remark in reading.remarks)


def _read_row(
    row: GridRow, columns: Mapping[int, Column], place: Place, read: _Reader
) -> tuple[Record, list[Finding], list[Place]]:
    values: dict[str, object] = {}
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    tidied: list[Place] = []
    for index, column in columns.items():
        raw = row.cells[index] if index < len(row.cells) else ""
        cell, (value, remarks) = read.whole(raw, column, number=index in row.numbers, dated=index in row.dates)
        texts[column.name] = cell.text
        if cell.tidied and cell.text:
            tidied.append(place.at(column=column.name))
        if value is not None:
            values[column.field] = value
        if remarks:
            findings += [place.at(column=column.name).remark(remark, cell.text or raw) for remark in remarks]
    findings = [by_municipality(one, texts.get("gemeente", "")) for one in findings]
    good = not any(finding.severity == "error" for finding in findings)
    return Record(place, values, texts, good), findings, tidied


def _read_cell(cell: Cell, column: Column, read: _Reader, *, number: bool, dated: bool) -> Reading:
    """Read one cleaned cell, which the spreadsheet may have kept as a number or as a date."""
    if cell.remark:
        return Reading(None, (cell.remark,))
    if not cell.text:
        message = f"De kolom {column.name} is hier leeg."
        empty = Remark("error", "empty_cell", message, f"Vul in: {column.meaning}")
        return Reading(None, (empty,) if column.required else ())
    reading = read(column, cell.text, number=number)
    return Reading(None, (_dated(cell.text, column),)) if dated and _failed(reading) else reading


def _dated(text: str, column: Column) -> Remark:
    """Refuse a date where none belongs; where half-days do, its day of the week may be meant."""
    day = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    weekday = date(int(day[3]), int(day[2]), int(day[1])).weekday() if day else len(DAYS)
    if column.field != "half_days" or weekday >= len(DAYS):
        return _DATED
    message = f"Hier staat een datum, een {DAY_NAMES[DAYS[weekday]]}; in deze kolom horen halve dagen van elke week."
    return Remark("error", "excel_date", message, meant(DAYS[weekday]), proposal=DAYS[weekday])


def _tidied(spots: Iterable[Place]) -> list[Finding]:
    """Note once a table that spaces were taken away, and where first."""
    spots = list(spots)
    if not spots:
        return []
    cells = counted(len(spots), "cel", "cellen")
    message = f"In {cells} zijn spaties of onzichtbare tekens weggehaald."
    return [spots[0].note("tidied", message, "Niets te doen.")]
