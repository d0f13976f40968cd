"""Does `in2stem sessions` plan, repair and refuse the sample cohort's year as a coordinator expects?"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
    from pathlib import Path

QUICK = ("--school-year", "2026", "--rounds", "2", "--group-size", "4", "--seconds", "4")


@pytest.fixture(scope="module")
def season(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plan two rounds once; nobody may change the folder."""
    folder = tmp_path_factory.mktemp("sessies")
    assert run("sessions", SAMPLE, "--plan", published / "plan.json", "--out", folder, *QUICK).code == 0
    return folder


def year_in(folder: Path) -> dict[str, object]:
    return json.loads((folder / "sessies.json").read_text(encoding="utf-8"))


def goals_in(folder: Path) -> dict[str, tuple[int, bool]]:
    return {one["name"]: (one["value"], one["proven"]) for one in year_in(folder)["goals"]}  # type: ignore[attr-defined]


def test_sessions_places_every_school_without_a_repeat(season: Path) -> None:
    sessions = year_in(season)["sessions"]
    assert sorted(len(one["schools"]) for one in sessions) == [4] * 10  # type: ignore[attr-defined]
    assert goals_in(season)["left_out"] == (0, True)
    assert goals_in(season)["repeats"] == (0, True)
    written = {path.name for path in season.iterdir()}
    assert written == {"sessies.json", "seizoen.json", "sessies.xlsx", "jaar.svg", "ontmoetingen.svg", "kalenders"}
    assert (season / "kalenders" / "alle.ics").read_bytes().count(b"BEGIN:VEVENT") == 10


def test_a_host_that_drops_out_changes_only_its_sessions(season: Path, published: Path, tmp_path: Path) -> None:
    sessions = year_in(season)["sessions"]
    last = sessions[-1]  # type: ignore[index]
    assert date.fromisoformat(last["day"]).year == 2027
    arguments = ("--previous", season / "sessies.json", "--host-out", last["host"])
    answer = run("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path, *QUICK, *arguments)
    assert answer.code == 0
    lost = [one for one in sessions if one["host"] == last["host"]]  # type: ignore[union-attr]
    assert goals_in(tmp_path)["changed_sessions"] == (len(lost), True)
    assert goals_in(tmp_path)["changed_invitations"] == (sum(len(one["schools"]) for one in lost), True)
    assert "gewijzigde sessies" in answer.out


def test_an_unknown_host_and_an_impossible_year_are_refused(published: Path, tmp_path: Path) -> None:
    common = ("sessions", SAMPLE, "--plan", published / "plan.json", "--out", tmp_path)
    answer = run(*common, *QUICK, "--host-out", "niemand")
    assert (answer.code, "Locatie niemand is niet gekend." in answer.text) == (2, True)
    answer = run(*common, "--school-year", "2026", "--rounds", "6", "--group-size", "1", "--seconds", "2")
    assert answer.code == 3
    assert "sessies nodig" in answer.out
    assert (tmp_path / "sessies.json").exists()
