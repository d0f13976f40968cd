"""Do files, workbooks and records keep whatever text a school or mentor has, and can none of it run?"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as some

from matcher.intake.cohort.rounds import read_cohort
from matcher.intake.reading.source_position import Place
from matcher.intake.reading.workbook import read_workbook
from matcher.intake.template.workbook_template import book_template
from matcher.matching.assign import assign
from matcher.matching.verdicts import judge
from matcher.output.import_report import import_report
from matcher.output.listing import csv_table
from matcher.output.record import make_record, verify_record
from matcher.output.workbook import write_plan_workbook
from tests.any_text import any_text, cell, few, posted, printed, quick, steady, typed, unusable_text
from tests.bad_inputs.cohorts import MENTOR, SCHOOL
from tests.builders import a_mentor, a_round, a_school, required

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.intake.cohort.cohort import Cohort

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SCHOOL_TEXTS = {"naam": "name", "gemeente": "municipality", "straat": "street", "contactpersoon": "contact"}
MENTOR_TEXTS = {"bedrijf": "company", "voornaam": "first_name", "naam": "last_name"}
TEXTS = some.lists(any_text(), min_size=12, max_size=12)
"""Many at once where opening a workbook takes its time."""


def tables(texts: list[str]) -> dict[str, list[dict[str, str]]]:
    """Give rows of schools, mentors and agreements: the n-th of each has the n-th text wherever one can stand."""
    numbered = list(enumerate(texts))
    return {
        "Scholen": [SCHOOL | {"schoolnummer": f"S{n}"} | dict.fromkeys(SCHOOL_TEXTS, text) for n, text in numbered],
        "Mentoren": [MENTOR | {"mentornummer": f"M{n}"} | dict.fromkeys(MENTOR_TEXTS, text) for n, text in numbered],
        "Afspraken": [
            {"schoolnummer": f"S{n}", "mentornummer": f"M{n}", "soort": "verboden", "reden": text}
            for n, text in numbered
        ],
    }


def csv_bytes(rows: list[dict[str, str]]) -> bytes:
    """Write rows as another program would, half characters too."""
    content = io.StringIO()
    csv.writer(content, delimiter=";").writerows([rows[0].keys(), *(one.values() for one in rows)])
    return content.getvalue().encode("utf-8", "surrogatepass")


def template_of(rows: dict[str, list[dict[str, str]]]) -> bytes:
    """Fill the empty workbook in, as text."""
    book = openpyxl.load_workbook(io.BytesIO(book_template()))
    for name, given_rows in rows.items():
        headers = [one.value for one in book[name][1]]
        for number, row in enumerate(given_rows, 2):
            for header, text in row.items():
                one = book[name].cell(number, headers.index(header) + 1)
                one.value, one.data_type = text.replace("_x", "_x005F_x"), "s"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def kept_in(cohort: Cohort) -> list[set[str]]:
    """Give the texts of each school with its mentor and agreement."""
    found = cohort.given
    assert found is not None, [str(one) for one in cohort.findings if one.severity == "error"]
    reasons = {lock.school: lock.reason for lock in found.locks}
    schools = sorted(found.schools, key=lambda one: int(one.id[1:]))
    mentors = sorted(found.mentors, key=lambda one: int(one.id[1:]))
    return [
        {getattr(school, name) for name in SCHOOL_TEXTS.values()}
        | {getattr(mentor, name) for name in MENTOR_TEXTS.values()}
        | {reasons[school.id]}
        for school, mentor in zip(schools, mentors, strict=True)
    ]


@quick
@given(any_text())
def test_file_that_we_write_is_read_back_as_it_was(text: str) -> None:
    files = {f"{name.lower()}.csv": csv_table(list(rows[0]), rows) for name, rows in tables([cell(text)]).items()}
    assert kept_in(read_cohort(files)) == [{cell(text)}]


@quick
@given(any_text())
def test_file_that_another_program_writes_is_read_as_it_was(text: str) -> None:
    files = {f"{name.lower()}.csv": csv_bytes(rows) for name, rows in tables([text]).items()}
    assert kept_in(read_cohort(files)) == [{typed(text)}]


@quick
@given(unusable_text())
def test_file_with_a_text_that_can_not_be_kept_is_refused_by_field(text: str) -> None:
    files = {f"{name.lower()}.csv": csv_bytes(rows) for name, rows in tables([text]).items()}
    found = read_cohort(files)
    assert found.given is None
    errors = {(one.file, one.column) for one in found.findings if one.severity == "error"}
    assert errors == {
        *(("scholen.csv", name) for name in SCHOOL_TEXTS),
        *(("mentoren.csv", name) for name in MENTOR_TEXTS),
        ("afspraken.csv", "reden"),
    }


@few
@given(TEXTS)
def test_workbook_is_read_as_it_was_and_so_is_its_report(texts: list[str]) -> None:
    found = read_cohort({"cohort.xlsx": template_of(tables(texts))})
    assert kept_in(found) == [{typed(one)} for one in texts]
    again = read_cohort({"verslag.xlsx": import_report(found)})
    assert kept_in(again) == [{typed(steady(one))} for one in texts]


@few
@given(TEXTS)
def test_plan_workbook_shows_text_as_text(tmp_path: Path, texts: list[str]) -> None:
    kept = [posted(one) for one in texts]
    schools = [a_school(n, name=text) for n, text in enumerate(kept)]
    mentors = [a_mentor(n, company=text, last_name=text) for n, text in enumerate(kept)]
    locks = tuple(required(school.id, mentor.id, school.name) for school, mentor in zip(schools, mentors, strict=True))
    given_round = a_round(schools, mentors, locks=locks)
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(path, given_round, judge(given_round), assign(given_round))
    sheet = openpyxl.load_workbook(path)["Plan"]
    assert not [one for row in sheet.iter_rows() for one in row if one.data_type == "f"]
    grids = {one.place.sheet: one.rows[1:] for one in read_workbook(path.read_bytes(), Place("plan.xlsx")).grids}
    shown = {row.cells[0]: (row.cells[1], row.cells[5], row.cells[6]) for row in grids["Plan"]}
    assert shown == {one.id: (printed(one.name),) * 3 for one in schools}
    reasons = [row.cells[2] for row in grids["Instellingen"] if row.cells[0].startswith("Afspraak: ")]
    assert sorted(reasons) == sorted(printed(one) for one in kept)


@quick
@given(any_text())
def test_record_holds_any_text_and_is_sound(text: str) -> None:
    school, mentor = a_school(1, name=text, contact=text), a_mentor(1, company=text, last_name=text)
    given_round = a_round([school], [mentor], locks=(required("S001", "M001", text),))
    record = make_record(given_round, assign(given_round), KEY)
    assert verify_record(record).sound
    assert json.loads(record)["content"]["round"]["schools"][0]["name"] == text
