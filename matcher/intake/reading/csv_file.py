"""What does a CSV file hold, whichever program wrote it?"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator

from matcher.domain.column import plain
from matcher.domain.counting import counted
from matcher.domain.finding import Finding
from matcher.intake.reading.encodings import likely_letters
from matcher.intake.reading.grid import Grid, GridRow, Grids
from matcher.intake.reading.limits import MAX_ROWS, MAX_WIDTH
from matcher.intake.reading.source_position import Place

SEPARATORS = {";": "puntkomma", ",": "komma", "\t": "tab"}

_PEEK = 50
"""Rows that are tried with each separator."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_CSV_ERRORS = (
    ("field larger", "field_too_long", "Een cel is langer dan 128 kB.", "Kort de cel in of sluit het aanhalingsteken."),
    (
        "unexpected end",
        "unclosed_quote",
        "Een aanhalingsteken wordt hier geopend en nooit gesloten.",
        "Sluit het aanhalingsteken of haal het weg.",
    ),
    (
        "expected after",
        "stray_quote",
        "Na een gesloten aanhalingsteken staat nog tekst.",
        "Verdubbel aanhalingstekens binnen een cel, of haal ze weg.",
    ),
)


def read_csv(content: bytes, place: Place, headers: Collection[str] = ()) -> Grids:
    """Read a CSV file strictly; never raises for what it holds. Known `headers`, folded, tell the separator."""
    text, findings = _decode(content, place)
    if text is None:
        return Grids((), findings)
    separator, text = _separator(text, headers)
    notes = (place.note("separator", f"Gelezen met {SEPARATORS[separator]} als scheidingsteken.", "Niets te doen."),)
    rows, trouble = _rows(text, separator, place)
    return Grids((Grid(place, tuple(rows), strict_width=True),), findings + notes + trouble)


def _decode(content: bytes, place: Place) -> tuple[str | None, tuple[Finding, ...]]:
    """Decode UTF-8 or UTF-16 (with or without mark), else what an older program wrote."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, place)
    if guess := _bare_utf16(content):
        return _strictly(content, guess, place)
    try:
        return content.decode("utf-8", "surrogatepass"), ()
    except UnicodeDecodeError:
        return likely_letters(content, place)


def _bare_utf16(content: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes: every other one in Latin text."""
    head = content[:400]
    if len(head) < 4 or b"\0" not in head:  # noqa: PLR2004
        return None
    odd, even = head[1::2].count(0) / len(head[1::2]), head[::2].count(0) / len(head[::2])
    mostly, hardly = 0.8, 0.1
    if odd > mostly and even < hardly:
        return "utf-16-le"
    return "utf-16-be" if even > mostly and odd < hardly else None


def _strictly(content: bytes, encoding: str, place: Place) -> tuple[str | None, tuple[Finding, ...]]:
    try:  # half characters pass: their cell is refused later, which tells where they are
        return content.decode(encoding, "surrogatepass"), ()
    except UnicodeDecodeError as error:
        message = f"Byte {error.start + 1} is geen geldige tekst ({encoding})."
        return None, (place.error("encoding", message, "Bewaar het bestand opnieuw als «CSV UTF-8»."),)


def _separator(text: str, headers: Collection[str]) -> tuple[str, str]:
    """Find the separator: Excel's own first line `sep=;`, else that of the header, else of the steadiest wide rows."""
    if told := re.match(r"sep=([;,\t])\r?\n", text):
        return told[1], text[told.end() :]
    return max(SEPARATORS, key=lambda separator: _fit(text, separator, headers)), text


def _fit(text: str, separator: str, headers: Collection[str]) -> tuple[int, int, int]:
    """Count the known headers in one row, the rows that are as wide as the widest common width, and that width."""
    widths: list[int] = []
    known = 0
    try:
        for row in _reader(text, separator):
            widths.append(len(row))
            known = max(known, sum(plain(cell) in headers for cell in row[:MAX_WIDTH]) if headers else 0)
            if len(widths) == _PEEK:
                break
    except csv.Error:
        pass
    wide = [width for width in widths if width > 1]
    usual = max(set(wide), key=lambda width: (wide.count(width), width), default=0)
    return known * (known > 1), wide.count(usual) * bool(usual), usual


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _rows(text: str, separator: str, place: Place) -> tuple[list[GridRow], tuple[Finding, ...]]:
    """Give the records, numbered as a spreadsheet does: a quoted new line does not start a row."""
    rows: list[GridRow] = []
    number = 0
    try:
        for number, cells in enumerate(_reader(text, separator), 1):
            if number > MAX_ROWS:
                return [], (too_many_rows(place),)
            if any(cells[MAX_WIDTH:]):
                return [], (_too_wide(place.at(number), len(cells)),)
            rows.append(GridRow(number, tuple(cells[:MAX_WIDTH])))
    except csv.Error as error:
        return rows, (_csv_finding(str(error), place.at(number + 1)),)
    return rows, ()


def too_many_rows(place: Place) -> Finding:
    """Refuse a table of more than 50,000 rows."""
    message = f"Deze tabel telt meer dan {MAX_ROWS} rijen."
    return place.at(MAX_ROWS + 1).error("too_large", message, "Splits het bestand of wis lege rijen onderaan.")


def _too_wide(place: Place, width: int) -> Finding:
    """Refuse a row of more than 1,000 columns: such a thing is no list of people, and would take minutes to read."""
    message = f"Deze rij telt {counted(width, 'kolom', 'kolommen')}; gelezen worden er hoogstens {MAX_WIDTH}."
    return place.error("too_wide", message, "Wis de kolommen die u niet nodig hebt, of kijk na wat cellen scheidt.")


def _csv_finding(error: str, place: Place) -> Finding:
    for part, code, message, remedy in _CSV_ERRORS:
        if part in error:
            return place.error(code, message, remedy)
    return place.error("damaged_row", "Deze rij is geen geldige CSV.", "Bewaar het bestand opnieuw uit Excel.")
