"""Does a server that was asked once serve every later round, and is it said whose journeys are missing?"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from tests.journeys.command import SAMPLE, run
from tests.journeys.test_road_commands import address  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from pathlib import Path


def a_cohort(folder: Path) -> Path:
    """Copy the sample, where a file may be written beside it."""
    shutil.copytree(SAMPLE, folder / "cohorte")
    return folder / "cohorte"


def test_table_is_kept_and_used_by_rounds_verify_and_sessions(address: str, tmp_path: Path) -> None:  # noqa: F811
    cohort, plan, year = a_cohort(tmp_path), tmp_path / "plan", tmp_path / "jaar"
    asked = run("travel", cohort, "--router", address)
    assert (asked.code, "Rondes, controles en sessies van deze cohorte" in asked.out) == (0, True)
    made = run("round", cohort, "--out", plan)
    assert (made.code, f"Reistijden: OSRM {address} (" in made.out) == (0, True)
    document = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    assert {pair["travel_minutes"] for pair in document["pairs"]} == {25}
    assert not any("schatting" in one for pair in document["pairs"] for one in pair["reasons"])
    (plan / "ronde.json").unlink()
    assert run("verify", plan / "plan.json", "--cohort", cohort).code == 0
    assert run("sessions", cohort, "--plan", plan / "plan.json", "--seconds", "1", "--out", year).code == 0
    sessions = json.loads((year / "sessies.json").read_text(encoding="utf-8"))
    assert sessions["travel_source"].startswith(f"OSRM {address} (")
    assert {minutes for one in sessions["sessions"] for minutes in one["minutes"]} == {25}


def test_who_is_not_in_the_table_is_named_and_estimated(address: str, tmp_path: Path) -> None:  # noqa: F811
    cohort, plan = a_cohort(tmp_path), tmp_path / "plan"
    assert run("travel", cohort, "--router", address).code == 0
    schools = cohort / "scholen.csv"
    schools.write_bytes(schools.read_bytes().replace(b";2300;Turnhout;", b";2340;Beerse;", 1))
    made = run("round", cohort, "--out", plan)
    assert made.code == 0
    assert "staat geen rit van of naar Technisch Instituut De Tandraderij." in made.err
    assert "Draai «in2stem travel» opnieuw; tot dan zijn die ritten geschat." in made.err
    assert "; waar een rit daarin ontbreekt, schatting:" in " ".join(made.out.split())
    document = json.loads((plan / "plan.json").read_text(encoding="utf-8"))
    told = {pair["school"]: " ".join(pair["reasons"]) for pair in document["pairs"]}
    assert "(schatting" in told["000101"]
    assert [school for school, words in told.items() if "(schatting" in words] == ["000101"]


def test_damaged_table_is_told_and_left_aside(tmp_path: Path) -> None:
    cohort = a_cohort(tmp_path)
    for content in ("{", "[]", '{"format": "in2stem-reistijden/1"}', '{"format": "x"}'):
        (cohort / "reistijden.json").write_text(content, encoding="utf-8")
        told = run("check", cohort)
        assert (told.code, "reistijden.json: Dit is geen tabel met reistijden van ons" in told.err) == (0, True)
        assert told.out.strip().endswith("0 fouten, 1 waarschuwing")


def test_server_that_does_not_answer_leaves_nothing(tmp_path: Path) -> None:
    cohort = a_cohort(tmp_path)
    told = run("travel", cohort, "--router", "http://127.0.0.1:9")
    assert (told.code, "er is niets geschreven" in told.err) == (2, True)
    assert run("travel", cohort).code == 2
    assert not (cohort / "reistijden.json").exists()
