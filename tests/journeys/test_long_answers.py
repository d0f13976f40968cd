"""Does a long answer stay readable for a person, and whole for a program?"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import matcher
from service.terminal import printing
from service.terminal.plan import prices, words
from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_prices_are_told_cheapest_first_and_a_long_list_is_cut_where_it_says(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = published / "plan.json"
    every = [one for one in run("price", plan, "--json").answer if one["possible"] and not one["in_plan"]]
    monkeypatch.setattr(prices, "MOST_ROWS", 7)
    found = run("price", plan).out.splitlines()
    starts = [line for line in found[1:-1] if not line.startswith(" ")]  # what is too long goes on below
    assert len(starts) == 7
    asked = matcher.solved(*given_and_plan(published))
    outside = asked.problem.pairs - len(asked.plan.pairs)
    assert found[-1].startswith(f"Dit zijn de 7 koppels die het minst kosten, van {outside} koppels buiten het plan.")
    goals = ("places_filled", *asked.problem.goals)
    cheapest = sorted(every, key=lambda one: ([one["losses"][name] for name in goals], one["moves"]))[:7]
    names = {one.id: one.name for one in asked.given.mentors}
    assert [line for line, one in zip(starts, cheapest, strict=True) if names[one["mentor"]] in line] == starts


def given_and_plan(published: Path) -> tuple[matcher.Round, matcher.Plan]:
    texts = [(published / name).read_text(encoding="utf-8") for name in ("ronde.json", "plan.json")]
    return matcher.round_from_document(matcher.loads(texts[0])), matcher.plan_from_document(matcher.loads(texts[1]))


def test_csv_has_every_price_that_json_has(published: Path) -> None:
    plan = published / "plan.json"
    every = run("price", plan, "--json").answer
    rows = list(csv.DictReader(io.StringIO(run("price", plan, "--csv").out)))
    assert [(one["school"], one["mentor"]) for one in rows] == [(one["school"], one["mentor"]) for one in every]
    assert [int(one["points"]) for one in rows] == [one["losses"]["points"] for one in every]
    places = ["|".join(map(str, one["losses"]["places_filled"])) for one in every]
    assert [one["places_filled"] for one in rows] == places
    assert {one["in_plan"] for one in rows} == {"0", "1"}


def test_rows_are_streamed_as_the_list_would_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for rows in ([], [{"a": 1}], [{"a": "é", "b": [1, {"c": None}]}, {"a": []}]):
        printing.say_json(rows)
        whole = capsys.readouterr().out
        printing.say_json_rows(iter(rows))
        assert capsys.readouterr().out == whole
        assert json.loads(whole) == rows


def test_a_long_plan_is_cut_and_says_where_all_of_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (printing, words):
        monkeypatch.setattr(module, "MOST_ROWS", 3)
    found = run("round", SAMPLE, "--out", tmp_path / "plan").out.splitlines()
    pairs = len(json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))["pairs"])
    book = tmp_path / "plan" / "plan.xlsx"
    place = next(number for number, line in enumerate(found) if line.startswith("Dit zijn de eerste 3 van"))
    assert found[place] == f"Dit zijn de eerste 3 van {pairs} rijen. Alle: in {book}."
    assert (found[place - 4].split()[0], found[place + 2]) == ("School", "Waarom:")
    assert sum(line.startswith("  ") for line in found[place + 3 : place + 3 + 4]) == 3
