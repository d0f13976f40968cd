"""Are columns found as people call them: asked where they are not known, days put together, totals left out?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import matcher
from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import (
    MENTOR,
    OTHER_MENTOR,
    OTHER_SCHOOL,
    SCHOOL,
    Row,
    cohort_files,
    csv_table,
    read_book,
    the,
    workbook,
)

if TYPE_CHECKING:
    import openpyxl

    from matcher.intake.cohort.cohort import Cohort

FORM_SCHOOL = {
    "Tijdstempel": "2026/10/01 3:40:12 p.m. CET",
    "Instellingsnummer van uw school (6 cijfers)": "034561",
    "Naam van uw school": "Atheneum De Linde",
    "Postcode en gemeente van de vestiging": "9000",
    "Welke onderwijsvormen biedt uw school aan? (meerdere antwoorden mogelijk)": "TSO",
    "Welke STEM-richtingen biedt uw school aan?": "EM",
    "Op welke halve dagen kan een mentor langskomen?": "ma-vm, di-vm",
    "Hoeveel mentoren wenst u?": "2",
}
FORM_MENTOR = {
    "Tijdstempel": "2026/10/01 9:10:55 a.m. CET",
    "Wat is uw voornaam?": "Jan",
    "Wat is uw naam?": "Peeters",
    "Voor welk bedrijf werkt u?": "Voorbeeld NV",
    "In welke sector is uw bedrijf actief?": "technologie",
    "Vanuit welke postcode vertrekt u?": "9000",
    "Op welke halve dagen bent u beschikbaar? (meerdere antwoorden mogelijk)": "ma-vm",
    "Hoeveel scholen wilt u begeleiden?": "1",
    "Hoe ver wilt u maximaal rijden (minuten, enkele rit)?": "45",
}
ENGLISH_SCHOOL = {
    "School ID": "034561",
    "School Name": "Atheneum De Linde",
    "ZIP/Postal Code": "9000",
    "City": "Gent",
    "School Type": "TSO",
    "Fields of study": "EM",
    "Availability": "ma-vm, di-vm",
}
ENGLISH_MENTOR = {
    "Contact ID": "M1",
    "First Name": "Jan",
    "Last Name": "Peeters",
    "Account Name": "Voorbeeld NV",
    "Industry": "technologie",
    "Postal Code": "9000",
    "Available": "ma-vm",
}
DAYS = ("ma", "di", "wo", "do", "vr")


def questions(cohort: Cohort) -> dict[str, str]:
    """Give what is asked of headers: each with the column that is proposed."""
    return {one.value or "": one.proposal for one in cohort.findings if one.code == "unknown_column" and one.proposal}


def form() -> dict[str, bytes]:
    """Give the exports of two forms."""
    return cohort_files(schools=csv_table([FORM_SCHOOL], ","), mentors=csv_table([FORM_MENTOR], ","))


def test_questions_of_a_form_are_proposed_as_columns_and_nothing_is_missed_besides() -> None:
    cohort = read_cohort(form())
    assert list(questions(cohort).values()) == [
        *("schoolnummer", "naam", "postcode", "onderwijsvormen", "richtingen", "beschikbaarheid", "aantal_mentoren"),
        *("voornaam", "naam", "bedrijf", "sectoren", "postcode", "beschikbaarheid", "max_scholen", "max_reistijd"),
    ]
    assert not [one for one in cohort.findings if one.code in ("missing_column", "header_not_found")]


def test_form_is_read_with_the_columns_that_were_proposed() -> None:
    given = read_cohort(form(), told=matcher.proposed_columns(read_cohort(form()))).given
    assert given is not None
    assert (given.schools[0].id, given.schools[0].mentors_wanted) == ("034561", 2)
    assert (given.mentors[0].last_name, given.mentors[0].max_minutes) == ("Peeters", 45)


def test_headers_of_an_english_crm_are_known() -> None:
    files = cohort_files(schools=csv_table([ENGLISH_SCHOOL]), mentors=csv_table([ENGLISH_MENTOR]))
    given = read_cohort(files).given
    assert given is not None
    assert (given.schools[0].name, given.mentors[0].company) == ("Atheneum De Linde", "Voorbeeld NV")


def test_column_that_must_be_there_is_given_away_by_its_cells() -> None:
    rows = [{**one, "Waar?": one["postcode"]} for one in (SCHOOL, OTHER_SCHOOL)]
    cohort = read_cohort(
        cohort_files(schools=csv_table([{k: v for k, v in row.items() if k != "postcode"} for row in rows]))
    )
    assert questions(cohort) == {"Waar?": "postcode"}
    assert "cellen" in the(cohort, "unknown_column").message
    assert "missing_column" not in {one.code for one in cohort.findings}


def test_column_that_need_not_be_there_is_proposed_and_stops_nothing() -> None:
    rows = [SCHOOL | {"Wie is de directeur?": "An"}, OTHER_SCHOOL | {"Wie is de directeur?": "Jan"}]
    finding = the(read_cohort(cohort_files(schools=csv_table(rows))), "unknown_column")
    assert (finding.severity, finding.proposal) == ("warning", "contactpersoon")


def test_two_headers_are_never_proposed_for_one_column() -> None:
    rows = [SCHOOL | {"Directeur nu": "An", "Directeur vroeger": "Jan"}]
    assert list(questions(read_cohort(cohort_files(schools=csv_table(rows)))).values()) == ["contactpersoon"]


@pytest.mark.parametrize("header", ["Nr", "Nr.", "ID", "nummer"])
def test_number_of_a_row_is_asked(header: str) -> None:
    rows = [{header if key == "mentornummer" else key: value for key, value in MENTOR.items()}]
    assert questions(read_cohort(cohort_files(mentors=csv_table(rows)))) == {header: "mentornummer"}


def by_days(row: Row, cells: tuple[str, ...], names: tuple[str, ...] = DAYS) -> Row:
    """Put a column for each day in the place of availability."""
    return {key: value for key, value in row.items() if key != "beschikbaarheid"} | dict(zip(names, cells, strict=True))


@pytest.mark.parametrize(
    ("cells", "halves"),
    [
        (("x", "vm", "", "nee", "NM"), ("ma-vm", "ma-nm", "di-vm", "vr-nm")),
        (("voormiddag", "vm + nm", "-", "hele dag", "0"), ("ma-vm", "di-vm", "di-nm", "do-vm", "do-nm")),
        (("ma-vm, vr-nm", "", "", "", ""), ("ma-vm", "vr-nm")),
    ],
)
def test_columns_of_days_are_availability(cells: tuple[str, ...], halves: tuple[str, ...]) -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([by_days(SCHOOL, cells)])))
    assert cohort.given is not None
    assert cohort.given.schools[0].half_days == halves


def test_columns_of_half_days_are_availability() -> None:
    names = ("maandag voormiddag", "dinsdag nm", "wo-vm")
    cohort = read_cohort(cohort_files(schools=csv_table([by_days(SCHOOL, ("x", "ja", ""), names)])))
    assert cohort.given is not None
    assert cohort.given.schools[0].half_days == ("ma-vm", "di-nm")


def test_answer_about_days_takes_the_place_of_them_all() -> None:
    files = cohort_files(schools=csv_table([by_days(SCHOOL, ("x", "straks", "", "x", ""))]))
    finding = the(read_cohort(files), "unknown_half_day")
    assert (finding.row, finding.column, finding.value) == (
        2,
        "beschikbaarheid",
        "ma-vm, ma-nm, di straks, do-vm, do-nm",
    )
    fix = matcher.Fix(file="scholen.csv", row=2, column="beschikbaarheid", value="ma-vm, do-nm")
    given = read_cohort(files, fixes=(fix,)).given
    assert given is not None
    assert given.schools[0].half_days == ("ma-vm", "do-nm")


@pytest.mark.parametrize("total", ["Totaal", "TOTAAL:", "Eindtotaal", "Total", "Som"])
def test_total_is_no_row(total: str) -> None:
    table = csv_table([SCHOOL, OTHER_SCHOOL, dict.fromkeys(SCHOOL, "") | {"naam": total, "beschikbaarheid": "12"}])
    cohort = read_cohort(cohort_files(schools=table))
    assert (the(cohort, "total_row").row, cohort.counts.schools, cohort.counts.bad_rows) == (4, 2, 0)


def test_school_with_total_in_its_name_is_a_row() -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL | {"naam": "Totaal Sportcollege"}])))
    assert (cohort.counts.schools, [one.code for one in cohort.findings if one.code == "total_row"]) == (1, [])


def test_note_below_a_table_is_told_and_not_read() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["Scholen"]["A6"] = "geel = nog te bevestigen"

    cohort = read_book(workbook(edit))
    assert (the(cohort, "note_row").severity, the(cohort, "note_row").row, cohort.counts.schools) == ("warning", 6, 2)


def test_formula_without_a_value_matters_only_where_it_is_read() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        page = book["Scholen"]
        page["H1"], page["H2"], page["C5"], page["B5"] = "Volledig", "=A2&B2", "=SUM(C2:C3)", "Totaal"
        book.create_sheet("Draaitabel")["A1"] = "=1+1"

    cohort = read_book(workbook(edit))
    assert [one.code for one in cohort.findings if one.severity == "error"] == []
    assert (
        the(
            read_book(workbook(lambda book: edit(book) or book["Scholen"].__setitem__("C3", "=1"))),
            "formula_without_value",
        ).row
        == 3
    )


def test_mentors_without_a_number_get_one_that_follows_from_who_they_are() -> None:
    rows = [{key: value for key, value in one.items() if key != "mentornummer"} for one in (MENTOR, OTHER_MENTOR)]
    first, again = (read_cohort(cohort_files(mentors=csv_table(some))) for some in (rows, rows[::-1]))
    assert the(first, "made_ids").severity == "warning"
    assert first.given is not None
    assert again.given is not None
    assert {one.last_name: one.id for one in first.given.mentors} == {
        one.last_name: one.id for one in again.given.mentors
    }
    assert not any("eeters" in one.id for one in first.given.mentors)


def test_same_mentor_twice_without_a_number_is_found() -> None:
    row = {key: value for key, value in MENTOR.items() if key != "mentornummer"}
    cohort = read_cohort(cohort_files(mentors=csv_table([row, row | {"bedrijf": "voorbeeld", "postcode": "9050"}])))
    assert (the(cohort, "same_person_twice").severity, the(cohort, "same_person_twice").row) == ("warning", 3)
    assert cohort.given is not None
    assert [one.postcode for one in cohort.given.mentors] == ["9050"]


def test_total_behind_a_count_is_no_row() -> None:
    total = dict.fromkeys(SCHOOL, "") | {"schoolnummer": "2", "naam": "Totaal", "beschikbaarheid": "3"}
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL, OTHER_SCHOOL, total])))
    assert (the(cohort, "total_row").row, the(cohort, "total_row").value, cohort.counts.schools) == (4, "Totaal", 2)


def test_legend_of_two_cells_behind_an_empty_row_is_no_row() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        page = book["Scholen"]
        for row, pair in ((6, ("x", "hele dag")), (7, ("vm", "alleen de voormiddag"))):
            page.cell(row, 4).value, page.cell(row, 6).value = pair

    cohort = read_book(workbook(edit))
    assert [(one.row, one.severity) for one in cohort.findings if one.code == "note_row"] == [
        (6, "warning"),
        (7, "warning"),
    ]
    assert cohort.counts.schools == 2


def test_row_with_a_number_and_a_name_behind_an_empty_row_is_still_asked_about() -> None:
    def edit(book: openpyxl.Workbook) -> None:
        page = book["Scholen"]
        page["A6"], page["B6"] = "034563", "Derde school"

    assert {one.row for one in read_book(workbook(edit)).findings if one.code == "empty_cell"} == {6}
