"""Are files read as other programs and people leave them: separators, short rows, looks, dialects, letters, formats?"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from matcher.domain.policy import Policy
from matcher.intake.cohort.rounds import read_cohort
from matcher.intake.columns.day_reader import read_day
from matcher.intake.columns.table_columns import sheet_columns
from matcher.intake.tables.single_table import read_rows
from tests.bad_inputs.cohorts import (
    MENTOR,
    OTHER_SCHOOL,
    SCHOOL,
    cohort_files,
    csv_table,
    read_book,
    rezipped,
    the,
    workbook,
)
from tests.open_documents import open_book, open_document

STYLES = "xl/styles.xml"
SHEET = "xl/worksheets/sheet1.xml"
TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SAME = read_book(workbook()).given


def renamed(content: bytes, names: dict[str, str], texts: dict[str, str] | None = None) -> bytes:
    """Rename parts of a workbook, and replace texts in every part."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in (texts or {}).items():
                part = part.replace(before.encode(), after.encode())
            new.writestr(names.get(name, name), part)
    return changed.getvalue()


def test_separator_is_that_of_the_known_headers() -> None:
    lists = SCHOOL | {"richtingen": "ME, EM, TE, IC", "beschikbaarheid": "ma-vm, di-vm, wo-vm, do-vm"}
    table = csv_table([lists]).replace("\r\n", ";\r\n").replace(";\r\n", "\r\n", 1)
    cohort = read_cohort(cohort_files(schools=table))
    assert cohort.given is not None
    assert cohort.given.schools[0].fields == ("TE", "IC", "EM", "ME")


@pytest.mark.parametrize("separator", [",", "\t"])
def test_separator_of_the_headers_wins_from_that_in_the_cells(separator: str) -> None:
    rows = [
        SCHOOL | {"beschikbaarheid": "ma-vm; di-vm; wo-vm"},
        OTHER_SCHOOL | {"beschikbaarheid": "ma-vm; di-vm; wo-vm"},
    ]
    cohort = read_cohort(cohort_files(schools=csv_table(rows, separator)))
    assert cohort.given is not None
    assert cohort.given.schools[0].half_days == ("ma-vm", "di-vm", "wo-vm")


def test_row_without_its_empty_cells_at_the_end_is_read_and_told_once() -> None:
    rows = [one | {"aantal_mentoren": "", "niet_met": ""} for one in (SCHOOL, OTHER_SCHOOL)]
    table = csv_table(rows).replace("di-vm;;\r\n", "di-vm\r\n")
    cohort = read_cohort(cohort_files(schools=table))
    assert the(cohort, "short_rows").message.startswith("2 rijen zijn korter")
    assert cohort.counts.schools == 2


def test_short_row_that_misses_a_separator_is_still_refused() -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL]) + "034562;Sint-Jozef 3500;TSO;EM;ma-vm"))
    assert the(cohort, "ragged_row").place == "scholen.csv, rij 3"


@pytest.mark.parametrize(
    ("text", "day", "told"),
    [
        ("2027-01-20 00:00:00", dt.date(2027, 1, 20), False),
        ("2027-01-20T00:00:00Z", dt.date(2027, 1, 20), False),
        ("wo 20/01/2027", dt.date(2027, 1, 20), False),
        ("woensdag 20 januari 2027", dt.date(2027, 1, 20), False),
        ("20/01/2027 12:00", dt.date(2027, 1, 20), True),
        ("19/01/2027 23:59:59", dt.date(2027, 1, 20), False),
        ("2027/01/20 9:10", dt.date(2027, 1, 20), True),
    ],
)
def test_day_of_a_moment_is_taken(text: str, day: dt.date, told: bool) -> None:  # noqa: FBT001
    reading = read_day(text, Policy())
    assert (reading.value, [one.code for one in reading.remarks]) == (day, ["time_not_read"] if told else [])


@pytest.mark.parametrize("text", ["20/01/2027 25:00", "12:00", "31/12/9999 23:59:59", "20/01/2027 12"])
def test_what_is_no_moment_is_no_day(text: str) -> None:
    assert [one.code for one in read_day(text, Policy()).remarks] == ["not_a_date"]


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        (dt.datetime(2027, 1, 20, 12), ["time_not_read"]),  # noqa: DTZ001
        (dt.datetime(2027, 1, 20, 0, 0, 1), []),  # noqa: DTZ001
        (dt.datetime(2027, 1, 19, 23, 59, 59), []),  # noqa: DTZ001
    ],
)
def test_date_cell_with_a_time_is_its_day(value: dt.datetime, codes: list[str]) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    columns = sheet_columns("Blokkeringen")
    page.append([one.name for one in columns])
    page.append(["000101" if one.field == "school" else value if one.name == "van" else None for one in columns])
    content = io.BytesIO()
    book.save(content)
    records, findings = read_rows(content.getvalue(), "blokkeringen.xlsx", columns)
    assert [one.code for one in findings if one.code in ("time_not_read", "excel_date", "not_a_date")] == codes
    assert dt.date(2027, 1, 20) in records[0].values.values()


LOOKS = {
    "empty fill": {STYLES: ("<fill>", "<fill/><fill>")},
    "font family": {STYLES: ('<family val="2"', '<family val="34"')},
    "style out of range": {STYLES: ('fontId="0"', 'fontId="99"')},
    "cell style out of range": {SHEET: ('<c r="B2"', '<c s="999" r="B2"')},
    "date of creation": {"docProps/core.xml": ("T", " om ")},
}


@pytest.mark.parametrize("change", LOOKS.values(), ids=list(LOOKS))
def test_looks_and_properties_of_a_workbook_do_not_matter(change: dict[str, tuple[str, str]]) -> None:
    assert read_book(rezipped(workbook(), change)).given == SAME


def test_parts_are_found_whatever_their_case_and_slashes() -> None:
    names = {"xl/sharedStrings.xml": "xl/SharedStrings.xml", SHEET: "xl\\Worksheets\\Sheet1.xml"}
    names["[Content_Types].xml"] = "[content_types].XML"
    assert read_book(renamed(workbook(), names)).given == SAME


def test_listed_sheet_that_is_not_there_is_told() -> None:
    cohort = read_book(renamed(workbook(), {SHEET: "xl/worksheets/elders.xml"}))
    assert the(cohort, "sheet_missing").place == "cohort.xlsx, blad Scholen"


def test_strict_open_xml_is_read() -> None:
    texts = {TRANSITIONAL: STRICT, RELATIONS: STRICT_RELATIONS}
    assert read_book(renamed(workbook(), {}, texts)).given == SAME


@pytest.mark.parametrize(
    ("style", "number"), [("000000", "034561"), ('"0"00000', "034561"), ("000000;-000000", "034561")]
)
def test_number_keeps_the_zeros_that_its_format_shows(style: str, number: str) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        cell = book["Scholen"]["A2"]
        cell.value, cell.number_format = 34561, style

    given = read_book(workbook(edit)).given
    assert given is not None
    assert given.schools[0].id == number


def as_mac(table: str) -> bytes:
    """Write a table as Excel for Mac does."""
    return table.replace("\r\n", "\r").encode("mac_roman")


def test_text_of_an_older_mac_is_recognised_with_a_warning() -> None:
    table = as_mac(csv_table([SCHOOL | {"naam": "Athénée Zoë"}, OTHER_SCHOOL | {"naam": "Collège"}]))
    cohort = read_cohort(cohort_files(schools=table))
    assert (the(cohort, "mac_roman").severity, the(cohort, "mac_roman").value) == ("warning", "Athénée")
    assert cohort.given is not None
    assert [one.name for one in cohort.given.schools] == ["Athénée Zoë", "Collège"]


@pytest.mark.parametrize("name", ["Één", "d’Hondt", "‘t Kint – «Zoë»", "Škoda Žižka", "Café 20°"])
def test_good_windows_text_is_only_noted(name: str) -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL | {"naam": name}]).encode("cp1252")))
    assert the(cohort, "cp1252").severity == "note"
    assert cohort.given is not None
    assert cohort.given.schools[0].name == name


def test_windows_text_with_unlikely_words_is_a_warning() -> None:
    table = csv_table([SCHOOL | {"naam": "AthŽnŽe aÀb"}]).encode("cp1252")
    finding = the(read_cohort(cohort_files(schools=table)), "cp1252")
    assert (finding.severity, finding.value) == ("warning", "AthŽnŽe")


@pytest.mark.parametrize("name", ["Athénée Zoë", "’t Kint", "Curaçao"])
def test_letters_that_were_converted_twice_are_a_warning_with_an_example(name: str) -> None:
    spoilt = name.encode().decode("cp1252")
    for cohort in (
        read_cohort(cohort_files(schools=csv_table([SCHOOL | {"naam": spoilt}]))),
        read_book(workbook(lambda book: setattr(book["Scholen"]["B2"], "value", spoilt))),
    ):
        finding = the(cohort, "spoilt_letters")
        assert (finding.severity, finding.row) == ("warning", 2)
        assert f"voor «{finding.message.split('voor «')[1].split('»')[0]}»" in finding.message
        assert finding.message.split("voor «")[1].split("»")[0] in name


@pytest.mark.parametrize("name", ["Zoë Müller", "São Paulo", "Ã", "Âge", "ÃO", "5 Â£"])
def test_good_letters_are_not_suspected(name: str) -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL | {"naam": name}])))
    suspected = [one.value for one in cohort.findings if one.code == "spoilt_letters"]
    assert suspected == (["Â£"] if "£" in name else [])


def test_open_document_is_read_as_the_same_workbook() -> None:
    schools = [["Scholen van de cohorte"], [], list(SCHOOL), list(SCHOOL.values()), [*OTHER_SCHOOL.values()]]
    schools[3][2] = 9000
    mentors = [
        list(row) for row in (MENTOR, MENTOR.values(), (MENTOR | {"mentornummer": "M2", "voornaam": "An"}).values())
    ]
    cohort = read_book(open_book(open_document(schools, "Scholen"), open_document(mentors, "Mentoren")), "cohort.ods")
    assert cohort.given is not None
    assert [one.postcode for one in cohort.given.schools] == ["9000", "3500"]
    assert [one.id for one in cohort.given.mentors] == ["M1", "M2"]


def test_date_in_an_open_document_is_told_as_in_excel() -> None:
    schools: list[list[object]] = [list(SCHOOL), [*SCHOOL.values()]]
    schools[1][5] = dt.date(2026, 4, 3)
    finding = the(read_book(open_book(open_document(schools, "Scholen")), "cohort.ods"), "excel_date")
    assert (finding.place, finding.value) == ("cohort.ods, blad Scholen, rij 2, kolom beschikbaarheid", "03/04/2026")


@pytest.mark.parametrize("columns", [0, 16_000])
def test_far_cell_of_an_open_document_is_refused_and_ends_nothing(columns: int) -> None:
    far = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row><table:table-row>'
    far += f'<table:table-cell table:number-columns-repeated="{columns}"/>' if columns else ""
    far += '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    sheet = open_document([list(SCHOOL), list(SCHOOL.values())], "Scholen").replace("</table:table>", far)
    finding = read_book(open_book(f"{sheet}</table:table>"), "cohort.ods").findings[0]
    assert (finding.severity, finding.code) in {("error", one) for one in ("stray_cell", "too_large", "damaged_file")}


def test_older_excel_is_read() -> None:
    cohort = read_cohort(Path(__file__).parent / "books" / "cohort.xls")
    assert SAME is not None
    assert cohort.given == SAME
    assert the(cohort, "hidden_sheet").sheet == "Nota"


@pytest.mark.parametrize("share", [0.2, 0.6, 0.9])
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_cut_workbook_of_another_kind_is_called_damaged(kind: str, share: float) -> None:
    whole = (Path(__file__).parent / "books" / "cohort.xls").read_bytes()
    content = whole if kind == "xls" else open_book(open_document([list(SCHOOL)], "Scholen"))
    cohort = read_book(content[: int(len(content) * share)], f"cohort.{kind}")
    assert {one.code for one in cohort.findings if one.severity == "error"} & {"damaged_file", "header_not_found"}


def test_document_type_in_an_open_document_is_forbidden() -> None:
    hostile = renamed(open_book(), {}, {"<office:document-content": "<!DOCTYPE a><office:document-content"})
    assert the(read_book(hostile, "cohort.ods"), "forbidden_xml").severity == "error"
