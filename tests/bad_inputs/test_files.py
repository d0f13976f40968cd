"""Is every broken or hostile file refused with a reason, and never opened further than is safe?"""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import MENTOR, cohort_files, csv_table, read_book, rezipped, the, workbook

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\r\n", b"\0\0\0\0"])
@pytest.mark.parametrize("name", ["scholen.csv", "cohort.xlsx"])
def test_empty_file_is_called_empty(name: str, content: bytes) -> None:
    finding = the(read_cohort({name: content}), "empty_file")
    assert (finding.severity, finding.place) == ("error", name)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<!DOCTYPE html><html><body><table><tr><td>schoolnummer</td></tr></table></body></html>", "wrong_format"),
        (b"\xef\xbb\xbf  <HTML xmlns:x='urn:schemas-microsoft-com:office:excel'>", "wrong_format"),
        (b"schoolnummer;naam\n1;School\n", "wrong_format"),
        (OLE, "damaged_file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\x01\x00\xff\xfe noise", "damaged_file"),
        (b"PK\x03\x04 and then nothing", "damaged_file"),
    ],
)
def test_other_format_named_xlsx_is_refused_with_the_fix(content: bytes, code: str) -> None:
    finding = the(read_book(content), code)
    assert (finding.severity, finding.place) == ("error", "cohort.xlsx")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"<?xml version='1.0'?><a/>"])
def test_other_format_named_csv_is_refused(content: bytes) -> None:
    assert the(read_cohort({"scholen.csv": content}), "wrong_format").severity == "error"


def test_zip_that_is_no_workbook_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("scholen.csv", "schoolnummer;naam")
    assert the(read_book(content.getvalue()), "wrong_format").severity == "error"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_cut_workbook_is_called_damaged(share: float) -> None:
    content = workbook()
    assert the(read_book(content[: int(len(content) * share)]), "damaged_file").severity == "error"


def test_workbook_with_a_missing_part_is_called_damaged() -> None:
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook())) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            if name != "xl/workbook.xml":
                new.writestr(name, old.read(name))
    assert the(read_book(content.getvalue()), "damaged_file").severity == "error"


def test_workbook_with_a_wrong_checksum_is_called_damaged() -> None:
    content = bytearray(workbook())
    place = content.rfind(b"PK\x01\x02") + 16  # the checksum of the last part, in the list of parts
    content[place] ^= 0xFF
    assert the(read_book(bytes(content)), "damaged_file").severity == "error"


def test_zip_with_a_password_is_called_encrypted() -> None:
    content = bytearray(workbook())
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert the(read_book(bytes(content)), "encrypted").severity == "error"


def test_macros_are_ignored_and_noted() -> None:
    cohort = read_book(rezipped(workbook(), {}, {"xl/vbaProject.bin": b"macro"}), "cohort.xlsm")
    assert the(cohort, "macros_ignored").severity == "note"
    assert cohort.counts.schools == 2


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = rezipped(workbook(), {}, {"xl/media/zeros.xml": bytes(60_000_000)})
    assert the(read_book(bomb), "too_large").severity == "error"


def test_zip_that_lies_about_its_sizes_is_refused_while_unpacking() -> None:
    content = bytearray(rezipped(workbook(), {}, {"xl/zeros.xml": bytes(70_000_000)}))
    last = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, last + 24, 1_000)
    assert the(read_book(bytes(content)), "too_large").severity == "error"


def test_zip_of_many_parts_is_refused() -> None:
    parts = {f"xl/extra{number}.xml": b"<a/>" for number in range(600)}
    assert the(read_book(rezipped(workbook(), {}, parts)), "too_large").severity == "error"


@pytest.mark.parametrize("declaration", [LAUGHS, EXTERNAL], ids=["laughs", "external"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/theme/theme1.xml", "xl/styles.xml"])
def test_document_type_is_forbidden(part: str, declaration: str) -> None:
    with zipfile.ZipFile(BytesIO(workbook())) as archive:
        root = re.sub(r"<\?xml.*?\?>\s*", "", archive.read(part).decode())[:20]
    hostile = rezipped(workbook(), {part: (root, declaration + root)})
    assert the(read_book(hostile), "forbidden_xml").severity == "error"


def test_document_type_in_utf_16_is_forbidden() -> None:
    hostile = (f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<l>&b;</l>').encode("utf-16")
    assert the(read_book(rezipped(workbook(), {}, {"xl/odd.xml": hostile})), "forbidden_xml").severity == "error"


def test_row_number_that_no_spreadsheet_has_is_called_damaged() -> None:
    far = rezipped(workbook(), {SHEET: ('<row r="3"', '<row r="99999999999"')})
    assert the(read_book(far), "damaged_file").severity == "error"


def test_file_over_five_megabytes_is_refused(tmp_path: Path) -> None:
    large = b"x" * 5_000_001
    assert the(read_cohort({"scholen.csv": large}), "too_large").place == "scholen.csv"
    (tmp_path / "groot.csv").write_bytes(large)
    assert the(read_cohort(tmp_path / "groot.csv"), "too_large").place == "groot.csv"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_table_of_a_hundred_thousand_columns_is_a_finding_at_its_row(separator: str) -> None:
    wide = "\n".join(separator.join(f"{one}{row}" for one in range(100_000)) for row in range(2))
    finding = the(read_cohort({"scholen.csv": wide.encode()}), "too_wide")
    assert (finding.severity, finding.place) == ("error", "scholen.csv, rij 1")
    assert finding.message == "Deze rij telt 100.000 kolommen; gelezen worden er hoogstens 1000."


def test_empty_columns_to_the_right_are_no_fault() -> None:
    lines = cohort_files()["scholen.csv"].decode().splitlines()
    padded = "\n".join(line + ";" * 20_000 for line in lines).encode()
    read = read_cohort(cohort_files() | {"scholen.csv": padded})
    assert [one for one in read.findings if one.code == "too_wide"] == []
    assert read.given is not None


def test_table_over_fifty_thousand_rows_is_refused_at_the_first_too_many() -> None:
    line = ";".join(MENTOR) + "\r\n"
    finding = the(read_cohort(cohort_files(mentors=line + "x;;;;;;\r\n" * 60_000)), "too_large")
    assert finding.place == "mentoren.csv, rij 50001"


def test_sheet_over_fifty_thousand_rows_is_refused() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(4, 50_020))
    cohort = read_book(rezipped(workbook(), {SHEET: ("</sheetData>", rows + "</sheetData>")}))
    assert the(cohort, "too_large").place == "cohort.xlsx, blad Scholen, rij 50001"


def test_path_in_an_upload_name_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "mentoren.csv").write_text(csv_table([MENTOR]), encoding="utf-8")
    name = f"..\\..{tmp_path}/mentoren.csv"
    cohort = read_cohort({"../../x/scholen.csv": b"", name: csv_table([MENTOR]).encode()})
    assert the(cohort, "empty_file").place == "scholen.csv"
    assert {finding.file for finding in cohort.findings} <= {"scholen.csv", "mentoren.csv"}


@pytest.mark.parametrize("name", ["geen-map", "geen.xlsx"])
def test_missing_file_is_a_finding(name: str, tmp_path: Path) -> None:
    assert the(read_cohort(tmp_path / name), "not_readable").place == name


def test_folder_without_a_cohort_is_a_finding(tmp_path: Path) -> None:
    assert the(read_cohort(tmp_path), "no_files").severity == "error"


def test_folder_with_two_workbooks_asks_which(tmp_path: Path) -> None:
    for name in ("een.xlsx", "twee.xlsx"):
        (tmp_path / name).write_bytes(workbook())
    assert the(read_cohort(tmp_path), "several_workbooks").severity == "error"
