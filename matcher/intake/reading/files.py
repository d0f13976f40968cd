"""Is this file a workbook, a text table or neither? Told by what is in it, not by its name."""

from __future__ import annotations

import re
from collections.abc import Collection

from matcher.domain.finding import Finding
from matcher.intake.reading.csv_file import read_csv
from matcher.intake.reading.encodings import spoilt_letters
from matcher.intake.reading.grid import Grids
from matcher.intake.reading.limits import MAX_BYTES
from matcher.intake.reading.source_position import Place
from matcher.intake.reading.workbook import check_zip, read_workbook, refusal, refused_zip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"PK", b"7z\xbc")
_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|body)", re.IGNORECASE)
_PEEK = 2_000


def read_file(name: str, content: bytes, headers: Collection[str] = ()) -> Grids:
    """Read the tables of one file, whatever it is called; never raises for what it holds.

    `headers` are the known headers as `plain` folds them; they tell which separator a CSV file has.
    """
    place = Place(name)
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        return Grids((), (_empty(place),))
    if code := "" if content.startswith(_ZIP) else _why_not_text(name, content):
        return Grids((), (_refused(code, content, place),))
    is_book = content.startswith((_ZIP, _OLE))
    read = read_workbook(content, place) if is_book else read_csv(content, place, headers)
    return read._replace(findings=(*read.findings, *spoilt_letters(read.grids)))


def first_refusal(name: str, content: bytes) -> Finding | None:
    """Say why a file is refused, as far as shows without unpacking or reading it; None where it may be read."""
    place = Place(name)
    if len(content) > MAX_BYTES:
        return too_large(place)
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        return _empty(place)
    code = check_zip(content, place)[0] if content.startswith(_ZIP) else _why_not_text(name, content)
    return _refused(code, content, place) if code and not name.lower().endswith(".toml") else None


def _refused(code: str, content: bytes, place: Place) -> Finding:
    """Say why a file is refused: what it is where that shows, and how it becomes one that is read."""
    if content.startswith(_ZIP):
        return refused_zip(content, code, place)
    if code == "wrong_format" and not (_HTML.match(content[:_PEEK]) or content.startswith(_OTHERS)):
        end = place.file.rpartition(".")[2].lower()
        message = f"Dit bestand heet .{end}, maar is gewone tekst, zoals CSV."
        return place.error(code, message, "Geef het een naam die op .csv eindigt, of bewaar het in Excel als .xlsx.")
    return refusal(code, place)


def too_large(place: Place) -> Finding:
    """Say that a file is too large."""
    message = f"Dit bestand is groter dan {MAX_BYTES // 1_000_000} MB."
    return place.error("too_large", message, "Bewaar alleen de tabellen, zonder afbeeldingen.")


def _empty(place: Place) -> Finding:
    return place.error("empty_file", "Dit bestand is leeg.", "Kies het ingevulde bestand.")


def _why_not_text(name: str, content: bytes) -> str:
    """Give the code for what is no text table, empty for what may be one."""
    if content.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in content else ""
    if _HTML.match(content[:_PEEK]) or content.startswith(_OTHERS):
        return "wrong_format"
    if name.lower().endswith(_BOOKS):
        return "damaged_file" if b"\0" in content[:_PEEK] else "wrong_format"
    return ""
