"""How does what was found in files look on a page: whose rows it is, where it can be mended, and with what?"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

OF_A_HEADER = ("unknown_column", "missing_column", "duplicate_column")
NOT_IN_A_CELL = (*OF_A_HEADER, "tidied", "total_row", "note_row")
TWICE_IN_A_CELL = ("duplicate_id", "duplicate_email", "same_row_twice", "looks_alike")
"""Codes of what is odd about a row beside another one: the same text need not be wrong elsewhere."""

NUMBERS = ("schoolnummer", "mentornummer")
"""Columns in which the same wrong text may stand for two who differ."""

ANSWERS = ("cel", "tekst", "weg")
"""How the fields begin that hold what somebody says of a finding; its place follows."""

LONGEST = 80
"""A longer text is told in part."""


def on_page(found: Mapping[str, Any], typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give every finding with its place in the list, the coordinator's own header, and how it can be mended."""
    tables = {(one["file"], one["sheet"]): one for one in found["tables"]}
    return [
        {
            **one,
            **_mendable(place, one, typed, tables.get((one["file"], one["sheet"]))),
            "header": one.get("header", ""),
        }
        for place, one in enumerate(found["findings"])
    ]


def grouped(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Put findings that say the same of the same text together, with the rows that they are about."""
    groups: dict[Any, dict[str, Any]] = {}
    for one in findings:
        told = tuple(one[key] for key in ("severity", "code", "message", "spot"))
        group = groups.setdefault(told if one["table_of_cell"] else one["place"], {**one, "rows": []})
        group["rows"] += [{"row": one["row"], "who": one["who"]}] if one["row"] is not None else []
    return list(groups.values())


def once_a_cell(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Let a cell be mended at the first thing that is said of it alone."""
    seen: set[str] = set()
    told = []
    for one in findings:
        again = bool(one["cell"]) and one["spot"] in seen
        seen.add(one["spot"])
        told.append({**one, "cell": "" if again else one["cell"], "again": again})
    return told


def _mendable(
    place: int, one: Mapping[str, Any], typed: Mapping[str, str], table: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Say whether a cell can be mended here, and with what: what was typed, the proposal, or what stands there.

    Where its text alone is at fault, the answer holds for every cell of that column with the same text.
    """
    cell = one["row"] is not None and one["column"] and one["code"] not in NOT_IN_A_CELL
    proposal, where = one["proposal"], (one["file"], one["sheet"], one["row"], one["column"])
    name = table["table"] if cell and table is not None and _is_told_by_text(one, table) else ""
    return {
        "cell": cell_key(where, one["value"] or "", proposal, name) if cell else "",
        "spot": json.dumps((*where[:2], one["column"], one["value"]) if name else where),
        "table_of_cell": name,
        "proposal": proposal,
        "text": typed.get(f"tekst-{place}", proposal or one["value"] or ""),
        "place": place,
        "rows": [],
    }


def _is_told_by_text(one: Mapping[str, Any], table: Mapping[str, Any]) -> bool:
    """Whether a finding is about the whole text of its cell, so that the same text is at fault elsewhere too."""
    value, name = one["value"] or "", one["column"]
    at = next((place for place, column in enumerate(table["columns"]) if column["column"] == name), None)
    if at is None or not value or len(value) >= LONGEST or name in NUMBERS or one["code"] in TWICE_IN_A_CELL:
        return False
    row = next((row["cells"] for row in table["cells"] if row["row"] == one["row"]), ())
    return len(row) > at and " ".join(row[at].split()) == " ".join(value.split())


def cell_key(where: Sequence[Any], was: str = "", proposal: str = "", table: str = "") -> str:
    """Write which cell a text is for, and with what it came, as the value of a hidden field.

    With a table the text is for every cell of that column that says the same.
    """
    told = dict(zip(("file", "sheet", "row", "column"), where, strict=True))
    return json.dumps(told | {"was": was, "proposal": proposal, "table": table}, ensure_ascii=False)


def by_sheet(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Put findings under the file and sheet that they are about, in the order in which those come first."""
    parts: dict[tuple[str, str | None], list[Mapping[str, Any]]] = {}
    for one in found:
        parts.setdefault((one["file"], one["sheet"]), []).append(one)
    return [{"file": file, "sheet": sheet, "rows": rows} for (file, sheet), rows in parts.items()]


def carried(typed: Mapping[str, str], shown: Container[int]) -> list[tuple[str, str]]:
    """Give what was typed about findings that are not shown now, as hidden fields: it goes along."""
    found = []
    for name, value in typed.items():
        kind, _, place = name.partition("-")
        if kind in ANSWERS and place.isdecimal() and int(place) not in shown:
            found.append((name, value))
    return found
