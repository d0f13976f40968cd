"""Does every command answer on the sample cohort as its users and other programs expect?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from matcher import plan_from_document
from tests.journeys.command import ENGLISH, ESCAPE, SAMPLE, WRITTEN, names_in, pairs_in, run

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS: dict[str, tuple[str, ...]] = {
    "why": ("why", "PLAN", "000101"),
    "why nobody": ("why", "PLAN", "000110"),
    "why not": ("why", "PLAN", "000104", "M005"),
    "why vetoed": ("why", "PLAN", "000110", "M011"),
    "price of a lock": ("price", "PLAN", "--lock", "000104:M005"),
    "price of all": ("price", "PLAN"),
    "suggest for a school": ("suggest", "PLAN", "--school", "000104"),
    "suggest for a mentor": ("suggest", "PLAN", "--mentor", "Els Kwartsteen"),
    "resilience": ("resilience", "PLAN"),
    "shortage": ("shortage", "COHORT"),
    "rerun": ("rerun", "PLAN", "--cohort", "COHORT", "--withdrawn", "M028"),
    "ladder": ("rerun", "PLAN", "--cohort", "COHORT", "--withdrawn", "M028", "--ladder"),
    "check": ("check", "COHORT"),
}


def asked(name: str, published: Path) -> list[str | Path]:
    """Fill in the plan and the cohort of a question."""
    places: dict[str, str | Path] = {"PLAN": published / "plan.json", "COHORT": SAMPLE}
    return [places.get(word, word) for word in QUESTIONS[name]]


def test_round_prints_the_plan_and_writes_it(tmp_path: Path) -> None:
    found = run("round", SAMPLE, "--out", tmp_path)
    assert (found.code, names_in(tmp_path)) == (0, WRITTEN)
    assert "45 mentoren, 2 afspraken en 20 scholen gelezen, 0 fouten" in found.err
    assert "Bewezen: voor elk van deze doelen" in found.out
    assert "Open plaatsen:" in found.out
    for word in ("School", "Gemeente", "Mentor", "Bedrijf", "Punten", "Min"):
        assert word in found.out.splitlines()[1]


def test_round_writes_a_document_of_the_contract(published: Path) -> None:
    plan = json.loads((published / "plan.json").read_text(encoding="utf-8"))
    assert (plan["format"], plan["status"], plan["engine"]) == ("in2stem-plan/1", "proven", "network")
    names = ["places_filled", "reserves_used", "stranded", "changes", "worst_pair", "points", "spread"]
    assert [goal["name"] for goal in plan["goals"]] == [*names, "travel_minutes"]
    assert all(goal["proven"] and goal["value"] == goal["bound"] for goal in plan["goals"])
    assert {"pairs", "open_places", "inputs_hash", "policy", "seed", "versions"} <= set(plan)
    assert plan_from_document(plan).proven


def test_round_as_json_prints_the_document_alone(tmp_path: Path) -> None:
    found = run("round", SAMPLE, "--out", tmp_path, "--json")
    assert found.answer == json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))


def test_round_leaves_other_files_in_its_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "nota.txt").write_text("bellen")
    assert run("round", SAMPLE, "--out", tmp_path).code == 0
    assert names_in(tmp_path) == sorted([*WRITTEN, "nota.txt"])


def test_installed_command_says_the_same_without_a_terminal(published: Path, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("in2stem")
    found = subprocess.run([command, "round", SAMPLE, "--out", tmp_path], capture_output=True, check=False)  # noqa: S603 - our own command
    assert (found.returncode, pairs_in(tmp_path)) == (0, pairs_in(published))
    text = (found.stdout + found.stderr).decode("utf-8")
    assert not ESCAPE.search(text)
    assert "Deniz Şafakoğlu" in text
    refused = subprocess.run([command, "round", tmp_path / "weg", "--out", tmp_path], capture_output=True, check=False)  # noqa: S603 - our own command
    assert refused.returncode == 2
    assert "Dit bestand bestaat niet." in refused.stderr.decode("utf-8")


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_is_answered_in_dutch(name: str, published: Path) -> None:
    found = run(*asked(name, published))
    assert found.code == 0
    assert found.text.strip()
    assert not ENGLISH.findall(found.text)
    assert names_in(published) == WRITTEN


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_is_answered_as_json(name: str, published: Path) -> None:
    found = run(*asked(name, published), "--json")
    assert found.code == 0
    assert found.answer or name == "why nobody"


def test_why_names_every_mentor_of_the_school_with_reasons(published: Path) -> None:
    found = run("why", published / "plan.json", "000101")
    assert "staat in het plan" in found.out
    assert "punten; nummer" in found.out
    same = run("why", published / "plan.json", "Technisch Instituut De Tandraderij")
    assert same.out == found.out


def test_why_a_vetoed_mentor_tells_only_changes_that_are_needed(published: Path) -> None:
    found = run("why", published / "plan.json", "000110", "M011")
    assert "Kan niet: Karim Belhadrouf werkt niet in Limburg" in found.out
    assert "ook in Limburg wil werken" in found.out
    assert "voormiddag kan" not in found.out


def test_shortage_names_the_schools_that_lack_a_mentor() -> None:
    found = run("shortage", SAMPLE)
    assert "vragen samen 3 mentoren en delen 2 plaatsen" in found.out


def test_shortage_of_contradicting_agreements_is_a_conflict(tmp_path: Path) -> None:
    cohort = tmp_path / "cohorte"
    copytree(SAMPLE, cohort)
    rows = (
        "schoolnummer;mentornummer;soort;reden",
        "000101;M009;vast;kennen elkaar",
        "000101;M009;verboden;klikte niet",
    )
    (cohort / "afspraken.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for command in (("shortage", cohort), ("shortage", cohort, "--json")):
        found = run(*command)
        assert found.code == 3
        assert "is tegelijk vast en verboden." in found.out
        assert "tekort" not in found.out


def test_rerun_says_who_changes_and_why_and_writes_only_when_asked(copied: Path, tmp_path: Path) -> None:
    before = (copied / "plan.json").read_bytes()
    command = ["rerun", copied / "plan.json", "--cohort", SAMPLE, "--withdrawn", "M028", "--reason", "andere baan"]
    found = run(*command)
    assert ". Mohamed Tahiriel is uitgevallen (andere baan)." in found.out
    assert "1 school verandert; alle andere houden hun mentor." in found.out
    assert run(*command, "--out", tmp_path / "nieuw").code == 0
    assert names_in(tmp_path / "nieuw") == WRITTEN
    gone = set(pairs_in(copied)) - set(pairs_in(tmp_path / "nieuw"))
    assert {mentor for _, mentor, _ in gone} == {"M028"}
    assert (copied / "plan.json").read_bytes() == before


def test_ladder_climbs_to_what_more_moves_can_bring(published: Path) -> None:
    rungs = run(*asked("ladder", published), "--json").answer
    points = [next(goal["value"] for goal in rung["plan"]["goals"] if goal["name"] == "points") for rung in rungs]
    assert rungs[0]["moves"] == 0
    assert points == sorted(set(points))


def test_check_counts_and_shows_findings() -> None:
    found = run("check", SAMPLE, "--json").answer
    assert found["counts"] == "45 mentoren, 2 afspraken en 20 scholen gelezen, 0 fouten"
    assert {one["severity"] for one in found["findings"]} == {"note"}


def test_template_can_be_filled_in_and_is_never_overwritten(tmp_path: Path) -> None:
    assert run("template", tmp_path / "leeg").code == 0
    assert {"scholen.csv", "mentoren.csv"} <= set(names_in(tmp_path / "leeg"))
    again = run("template", tmp_path / "leeg")
    assert again.code == 2
    assert run("round", tmp_path / "leeg", "--out", tmp_path / "plan").code == 0
    assert pairs_in(tmp_path / "plan") == []


def test_verify_agrees_with_a_plan_of_the_same_data(published: Path) -> None:
    found = run("verify", published / "plan.json", "--cohort", SAMPLE)
    assert found.code == 0
    assert found.out.startswith("Nagerekend: koppels, redenen, punten, reistijden en doelen kloppen.")


def _other_mentor(plan: dict[str, Any]) -> None:
    plan["pairs"][0]["mentor"], plan["pairs"][1]["mentor"] = plan["pairs"][1]["mentor"], plan["pairs"][0]["mentor"]


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "points": lambda plan: plan["pairs"][0].update(points=plan["pairs"][0]["points"] + 1),
    "minutes": lambda plan: plan["pairs"][0].update(travel_minutes=0),
    "pair": _other_mentor,
    "pair left out": lambda plan: plan["pairs"].pop(),
    "pair twice": lambda plan: plan["pairs"].append(plan["pairs"][0]),
    "nobody": lambda plan: plan["pairs"][0].update(mentor="M999"),
    "goal": lambda plan: plan["goals"][3].update(value=plan["goals"][3]["value"] + 1),
    "places": lambda plan: plan["goals"][0].update(value=[20, 2]),
    "hash": lambda plan: plan.update(inputs_hash="0" * 64),
    "open place": lambda plan: plan["open_places"].pop(),
    "lock": lambda plan: plan["locks"].pop(),
    "reason": lambda plan: plan["pairs"][0]["reasons"].pop(),
    "policy": lambda plan: plan["policy"].update(max_minutes=1),
    "bound": lambda plan: plan["goals"][3].update(bound=plan["goals"][3]["value"] - 1),
    "proof": lambda plan: plan["goals"][3].update(proven=False),
    "withdrawn": lambda plan: plan["withdrawn"].clear(),
    "agreement of the data": lambda plan: plan["locks"].clear(),
    "reason of an agreement": lambda plan: plan["locks"][0].update(reason="zomaar"),
    "lock flag": lambda plan: plan["pairs"][0].update(locked=not plan["pairs"][0]["locked"]),
    "against a rule": lambda plan: plan["pairs"][0].update(overridden=True),
    "pair sentence": lambda plan: plan["pairs"][0]["reasons"].reverse(),
    "open place reason": lambda plan: plan["open_places"][0].update(reason="Er zijn geen mentoren meer."),
    "open place claim": lambda plan: plan["open_places"][0]["claims"].pop(),
    "note": lambda plan: plan["notes"].append("Goedgekeurd door de directie."),
    "travel source": lambda plan: plan.update(travel_source="OSRM http://localhost:5000"),
    "versions": lambda plan: plan["versions"].update(in2stem="99.0"),
    "a version left out": lambda plan: plan["versions"].pop("ortools"),
    "no version": lambda plan: plan["versions"].update(numpy="de nieuwste"),
    "seed": lambda plan: plan.update(seed=7),
    "engine": lambda plan: plan.update(engine="cp-sat"),
    "order of goals": lambda plan: plan["goals"].reverse(),
    "a goal left out": lambda plan: plan["goals"].pop(),
    "reserve in service": lambda plan: plan.update(activated=["M001"]),
    "agreement that rests": lambda plan: plan.update(resting=[plan["locks"][0] | {"kind": "required"}]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_verify_finds_what_was_changed_by_hand(name: str, copied: Path) -> None:
    path = copied / "plan.json"
    plan = json.loads(path.read_text(encoding="utf-8"))
    CHANGES[name](plan)
    path.write_text(json.dumps(plan), encoding="utf-8")
    found = run("verify", path, "--cohort", SAMPLE)
    assert found.code == 1
    assert found.out.startswith("Klopt niet: ")
    assert not ENGLISH.findall(found.out)


def test_verify_finds_a_broken_ban_though_the_plan_forgets_it(tmp_path: Path) -> None:
    cohort = tmp_path / "cohorte"
    copytree(SAMPLE, cohort)
    assert run("round", cohort, "--out", tmp_path / "plan").code == 0
    path = tmp_path / "plan" / "plan.json"
    pair = json.loads(path.read_text(encoding="utf-8"))["pairs"][0]
    with (cohort / "afspraken.csv").open("a", encoding="utf-8") as lines:
        lines.write(f"{pair['school']};{pair['mentor']};verboden;familie\n")
    found = run("verify", path, "--cohort", cohort)
    words = f"Klopt niet: Het plan kent een verbod uit de gegevens niet: {pair['school']} met {pair['mentor']}."
    assert (found.code, found.out.strip()) == (1, words)


def test_verify_of_a_rerun_needs_the_plan_before_it_or_the_round_beside_it(copied: Path, tmp_path: Path) -> None:
    command = ("rerun", copied / "plan.json", "--cohort", SAMPLE, "--withdrawn", "M028", "--out", tmp_path / "nieuw")
    assert run(*command).code == 0
    verify = ("verify", tmp_path / "nieuw" / "plan.json", "--cohort", SAMPLE)
    assert run(*verify, "--previous", copied / "plan.json").code == 0
    assert run(*verify).code == 0
    (tmp_path / "nieuw" / "ronde.json").unlink()
    assert run(*verify).code == 1


def test_workbook_tells_how_firm_the_plan_is_where_that_is_asked(tmp_path: Path) -> None:
    assert run("round", SAMPLE, "--out", tmp_path / "a").code == 0
    assert run("round", SAMPLE, "--out", tmp_path / "b", "--robust").code == 0
    plain, firm = (set(load_workbook(tmp_path / name / "plan.xlsx").sheetnames) for name in ("a", "b"))
    assert firm - plain == {"Gewichten", "Eén keuze"}
