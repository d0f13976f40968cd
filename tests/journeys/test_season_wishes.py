"""Does `in2stem sessions` do what a season file asks of one round and of two schools, and again on a rerun?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("seconds_of_a_processor", "searched_briefly")

COMMON = ("--school-year", "2026", "--today", "2026-11-27", "--rounds", "2", "--seconds", "4")
ASKED = """
[[ronde]]
nummer = 2
groep = 4
namiddag = "14.00-16.00"

[[moeten_ontmoeten]]
scholen = ["{one}", "{other}"]

[[afwezig]]
school = "{away}"
ronde = 2
reden = "staking"
"""


def test_round_of_its_own_and_an_agreement_hold_and_stay_on_a_rerun(published: Path, tmp_path: Path) -> None:
    plan = json.loads((published / "plan.json").read_text(encoding="utf-8"))
    one, other, away = sorted({pair["school"] for pair in plan["pairs"]})[:3]
    asked = tmp_path / "wensen.toml"
    asked.write_text(ASKED.format(one=one, other=other, away=away), encoding="utf-8")
    call = ("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path, "--season", asked, *COMMON)
    answer = run(*call)
    assert answer.code == 0, answer.text
    assert "moeten elkaar ontmoeten: ze zien elkaar in " in answer.out
    first = json.loads((tmp_path / "sessies.json").read_text(encoding="utf-8"))["sessions"]
    assert any({one, other} <= set(each["schools"]) for each in first)
    second = [each for each in first if each["round"] == 2]
    assert {len(each["schools"]) for each in second} <= {3, 4, 5}
    assert {each["start"] for each in second} == {"14:00:00"}
    assert {each["start"] for each in first if each["round"] == 1} == {"13:30:00"}
    again = run(*call, "--previous", tmp_path / "sessies.json")
    assert again.code == 0, again.text
    kept = json.loads((tmp_path / "sessies.json").read_text(encoding="utf-8"))["sessions"]
    assert [each["sequence"] for each in kept] == [0] * len(first)
