"""Is the same thing said once of all rows that it is of, and does each finding name whom its row describes?"""

from __future__ import annotations

from matcher.domain.finding import once_each
from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import MENTOR, cohort_files, csv_table, the, with_mentor, with_school


def test_finding_names_the_school_or_mentor_of_its_row() -> None:
    finding = the(with_mentor(postcode="9001"), "unknown_postcode")
    assert finding.who == "An Maes (Andere BV)"
    assert str(finding).startswith("mentoren.csv, rij 3, kolom postcode, An Maes (Andere BV) («9001»): ")
    assert the(with_school(postcode="9001"), "unknown_postcode").who == "Sint-Jozef"
    assert finding.place == "mentoren.csv, rij 3, kolom postcode"


def test_same_text_in_a_column_is_told_once_with_all_its_rows() -> None:
    wrong = ["postcoode", "9001", "9001", "9001", "9001", "9001", "9001", "9001"]
    mentors = [
        MENTOR | {"mentornummer": f"M{number}", "naam": f"N{number}", "bedrijf": f"B{number}", "postcode": text}
        for number, text in enumerate(wrong)
    ]
    findings = read_cohort(cohort_files(mentors=csv_table(mentors))).findings
    said = [one for one in once_each(findings) if one.first.code == "unknown_postcode"]
    assert [len(one.all) for one in said] == [1, 7]
    assert str(said[1]).startswith("mentoren.csv, kolom postcode («9001»): ")
    assert str(said[1]).endswith(
        "Op 7 rijen: 3 (Jan N1 (B1)), 4 (Jan N2 (B2)), 5 (Jan N3 (B3)), 6 (Jan N4 (B4)), 7 (Jan N5 (B5)) en nog 2."
    )


def test_what_is_said_of_no_cell_stays_by_itself() -> None:
    first = the(with_mentor(postcode="9001"), "unknown_postcode")
    again = [first, first.__class__(severity="note", code="a", message="b", remedy="c", file="d")]
    assert [len(one.all) for one in once_each([*again, again[1]])] == [1, 1, 1]
