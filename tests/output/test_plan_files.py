"""Do the files that leave say what the plan says, safely, and all together or not at all?"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from matcher.matching.assign import assign
from matcher.matching.by_estimate import decided_by_estimate
from matcher.matching.solved import solved
from matcher.matching.verdicts import judge
from matcher.output.files import write_together
from matcher.output.spreadsheet_text import safe
from matcher.output.verdicts import write_verdicts
from matcher.output.workbook import write_plan_workbook
from matcher.questions.certificate import free_pairs
from matcher.questions.robustness import firmness_of_plan, free_words, robustness
from matcher.questions.robustness_words import choice_words, range_words
from matcher.questions.shortage import shortages
from matcher.questions.shortage_words import shortages_of_plan
from tests.builders import a_mentor, a_round, a_school

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.plan import Plan
    from matcher.domain.round import Round


def _written(tmp_path: Path, given: Round) -> tuple[Path, Plan]:
    plan = assign(given)
    path = tmp_path / "plan.xlsx"
    verdicts = judge(given)
    write_plan_workbook(
        path,
        given,
        verdicts,
        plan,
        shortages=shortages_of_plan(given, verdicts, plan),
        firmness=firmness_of_plan(given, verdicts, plan, weights=True),
    )
    return path, plan


def test_workbook_has_its_sheets_with_dutch_headers(tmp_path: Path) -> None:
    book = load_workbook(_written(tmp_path, a_round(3, 2))[0])
    assert book.sheetnames == [
        "Plan",
        "Mentoren zonder school",
        "Open plaatsen",
        "Tekorten",
        "Inwisselbaar",
        "Gewichten",
        "Eén keuze",
        "Alle mogelijke koppels",
        "Dicht bij de grens",
        "Samenvoegen",
        "Instellingen",
    ]
    assert [cell.value for cell in book["Plan"][1]][:3] == ["Schoolnummer", "School", "Gemeente"]
    assert (book["Plan"].max_row, book["Open plaatsen"].max_row) == (3, 2)
    assert book["Alle mogelijke koppels"].max_row == 7
    assert book["Plan"].freeze_panes == "A2"


def test_workbook_tells_what_would_fill_a_place_as_the_question_does(tmp_path: Path) -> None:
    given = a_round(3, [a_mentor(1), a_mentor(2), a_mentor(3, first_name="Els", status="reserve")])
    rows = list(load_workbook(_written(tmp_path, given)[0])["Tekorten"].iter_rows(min_row=2, values_only=True))
    (found,) = shortages(given)
    assert [row[1:] for row in rows] == [(found.sentence, one.words, one.places) for one in found.remedies]
    assert rows[0][2] == "als Els uit de reserve komt"
    assert load_workbook(_written(tmp_path, a_round(2, 2))[0])["Tekorten"].max_row == 1


def test_workbook_keeps_leading_zeros_and_numbers_as_numbers(tmp_path: Path) -> None:
    path, plan = _written(tmp_path, a_round([a_school("034561-2")], [a_mentor("007")]))
    row = [cell.value for cell in load_workbook(path)["Plan"][2]]
    assert (row[0], row[4], row[8]) == ("034561-2", "007", plan.pairs[0].points)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+32 9", "-1", "@SUM", "\tx", "\rx"])
def test_no_cell_of_the_files_can_run(tmp_path: Path, name: str) -> None:
    given = a_round([a_school(1, name=name)], [a_mentor("=1", first_name=name)])
    path, _ = _written(tmp_path, given)
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            assert not any(str(cell.value).startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    write_verdicts(tmp_path / "verdicts.csv", given, judge(given))
    assert "S001,'=1," in (tmp_path / "verdicts.csv").read_text(encoding="utf-8")
    assert safe(name) == f"'{name}"


def test_idle_mentors_are_listed_with_why(tmp_path: Path) -> None:
    mentors = [a_mentor(1), a_mentor(2, status="reserve"), a_mentor(3, max_schools=0), a_mentor(4)]
    given = a_round([a_school(1)], mentors, withdrawn={"M004": "ziek"})
    sheet = load_workbook(_written(tmp_path, given)[0])["Mentoren zonder school"]
    told = {row[0].value: row[5].value for row in sheet.iter_rows(min_row=2)}
    assert told == {"M002": "reserve", "M003": "dit jaar niet", "M004": "uitgevallen"}


def test_verdicts_file_has_a_line_for_every_pair(tmp_path: Path) -> None:
    given = a_round([a_school(1)], [a_mentor(1), a_mentor(2, school_types=("KSO",), half_days=("vr-nm",))])
    write_verdicts(tmp_path / "verdicts.csv", given, judge(given))
    with (tmp_path / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["allowed"] for row in rows] == ["1", "0"]
    assert rows[0] == {
        "school": "S001",
        "mentor": "M001",
        "allowed": "1",
        "points": "1000",
        "travel_minutes": "9",
        "vetoes": "",
        "near_limit": "0",
    }
    assert rows[1]["vetoes"] == "availability|school_type"


def test_verdicts_file_is_as_the_csv_module_writes_it(tmp_path: Path) -> None:
    mentors = [
        a_mentor("a,b"),
        a_mentor('c"d'),
        a_mentor("=e", school_types=("KSO",)),
        *(a_mentor(n) for n in range(9)),
    ]
    given = a_round([a_school("x,y"), a_school(2), a_school("=3")], mentors)
    found = judge(given)
    write_verdicts(tmp_path / "verdicts.csv", given, found)
    close = decided_by_estimate(given, found)
    expected = io.StringIO()
    lines = csv.writer(expected, lineterminator="\n")
    lines.writerow(("school", "mentor", "allowed", "points", "travel_minutes", "vetoes", "near_limit"))
    for row, school in enumerate(given.schools):
        for column, mentor in enumerate(given.mentors):
            mask = int(found.vetoes[row, column])
            keys = "|".join(key for bit, key in enumerate(found.keys) if mask >> bit & 1)
            numbers = int(found.points[row, column]), int(found.minutes[row, column])
            ids = safe(school.id), safe(mentor.id)
            lines.writerow((*ids, int(not mask), *numbers, keys, int(close[row, column])))
    assert (tmp_path / "verdicts.csv").read_text(encoding="utf-8") == expected.getvalue()


def test_files_appear_together_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    def fail(_path: Path) -> None:
        raise OSError("schijf vol")

    with pytest.raises(OSError, match="schijf vol"):
        write_together(tmp_path, {"a": lambda path: path.write_text("new"), "b": fail})
    assert (tmp_path / "a").read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    write_together(tmp_path, {"a": lambda path: path.write_text("new")})
    assert (tmp_path / "a").read_text() == "new"


def test_files_of_which_one_can_not_take_its_place_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "c").mkdir()
    writers = {name: lambda path: path.write_text("new") for name in ("a", "b", "c")}
    with pytest.raises(OSError, match="c") as caught:
        write_together(tmp_path, writers)
    assert caught.value.filename == str(tmp_path / "c")
    assert (tmp_path / "a").read_text() == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "c"]


def test_workbook_shows_how_firm_the_plan_is(tmp_path: Path) -> None:
    """The same sentences as `in2stem robust`; of a plan that is not proven best, nothing."""
    given = a_round(3, 3)
    path, plan = _written(tmp_path, given)
    book, asked = load_workbook(path), solved(given, plan)
    found = robustness(asked)
    shown = {name: [row[-1] for row in book[name].iter_rows(min_row=2, values_only=True)] for name in book.sheetnames}
    assert shown["Gewichten"] == [range_words(asked, one) for one in found.weights]
    assert shown["Eén keuze"] == [choice_words(asked, one) for one in found.single_choices]
    assert shown["Inwisselbaar"] == [free_words(asked, one) for one in free_pairs(asked)]
    assert all(shown[name] for name in ("Gewichten", "Inwisselbaar"))
    assert not firmness_of_plan(given, judge(given), replace(plan, status="feasible"), weights=True)
    assert set(firmness_of_plan(given, judge(given), plan)) == {"free"}
