"""Which column is what? The first step of an import: every column, what it is read as, and its first cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_uppercase
from typing import Any

from service.imports.findings import OF_A_HEADER, cell_key
from service.web.pages.forms import Form

COLUMNS, CELLS = "kolommen", "cellen"
SHOWN = 80
"""So much of a header is told in a finding."""

NOT_SAID = "?"
"""What a header was read as of which nothing was said: then every choice is news, also not to read it."""


def step_of(found: Mapping[str, Any], asked: str) -> str:
    """Give the step that a page shows: the one that is asked for, else the columns while one of them is open."""
    if asked in (COLUMNS, CELLS):
        return asked
    return COLUMNS if found["state"] == "ready" and open_questions(found["findings"]) else CELLS


def open_questions(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give what must be answered about columns before cells make sense: errors, and what we propose a column for."""
    mine = (one for one in findings if one["code"] in OF_A_HEADER)
    return [one for one in mine if one["severity"] == "error" or one["proposal"]]


def with_choices(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Add to each column its letters, what it was read as, and the column that its header probably means."""
    guesses = {(one["file"], one["sheet"], one["column"]): one["proposal"] for one in _unknown(found["findings"])}
    told = found["mapping"]
    return [
        {
            **table,
            "missing": [one for one in open_questions(found["findings"]) if _is_missing(one, table)],
            "columns": [
                {
                    **one,
                    "letters": letters(place),
                    "was": _was(one, told.get(table["table"], {})),
                    "guess": guesses.get((table["file"], table["sheet"], one["header"].strip()[:SHOWN]), ""),
                    "key": cell_key((table["file"], table["sheet"], table["header_row"], letters(place))),
                }
                for place, one in enumerate(table["columns"])
            ],
        }
        for table in found["tables"]
    ]


def _unknown(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in findings if one["code"] == "unknown_column"]


def _is_missing(one: Mapping[str, Any], table: Mapping[str, Any]) -> bool:
    here = (one["file"], one["sheet"]) == (table["file"], table["sheet"])
    return bool(here and one["code"] != "unknown_column")


def _was(column: Mapping[str, Any], told: Mapping[str, str]) -> str:
    """Give what a column is read as now; what nobody knows nor spoke of is marked."""
    if column["column"] is not None:
        return str(column["column"])
    return "" if column["header"] in told or column["header"].strip() in told else NOT_SAID


def mapping_of(form: Form) -> list[dict[str, Any]]:
    """Give the headers whose column was chosen anew; the field's name holds the table, what it was, and the header."""
    told = []
    for name in form.values:
        kind, _, rest = name.partition("|")
        if kind == "kop":
            table, _, more = rest.partition("|")
            was, _, header = more.partition("|")
            if form[name] != was:
                told.append({"table": table, "header": header, "column": form[name]})
    return told


def letters(place: int) -> str:
    """Name a column, from 0, as a spreadsheet does: 0 is A, 26 is AA."""
    before, last = divmod(place, len(ascii_uppercase))
    return (letters(before - 1) if before else "") + ascii_uppercase[last]
