"""Does what lives in a plan go along from rerun to rerun, and is there a way back?"""

from __future__ import annotations

import json
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "M028", "M013"


def plan_in(folder: Path) -> dict[str, Any]:
    """Read a written plan."""
    found: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return found


def mentors_in(folder: Path) -> set[str]:
    """Give who helps anybody."""
    return {pair["mentor"] for pair in plan_in(folder)["pairs"]}


def rerun(plan: Path, out: Path, *words: str | Path) -> str:
    """Repair a plan of the sample and verify the repair; give what was printed."""
    done = run("rerun", plan / "plan.json", "--cohort", SAMPLE, "--out", out, *words)
    assert done.code == 0, done.text
    assert run("verify", out / "plan.json", "--cohort", SAMPLE).code == 0
    return done.out


def test_after_two_drop_outs_neither_mentor_is_in_the_plan(published: Path, tmp_path: Path) -> None:
    assert {FIRST, SECOND} <= mentors_in(published)
    rerun(published, tmp_path / "een", "--withdrawn", FIRST, "--reason", "ziek")
    told = rerun(tmp_path / "een", tmp_path / "twee", "--withdrawn", SECOND)
    assert f"Terug? Geef --back {FIRST}." in told
    assert not {FIRST, SECOND} & mentors_in(tmp_path / "twee")
    assert plan_in(tmp_path / "twee")["withdrawn"].items() >= {FIRST: "ziek", SECOND: ""}.items()


def test_a_round_on_a_previous_plan_takes_the_same_along(published: Path, tmp_path: Path) -> None:
    rerun(published, tmp_path / "een", "--withdrawn", FIRST)
    previous = ("--previous", tmp_path / "een" / "plan.json")
    assert run("round", SAMPLE, "--out", tmp_path / "twee", *previous, "--withdrawn", SECOND).code == 0
    assert not {FIRST, SECOND} & mentors_in(tmp_path / "twee")
    assert run("verify", tmp_path / "twee" / "plan.json", "--cohort", SAMPLE).code == 0


def test_who_comes_back_takes_part_again(published: Path, tmp_path: Path) -> None:
    rerun(published, tmp_path / "een", "--withdrawn", FIRST)
    rerun(tmp_path / "een", tmp_path / "terug", "--back", FIRST)
    assert FIRST not in plan_in(tmp_path / "terug")["withdrawn"]


def test_agreements_by_command_hold_until_they_are_unlocked(published: Path, tmp_path: Path) -> None:
    pair = next(one for one in plan_in(published)["pairs"] if one["mentor"] == SECOND)
    words = f"{pair['school']}:{SECOND}"
    rerun(published, tmp_path / "een", "--forbid", words, "--reason", "familie")
    told = rerun(tmp_path / "een", tmp_path / "twee", "--withdrawn", FIRST)
    assert f"Geef --unlock {words}." in told
    ban = {"school": pair["school"], "mentor": SECOND, "kind": "forbidden", "reason": "familie", "override": False}
    assert ban in plan_in(tmp_path / "twee")["locks"]
    rerun(tmp_path / "twee", tmp_path / "drie", "--unlock", words)
    assert ban not in plan_in(tmp_path / "drie")["locks"]


def test_a_lock_of_who_left_rests_and_holds_again(published: Path, tmp_path: Path) -> None:
    pair = next(one for one in plan_in(published)["pairs"] if one["mentor"] == FIRST)
    words = f"{pair['school']}:{FIRST}"
    rerun(published, tmp_path / "een", "--lock", words)
    told = rerun(tmp_path / "een", tmp_path / "twee", "--withdrawn", FIRST)
    assert " rust: " in told
    rerun(tmp_path / "twee", tmp_path / "drie", "--withdrawn", SECOND)
    rerun(tmp_path / "drie", tmp_path / "vier", "--back", FIRST)
    assert [one["locked"] for one in plan_in(tmp_path / "vier")["pairs"] if one["mentor"] == FIRST] == [True]


def test_a_reserve_put_in_service_stays_so(tmp_path: Path) -> None:
    cohort = tmp_path / "cohorte"
    copytree(SAMPLE, cohort)
    rows = (cohort / "mentoren.csv").read_text(encoding="utf-8-sig")
    reserve = next(one.split(";")[0] for one in rows.splitlines() if one.endswith(";reserve") or ";reserve;" in one)
    words = ("--cohort", cohort, "--out")
    assert run("round", cohort, "--out", tmp_path / "nul", "--activate", reserve).code == 0
    assert plan_in(tmp_path / "nul")["activated"] == [reserve]
    assert run("verify", tmp_path / "nul" / "plan.json", "--cohort", cohort).code == 0
    assert run("rerun", tmp_path / "nul" / "plan.json", *words, tmp_path / "een", "--withdrawn", FIRST).code == 0
    assert plan_in(tmp_path / "een")["activated"] == [reserve]
    assert run("verify", tmp_path / "een" / "plan.json", "--cohort", cohort).code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--back", "M001"), "Mentor M001 is niet uitgevallen in het vorige plan."),
        (("--unlock", "000101:M001"), "Over 000101 met M001 staat geen afspraak in het vorige plan."),
        (("--unlock", "000102:M003"), "De afspraak over 000102 met M003 staat in de gegevens: schrap ze daar."),
        (("--activate", "M009"), "Mentor M009 staat niet in reserve"),
        (("--unlock", "M001"), "schrijf een koppel als SCHOOL:MENTOR"),
    ],
)
def test_a_way_back_from_nothing_is_refused(words: tuple[str, ...], told: str, published: Path) -> None:
    done = run("rerun", published / "plan.json", "--cohort", SAMPLE, *words)
    assert (done.code, told in done.err) == (2, True), done.text
