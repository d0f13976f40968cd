"""Is what was said of a cohort's files kept beside them and followed, and can one table come alone?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import matcher
from matcher.intake.cohort.reading_file import READING_FILE, read_reading_file
from matcher.intake.cohort.rounds import read_cohort
from tests.bad_inputs.cohorts import (
    MENTOR,
    SCHOOL,
    cohort_files,
    csv_table,
    the,
    workbook,
)
from tests.intake.test_columns_as_kept import FORM_MENTOR, FORM_SCHOOL

if TYPE_CHECKING:
    from pathlib import Path

READING = """
[kolommen.Scholen]
"Plek" = "postcode"
[waarden.Scholen.postcode]
"Gent" = "9000"
[waarden.scholen.onderwijsvormen]
"" = "TSO"
"""


def test_what_was_said_beside_the_files_is_followed(tmp_path: Path) -> None:
    row = {"Plek" if key == "postcode" else key: value for key, value in SCHOOL.items()}
    row |= {"Plek": "Gent", "onderwijsvormen": ""}
    for name, content in cohort_files(schools=csv_table([row])).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / READING_FILE).write_text(READING, encoding="utf-8")
    given = read_cohort(tmp_path).given
    assert given is not None
    assert (given.schools[0].postcode, given.schools[0].school_types) == ("9000", ("TSO",))


def test_what_was_said_beside_a_workbook_is_followed(tmp_path: Path) -> None:
    (tmp_path / "lijst.xlsx").write_bytes(workbook(lambda book: book["Scholen"].__setitem__("C1", "Plek")))
    assert read_cohort(tmp_path / "lijst.xlsx").given is None
    (tmp_path / READING_FILE).write_text('[kolommen.Scholen]\n"Plek" = "postcode"\n', encoding="utf-8")
    assert read_cohort(tmp_path / "lijst.xlsx").given is not None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[kolomen.Scholen]\n"a" = "naam"', "kolomen"),
        ('[kolommen.Schoolen]\n"a" = "naam"', "Schoolen"),
        ('[kolommen.Scholen]\n"a" = "naaam"', "kolommen.Scholen"),
        ('[kolommen.Scholen]\n"a" = true', "kolommen.Scholen"),
        ("[waarden]\nScholen = 3", "Scholen"),
        ('[waarden.Scholen]\nnaam = "x"', "waarden.Scholen.naam"),
        ('[waarden.Scholen.nam]\n"a" = "b"', "waarden.Scholen.nam"),
        ("[", None),
    ],
)
def test_mistake_in_what_was_said_is_told_where_it_stands(text: str, place: str | None) -> None:
    _, findings = read_reading_file(text.encode(), READING_FILE)
    assert [(one.severity, one.column) for one in findings] == [("error", place)]


def test_proposals_are_written_so_that_they_are_read_back(tmp_path: Path) -> None:
    rows = [FORM_SCHOOL | {"Welke STEM-richtingen biedt uw school aan?": "EM, XX", "Naam van uw school": 'De "Linde"'}]
    files = cohort_files(schools=csv_table(rows, ","), mentors=csv_table([FORM_MENTOR], ","))
    first = read_cohort(files)
    again = read_cohort(files, told=matcher.proposed_columns(first))
    text = matcher.proposed_reading(again)
    how, findings = read_reading_file(text.encode(), READING_FILE)
    assert findings == []
    assert how.headers["Scholen"]["Naam van uw school"] == "naam"
    assert '# "EM, XX" = ""' in text or how.cells["Scholen"]["richtingen"]["EM, XX"]
    (tmp_path / READING_FILE).write_text(text, encoding="utf-8")


def test_columns_are_told_on_the_command_line() -> None:
    assert matcher.told_columns(["Plek=postcode", "Nota = ="])["Scholen"] == {"Plek": "postcode", "Nota =": ""}
    for wrong in ("Plek", "=naam", "Plek=postkode"):
        with pytest.raises(matcher.InvalidValueError):
            matcher.told_columns([wrong])


def test_one_table_alone_is_read_and_names_of_the_other_are_left_alone() -> None:
    files = cohort_files(mentors=csv_table([MENTOR | {"niet_met": "034561"}]), schools="niets;hiervan\n")
    cohort = read_cohort(files, only=("Mentoren",))
    assert cohort.given is not None
    assert (len(cohort.given.mentors), cohort.given.schools) == (1, ())
    assert [one.code for one in cohort.findings if one.severity != "note"] == []


def test_one_table_beside_a_cohort_leaves_the_other_as_it_is() -> None:
    known = read_cohort(cohort_files()).given
    assert known is not None
    mentors = {"mentoren.csv": csv_table([MENTOR | {"niet_met": "034562"}]).encode()}
    cohort = read_cohort(mentors, beside=known)
    assert the(cohort, "table_alone").severity == "warning"
    assert cohort.given is not None
    assert cohort.given.schools == known.schools
    assert cohort.given.mentors[0].not_with == ("034562",)
    assert {one.code for one in read_cohort({"x.csv": b"a;b\n"}, beside=known).findings} >= {"header_not_found"}
