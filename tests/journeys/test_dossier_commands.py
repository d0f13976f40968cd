"""Do proof, comparison and record work for who types the commands?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import load_workbook

from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
    from pathlib import Path


def test_certificate_is_written_beside_the_plan_and_said_in_words(copied: Path) -> None:
    told = run("certificate", copied / "plan.json")
    assert told.code == 0
    assert "Bewezen: geen plan dat op de eerdere doelen even goed is, haalt meer dan" in told.out
    assert "Geen enkele ruil van mentoren is voor al wie meedoet beter." in told.out
    assert load_workbook(copied / "bewijs.xlsx").sheetnames[-3:] == ["Som", "Ruilkringen", "Inwisselbaar"]
    answer = run("certificate", copied / "plan.json", "--json").answer
    assert answer["proof"] is True


def test_record_verifies_until_a_byte_changes(published: Path, tmp_path: Path) -> None:
    record, key = tmp_path / "dossier.json", tmp_path / "sleutel.pem"
    made = run("record", published / "plan.json", "--out", record, "--key", key)
    assert made.code == 0
    public = made.out.split("Publieke sleutel: ")[1].strip()
    sound = run("verify", record, "--public-key", public)
    assert sound.code == 0
    assert "hetzelfde plan" in sound.out
    assert run("verify", record, "--public-key", "0" * 64).code == 1
    record.write_bytes(record.read_bytes().replace(b"Tandraderij", b"Tandraderik", 1))
    changed = run("verify", record)
    assert changed.code == 1
    assert "handtekening klopt niet" in changed.out


def test_compare_says_who_goes_and_who_comes(published: Path, tmp_path: Path) -> None:
    repaired = run("rerun", published / "plan.json", "--cohort", SAMPLE, "--withdrawn", "M008", "--out", tmp_path)
    assert repaired.code == 0
    told = run("compare", published / "plan.json", tmp_path / "plan.json")
    assert told.code == 0
    assert "Instituut Zandglas: Sara Hommelbeeck wordt An Grutterinck. Sara Hommelbeeck is uitgevallen." in told.out
    answer = run("compare", published / "plan.json", tmp_path / "plan.json", "--json").answer
    # An leaves one school for another, and somebody new comes where she was: a pair that goes and one that appears.
    assert answer["losses"]["changes"] == 2
    assert len(answer["moves"]) == 2
    assert run("compare", tmp_path / "plan.json", tmp_path / "plan.json").out.startswith("Niemand verandert.")
