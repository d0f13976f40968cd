"""Which broken cohorts does the command meet? One a case, with what must be said of it and where."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.bad_inputs.cohorts import (
    MENTOR,
    OTHER_MENTOR,
    OTHER_SCHOOL,
    SCHOOL,
    cohort_files,
    csv_table,
    rezipped,
    workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@dataclass(frozen=True, slots=True)
class Broken:
    """A cohort as files: the code of what is said of it, the place, and whether it is refused."""

    files: dict[str, bytes]
    code: str
    place: str
    refused: bool = True


def book(content: bytes, code: str, place: str = "", *, refused: bool = True, name: str = "cohort.xlsx") -> Broken:
    """Make a case of one workbook; a place without a file is on its sheet Scholen."""
    where = f"{name}, blad Scholen, {place}" if place.startswith("rij") else place or name
    return Broken({name: content}, code, where, refused)


def cell(address: str, value: object, number_format: str = "General", epoch: dt.datetime | None = None) -> bytes:
    """Make a workbook with one cell of the sheet Scholen changed."""

    def edit(changed: Any) -> None:  # noqa: ANN401 - openpyxl's own class
        if epoch:
            changed.epoch = epoch
        changed["Scholen"][address] = value
        if number_format != "General":
            changed["Scholen"][address].number_format = number_format

    return workbook(edit)


def sheet(edit: Callable[[Any], object]) -> bytes:
    """Make a workbook of which the sheet Scholen is edited."""
    return workbook(lambda changed: edit(changed["Scholen"]) and None)


def school(code: str, *, refused: bool = True, **changes: str) -> Broken:
    """Make a case of CSV files of which the second school is changed."""
    rows = [SCHOOL | {key: SCHOOL.get(key, "") for key in changes}, OTHER_SCHOOL | changes]
    column = next(iter(changes))
    return Broken(cohort_files(schools=csv_table(rows)), code, f"scholen.csv, rij 3, kolom {column}", refused)


def mentor(code: str, *, refused: bool = True, **changes: str) -> Broken:
    """Make a case of CSV files of which the second mentor is changed."""
    rows = [MENTOR | {key: MENTOR.get(key, "") for key in changes}, OTHER_MENTOR | changes]
    column = next(iter(changes)).replace("e_mail", "e-mail")
    rows = [{key.replace("e_mail", "e-mail"): value for key, value in row.items()} for row in rows]
    return Broken(cohort_files(mentors=csv_table(rows)), code, f"mentoren.csv, rij 3, kolom {column}", refused)


def schools(table: str | bytes, code: str, place: str = "", *, refused: bool = True) -> Broken:
    """Make a case of a whole scholen.csv."""
    return Broken(cohort_files(schools=table), code, f"scholen.csv{', ' if place else ''}{place}", refused)


def lying_zip() -> bytes:
    """Make a workbook of which a part of 70 MB calls itself small."""
    content = bytearray(rezipped(workbook(), {}, {"xl/zeros.xml": bytes(70_000_000)}))
    struct.pack_into("<I", content, content.rfind(b"PK\x01\x02") + 24, 1_000)
    return bytes(content)


def no_workbook() -> bytes:
    """Make a zip that holds something else."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("scholen.csv", "schoolnummer;naam")
    return content.getvalue()


GOOD = csv_table([SCHOOL, OTHER_SCHOOL])
ONE = csv_table([SCHOOL])
HEADER = ";".join(MENTOR) + "\r\n"

FILES = {
    "1 empty": schools(b"", "empty_file"),
    "1 empty workbook": book(b"", "empty_file"),
    "2 html named xlsx": book(b"<!DOCTYPE html><html><table></table></html>", "wrong_format"),
    "2 xls named xlsx": book(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged_file"),
    "2 a zip of something else": book(no_workbook(), "wrong_format"),
    "3 cut zip": book(workbook()[:4000], "damaged_file"),
    "4 encrypted": book(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"
    ),
    "5 macros": book(
        rezipped(workbook(), {}, {"xl/vbaProject.bin": b"x"}), "macros_ignored", refused=False, name="cohort.xlsm"
    ),
    "6 zip bomb": book(rezipped(workbook(), {}, {"xl/media/zeros.xml": bytes(60_000_000)}), "too_large"),
    "7 lying sizes": book(lying_zip(), "too_large"),
    "8 entities": book(rezipped(workbook(), {SHEET: ("<worksheet", f"{DOCTYPE}<worksheet")}), "forbidden_xml"),
    "9 far cell": book(cell("XFD1048576", "x"), "stray_cell", "rij 1048576, kolom XFD"),
    "11 merged cells": book(sheet(lambda one: one.merge_cells("B2:B3")), "merged_cells", "rij 2"),
    "12 formula without a value": book(cell("C3", "=3000+500"), "formula_without_value", "rij 3, kolom C"),
    "13 formula with a value": book(
        rezipped(cell("C3", "=3000+500"), {SHEET: ("<f>3000+500</f><v />", "<f>3000+500</f><v>3500</v>")}),
        "formula_value",
        "rij 3",
        refused=False,
    ),
    "14 error cell": book(cell("B3", "#REF!"), "excel_error", "rij 3, kolom naam"),
    "15 hidden row": book(
        sheet(lambda one: one.row_dimensions.__getitem__(3).__setattr__("hidden", True)),
        "hidden_rows",
        "rij 3",
        refused=False,
    ),
    "16 two headers": schools(
        csv_table([SCHOOL, {name: name for name in SCHOOL}, OTHER_SCHOOL]), "second_header", "rij 3"
    ),
    "16 no header": schools("a;b\nc;d\n", "header_not_found"),
    "17 duplicate column": schools(csv_table([SCHOOL | {"PC": "9000"}]), "duplicate_column", "rij 1, kolom postcode"),
    "17 unknown column": schools(csv_table([SCHOOL | {"aantal_mentorren": "2"}]), "unknown_column", "rij 1"),
    "18 bom": schools(b"\xef\xbb\xbf" + GOOD.encode(), "separator", refused=False),
    "19 cp1252": schools(csv_table([SCHOOL | {"naam": "Één"}]).encode("cp1252"), "cp1252", refused=False),
    "20 utf-16": schools(GOOD.encode("utf-16"), "separator", refused=False),
    "21 tabs": schools(csv_table([SCHOOL], "\t"), "separator", refused=False),
    "23 point and comma": school("ambiguous_number", breedtegraad="1.234,5", lengtegraad="3,7"),
    "24 unclosed quote": schools(ONE + '"034562;Sint;3500;TSO;EM;ma-vm\r\n', "unclosed_quote", "rij 3"),
    "24 ragged row": schools(ONE + "034562;Sint-Jozef 3500;TSO;EM;ma-vm", "ragged_row", "rij 3"),
    "24 long field": schools(csv_table([SCHOOL, OTHER_SCHOOL | {"naam": "x" * 140_000}]), "field_too_long", "rij 3"),
    "25 too many rows": Broken(
        cohort_files(mentors=HEADER + "x;;;;;;\r\n" * 50_001), "too_large", "mentoren.csv, rij 50001"
    ),
    "26 date": book(cell("F3", dt.date(2026, 4, 3)), "excel_date", "rij 3, kolom beschikbaarheid"),
    "26 date of 1904": book(
        cell("F3", dt.date(2026, 4, 3), epoch=CALENDAR_MAC_1904), "excel_date", "rij 3, kolom beschikbaarheid"
    ),
    "27 date as text": school("unknown_half_day", beschikbaarheid="03/04/2026"),
    "31 control character": school("control_character", naam="Sint\x07Jozef"),
    "32 spaces": school("tidied", refused=False, naam="\u00a0Sint-Jozef "),
    "33 look-alike": school("looks_alike", refused=False, naam="Atheneum De L\u0456nde", postcode="9000"),
    "34 bidi": school("bidi_control", naam="Sint\u202eJozef"),
    "35 lone surrogate": schools(
        csv_table([SCHOOL, OTHER_SCHOOL | {"naam": "Sint\ud800"}]).encode("utf-8", "surrogatepass"),
        "lone_surrogate",
        "rij 3, kolom naam",
    ),
    "36 ten kilobytes": school("too_long", naam="x" * 10_000),
}

VALUES = {
    "54 same row": schools(csv_table([SCHOOL, OTHER_SCHOOL, SCHOOL]), "same_row_twice", "rij 4", refused=False),
    "55 same id": schools(
        csv_table([SCHOOL, OTHER_SCHOOL, SCHOOL | {"naam": "Anders"}]), "duplicate_id", "rij 4, kolom schoolnummer"
    ),
    "56 same mail": Broken(
        cohort_files(mentors=csv_table([one | {"e-mail": "jan@voorbeeld.be"} for one in (MENTOR, OTHER_MENTOR)])),
        "duplicate_email",
        "mentoren.csv, rij 3, kolom e-mail",
        refused=False,
    ),
    "59 postcode": school("unknown_postcode", postcode="9001"),
    "60 outside Flanders": mentor("outside_flanders", refused=False, postcode="1000"),
    "61 negative": mentor("not_a_whole_number", max_scholen="-1"),
    "61 fraction": mentor("not_a_whole_number", max_scholen="1,5"),
    "61 over fifty": mentor("not_a_whole_number", max_scholen_bedrijf="51"),
    "62 zero": mentor("no_capacity", refused=False, max_scholen="0"),
    "63 no sector": mentor("empty_cell", sectoren=""),
    "63 unknown sector": mentor("unknown_sector", sectoren="chemei"),
    "64 swapped": school("coordinates_swapped", breedtegraad="3,7174", lengtegraad="51,0543"),
    "65 backwards": mentor("unknown_half_day", beschikbaarheid="vr-ma"),
    "66 overlap": mentor("merged_values", refused=False, beschikbaarheid="ma; ma-vm"),
    "75 weights of nothing": Broken(
        cohort_files()
        | {"beleid.toml": b"[gewichten]\nsector=0\nreistijd=0\nonderwijsvorm=0\nbeschikbaarheid=0\nnoden=0\n"},
        "no_weight",
        "beleid.toml, kolom gewichten",
    ),
    "75 negative weight": Broken(
        cohort_files() | {"beleid.toml": b"[gewichten]\nsector = -1\n"},
        "bad_value",
        "beleid.toml, kolom gewichten.sector",
    ),
    "agreement with nobody": Broken(
        cohort_files() | {"afspraken.csv": b"schoolnummer;mentornummer;soort\n034561;M9;vast\n"},
        "unknown_mentor",
        "afspraken.csv, rij 2, kolom mentornummer",
    ),
}

BROKEN = FILES | VALUES
