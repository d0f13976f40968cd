"""What does a workbook (.xlsx, .ods or .xls) hold, and is it safe to open at all?"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matcher.domain.counting import counted
from matcher.domain.finding import Finding
from matcher.intake.reading.csv_file import too_many_rows
from matcher.intake.reading.grid import Grid, GridRow, Grids
from matcher.intake.reading.source_position import Place
from matcher.intake.reading.xlsx_sheet import letters

MAX_UNPACKED = 64_000_000
MAX_RATIO = 200
MAX_PARTS = 500

_CHILD = Path(__file__).with_name("workbook_child.py")
_SECONDS = 30
"""On the clock, for platforms that can't limit processor time."""

_A_WORKBOOK = frozenset({"[content_types].xml", "content.xml"})
"""Parts of which one is in every workbook: the first of XLSX, the second of OpenDocument."""

_SAVE = "Open het bestand in Excel en bewaar het opnieuw als .xlsx."
_REFUSED = {
    "too_large": ("Dit bestand is uitgepakt te groot of vraagt te veel rekentijd.", "Bewaar alleen de drie bladen."),
    "forbidden_xml": ("Dit bestand bevat een documenttype of entiteiten; die horen niet in een werkboek.", _SAVE),
    "damaged_file": ("Dit bestand is beschadigd of geen werkboek.", _SAVE),
    "encrypted": ("Dit bestand is met een wachtwoord beveiligd.", "Bewaar het in Excel zonder wachtwoord."),
    "wrong_format": ("Dit is geen werkboek (.xlsx, .ods of .xls) en geen CSV.", _SAVE),
}
_OTHER_BOOKS = (
    ("xl/workbook.bin", "Dit is een binair Excel-werkboek (.xlsb); dat lezen we niet.", _SAVE),
    (
        "index/document.iwa",
        "Dit is een bestand van Numbers; dat lezen we niet.",
        "Exporteer het in Numbers naar Excel.",
    ),
)
"""Parts by which other programs' workbooks are known, what is said of them, and how they become one that is read."""


def read_workbook(content: bytes, place: Place) -> Grids:
    """Read every sheet of a workbook; never raises for what it holds."""
    code, findings = check_zip(content, place) if content.startswith(b"PK") else ("", ())
    answer: dict[str, Any] = {"refused": code} if code else _ask_child(content)
    if "refused" in answer:
        return Grids((), (refused_zip(content, str(answer["refused"]), place),))
    names = _names([sheet["name"] for sheet in answer["sheets"]])
    sheets = [_grid(sheet, Place(place.file, name)) for sheet, name in zip(answer["sheets"], names, strict=True)]
    grids = tuple(grid for one in sheets for grid in one.grids)
    return Grids(grids, findings + tuple(finding for one in sheets for finding in one.findings))


def _names(titles: Sequence[str]) -> list[str]:
    """Give sheets' names without spaces that nobody sees; two that look the same get a number."""
    names: list[str] = []
    for title in titles:
        name = " ".join(title.split())
        numbered = (f"{name} ({number})" for number in range(2, len(titles) + 2))
        names.append(next(one for one in (name, *numbered) if one not in names))
    return names


def refusal(code: str, place: Place) -> Finding:
    """Say why a whole file is refused."""
    return place.error(code, *_REFUSED[code])


def refused_zip(content: bytes, code: str, place: Place) -> Finding:
    """Say why a zip is refused, by the program that made it where that shows."""
    if code == "wrong_format":
        names = {part.filename.lower() for part in zipfile.ZipFile(io.BytesIO(content)).infolist()}
        for part, message, remedy in _OTHER_BOOKS:
            if part in names:
                return place.error(code, message, remedy)
    return refusal(code, place)


def check_zip(content: bytes, place: Place) -> tuple[str, tuple[Finding, ...]]:
    """Look at the list of parts only, which takes no time whatever the file claims."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        return "damaged_file", ()
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        return "encrypted", ()
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(content):
        return "too_large", ()
    if not names & _A_WORKBOOK or names & {part for part, *_ in _OTHER_BOOKS}:
        return "wrong_format", ()
    macros = any(name.endswith("vbaproject.bin") for name in names)
    message = "Dit werkboek bevat macro's; die zijn niet gelezen en niet uitgevoerd."
    return "", (place.note("macros_ignored", message, "Niets te doen."),) if macros else ()


def _ask_child(content: bytes) -> dict[str, Any]:
    """Let a process of its own read the file; whatever ends it early is the file's fault."""
    try:
        done = subprocess.run(  # noqa: S603  # our own file, no shell
            [sys.executable, "-P", str(_CHILD)], input=content, capture_output=True, timeout=_SECONDS, check=False
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"refused": "too_large"}
    except ValueError:
        return {"refused": "too_large" if done.returncode else "damaged_file"}
    return answer


def _grid(sheet: dict[str, Any], place: Place) -> Grids:
    """Turn the child's answer for one sheet into a grid and findings."""
    if sheet.get("too_large"):
        return Grids((), (too_many_rows(place),))
    if sheet.get("missing"):
        message = "Dit blad staat in de lijst van bladen, maar zit niet in het bestand."
        return Grids((), (place.error("sheet_missing", message, _SAVE),))
    rows = tuple(_row(number, cells) for number, cells in sheet["rows"])
    return Grids((Grid(place, rows, merged=tuple(sheet["merged"])),), tuple(_oddities(sheet, place)))


def _row(number: int, cells: list[list[Any]]) -> GridRow:
    """Lay `[column, value]` pairs out; a number comes as `{"n": text}`, a date as `{"d": text}`."""
    texts = [""] * (cells[-1][0] + 1)
    found: dict[str, set[int]] = {"n": set(), "d": set()}
    for column, value in cells:
        if isinstance(value, dict):
            ((kind, texts[column]),) = value.items()
            found[kind].add(column)
        else:
            texts[column] = value
    return GridRow(number, tuple(texts), frozenset(found["n"]), frozenset(found["d"]))


def _oddities(sheet: dict[str, Any], place: Place) -> list[Finding]:
    found = []
    if sheet["hidden"] and sheet["rows"]:
        message = "Dit blad is verborgen en toch gelezen."
        found.append(place.warning("hidden_sheet", message, "Wis het blad als het niet mee mag tellen."))
    if sheet["hidden_rows"]:
        listed = ", ".join(str(row) for row in sheet["hidden_rows"][:20])
        one = len(sheet["hidden_rows"]) == 1
        rows = counted(len(sheet["hidden_rows"]), "verborgen rij is", "verborgen rijen zijn")
        message = f"{rows} toch gelezen ({listed})."
        remedy = "Wis de rij als ze niet mee mag tellen." if one else "Wis de rijen die niet mee mogen tellen."
        found.append(place.at(sheet["hidden_rows"][0]).warning("hidden_rows", message, remedy))
    if columns := [letters(place) for place in sheet["hidden_columns"]]:
        told = counted(len(columns), "kolom is", "kolommen zijn")
        message = f"{told} verborgen ({', '.join(columns[:20])}); wat een gekende titel heeft, is toch gelezen."
        remedy = f"Wis de {'kolom' if len(columns) == 1 else 'kolommen'} als dat niet mee mag tellen."
        found.append(place.at(column=columns[0]).warning("hidden_columns", message, remedy))
    if sheet["stray"]:
        column, row = _split(sheet["stray"])
        message = f"Ver buiten de tabel staat nog iets, in cel {sheet['stray']}."
        found.append(place.at(row, column).error("stray_cell", message, "Wis die cel."))
    return found + _formulas(sheet["formulas"], place)


def _formulas(formulas: dict[str, bool], place: Place) -> list[Finding]:
    """Refuse formulas whose value was not saved; note once that there are others."""
    remedy = "Open het bestand in Excel en bewaar het, of plak de cel als waarde."
    lost = [_split(cell) for cell, saved in formulas.items() if not saved]
    message = "Hier staat een formule zonder bewaarde uitkomst."
    found = [place.at(row, column).error("formula_without_value", message, remedy) for column, row in lost]
    saved = [cell for cell, kept in formulas.items() if kept]
    if saved:
        column, row = _split(saved[0])
        read = counted(len(saved), "formule gelezen met haar", "formules gelezen met hun")
        message = f"{read} bewaarde uitkomst."
        found.append(place.at(row, column).note("formula_value", message, "Niets te doen."))
    return found


def _split(cell: str) -> tuple[str, int]:
    """Split `AB12` into its column and row."""
    match = re.match(r"([A-Z]+)(\d+)", cell)
    return (match[1], int(match[2])) if match else (cell, 1)
