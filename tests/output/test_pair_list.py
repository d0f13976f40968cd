"""Does the list of possible pairs hold what the workbook would, all of it, piece by piece?"""

from __future__ import annotations

import base64
import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

import matcher
from benchmarks.instances import cohort
from matcher.matching.assign import assign
from matcher.matching.verdicts import judge
from matcher.output import pair_list as module
from matcher.output import pair_sheets
from matcher.output.pair_list import PAIR_LIST, pair_list, pair_list_words
from matcher.output.workbook import write_plan_workbook
from service.rounds.questions import job
from tests.builders import a_mentor, a_round, a_school

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.plan import Plan
    from matcher.domain.round import Round


def read(given: Round, plan: Plan) -> list[list[str]]:
    """Give the rows of the list, with its header."""
    text = "".join(pair_list(given, plan))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def in_the_workbook(path: Path, given: Round, plan: Plan) -> list[list[str]]:
    """Give the rows of the workbook's sheet, where all pairs fit in it."""
    write_plan_workbook(path, given, judge(given), plan)
    rows = load_workbook(path)["Alle mogelijke koppels"].iter_rows(max_col=8, values_only=True)
    return [["" if one is None else str(one) for one in row] for row in rows]


@pytest.mark.parametrize("at_once", [1, 400, 1 << 16])
def test_list_holds_the_rows_of_the_workbook_however_many_are_judged_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(module, "PAIRS_AT_ONCE", at_once)
    given = cohort(20, 60)
    plan = assign(given)
    found = read(given, plan)
    assert found == in_the_workbook(tmp_path / "plan.xlsx", given, plan)
    assert len(found) > 20
    assert sum(row[-1] == "ja" for row in found) == len(plan.pairs)


def test_reserves_stand_in_the_list_where_they_help_on_a_rerun(tmp_path: Path) -> None:
    first = a_round([a_school(1), a_school(2)], [a_mentor(1), a_mentor(2), a_mentor(3, status="reserve")])
    before = assign(first)
    gone = before.pairs[0].mentor
    again = replace(first, previous=before, withdrawn={gone: "leaves"})
    plan = assign(again)
    found = read(again, plan)
    assert found == in_the_workbook(tmp_path / "plan.xlsx", again, plan)
    mentors = {row[2] for row in found[1:]}
    assert (gone in mentors, first.mentors[2].id in mentors) == (False, True)


def test_no_cell_of_the_list_can_run() -> None:
    given = a_round([a_school(1, name="=1+1; een")], [a_mentor(1, company="@bedrijf")])
    plan = assign(given)
    row = read(given, plan)[1]
    assert (row[1], row[4]) == ("'=1+1; een", "'@bedrijf")


def test_first_piece_comes_before_anything_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[int] = []

    def noted(given: Round) -> object:
        judged.append(len(given.schools))
        return judge(given)

    monkeypatch.setattr(module, "judge", noted)
    monkeypatch.setattr(module, "PAIRS_AT_ONCE", 6)
    given = a_round(5, 3)
    pieces = pair_list(given, assign(given))
    assert "Schoolnummer" in next(pieces)
    assert judged == []
    assert len(list(pieces)) == 3
    assert judged == [2, 2, 1]


def test_workbook_of_the_service_names_the_list_where_it_leaves_pairs_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(pair_sheets, "MOST_ROWS", 4)
    monkeypatch.setattr(pair_sheets, "BEST", 1)
    given = a_round(3, 3)
    asked = matcher.solved(given, assign(given))
    (tmp_path / "plan.xlsx").write_bytes(base64.b64decode(job._plan_workbook(asked, {})))
    told = load_workbook(tmp_path / "plan.xlsx")["Alle mogelijke koppels"]["J1"].value
    assert isinstance(told, str)
    assert f"Alle staan in {PAIR_LIST}, naast dit werkboek." in told


def test_words_beside_the_list_say_what_the_workbook_keeps() -> None:
    words = pair_list_words()
    assert f"{pair_sheets.MOST_ROWS:,}".replace(",", ".") in words
    assert str(pair_sheets.BEST) in words
