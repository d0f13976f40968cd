"""What do the XML parts of an XLSX workbook say? Runs in the workbook's own process.

Only what a table needs is read: the list of sheets, shared texts, number formats, and cells. Whatever else is wrong in
a workbook (fonts, fills, properties) does not matter. Names of parts are found whatever their case, and elements
by their local names, so that Strict Open XML reads as the usual kind does.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from matcher.intake.reading.xlsx_sheet import Attributes, Sheet, unescaped, walk

_ZEROS = re.compile(r'((?:"\d+"|\\\d)*)(0{1,15})')
"""A number format that keeps leading zeros: `000000`, or `"0"00000` with a zero that stands there as text."""

_NOT_A_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))


def read(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    """Give every sheet of a workbook; raises for what can't be read. A sheet without its part is `missing`."""
    parts = {name.replace("\\", "/").lower(): name for name in archive.namelist()}

    def part(name: str) -> bytes | None:
        found = parts.get(name.lower().lstrip("/"))
        return None if found is None else archive.read(found)

    book_name = next((one["Target"] for one in _relations(part("_rels/.rels")) if _is(one, "officeDocument")), "")
    book_name = book_name.lstrip("/") or "xl/workbook.xml"
    book = part(book_name)
    if book is None:
        raise ValueError("no workbook")
    folder, _, file = book_name.rpartition("/")
    relations = _relations(part(f"{folder}/_rels/{file}.rels"))

    def of_kind(kind: str) -> bytes | None:
        found = next((one for one in relations if _is(one, kind)), None)
        return None if found is None else part(_target(folder, found))

    texts, formats = _shared_texts(of_kind("sharedStrings")), _formats(of_kind("styles"))
    listed, is_1904 = _book(book)
    by_id = {one.get("Id", ""): one for one in relations}
    sheets = []
    for one in listed:
        relation = by_id.get(one.get("id", ""), {})
        if relation and not _is(relation, "worksheet"):
            continue
        content = part(_target(folder, relation)) if relation else None
        told = {"name": one.get("name", ""), "hidden": one.get("state", "visible") != "visible"}
        if content is None:
            sheets.append(told | {"missing": True})
        else:
            sheets.append(told | Sheet(texts, formats, is_1904=is_1904).read(content))
    return sheets


def _is(relation: Mapping[str, str], kind: str) -> bool:
    return relation.get("Type", "").rpartition("/")[2].lower() == kind.lower()


def _target(folder: str, relation: Mapping[str, str]) -> str:
    target = relation.get("Target", "").replace("\\", "/")
    return target if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _relations(content: bytes | None) -> list[Attributes]:
    found: list[Attributes] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            found.append(attributes)

    walk(content or b"<none/>", start, lambda *_: None)
    return found


def _book(content: bytes) -> tuple[list[Attributes], bool]:
    """Give the listed sheets, and whether days are counted from 1904."""
    sheets: list[Attributes] = []
    settings: Attributes = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            sheets.append(attributes)
        elif name == "workbookPr":
            settings.update(attributes)

    walk(content, start, lambda *_: None)
    return sheets, settings.get("date1904") in {"1", "true"}


def _shared_texts(content: bytes | None) -> list[str]:
    """Give the shared texts, without the pronunciation that Japanese texts carry."""
    found: list[str] = []
    runs: list[str] = []
    aside = 0

    def start(name: str, _: Attributes) -> None:
        nonlocal aside
        if name == "si":
            runs.clear()
        aside += name == "rPh"

    def end(name: str, text: str) -> None:
        nonlocal aside
        if name == "t" and not aside:
            runs.append(unescaped(text))
        elif name == "si":
            found.append("".join(runs))
        aside -= name == "rPh"

    walk(content or b"<none/>", start, end)
    return found


def _formats(content: bytes | None) -> list[str]:
    """Give every cell style's number format: `date`, `0|00000` (what stands before, digits at least), or nothing."""
    custom: dict[str, str] = {}
    styles: list[str] = []
    inside = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name in {"cellXfs", "cellStyleXfs"}:
            inside = name
        elif name == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and inside == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))

    walk(content or b"<none/>", start, lambda *_: None)
    return [_format(one, custom.get(one)) for one in styles]


def _format(number: str, code: str | None) -> str:
    """Tell of a number format what a reader needs."""
    if code is None:
        return "date" if number.isdecimal() and int(number) in _BUILT_IN_DATES else ""
    first = code.split(";")[0]
    if zeros := _ZEROS.fullmatch(first):
        return f"{re.sub(r'[^0-9]', '', zeros[1])}|{zeros[2]}"
    return "date" if re.search(r"[dmyhs]", _NOT_A_FORMAT.sub("", first), re.IGNORECASE) else ""
