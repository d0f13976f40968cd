"""How does what was found in files look on a page: where it can be mended, with what, and which column is proposed?"""

from __future__ import annotations

import json
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OF_A_HEADER = ("unknown_column", "missing_column")
NOT_IN_A_CELL = (*OF_A_HEADER, "tidied")
CHOOSE_COLUMN = "Kies hieronder in welke kolom dit staat, of voeg de kolom toe in Excel."


def on_page(found: Mapping[str, Any], typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give every finding with its place in the list, the coordinator's own header, and how it can be mended."""
    own = _own_headers(found["tables"])
    return [
        {**one, **_mendable(place, one, typed), "header": own.get((one["file"], one["sheet"], one["column"]), "")}
        for place, one in enumerate(found["findings"])
    ]


def once_a_cell(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Let a cell be mended at the first thing that is said of it alone."""
    seen: set[str] = set()
    told = []
    for one in findings:
        again = bool(one["cell"]) and one["spot"] in seen
        seen.add(one["spot"])
        told.append({**one, "cell": "" if again else one["cell"], "again": again})
    return told


def with_choices(tables: Sequence[Mapping[str, Any]], findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add to each column its letters and the column that its header probably means."""
    guesses = {
        (one["file"], one["sheet"], one["column"]): one["proposal"]
        for one in findings
        if one["code"] == "unknown_column"
    }
    return [
        {
            **table,
            "columns": [
                {
                    **one,
                    "letters": letters(place),
                    "guess": guesses.get((table["file"], table["sheet"], one["header"]), ""),
                    "cell": _key((table["file"], table["sheet"], table["header_row"], letters(place))),
                }
                for place, one in enumerate(table["columns"])
            ],
        }
        for table in tables
    ]


def letters(place: int) -> str:
    """Name a column, from 0, as a spreadsheet does: 0 is A, 26 is AA."""
    before, last = divmod(place, len(ascii_uppercase))
    return (letters(before - 1) if before else "") + ascii_uppercase[last]


def _own_headers(tables: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str | None, str], str]:
    """Give what the coordinator calls a column, where that is another name than ours."""
    return {
        (table["file"], table["sheet"], one["column"]): one["header"]
        for table in tables
        for one in table["columns"]
        if one["column"] and one["header"].casefold() != one["column"].casefold()
    }


def _mendable(place: int, one: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """Say whether a cell can be mended here, and with what: what was typed, the proposal, or what stands there."""
    cell = one["row"] is not None and one["column"] and one["code"] not in NOT_IN_A_CELL
    proposal, where = one["proposal"], (one["file"], one["sheet"], one["row"], one["column"])
    return ({"remedy": CHOOSE_COLUMN} if one["code"] == "missing_column" else {}) | {
        "cell": _key(where, one["value"] or "", proposal) if cell else "",
        "spot": json.dumps(where),
        "proposal": proposal,
        "text": typed.get(f"tekst-{place}", proposal or one["value"] or ""),
        "place": place,
    }


def _key(where: Sequence[Any], was: str = "", proposal: str = "") -> str:
    """Write which cell a text is for, and with what it came, as the value of a hidden field."""
    told = dict(zip(("file", "sheet", "row", "column"), where, strict=True)) | {"was": was, "proposal": proposal}
    return json.dumps(told, ensure_ascii=False)
