"""Does the command refuse what can't be, say where and what to do, and leave the folder as it was?"""

from __future__ import annotations

import json
import shutil
import signal
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import matcher
from matcher.matching.assign import assign
from tests.journeys.command import ENGLISH, SAMPLE, WRITTEN, names_in, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def refused(*arguments: str | Path) -> str:
    """Run what must be refused; give the last line that says why."""
    found = run(*arguments)
    assert found.code == 2, found.text
    line = found.err.strip().splitlines()[-1]
    assert not ENGLISH.findall(line), line
    return line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["why", "PLAN", "000101", "Dirk Zandover"], "Bedoelde u «Dirk Zandoever»?"),
        (["why", "PLAN", "000101", "M9999"], "Geen mentor met nummer of naam «M9999»."),
        (["why", "PLAN", "Campus Kaaicompas"], "Bedoelde u «Campus Kaaikompas»?"),
        (["price", "PLAN", "--lock", "000101M001"], "schrijf een koppel als SCHOOL:MENTOR."),
        (["price", "PLAN", "--lock", "000101:M01"], "Bedoelde u «M001»?"),
        (["suggest", "PLAN"], "Geef --school of --mentor, een van de twee."),
        (["suggest", "PLAN", "--school", "000101", "--mentor", "M001"], "Geef --school of --mentor, een van de twee."),
        (["rerun", "PLAN", "--cohort", "COHORT", "--withdrawn", "Jan Boterblom"], "Bedoelde u «Jan Boterbloem»?"),
        (["round", "COHORT", "--out", "OUT", "--lock", "000101:M001", "--override"], "geef --reason."),
        (["round", "COHORT", "--out", "OUT", "--previous", "WEG"], "dit bestaat niet."),
        (["round", "COHORT", "--out", "OUT", "--policy", "WEG"], "1 fout"),
        (["round", "WEG", "--out", "OUT"], "1 fout"),
        (["round", "COHORT", "--out", "PLAN"], "hier staat al een bestand."),
        (["round", "COHORT", "--out", "PLAN/diep"], "dit is geen map."),
        (["round", "COHORT"], "voor uitleg."),
        (["resilience", "PLAN", "--two", "x"], "voor uitleg."),
        (["sorteer"], "voor uitleg."),
        (["verify", "WEG", "--cohort", "COHORT"], "dit bestaat niet."),
        (["verify", "MAP", "--cohort", "COHORT"], "dit is een map, geen bestand."),
        (["verify", "PLAN", "--cohort", "WEG"], "1 fout"),
        (["template", "PLAN"], "kan niet worden geschreven."),
    ],
)
def test_refusal_says_what_to_do_and_writes_nothing(
    arguments: list[str], words: str, copied: Path, tmp_path: Path
) -> None:
    before = {path.name: path.read_bytes() for path in copied.iterdir()}
    places = {
        "PLAN": copied / "plan.json",
        "COHORT": SAMPLE,
        "OUT": tmp_path / "uit",
        "WEG": tmp_path / "weg",
        "MAP": copied,
    }
    places["PLAN/diep"] = copied / "plan.json" / "diep"
    assert words in refused(*(places.get(word, word) for word in arguments))
    assert {path.name: path.read_bytes() for path in copied.iterdir()} == before
    assert not (tmp_path / "uit").exists()


SPOILT: dict[str, Callable[[str], bytes]] = {
    "another version": lambda text: text.replace("in2stem-plan/1", "in2stem-plan/9").encode(),
    "another document": lambda text: text.replace("in2stem-plan/1", "in2stem-round/1").encode(),
    "cut": lambda text: text[:1000].encode(),
    "empty": lambda _text: b"",
    "a list": lambda _text: b"[]",
    "not a number": lambda text: text.replace('"seed": 0', '"seed": NaN').encode(),
    "a key twice": lambda text: text.replace('"seed": 0', '"seed": 0, "seed": 1').encode(),
    "a text for a number": lambda text: text.replace('"seed": 0', '"seed": "0"').encode(),
    "deep": lambda _text: b"[" * 100_000,
    "latin": lambda text: text.encode("utf-16"),
    "no text": lambda _text: b"\xff\xfe\x00",
}


@pytest.mark.parametrize("name", SPOILT)
@pytest.mark.parametrize("command", ["verify", "why"])
def test_file_that_is_no_plan_is_named(command: str, name: str, copied: Path) -> None:
    path = copied / "plan.json"
    path.write_bytes(SPOILT[name](path.read_text(encoding="utf-8")))
    line = refused(command, path, *(["--cohort", SAMPLE] if command == "verify" else ["000101"]))
    assert "plan.json" in line


def test_plan_without_its_round_beside_it_says_so(copied: Path) -> None:
    (copied / "ronde.json").unlink()
    assert "ronde.json" in refused("why", copied / "plan.json", "000101")


def test_plan_beside_another_round_says_so(copied: Path) -> None:
    document = json.loads((copied / "ronde.json").read_text(encoding="utf-8"))
    document["mentors"].pop()
    (copied / "ronde.json").write_text(json.dumps(document), encoding="utf-8")
    assert "niet van deze gegevens" in refused("why", copied / "plan.json", "000101")


LOCKS = ["--lock", "000104:M005", "--forbid", "000104:M005"]


def test_contradicting_agreements_are_told_and_only_the_plan_is_written(tmp_path: Path) -> None:
    found = run("round", SAMPLE, "--out", tmp_path, *LOCKS)
    assert (found.code, names_in(tmp_path)) == (3, ["plan.json"])
    assert "Nele Van Zilverdael bij Instituut De Melkwegbrug is tegelijk vast en verboden." in found.out
    assert "Schrap het verbod." in found.out
    assert ".." not in found.out
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert (plan["status"], plan["pairs"], len(plan["conflict"]["locks"])) == ("conflict", [], 2)


def test_round_that_is_a_conflict_leaves_the_plan_that_stands_there(copied: Path) -> None:
    before = {path.name: path.read_bytes() for path in copied.iterdir()}
    found = run("round", SAMPLE, "--out", copied, *LOCKS)
    assert (found.code, "blijft staan zoals het was" in found.err) == (3, True)
    assert {path.name: path.read_bytes() for path in copied.iterdir()} == before


def test_plan_that_is_a_conflict_is_no_earlier_plan(tmp_path: Path) -> None:
    run("round", SAMPLE, "--out", tmp_path, *LOCKS)
    for words in (
        ("rerun", tmp_path / "plan.json", "--cohort", SAMPLE),
        ("verify", tmp_path / "plan.json", "--cohort", SAMPLE),
    ):
        assert "waarom er geen plan is" in refused(*words)


def test_plan_of_another_cohort_is_refused(copied: Path) -> None:
    document = json.loads((copied / "plan.json").read_text(encoding="utf-8"))
    for pair in document["pairs"]:
        pair["school"] = f"9{pair['school']}"
    (copied / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    assert "van een andere cohorte" in refused("rerun", copied / "plan.json", "--cohort", SAMPLE)
    again = ("round", SAMPLE, "--out", copied, "--previous", copied / "plan.json")
    assert "van een andere cohorte" in refused(*again)


def test_plans_of_two_cohorts_are_not_compared(published: Path, copied: Path) -> None:
    """Two cohorts may number their mentors alike: then the names beside the earlier plan tell them apart."""
    assert run("compare", published / "plan.json", copied / "plan.json").code == 0
    document = json.loads((copied / "ronde.json").read_text(encoding="utf-8"))
    for mentor in document["mentors"]:
        mentor["last_name"] = mentor["last_name"][::-1]
    (copied / "ronde.json").write_text(json.dumps(document), encoding="utf-8")
    told = refused("compare", copied / "plan.json", published / "plan.json")
    assert "is een plan van een andere cohorte: " in told
    assert "horen bij een andere mentor." in told
    plan = json.loads((copied / "plan.json").read_text(encoding="utf-8"))
    for pair in plan["pairs"]:
        pair["school"] = f"9{pair['school']}"
    (copied / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert "geen enkel koppel is van hier" in refused("compare", copied / "plan.json", published / "plan.json")


def test_verify_says_what_it_needs_and_accuses_no_good_file(published: Path) -> None:
    assert "geef ook --cohort" in refused("verify", published / "plan.json")
    assert "geen plan, dossier of jaar" in refused("verify", published / "ronde.json")


def test_plan_that_was_made_worse_by_hand_has_no_certificate(copied: Path) -> None:
    document = json.loads((copied / "plan.json").read_text(encoding="utf-8"))
    ranked = json.loads(run("suggest", copied / "plan.json", "--school", "000101", "--json").out)["ranked"]
    other = next(one["price"]["mentor"] for one in ranked if not one["price"]["in_plan"] and one["price"]["moves"] == 1)
    pair = next(one for one in document["pairs"] if one["school"] == "000101")
    pair["mentor"] = other
    (copied / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    assert "niet het beste van deze gegevens" in refused("certificate", copied / "plan.json")


def test_conflict_as_json_is_the_document(tmp_path: Path) -> None:
    found = run("round", SAMPLE, "--out", tmp_path, *LOCKS, "--json")
    assert (found.code, found.answer["status"]) == (3, "conflict")


def test_rerun_that_is_a_conflict_leaves_the_published_plan(copied: Path) -> None:
    before = {path.name: path.read_bytes() for path in copied.iterdir()}
    command = ["rerun", copied / "plan.json", "--cohort", SAMPLE, "--withdrawn", "M028", "--lock", "000119:M028"]
    found = run(*command)
    assert found.code == 3
    assert "Mohamed Tahiriel is uitgevallen." in found.out
    assert {path.name: path.read_bytes() for path in copied.iterdir()} == before


def test_price_of_what_can_t_be_is_the_conflict(published: Path) -> None:
    found = run("price", published / "plan.json", "--lock", "000110:M011")
    assert found.code == 3
    assert "dat gaat niet samen" in found.out
    assert ".." not in found.out


def test_override_with_a_reason_puts_a_vetoed_pair_in_the_plan(tmp_path: Path) -> None:
    command = ["round", SAMPLE, "--out", tmp_path, "--lock", "000110:M011", "--override", "--reason", "kent de school"]
    assert run(*command).code == 0
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert [(one["school"], one["mentor"]) for one in plan["pairs"] if one["overridden"]] == [("000110", "M011")]


@pytest.fixture
def heard() -> Iterator[None]:
    """Hear Ctrl-C, also where these tests run in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def pressed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody press Ctrl-C as soon as the round is being solved."""

    def stopped_at_once(given: matcher.Round, *others: Any, **options: Any) -> matcher.Plan:  # noqa: ANN401
        signal.raise_signal(signal.SIGINT)
        return assign(given, *others, **options)

    monkeypatch.setattr(matcher, "assign", stopped_at_once)


@pytest.mark.usefixtures("heard", "pressed")
def test_stop_keeps_the_best_so_far_and_says_what_is_not_proven(tmp_path: Path) -> None:
    found = run("round", SAMPLE, "--out", tmp_path)
    assert (found.code, names_in(tmp_path)) == (0, WRITTEN)
    assert "Niet bewezen" in found.out
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert (plan["status"], [one["proven"] for one in plan["goals"]]) == (
        "feasible",
        [True, True, True, True, False, False, False, False],
    )
    assert run("verify", tmp_path / "plan.json", "--cohort", SAMPLE).code == 0


def test_stop_before_the_first_plan_ends_with_four(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_soon(given: matcher.Round, *others: Any, **options: Any) -> matcher.Plan:  # noqa: ANN401
        return replace(assign(given, *others, **options), status="unfinished", pairs=())

    monkeypatch.setattr(matcher, "assign", too_soon)
    found = run("round", SAMPLE, "--out", tmp_path / "uit")
    assert (found.code, names_in(tmp_path / "uit")) == (4, ["plan.json"])
    assert "Gestopt voor er een plan was." in found.out


@pytest.mark.usefixtures("heard")
def test_second_interrupt_stops_at_once_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(*_others: object, **_options: object) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(matcher, "assign", twice)
    found = run("round", SAMPLE, "--out", tmp_path / "uit")
    assert (found.code, found.err.splitlines()[-1]) == (4, "Gestopt. Er is niets geschreven.")
    assert not (tmp_path / "uit").exists()


@pytest.mark.usefixtures("pressed")
def test_run_in_the_background_ignores_the_interrupt(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        found = run("round", SAMPLE, "--out", tmp_path)
    finally:
        signal.signal(signal.SIGINT, before)
    assert found.code == 0
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["status"] == "proven"


def test_names_that_look_like_formulas_or_span_lines_stay_text(tmp_path: Path) -> None:
    cohort = shutil.copytree(SAMPLE, tmp_path / "cohorte")
    table = (cohort / "scholen.csv").read_text(encoding="cp1252")
    evil = '"=HYPERLINK(""http://x"";""klik"")\n[bold]rood[/bold]"'
    (cohort / "scholen.csv").write_text(table.replace("Campus Kaaikompas", evil), encoding="cp1252", newline="\r\n")
    found = run("round", cohort, "--out", tmp_path / "plan")
    assert found.code == 0
    lines = [line for line in found.out.splitlines() if "HYPERLINK" in line]
    assert lines
    assert "[bold]rood[/bold]" in found.out
    assert all("klik" in line for line in lines[:1])


def test_rerun_lets_the_fixed_pair_of_who_left_rest(tmp_path: Path) -> None:
    made, repaired = tmp_path / "plan", tmp_path / "nieuw"
    assert run("round", SAMPLE, "--out", made, "--lock", "000119:M028").code == 0
    found = run("rerun", made / "plan.json", "--cohort", SAMPLE, "--withdrawn", "M028", "--out", repaired)
    assert found.code == 0
    assert "Het vaste koppel Mohamed Tahiriel bij " in found.out
    assert " rust: Mohamed Tahiriel is uitgevallen." in found.out
    assert run("verify", repaired / "plan.json", "--cohort", SAMPLE).code == 0
