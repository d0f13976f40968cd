"""What does a workbook hold? Runs as a process of its own: bytes on stdin, JSON on stdout.

A crafted workbook of some kilobytes can ask for gigabytes; here it only takes this process down.
It imports nothing of the product, so it starts fast and stays small.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import warnings
import zipfile
from datetime import date, datetime, time
from typing import IO, TYPE_CHECKING, Any, NamedTuple

sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it, and needs it not

import openpyxl  # noqa: E402
from defusedxml.ElementTree import iterparse  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402
from openpyxl.utils.escape import unescape  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
MAX_UNPACKED = 64_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200

LAST_ROW = 1_048_576

_REFERENCE = re.compile(r"[A-X]?[A-Z]{1,2}[1-9][0-9]{0,6}")
_CHUNK = 1 << 16
_ZEROS = re.compile(r"0{2,15}")


def main() -> None:
    """Answer `{"sheets": [...]}` or `{"refused": code, "place": ...}`."""
    _limit()
    warnings.simplefilter("ignore")
    content = sys.stdin.buffer.read()
    try:
        answer = _unpack(content) or {"sheets": _sheets(content)}
    except MemoryError:
        answer = {"refused": "too_large"}
    except Exception as error:  # noqa: BLE001  # whatever a crafted file breaks is the file's fault
        answer = {"refused": _reason(error)}
    sys.stdout.write(json.dumps(answer))


def _limit() -> None:
    """Limit memory and processor time where the platform can; elsewhere the parent's clock must do."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415

        for what, limit in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(what, (limit, limit))


def _reason(error: Exception) -> str:
    forbidden = ("EntitiesForbidden", "DTDForbidden", "ExternalReferenceForbidden")
    return "forbidden_xml" if type(error).__name__ in forbidden else "damaged_file"


def _unpack(content: bytes) -> dict[str, Any] | None:
    """Unpack every part once, counting real bytes: what a zip says of itself may be a lie."""
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            said, part.file_size = part.file_size, 2 * MAX_UNPACKED
            real, forbidden = _scan(archive.open(part))
            part.file_size = said
            total += real
            if total > MAX_UNPACKED:
                return {"refused": "too_large"}
            if forbidden:
                return {"refused": "forbidden_xml", "place": part.filename}
            if real != said:
                return {"refused": "damaged_file", "place": part.filename}
    return None


def _scan(stream: IO[bytes]) -> tuple[int, bool]:
    """Count a part's bytes, at most the limit, and look for a document type in them."""
    total, tail, forbidden = 0, b"", False
    with stream:
        while total <= MAX_UNPACKED and (chunk := stream.read(_CHUNK)):
            total += len(chunk)
            window = (tail + chunk).replace(b"\0", b"")  # so that UTF-16 is seen through
            forbidden = forbidden or b"<!DOCTYPE" in window or b"<!ENTITY" in window
            tail = chunk[-32:]
    return total, forbidden


def _sheets(content: bytes) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [_sheet(sheet, archive) for sheet in book.worksheets]


def _sheet(sheet: Any, archive: zipfile.ZipFile) -> dict[str, Any]:  # noqa: ANN401  # openpyxl's own class
    """Give rows of [column, value] pairs, and what a value does not tell: merges, formulas, hidden rows."""
    outline = _outline(archive.open(sheet._worksheet_path))  # noqa: SLF001  # it has no public name
    found: dict[str, Any] = {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "hidden_rows": outline.hidden,
        "merged": outline.merged,
        "formulas": outline.formulas,
        "rows": [],
        "stray": None,
    }
    if outline.rows > MAX_ROWS:
        return found | {"too_large": True}
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = list(_cells(row))
        far = [column for column, _ in cells if column >= MAX_COLUMNS or number > MAX_ROWS]
        if far:
            found["stray"] = f"{get_column_letter(far[-1] + 1)}{number}"
        elif cells:
            found["rows"].append([number, cells])
    return found


def _cells(row: Iterable[Any]) -> Iterable[tuple[int, object]]:
    for column, cell in enumerate(row):
        if cell.value is not None and cell.value != "":
            yield column, _plain(cell.value, cell.number_format)


def _plain(value: object, number_format: str) -> object:
    """Give text as a string, a number as `{"n": text}`, a date as `{"d": text}`, as Belgian Excel shows them."""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, int | float):
        return {"n": _number(value, number_format)}
    if isinstance(value, datetime) and value.time() != time():
        return {"d": f"{value:%d/%m/%Y %H:%M}"}
    if isinstance(value, date):
        return {"d": f"{value:%d/%m/%Y}"}
    return f"{value:%H:%M}" if isinstance(value, time) else unescape(str(value))


def _number(value: float, number_format: str) -> str:
    """Give at most 15 digits, as Excel keeps; a format such as 000000 keeps its leading zeros."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.15g}"
    text = str(int(value))
    return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format or "") else text


class _Outline(NamedTuple):
    """What openpyxl's read-only mode leaves out; `formulas` tells of each whether its value was saved."""

    rows: int
    hidden: list[int]
    merged: list[str]
    formulas: dict[str, bool]


def _outline(stream: IO[bytes]) -> _Outline:
    rows, number = 0, 0
    hidden: list[int] = []
    merged: list[str] = []
    formulas: dict[str, bool] = {}
    for _, element in iterparse(stream, forbid_dtd=True):
        kind = element.tag.rpartition("}")[2]
        if kind == "mergeCell":
            merged.append(element.get("ref", ""))
        elif kind == "row":
            number = int(element.get("r", number + 1))
            filled = [cell for cell in element if len(cell)]
            _check_references(number, filled)
            rows += bool(filled)
            formulas |= {cell.get("r", ""): _saved(cell) for cell in filled if _child(cell, "f") is not None}
            if filled and element.get("hidden") in {"1", "true"}:
                hidden.append(number)
            element.clear()
            if rows > MAX_ROWS:
                break
    return _Outline(rows, hidden, merged, formulas)


def _check_references(number: int, cells: list[Element]) -> None:
    """Refuse what no spreadsheet has, before openpyxl makes room for it."""
    if not 0 < number <= LAST_ROW or not all(_REFERENCE.fullmatch(cell.get("r", "A1")) for cell in cells):
        raise ValueError(f"no such row or cell: {number}")


def _child(cell: Element, kind: str) -> Element | None:
    return next((one for one in cell if one.tag.rpartition("}")[2] == kind), None)


def _saved(cell: Element) -> bool:
    """Tell whether a formula's value was saved; an empty text is one, and says so by its type."""
    value = _child(cell, "v")
    return value is not None and (bool(value.text) or cell.get("t") == "str")


if __name__ == "__main__":
    main()
