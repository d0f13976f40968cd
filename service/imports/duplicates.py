"""What stands in the files twice, and which of two rows is left out? To merge is to leave one row out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service.imports.exclusions import named

SAME = "same_row_twice"
"""Such a row counts once by itself."""
CODES = (SAME, "duplicate_id", "duplicate_email", "looks_alike")
"""Codes of findings about what stands there twice."""


def with_choices(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add to each finding which of its two rows can go, once for the same two; none where it does not matter."""
    asked: set[tuple[str, str | None, frozenset[int]]] = set()
    told = []
    for one in findings:
        matters = one["code"] != SAME and one["row"] and one["other_row"]
        both = (one["row"], one["other_row"]) if matters else ()
        pair = (one["file"], one["sheet"], frozenset(both))
        choices = [_choice(one, *rows) for rows in (both, both[::-1]) if rows and pair not in asked]
        asked.add(pair)
        told.append({**one, "choices": choices, "above": bool(both) and not choices})
    return told


def _choice(one: Mapping[str, Any], drop: int, keep: int) -> dict[str, Any]:
    return {"drop": drop, "keep": keep, "value": named((one["file"], one["sheet"], drop))}
