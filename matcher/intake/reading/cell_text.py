"""What does a cell say, once spaces and invisible characters are taken care of?"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from matcher.domain.column import Remark
from matcher.intake.reading.limits import MAX_CELL

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes text for a formula (OWASP ASVS 5.0, 1.2.10)."""

_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE: Final = frozenset("\u00ad\u200b\u2060\ufeff")
_NO_CHARACTERS: Final = frozenset("\ufffe\uffff")  # no XML may hold these, so no workbook either
_ODD_SPACES: Final = str.maketrans(dict.fromkeys("\t\u00a0\u2007\u202f", " "))
_EXCEL_ERRORS: Final = frozenset(
    {"#REF!", "#DIV/0!", "#N/A", "#N/B", "#NAME?", "#NAAM?", "#NULL!", "#LEEG!", "#NUM!", "#GETAL!"}
    | {"#VALUE!", "#WAARDE!", "#VERW!", "#DEEL/0!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_ANY_EXCEL_ERROR: Final = re.compile(r"#[A-Z0-9/_]{2,}[!?]")
"""Each language and version of Excel has errors of its own, such as `#OVERLOOP!`; all are written so."""


class Cell(NamedTuple):
    """A cell's text in NFC; `tidied` where spaces or invisible characters were taken away."""

    text: str
    tidied: bool = False
    remark: Remark | None = None


def clean(raw: str) -> Cell:
    """Clean one cell; a remark is an error and says why the text can't be used."""
    if raw.isascii() and raw.isprintable() and len(raw) <= MAX_CELL and not raw.startswith("#"):
        text = raw.strip()
        return Cell(without_guard(text), tidied=text != raw)
    if remark := _objection(raw):
        return Cell("", remark=remark)
    visible = "".join(one for one in raw if one not in _INVISIBLE).translate(_ODD_SPACES).strip()
    return Cell(unicodedata.normalize("NFC", without_guard(visible)), tidied=visible != raw.strip("\r\n"))


def begins_formula(text: str) -> bool:
    """Tell whether a text begins as a formula does, behind any apostrophes that guard it already."""
    return text.lstrip("'").startswith(FORMULA_STARTS)


def without_guard(text: str) -> str:
    """Take away the apostrophe that was put before a text to keep a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and begins_formula(text) else text


def _objection(raw: str) -> Remark | None:
    if len(raw) > MAX_CELL:
        message = f"Deze cel telt {len(raw)} tekens; {MAX_CELL} is het meeste."
        return Remark("error", "too_long", message, "Kort de tekst in.")
    error = raw.strip().upper()
    if error in _EXCEL_ERRORS or _ANY_EXCEL_ERROR.fullmatch(error):
        return Remark("error", "excel_error", "Deze cel bevat een fout van Excel.", "Herstel de formule of de waarde.")
    for one in raw:
        if one in _BIDI:
            message = f"Deze cel bevat een teken dat de leesrichting omkeert (U+{ord(one):04X})."
            return Remark("error", "bidi_control", message, "Typ de tekst opnieuw.")
        category = unicodedata.category(one)
        if category == "Cs":
            message = f"Deze cel bevat een half teken (U+{ord(one):04X})."
            return Remark("error", "lone_surrogate", message, "Typ de tekst opnieuw.")
        if (category == "Cc" and one not in "\t\n\r") or one in _NO_CHARACTERS:
            message = f"Deze cel bevat een stuurteken (U+{ord(one):04X})."
            return Remark("error", "control_character", message, "Typ de tekst opnieuw.")
    return None
