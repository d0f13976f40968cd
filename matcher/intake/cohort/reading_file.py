"""What was said of how a cohort's own files are to be read: which header is which column, and what a cell means?

It stands in `lezen.toml` beside the files, so that every later round reads them so too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from matcher.domain.column import Sheet, did_you_mean, nearest, plain
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.intake.cohort.cohort import Cohort, HowToRead
from matcher.intake.columns.catalogue import READ, columns
from matcher.intake.reading.limits import MAX_SHOWN
from matcher.intake.reading.source_position import Place, shown
from matcher.intake.reading.toml_file import read_toml
from matcher.intake.tables.headers import ColumnMapping

READING_FILE: Final = "lezen.toml"

_NOT_TOLD: Final = ("unknown_column", "duplicate_id", "same_row_twice")
"""Codes of what no other text for a cell would mend."""

_HEADERS, _CELLS = "kolommen", "waarden"
_EXPLAINED: Final = """\
# Hoe in2stem de bestanden in deze map leest.
# [kolommen.Scholen] zegt bij een titel uit uw bestand welke kolom dat is; "" betekent: niet lezen.
# [waarden.Scholen.richtingen] zegt wat een cel van die kolom betekent.
"""

Answers = dict[str, dict[str, dict[str, str]]]
"""By table and column: the text of a cell, and what is read in its place."""


def read_reading_file(content: bytes, file: str) -> tuple[HowToRead, list[Finding]]:
    """Read `lezen.toml`; never raises for what it holds."""
    place, findings = Place(file), list["Finding"]()
    raw, fault = read_toml(content, place, "damaged_file")
    findings += [] if fault is None else [fault]
    for key in raw:
        if key not in (_HEADERS, _CELLS):
            remedy = did_you_mean(key, (_HEADERS, _CELLS))
            findings.append(place.at(column=key).error("unknown_key", "Dit onderdeel is niet gekend.", remedy, key))
    headers: dict[str, dict[str, str]] = {}
    for sheet, told in _tables(raw.get(_HEADERS, {}), place, findings):
        known = [one.name for one in columns(sheet)]
        spot = place.at(column=f"{_HEADERS}.{sheet}")
        meant = _texts(told, spot, findings)
        headers[sheet] = {key: _named(one, known, spot, findings) for key, one in meant.items()}
    cells: Answers = {}
    for sheet, told in _tables(raw.get(_CELLS, {}), place, findings):
        known = [one.name for one in columns(sheet)]
        for name, pairs in told.items():
            spot = place.at(column=f"{_CELLS}.{sheet}.{name}")
            cells.setdefault(sheet, {})[_named(name, known, spot, findings)] = _texts(pairs, spot, findings)
    return HowToRead(headers, cells), findings


def _tables(raw: object, place: Place, findings: list[Finding]) -> list[tuple[Sheet, dict[str, object]]]:
    """Give what is said of each table; another name is an error."""
    found: list[tuple[Sheet, dict[str, object]]] = []
    for name, told in raw.items() if isinstance(raw, dict) else ():
        sheet = next((one for one in READ if plain(one) == plain(name)), None)
        if sheet is not None and isinstance(told, dict):
            found.append((sheet, told))
        else:
            remedy = did_you_mean(name, READ)
            findings.append(place.at(column=name).error("unknown_key", "Deze tabel is niet gekend.", remedy, name))
    return found


def _texts(raw: object, place: Place, findings: list[Finding]) -> dict[str, str]:
    """Give pairs of texts; a number is one too."""
    if not isinstance(raw, dict):
        findings.append(place.error("wrong_type", "Hier horen regels «tekst» = «tekst».", "Zet elke regel apart."))
        return {}
    wrong = [key for key, one in raw.items() if isinstance(one, bool) or not isinstance(one, str | int)]
    remedy = "Zet er aanhalingstekens om."
    findings += [place.error("wrong_type", f"«{shown(key)}» heeft geen tekst.", remedy) for key in wrong]
    return {key: str(one) for key, one in raw.items() if key not in wrong}


def _named(name: str, known: Sequence[str], place: Place, findings: list[Finding]) -> str:
    """Give the column of a name, empty for none; another name is an error."""
    found = next((one for one in known if plain(one) == plain(name)), None)
    if found is None and name:
        message, remedy = f"«{shown(name)}» is geen kolom van in2stem.", did_you_mean(name, known)
        findings.append(place.error("unknown_key", message, remedy, name))
    return found or ""


def told_columns(told: Iterable[str]) -> ColumnMapping:
    """Read `Plek=postcode`: which column a header is, in every table that has that column; none after `=`: not read.

    Raises InvalidValueError where there is no `=`, or no such column.
    """
    headers: dict[str, dict[str, str]] = {sheet: {} for sheet in READ}
    for text in told:
        header, sign, name = text.rpartition("=")
        named = {sheet: [one.name for one in columns(sheet) if plain(one.name) == plain(name)] for sheet in READ}
        if not sign or not header.strip():
            raise InvalidValueError(f"«{text}»: schrijf TITEL=KOLOM, zoals «Plek=postcode».")
        if name.strip() and not any(named.values()):
            known = dict.fromkeys(one.name for sheet in READ for one in columns(sheet))
            raise InvalidValueError(f"«{name}» is geen kolom van in2stem. {did_you_mean(name, known)}")
        for sheet, found in named.items():
            if found or not name.strip():
                headers[sheet][header.strip()] = found[0] if found else ""
    return headers


def refuse_unknown_titles(cohort: Cohort, told: Iterable[str]) -> None:
    """Refuse what was said of a header that no table has: it would do nothing. Raises InvalidValueError."""
    titles = {plain(cell): cell for grid in cohort.grids for row in grid.rows[:MAX_SHOWN] for cell in row.cells if cell}
    for text in told:
        header = text.rpartition("=")[0].strip()
        if plain(header) not in titles:
            guess = nearest(header, titles.values())
            hint = f"Bedoelde u «{guess}»?" if guess else "Neem de titel over zoals ze in het bestand staat."
            raise InvalidValueError(f"«{header}»: geen bestand heeft een kolom met die titel. {hint}")


def proposed_columns(cohort: Cohort) -> ColumnMapping:
    """Give what was told of headers with what is proposed for the others, to read the same files again."""
    headers = {sheet: dict(told) for sheet, told in cohort.how.headers.items()}
    for sheet, one in _asked(cohort):
        if one.code == "unknown_column" and one.proposal and one.value:
            headers.setdefault(sheet, {}).setdefault(one.value, one.proposal)
    return headers


def _asked(cohort: Cohort) -> list[tuple[str, Finding]]:
    """Give the findings about cells of a table that are told whole, each with its table."""
    places = {table.sheet: table.place for table in cohort.tables}
    sheets = {(shown(one.file), one.sheet and shown(one.sheet)): sheet for sheet, one in places.items()}
    found = [(sheets.get((one.file, one.sheet), ""), one) for one in cohort.findings if one.column and one.value]
    headers = ("unknown_column",)  # told by as much as is shown
    return [(sheet, one) for sheet, one in found if sheet and (one.code in headers or len(one.value or "") < MAX_SHOWN)]


def reading_document(how: HowToRead) -> dict[str, object]:
    """Write how to read as JSON-able values."""
    cells = {sheet: {one: dict(said) for one, said in told.items()} for sheet, told in how.cells.items()}
    return {"headers": {sheet: dict(told) for sheet, told in how.headers.items()}, "cells": cells}


def written_reading(headers: ColumnMapping, cells: Mapping[str, Mapping[str, Mapping[str, str]]]) -> str:
    """Write a `lezen.toml` with what was told."""
    return "\n".join([_EXPLAINED, *_written(headers, cells, {})])


def proposed_reading(cohort: Cohort) -> str:
    """Write a `lezen.toml` with what was told, what is proposed, and as comments what only a person can say."""
    cells: Answers = {
        sheet: {one: dict(said) for one, said in told.items()} for sheet, told in cohort.how.cells.items()
    }
    open_cells: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for sheet, one in _asked(cohort):
        text, column = one.value or "", one.column or ""
        if one.code != "unknown_column" and one.proposal:
            cells.setdefault(sheet, {}).setdefault(column, {}).setdefault(text, one.proposal)
        elif one.severity == "error" and one.code not in _NOT_TOLD:
            open_cells[sheet, column][text] = one.message
    return "\n".join([_EXPLAINED, *_written(proposed_columns(cohort), cells, open_cells)])


def _written(
    headers: ColumnMapping,
    cells: Mapping[str, Mapping[str, Mapping[str, str]]],
    open_cells: Mapping[tuple[str, str], Mapping[str, str]],
) -> Iterable[str]:
    for sheet, told in headers.items():
        if not told:
            continue
        yield f"[{_HEADERS}.{sheet}]"
        yield from (f"{_quoted(header)} = {_quoted(column)}" for header, column in told.items())
        yield ""
    known = [(sheet, column) for sheet, told in cells.items() for column in told]
    for sheet, column in dict.fromkeys((*known, *open_cells)):
        yield f"[{_CELLS}.{sheet}.{_quoted(column)}]"
        said = cells.get(sheet, {}).get(column, {})
        yield from (f"{_quoted(text)} = {_quoted(meant)}" for text, meant in said.items())
        for text, why in open_cells.get((sheet, column), {}).items():
            if text not in said:
                yield f"# {' '.join(why.split())}"
                yield f'# {_quoted(text)} = ""'
        yield ""


def _quoted(text: str) -> str:
    """Write a text as TOML does; a JSON string is one too."""
    return json.dumps(text, ensure_ascii=False)
