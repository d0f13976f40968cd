"""Does a workbook hold what was put in it: text as text, formulas without a value, and many rows within bounds?"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from matcher.intake.reading.source_position import Place
from matcher.intake.reading.workbook import read_workbook
from matcher.matching.assign import assign
from matcher.matching.verdicts import judge
from matcher.output import pair_sheets
from matcher.output.book import Formula, as_text, new_book
from matcher.output.pair_sheets import kept_pairs, left_out_words
from matcher.output.sheet import fill_sheet
from matcher.output.workbook import write_plan_workbook
from tests.builders import a_mentor, a_round, a_school

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.plan import Plan


def read_back(content: bytes) -> list[list[str]]:
    (grid,) = read_workbook(content, Place("x.xlsx")).grids
    return [list(row.cells) for row in grid.rows[1:]]


def written(*texts: str) -> bytes:
    content = io.BytesIO()
    with new_book(content) as book:
        fill_sheet(book, "Blad", [("Tekst", 20)], [(one,) for one in texts])
    return content.getvalue()


@pytest.mark.parametrize(
    "text", ["_x0041_", "_x0041_x0042_", "_x005F_x0041_", "<r>vet</r>", "<r></r>", "<r><t>a</t></r>", "a & <b>"]
)
def test_text_that_looks_like_markup_or_an_escape_is_read_back_as_it_was(text: str) -> None:
    content = written(text)
    assert read_back(content) == [[text]]
    if "_x" not in text:  # openpyxl decodes no text that stands in its cell
        assert load_workbook(io.BytesIO(content))["Blad"]["A2"].value == text


def test_a_cell_holds_no_more_than_a_cell_may() -> None:
    assert len(as_text("𝄞" * 40_000).encode("utf-16-le")) // 2 <= 32_767
    assert as_text("a" * 32_767) == "a" * 32_767
    (shown,) = load_workbook(io.BytesIO(written("b" * 40_000)))["Blad"]["A"][1:]
    assert shown.value == "b" * 32_767


def test_a_formula_stands_without_a_value_until_it_is_worked_out(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.xlsx") as book:
        fill_sheet(book, "Blad", [("Som", 9)], [(Formula("=1+1"),)])
    assert load_workbook(tmp_path / "a.xlsx")["Blad"]["A2"].value == "=1+1"
    assert load_workbook(tmp_path / "a.xlsx", data_only=True)["Blad"]["A2"].value is None


def test_the_same_rows_give_the_same_bytes() -> None:
    assert written("a", "b") == written("a", "b")
    assert zipfile.ZipFile(io.BytesIO(written("a"))).testzip() is None


def test_what_breaks_off_leaves_no_workbook_and_no_rows_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def stops() -> object:
        yield ("een",)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), new_book(tmp_path / "a.xlsx") as book:
        fill_sheet(book, "Blad", [("Tekst", 20)], stops())  # type: ignore[arg-type]
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"), new_book(tmp_path / "nergens" / "a.xlsx"):
        pass


def test_beyond_so_many_pairs_the_best_of_each_school_stay_and_the_workbook_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pair_sheets, "MOST_ROWS", 10)
    monkeypatch.setattr(pair_sheets, "BEST", 2)
    kinds = [("technologie",), ("bouw",), ("chemie",), ("ict",), ("voeding",)]
    given = a_round([a_school(n) for n in range(1, 4)], [a_mentor(n, sectors=kinds[n % 5]) for n in range(1, 9)])
    verdicts, plan = judge(given), assign(given)
    kept = kept_pairs(given, verdicts, plan)
    assert kept.sum(axis=1).min() >= 2
    for row in range(3):
        others = verdicts.points[row][verdicts.allowed[row] & ~kept[row]]
        assert verdicts.points[row][kept[row]].max() >= others.max()
    rows, columns = ({one.id: n for n, one in enumerate(some)} for some in (given.schools, given.mentors))
    assert all(kept[rows[one.school], columns[one.mentor]] for one in plan.pairs)
    write_plan_workbook(tmp_path / "plan.xlsx", given, verdicts, plan, whole="verdicts.csv")
    sheet = load_workbook(tmp_path / "plan.xlsx")["Alle mogelijke koppels"]
    assert sheet.max_row == 1 + kept.sum()
    told = left_out_words(int(kept.sum()), 24, "verdicts.csv")
    assert sheet["J1"].value == told
    assert "van de 24 mogelijke" in told
    assert "verdicts.csv" in told
    points = [(one[0], -one[5]) for one in sheet.iter_rows(min_row=2, max_col=8, values_only=True)]
    assert points == sorted(points)


def test_nothing_is_said_where_all_pairs_are_listed(tmp_path: Path) -> None:
    given = a_round(3, 3)
    plan: Plan = assign(given)
    write_plan_workbook(tmp_path / "plan.xlsx", given, judge(given), plan, whole="verdicts.csv")
    sheet = load_workbook(tmp_path / "plan.xlsx")["Alle mogelijke koppels"]
    assert (sheet.max_row, sheet["J1"].value) == (10, None)
