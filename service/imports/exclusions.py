"""Which rows and sheets of what was handed in are left out, and where is that offered?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import matcher
from service.core.errors import Problem
from service.web.pages.forms import Form
from service.web.strict import read_back

Part = tuple[str, str | None, int | None]

TWICE = "table_twice"
OF_A_SHEET = (TWICE, "hidden_sheet", "header_not_found")
"""Codes of findings about a whole sheet."""

STAYS = ("merged_cells", "too_many_rows", "missing_column", "unknown_column", "duplicate_column")
"""Codes of findings that leaving their row or sheet out does not mend."""


def named(part: Part) -> str:
    """Write a row, or a sheet where the row is None, as the value of a choice."""
    return json.dumps(part, ensure_ascii=False)


def _all_named(parts: Sequence[Part]) -> str:
    """Write several rows as the value of one choice."""
    return named(parts[0]) if len(parts) == 1 else json.dumps(parts, ensure_ascii=False)


def parts_of(form: Form, kind: str) -> list[Part]:
    """Give the rows and sheets that were chosen to go (`weg-`) or to stay after all (`houd-`)."""
    found = set()
    for name in form.values:
        if name.startswith(kind) and form[name]:
            try:
                told = read_back(form[name])
                for file, sheet, row in told if isinstance(told[0], list) else [told]:
                    found.add((str(file), sheet, None if row is None else int(row)))
            except (Problem, ValueError, TypeError, IndexError, KeyError):
                continue
    return sorted(found, key=str)


def fixes_of(parts: Iterable[Part], value: str | None) -> list[dict[str, Any]]:
    """Give the fix that leaves each row or sheet out: an empty text; None takes that back."""
    return [{"file": one[0], "sheet": one[1], "row": one[2], "column": None, "value": value} for one in parts]


def left_out(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the rows and sheets that were left out here, each with the value that keeps it after all."""
    gone = [(one["file"], one["sheet"], one["row"]) for one in found["fixes"] if one["column"] is None]
    return [
        {"file": part[0], "sheet": part[1], "row": part[2], "value": named(part)}
        for part in sorted(gone, key=lambda part: (part[0], part[1] or "", part[2] or 0))
    ]


def with_offers(findings: Iterable[Mapping[str, Any]], tables: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add to each finding what can be left out to be rid of it, once for the same row or sheet."""
    headers = {(one["file"], one["sheet"]): one["header_row"] for one in tables}
    asked: set[Part] = set()
    told = []
    for one in findings:
        offers = [left for parts in _offered(one, headers, tables) if (left := [x for x in parts if x not in asked])]
        asked.update(part for parts in offers for part in parts)
        told.append({**one, "leave": [{"value": _all_named(parts), "words": _words(parts)} for parts in offers]})
    return told


def _offered(
    one: Mapping[str, Any], headers: Mapping[tuple[str, str | None], int], tables: Sequence[Mapping[str, Any]]
) -> list[list[Part]]:
    """Give what can be left out, each choice with its rows or sheets."""
    here = one["file"], one["sheet"]
    if one["code"] == TWICE:
        others: list[Part] = [(table["file"], table["sheet"], None) for table in tables if _told_of(one, table)]
        return [[(*here, None)], *([part] for part in others)]
    if one["code"] in STAYS:
        return []
    other_sheet = one["severity"] == "error" and here not in headers
    if one["sheet"] is not None and (one["code"] in OF_A_SHEET or other_sheet):
        return [[(*here, None)]]
    if one["severity"] != "error" or one["row"] is None or one["row"] == headers.get(here):
        return []
    return [[(*here, row["row"]) for row in one["rows"]]]


def _told_of(one: Mapping[str, Any], table: Mapping[str, Any]) -> bool:
    """Whether a finding says that this kind of table stands there again."""
    return bool(table["table"] == one["table"])


def _words(parts: Sequence[Part]) -> str:
    file, sheet, row = parts[0]
    if row is not None:
        return (
            f"laat rij {row} weg" if len(parts) == 1 else f"laat deze {matcher.counted(len(parts), 'rij', 'rijen')} weg"
        )
    return f"lees bestand {file} niet" if sheet is None else f"lees blad {sheet} niet"
