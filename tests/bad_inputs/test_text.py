"""Is text kept as it was meant, and refused where it could deceive?"""

from __future__ import annotations

import pytest

from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import (
    MENTOR,
    OTHER_MENTOR,
    OTHER_SCHOOL,
    SCHOOL,
    cohort_files,
    csv_table,
    read_book,
    the,
    with_mentor,
    with_school,
    workbook,
)

NAME_CELL = "scholen.csv, rij 3, kolom naam"


def names(schools: str | bytes) -> list[str]:
    """Read schools and give their names."""
    given = read_cohort(cohort_files(schools=schools)).given
    assert given is not None
    return [school.name for school in given.schools]


def test_decomposed_letters_are_stored_composed() -> None:
    assert names(csv_table([SCHOOL | {"naam": "Cafe\u0301 Coo\u0308p"}])) == ["Caf\u00e9 Co\u00f6p"]


@pytest.mark.parametrize(
    "name",
    [
        "Atheneum De L\u0456nde",  # Cyrillic i
        "\u0410theneum De Linde",  # Cyrillic A
        "Atheneum De Linde ",
        "ATHENEUM DE LINDE",
        "Atheneum De Lindde",
    ],
)
def test_name_that_looks_like_another_at_one_place_is_a_warning(name: str) -> None:
    finding = the(with_school(naam=name, postcode="9000"), "looks_alike")
    assert (finding.severity, finding.place) == ("warning", NAME_CELL)
    assert "rij 2" in finding.message


def test_same_name_in_another_municipality_is_no_warning() -> None:
    cohort = with_school(naam=SCHOOL["naam"], postcode="3500")
    assert not [finding for finding in cohort.findings if finding.code == "looks_alike"]


def test_look_alike_letters_are_a_warning_anywhere() -> None:
    assert the(with_school(naam="Atheneum D\u0435 Linde", postcode="3500"), "looks_alike").severity == "warning"


def test_campuses_that_differ_by_a_number_are_no_warning() -> None:
    schools = [SCHOOL | {"naam": "Atheneum De Linde campus 1"}, OTHER_SCHOOL | {"naam": "Atheneum De Linde campus 2"}]
    cohort = read_cohort(cohort_files(schools=csv_table([one | {"postcode": "9000"} for one in schools])))
    assert not [finding for finding in cohort.findings if finding.code == "looks_alike"]


def test_mentor_twice_under_two_numbers_is_a_warning() -> None:
    finding = the(with_mentor(voornaam="Jan", naam="Peeters", bedrijf="Voorbeeld NV"), "looks_alike")
    assert finding.place == "mentoren.csv, rij 3, kolom naam"


@pytest.mark.parametrize("control", ["\u202e", "\u2066", "\u200f", "\u061c"])
def test_bidirectional_control_is_refused(control: str) -> None:
    finding = the(with_school(naam=f"Sint{control}Jozef"), "bidi_control")
    assert (finding.place, finding.value) == (NAME_CELL, "Sint\ufffdJozef")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lone_surrogate_is_refused_in_its_cell(encoding: str) -> None:
    table = csv_table([SCHOOL, OTHER_SCHOOL | {"naam": "Sint\ud800Jozef"}]).encode(encoding, "surrogatepass")
    assert the(read_cohort(cohort_files(schools=table)), "lone_surrogate").place == NAME_CELL


def test_lone_surrogate_that_excel_escapes_is_refused_in_its_cell() -> None:
    content = workbook(lambda book: book["Scholen"].__setitem__("B3", "Sint_xD800_Jozef"))
    assert the(read_book(content), "lone_surrogate").place == "cohort.xlsx, blad Scholen, rij 3, kolom naam"


@pytest.mark.parametrize("control", ["\0", "\x07", "\x0b", "\x1b", "\x7f", "\x85"])
def test_control_character_is_refused_in_its_cell(control: str) -> None:
    finding = the(with_school(naam=f"Sint{control}Jozef"), "control_character")
    assert (finding.place, finding.value) == (NAME_CELL, "Sint\ufffdJozef")


def test_control_character_that_excel_escapes_is_refused_in_its_cell() -> None:
    content = workbook(lambda book: book["Scholen"].__setitem__("B3", "Sint_x0007_Jozef"))
    assert the(read_book(content), "control_character").row == 3


def test_name_of_ten_kilobytes_is_refused_and_shown_short() -> None:
    finding = the(with_school(naam="x" * 10_000), "too_long")
    assert (finding.place, finding.value) == (NAME_CELL, "x" * 80)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\t", "\ufeff", "\u200b"])
def test_spaces_around_are_trimmed_with_one_note_a_table(space: str) -> None:
    schools = [row | {"naam": f"{space}{row['naam']}{space}"} for row in (SCHOOL, OTHER_SCHOOL)]
    cohort = read_cohort(cohort_files(schools=csv_table(schools)))
    assert cohort.given is not None
    assert [school.name for school in cohort.given.schools] == [SCHOOL["naam"], OTHER_SCHOOL["naam"]]
    finding = the(cohort, "tidied")
    assert (finding.severity, finding.place) == ("note", "scholen.csv, rij 2, kolom naam")
    assert "2 cellen" in finding.message


def test_one_cell_with_spaces_is_told_in_the_singular() -> None:
    assert the(with_school(naam=" Sint-Jozef"), "tidied").message.startswith("In 1 cel zijn spaties")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '=HYPERLINK("http://x","y")', "+32", "-1", "@SUM(A1)"])
def test_markup_and_formulas_are_stored_as_text(name: str) -> None:
    assert names(csv_table([SCHOOL | {"naam": name}])) == [name]


def test_formula_as_a_text_cell_of_a_workbook_is_stored_as_text() -> None:
    def edit(book: object) -> None:
        cell = book["Scholen"]["B2"]  # type: ignore[index]
        cell.value, cell.data_type = "=1+1", "s"

    given = read_book(workbook(edit)).given
    assert given is not None
    assert given.schools[0].name == "=1+1"


def test_same_row_twice_counts_once_with_a_note() -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL, OTHER_SCHOOL, SCHOOL])))
    finding = the(cohort, "same_row_twice")
    assert (finding.severity, finding.row, cohort.counts.schools) == ("note", 4, 2)
    assert "rij 2" in finding.message


@pytest.mark.parametrize("change", [{"naam": "Anders"}, {"postcode": "9050"}])
def test_same_number_with_other_content_names_both_rows(change: dict[str, str]) -> None:
    cohort = read_cohort(cohort_files(schools=csv_table([SCHOOL, OTHER_SCHOOL, SCHOOL | change])))
    finding = the(cohort, "duplicate_id")
    assert (finding.severity, finding.place) == ("error", "scholen.csv, rij 4, kolom schoolnummer")
    assert "Rij 2 en rij 4" in finding.message


def test_same_number_at_two_sites_is_two_schools() -> None:
    rows = [SCHOOL | {"vestigingsnummer": "1"}, OTHER_SCHOOL | {"schoolnummer": "034561", "vestigingsnummer": "2"}]
    given = read_cohort(cohort_files(schools=csv_table(rows))).given
    assert given is not None
    assert [school.id for school in given.schools] == ["034561-1", "034561-2"]


def test_same_mail_twice_is_a_warning_that_offers_to_merge() -> None:
    mentors = [MENTOR | {"e-mail": "jan@voorbeeld.be"}, OTHER_MENTOR | {"e-mail": "Jan@Voorbeeld.be"}]
    finding = the(read_cohort(cohort_files(mentors=csv_table(mentors))), "duplicate_email")
    assert (finding.severity, finding.place) == ("warning", "mentoren.csv, rij 3, kolom e-mail")
    assert "Voeg samen" in finding.remedy


def test_findings_are_cut_at_a_thousand_with_the_total_and_errors_first() -> None:
    warned = [SCHOOL | {"schoolnummer": str(n), "naam": f"School {n}", "postcode": "1000"} for n in range(700)]
    wrong = [SCHOOL | {"schoolnummer": f"x{n}", "naam": f"School x{n}", "postcode": "1"} for n in range(600)]
    cohort = read_cohort(cohort_files(schools=csv_table(warned + wrong)))
    assert (len(cohort.findings), cohort.counts.errors, cohort.counts.warnings) == (1001, 600, 700)
    assert sum(finding.severity == "error" for finding in cohort.findings[:600]) == 600
    last = cohort.findings[-1]
    assert (last.code, "1302" in last.message, "600" in last.message) == ("too_many_findings", True, True)
