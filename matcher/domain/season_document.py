"""How do seasons and years become JSON and come back? As documents of their own, like rounds and plans."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, Final

from matcher.domain.document import document_of, dumps, read_document, write_document
from matcher.domain.errors import DocumentError, InvalidValueError
from matcher.domain.season import Season
from matcher.domain.year import Year

YEAR_FORMAT: Final = "in2stem-sessions/1"
SEASON_FORMAT: Final = "in2stem-season/1"


year_to_document, year_from_document = document_of(YEAR_FORMAT, Year)


def season_to_document(season: Season) -> dict[str, Any]:
    """Write a season as its document; earlier meetings stand as `[school, school, times]`."""
    document = write_document(replace(season, history={}), SEASON_FORMAT)
    return document | {"history": [[*pair, times] for pair, times in sorted(season.history.items())]}


def season_from_document(document: object) -> Season:
    """Read a season; raises DocumentError with a JSON pointer where it is not one."""
    meetings = document.get("history", []) if isinstance(document, dict) else []
    plain = {key: value for key, value in document.items() if key != "history"} if isinstance(document, dict) else None
    season = read_document(plain, SEASON_FORMAT, Season)
    try:
        return replace(season, history=_read_history(meetings))
    except InvalidValueError as error:
        raise DocumentError(str(error), "/history") from error


def season_hash(season: Season) -> str:
    """Give the SHA-256 (hex) of a season's document: the `inputs_hash` of its year."""
    return hashlib.sha256(dumps(season_to_document(season)).encode()).hexdigest()


def _read_history(meetings: object) -> dict[tuple[str, str], int]:
    if not isinstance(meetings, list):
        raise DocumentError("Hier hoort een lijst te staan.", "/history")
    found: dict[tuple[str, str], int] = {}
    for place, one in enumerate(meetings):
        kinds = [type(part) for part in one] if isinstance(one, list) else []
        if kinds != [str, str, int] or one[2] < 1 or (one[0], one[1]) in found:
            raise DocumentError("Hier hoort [school, school, aantal] te staan, elk paar één keer.", f"/history/{place}")
        found[one[0], one[1]] = one[2]
    return found
