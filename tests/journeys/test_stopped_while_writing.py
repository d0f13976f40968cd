"""Does Ctrl+C while files are written keep the plan that was proven, and is it said what is being done?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import matcher
from matcher.output.book import new_book
from matcher.output.files import write_together
from matcher.output.sheet import TOLD_EACH, fill_sheet
from tests.journeys.command import SAMPLE, names_in, run

if TYPE_CHECKING:
    from pathlib import Path


def stops(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("during", ["write_plan_workbook", "write_verdicts", "firmness_of_plan", "shortages_of_plan"])
def test_the_plan_itself_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, during: str) -> None:
    whole = run("round", SAMPLE, "--out", tmp_path / "whole")
    assert whole.code == 0
    monkeypatch.setattr(matcher, during, stops)
    found = run("round", SAMPLE, "--out", tmp_path / "plan")
    assert (found.code, names_in(tmp_path / "plan")) == (4, ["plan.json", "ronde.json"])
    assert f"Het plan zelf is bewaard in {tmp_path / 'plan'}: plan.json en ronde.json, zonder plan.xlsx." in found.err
    assert "eerder plan" not in found.err
    kept, proven = (
        json.loads((tmp_path / name / "plan.json").read_text(encoding="utf-8")) for name in ("plan", "whole")
    )
    assert (kept["status"], kept["pairs"]) == ("proven", proven["pairs"])
    monkeypatch.undo()
    assert run("why", tmp_path / "plan" / "plan.json", "000101").code == 0


def test_files_of_an_earlier_plan_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("round", SAMPLE, "--out", tmp_path)
    monkeypatch.setattr(matcher, "write_plan_workbook", stops)
    found = run("round", SAMPLE, "--out", tmp_path)
    assert "Wat daar nog stond is van een eerder plan: plan.xlsx en verdicts.csv." in found.err
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".in2stem")]


def test_where_nothing_was_to_be_written_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("round", SAMPLE, "--out", tmp_path)
    monkeypatch.setattr(matcher, "firmness_of_plan", stops)
    found = run("rerun", tmp_path / "plan.json", "--cohort", SAMPLE, "--withdrawn", "M028", "--json")
    assert found.code == 0
    assert names_in(tmp_path) == ["plan.json", "plan.xlsx", "ronde.json", "verdicts.csv"]


def test_it_is_said_which_file_and_which_sheet_is_being_written(tmp_path: Path) -> None:
    heard: list[str] = []

    def progress(text: str, _: float | None) -> None:
        heard.append(text)

    def write(path: Path) -> None:
        with new_book(path, progress=progress) as book:
            fill_sheet(book, "Lang", [("Nummer", 9)], ((one,) for one in range(2 * TOLD_EACH)))

    write_together(tmp_path, {"a.xlsx": write, "b.xlsx": write}, progress)
    assert TOLD_EACH == 1000
    sheet = ["blad «Lang»", "blad «Lang», 1.000 rijen", "blad «Lang», 2.000 rijen"]
    assert heard == ["a.xlsx", *sheet, "werkboek bewaren", "b.xlsx", *sheet, "werkboek bewaren"]
