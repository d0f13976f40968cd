"""What stands in the files twice, and which of two rows is left out? To merge is to leave one row out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from service.console.forms import Form

    Row = tuple[str, str | None, int]

CODES = ("same_row_twice", "duplicate_id", "duplicate_email", "looks_alike")
"""Codes of findings about what stands there twice."""

OTHER_ROW = re.compile(r"^Rij (\d+) en rij|op rij (\d+)\.$")


def with_choices(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add to each finding which of its two rows can go, once for the same two; none where it does not matter."""
    asked: set[tuple[str, str | None, frozenset[int]]] = set()
    told = []
    for one in findings:
        found = OTHER_ROW.search(one["message"])
        both = (one["row"], int(found.group(1) or found.group(2))) if found and one["row"] else ()
        pair = (one["file"], one["sheet"], frozenset(both))
        choices = [_choice(one, *rows) for rows in (both, both[::-1]) if rows and pair not in asked]
        asked.add(pair)
        told.append({**one, "choices": choices, "above": bool(both) and not choices})
    return told


def _choice(one: Mapping[str, Any], drop: int, keep: int) -> dict[str, Any]:
    return {"drop": drop, "keep": keep, "value": _named((one["file"], one["sheet"], drop))}


def _named(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False)


def rows_of(form: Form, kind: str) -> list[Row]:
    """Give the rows that were chosen to go (`weg-`) or to stay after all (`houd-`)."""
    found = set()
    for name in form.values:
        if name.startswith(kind) and form[name]:
            try:
                file, sheet, row = json.loads(form[name])
                found.add((str(file), sheet, int(row)))
            except (ValueError, TypeError):
                continue
    return sorted(found, key=str)


def cells_of(rows: Iterable[Row], tables: Sequence[Mapping[str, Any]], value: str | None) -> list[dict[str, Any]]:
    """Give a fix for every cell of these rows: empty, for an empty row is none; None takes that back."""
    return [
        {"file": row[0], "sheet": row[1], "row": row[2], "column": name, "value": value}
        for row in rows
        for table in tables
        if (table["file"], table["sheet"]) == row[:2]
        for name in _columns(table)
    ]


def left_out(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the rows of which every cell was emptied here, each with the value that keeps it after all."""
    emptied: dict[Row, set[str]] = {}
    for fix in found["fixes"]:
        if fix["value"] == "":
            emptied.setdefault((fix["file"], fix["sheet"], fix["row"]), set()).add(fix["column"])
    every = {(one["file"], one["sheet"]): set(_columns(one)) for one in found["tables"]}
    gone = [row for row, columns in emptied.items() if columns >= every.get(row[:2], {""})]
    return [{"file": row[0], "sheet": row[1], "row": row[2], "value": _named(row)} for row in sorted(gone, key=str)]


def _columns(table: Mapping[str, Any]) -> list[str]:
    return [name for one in table["columns"] if (name := one["column"] or one["header"])]
