"""Which STEM fields does a school teach? Its cell read: codes, names of fields, names of single study directions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from matcher.criteria.lists import parts_of, with_commas_kept
from matcher.domain.column import Reading, Remark, plain, unknown_part
from matcher.domain.directions import Direction, directions, directions_by_name, fold_direction
from matcher.domain.policy import Policy
from matcher.domain.vocabulary import FIELDS

_GRADE: Final = r"(?:[1-3](?:e|de|ste)?|eerste|tweede|derde)\s*graad"
_YEAR: Final = r"(?:[3-7](?:e|de)?|zevende)\s*(?:leer|specialisatie)?jaar"
_TYPE: Final = r"[atkb]so"
_FINALITY: Final = r"(?:d/a|d\s*&\s*a|doorstroom|dubbele?|arbeidsmarkt|[da])(?:[ -]?finaliteit)?"
_HOURS: Final = r"\d{1,2}\s*(?:u|uur|uren)"
_MARKS: Final = rf"{_GRADE}|{_YEAR}|{_TYPE}|{_FINALITY}|{_HOURS}|duaal|dual|se-n-se"
_DRESS: Final = re.compile(
    rf"[(\[]\s*(?:{_MARKS})(?:\s*[,/+-]?\s*(?:{_MARKS}))*\s*[)\]]"
    rf"|\b(?:{_GRADE}|{_YEAR}|duaal|dual)\b\s*:?|\b(?:d/a|dubbele|doorstroom|arbeidsmarkt)-?\s*finaliteit\b"
    rf"|(?<=\w)\s+(?:{_TYPE}|{_HOURS})(?=\s*(?:[,;|\n\r]|$))",
    re.IGNORECASE,
)
"""What schools put beside the name of a direction: `(duaal)`, `3de graad`, `(D/A)`, `TSO`, `(8u)`."""


def read_fields(text: str, _policy: Policy) -> Reading:
    """Read STEM fields; what is known and outside STEM, or an older name, is noted, and does not get lost silently.

    An error where something is not known, or where all that stands there is known and nothing of it is STEM.
    """
    found: set[str] = set()
    remarks: list[Remark] = []
    for part in _parts(text):
        code, direction = _known(part)
        if code is None and direction is None:
            names = _spellings()
            remarks.append(unknown_part("unknown_field", "richting", part, names, [*FIELDS, *FIELDS.values()]))
        elif code:
            found.add(code)
        if direction is not None:
            remarks += _said_of(part, direction)
    if not found and remarks and all(one.code == "not_stem" for one in remarks):
        remarks.append(_no_stem())
    return Reading(tuple(code for code in FIELDS if code in found), tuple(remarks))


@lru_cache(maxsize=1 << 12)
def _known(part: str) -> tuple[str | None, Direction | None]:
    """Give the field of a value, and the direction that it names; None for what is not known."""
    if code := _codes().get(plain(part)):
        return code, None
    direction = directions_by_name().get(fold_direction(part))
    return (direction.field or None, direction) if direction else (None, None)


def _said_of(part: str, direction: Direction) -> list[Remark]:
    part = direction.name if "," in direction.name else part
    if not direction.field:
        message = f"«{part}» is geen STEM-richting en telt hier niet mee."
        return [Remark("note", "not_stem", message, "Niets te doen, als er een STEM-richting bij staat.")]
    if direction.kind != "vroeger":
        return []
    field = FIELDS[direction.field]
    message = f"«{part}» staat niet in de lijst van richtingen van nu; wij lezen het als {field} ({direction.field})."
    return [Remark("note", "older_direction", message, "Niets te doen, of schrijf de naam van nu.")]


def _no_stem() -> Remark:
    message = "Geen van deze richtingen is een STEM-richting."
    remedy = f"Vul een STEM-richting of een veld in ({', '.join(FIELDS)}), of laat deze school weg."
    return Remark("error", "no_stem", message, remedy)


def _parts(text: str) -> list[str]:
    """Split a cell, without what stands beside a name; names with commas or a slash (`Latijn/wiskunde`) stay whole."""
    dressed = _DRESS.search(text) is not None
    text = _DRESS.sub(" ", text) if dressed and _DRESS.sub("", text).strip(" ,;/|\n\r") else text
    text = with_commas_kept(text, _with_commas())
    lines = (line.strip() for line in re.split(r"[,;|\n\r]+", text) if line.strip())
    return [part for line in lines for part in _of_line(line)]


@lru_cache(maxsize=1 << 12)  # many cells, few names
def _of_line(line: str) -> tuple[str, ...]:
    return (line.replace("/", "-"),) if _is_one_name(line) else tuple(parts_of(line, _folded()))


def _is_one_name(line: str) -> bool:
    """Whether a slash stands in the name of one direction: `Grieks/Latijn` does, `hout/bouw` are two."""
    found = directions_by_name().get(fold_direction(line.replace("/", "-")))
    return found is not None and found.kind != "woord"


@cache
def _codes() -> Mapping[str, str]:
    """Give the code of a field under its code and its name, folded."""
    names = {plain(code): code for code in FIELDS} | {plain(name): code for code, name in FIELDS.items()}
    return names | {fold_direction(name): code for code, name in FIELDS.items()}


@cache
def _folded() -> frozenset[str]:
    return frozenset({*_codes(), *directions_by_name()})


@cache
def _with_commas() -> Mapping[str, str]:
    names = {name: code for code, name in FIELDS.items()} | {one.name: fold_direction(one.name) for one in directions()}
    return {name: word for name, word in names.items() if "," in name}


@cache
def _spellings() -> Mapping[str, object]:
    """Give every spelling with the field that it stands for; what is outside STEM stands for itself."""
    told: dict[str, object] = {code: code for code in FIELDS}
    told |= {one.name: one.field or one.name for one in directions()}
    return told | {name: code for code, name in FIELDS.items()}
