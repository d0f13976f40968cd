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
from typing import IO, TYPE_CHECKING, Any

sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it, and needs it not

import openpyxl  # noqa: E402
from openpyxl.cell.read_only import ReadOnlyCell  # noqa: E402
from openpyxl.cell.text import Text  # noqa: E402
from openpyxl.reader import excel  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402
from openpyxl.utils.escape import unescape  # noqa: E402
from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # noqa: E402
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser  # noqa: E402
from openpyxl.xml.constants import SHEET_MAIN_NS  # noqa: E402
from openpyxl.xml.functions import iterparse  # noqa: E402

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
MAX_UNPACKED = 64_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200

LAST_ROW = 1_048_576

_STRING = f"{{{SHEET_MAIN_NS}}}si"
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
    reader: Any = ReadOnlyWorksheet
    opener: Any = excel
    opener.read_string_table = _strings
    reader._get_size = lambda _: None  # noqa: SLF001  # a sheet's own word on its size may lie
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    return [_sheet(sheet) for sheet in book.worksheets]


def _strings(source: Any) -> list[str]:  # noqa: ANN401  # a file
    """Give the shared texts with their escapes: openpyxl undoes some of them, and what then looks like one is none."""
    kind: Any = Text
    return [kind.from_tree(node).content for _, node in iterparse(source) if node.tag == _STRING]


def _sheet(sheet: Any) -> dict[str, Any]:  # noqa: ANN401  # openpyxl's own class
    """Give rows of [column, value] pairs, and what a value does not tell: merges, formulas, hidden rows."""
    parser = _Parser(sheet)
    rows: list[tuple[int, list[tuple[int, object]]]] = []
    found = {"name": sheet.title, "hidden": sheet.sheet_state != "visible", "rows": rows, "stray": None}
    for number, row in parser.parse():
        cells = [(cell["column"] - 1, parser.show(cell)) for cell in row if cell["value"] not in {None, ""}]
        if cells and number > MAX_ROWS and len(rows) > MAX_ROWS // 2:
            return found | {"too_large": True}
        far = [column for column, _ in cells if column >= MAX_COLUMNS or number > MAX_ROWS]
        if far:
            found["stray"] = f"{get_column_letter(far[-1] + 1)}{number}"
        elif cells:
            rows.append((number, cells))
            parser.hidden += [number] if parser.row_hidden else []
    merged = [one.ref for one in parser.merged_cells.mergeCell] if parser.merged_cells else []
    return found | {"merged": merged, "formulas": parser.formulas, "hidden_rows": parser.hidden}


class _Parser(WorkSheetParser):
    """openpyxl's parser of one sheet, that also tells what its read-only mode leaves out.

    `formulas` tells of each cell with a formula whether its value was saved.
    """

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401  # openpyxl's own class
        book = sheet.parent
        super().__init__(
            sheet._get_source(),  # noqa: SLF001  # has no public name
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        self.hidden: list[int] = []
        self.formulas: dict[str, bool] = {}
        self.row_hidden = False
        self._sheet = sheet
        self._formats: dict[int, str] = {}

    def parse_row(self, row: Any) -> Any:  # noqa: ANN401  # openpyxl's pair of a number and cells
        """Refuse rows that no spreadsheet has, and remember whether this one is hidden."""
        if not 0 < int(row.get("r", "1")) <= LAST_ROW:
            raise ValueError(f"no such row: {row.get('r')}")
        self.row_hidden = row.get("hidden") in {"1", "true"}
        return super().parse_row(row)

    def parse_cell(self, element: Element) -> Any:  # noqa: ANN401  # openpyxl's dict
        """Refuse cells that no spreadsheet has, and remember formulas."""
        reference = element.get("r", "A1")
        if not _REFERENCE.fullmatch(reference):
            raise ValueError(f"no such cell: {reference}")
        if element.find(FORMULA_TAG) is not None:
            value = element.find(VALUE_TAG)
            # an empty text is a saved value too, and says so by its type
            self.formulas[reference] = value is not None and (bool(value.text) or element.get("t") == "str")
        return super().parse_cell(element)

    def show(self, cell: dict[str, Any]) -> object:
        """Give a cell as JSON, with its number's format."""
        style = cell["style_id"]
        if style not in self._formats:
            self._formats[style] = ReadOnlyCell(self._sheet, **cell).number_format
        return _plain(cell["value"], self._formats[style])


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


if __name__ == "__main__":
    main()
