"""Is this file a workbook, a text table or neither? Told by what is in it, not by its name."""

from __future__ import annotations

import re

from matcher.intake.csv_file import read_csv
from matcher.intake.grid import Grids
from matcher.intake.place import Place
from matcher.intake.workbook import read_workbook, refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"PK", b"7z\xbc")
_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|head|body)", re.IGNORECASE)
_PEEK = 2_000


def read_file(name: str, content: bytes) -> Grids:
    """Read the tables of one file, whatever it is called; never raises for what it holds."""
    place = Place(name)
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        return Grids((), (place.error("empty_file", "Dit bestand is leeg.", "Kies het ingevulde bestand."),))
    if content.startswith(_ZIP):
        return read_workbook(content, place)
    if code := _why_not_text(name, content):
        return Grids((), (refusal(code, place),))
    return read_csv(content, place)


def _why_not_text(name: str, content: bytes) -> str:
    """Give the code for what is no text table, empty for what may be one."""
    if content.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "old_excel"
    if _HTML.match(content[:_PEEK]) or content.startswith(_OTHERS):
        return "wrong_format"
    if name.lower().endswith(_BOOKS):
        return "damaged_file" if b"\0" in content[:_PEEK] else "wrong_format"
    return ""
