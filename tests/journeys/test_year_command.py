"""Can a coordinator live a whole year of a cohort through files and the command, from 34 applications to the Award?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.command import ENGLISH, names_in, pairs_in, run
from tests.journeys.year_tables import applied, change_rows, rows_of, schools_of, write_ratings, write_rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with nothing but applications; the steps below live in it one after the other."""
    return applied(tmp_path_factory.mktemp("jaar") / "traject")


def step(*words: str | Path) -> str:
    """Take one step of the year; it succeeds and speaks Dutch."""
    told = run(*words)
    assert told.code == 0, told.text
    assert not ENGLISH.findall(told.text), told.text
    return told.out


def document(path: Path) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(path.read_text(encoding="utf-8"))


def test_cohort_lives_its_year_through_the_command(year: Path) -> None:
    twenty_are_selected(year)
    baselines_feed_the_round(year)
    plans_start_from_the_advice(year)
    changed = round_and_drop_out(year)
    outcomes_tell_of_the_drop_out(year, *changed)
    final_measurements_show_progress(year)
    award_is_signed(year)


def test_template_writes_what_is_missing_and_leaves_the_rest(tmp_path: Path) -> None:
    year = applied(tmp_path / "traject")
    before = {name: (year / name).read_bytes() for name in names_in(year)}
    told = step("trajectory", "template", year)
    assert "eindmeting.csv" in told
    assert "aanmeldingen.csv" not in told
    assert told.endswith("Wat er al stond, bleef zoals het was.\n")
    assert {name: (year / name).read_bytes() for name in before} == before
    assert "staan alle tabellen al. Er is niets geschreven." in step("trajectory", "template", year)
    assert not {"actieplan.csv", "scores.csv"} & set(names_in(year))


def twenty_are_selected(year: Path) -> None:
    assert len(rows_of(year / "aanmeldingen.csv")) == 34
    told = step("trajectory", "select", year, "--without-reasons")
    assert "20 scholen gekozen (bewezen: beter kan niet)" in told
    chosen = schools_of(year)
    assert len(chosen) == 20
    assert [one["outcome"] for one in document(year / "selectie.json")["choices"]].count("waiting") == 8
    applied_rows = {row["schoolnummer"]: row for row in rows_of(year / "aanmeldingen.csv")}
    kept = rows_of(year / "cohorte" / "scholen.csv")
    assert all(row["contactpersoon"] == applied_rows[row["schoolnummer"]]["contactpersoon"] for row in kept)
    assert step("check", year / "cohorte").startswith("27 mentoren, 0 afspraken en 20 scholen gelezen, 0 fouten")


def baselines_feed_the_round(year: Path) -> None:
    write_ratings(year / "nulmeting.csv", schools_of(year))
    assert "Metingen klaar om in te dienen: 20" in step("trajectory", "measure", year, "--today", "2026-11-20")
    assert "metingen.json" not in names_in(year)
    told = step("trajectory", "measure", year, "--today", "2026-11-20", "--submit", "--by", "an")
    assert "Metingen ingediend: 20; al vast: 0; scholen zonder meting: 0." in told
    rows = rows_of(year / "cohorte" / "scholen.csv")
    assert all(row[code] in {"0", "1", "2"} for row in rows for code in ("1.1", "7.2"))
    again = step("trajectory", "measure", year, "--today", "2026-11-21", "--submit")
    assert "Metingen ingediend: 0; al vast: 20" in again


def plans_start_from_the_advice(year: Path) -> None:
    efforts = [{"schoolnummer": one, "criterium": "alle", "inspanning": 2} for one in schools_of(year)]
    write_rows(year / "inspanning.csv", efforts)
    step("trajectory", "plan", year, "--start", "--budget", "6", "--today", "2026-11-25")
    goals = rows_of(year / "actieplan.csv")
    assert {row["schoolnummer"] for row in goals} == set(schools_of(year))

    def fill_in(rows: list[dict[str, str]]) -> None:
        rows[0] |= {"trekker": "An Voorbeeld", "tegen": "31/05/2027", "stap": "bellen", "stap_tegen": "01/12/2026"}

    change_rows(year / "actieplan.csv", fill_in)
    told = step("trajectory", "plan", year, "--today", "2026-12-04")
    assert "An Voorbeeld: " in told
    assert "bellen (3 dagen te laat)." in told


def round_and_drop_out(year: Path) -> tuple[str, str, str]:
    """Make the plan and the sessions; let the first mentor leave; give the school, who left and who came."""
    out = step("round", year / "cohorte", "--out", year / "plan")
    assert "Kan helpen met" in out
    before = pairs_in(year / "plan")
    assert len(before) == 20
    sessions = ("sessions", year / "cohorte", "--plan", year / "plan" / "plan.json", "--out", year / "sessies")
    step(*sessions, "--rounds", "1", "--seconds", "2", "--today", "2026-11-25")
    assert {
        one for session in document(year / "sessies" / "sessies.json")["sessions"] for one in session["schools"]
    } == {school for school, _, _ in before}
    for school, mentor, _ in before:
        told = ("rerun", year / "plan" / "plan.json", "--cohort", year / "cohorte", "--withdrawn", mentor)
        step(*told, "--reason", "ander werk", "--out", year / "herstel")
        after = pairs_in(year / "herstel")
        moved = {(one, other) for one, other, _ in after} - {(one, other) for one, other, _ in before}
        if {one for one, _ in moved} == {school}:
            return school, mentor, next(other for _, other in moved)
    raise AssertionError("no mentor can be replaced without moving others")


def outcomes_tell_of_the_drop_out(year: Path, school: str, left: str, came: str) -> None:
    plans = ("--plan", year / "plan" / "plan.json", "--plan", year / "herstel" / "plan.json")
    silent = run("trajectory", "outcomes", year, *plans)
    assert (silent.code, "staat niet meer in het laatste plan" in silent.err) == (0, True)
    stopped = {"gestopt_op": "10/01/2027", "reden": "ander werk", "vervangen": "ja"}
    row = {"schoolnummer": school, "mentornummer": came, "tevreden_school": "2", "tevreden_mentor": "5"}
    pair = {"schoolnummer": school, "mentornummer": left, "tevreden_school": "", "tevreden_mentor": ""}
    write_rows(year / "koppels.csv", [{**pair, **stopped}, {**row, **dict.fromkeys(stopped, "")}])
    contact = {"schoolnummer": school, "mentornummer": came, "dag": "20/01/2027", "soort": "bezoek", "minuten": "90"}
    write_rows(year / "contacten.csv", [contact])
    told = step("trajectory", "outcomes", year, *plans)
    assert told.startswith("21 koppels, 1 contact. 20 koppels zonder contact.")
    ledger = {row["schoolnummer"]: int(row["voorrang"]) for row in rows_of(year / "voorrang-volgende.csv")}
    assert ledger[school] == 10
    assert set(ledger) == set(schools_of(year))


def final_measurements_show_progress(year: Path) -> None:
    write_ratings(year / "eindmeting.csv", schools_of(year), lift=1)
    step(
        "trajectory",
        "measure",
        year,
        "--moment",
        "eindmeting",
        "--submit",
        "--today",
        "20/05/2027",
        "--due",
        "31/05/2027",
    )
    told = step("trajectory", "progress", year)
    assert "Met mentor: 20 scholen, gemiddeld 1 (van 1 tot 1). Zonder: geen enkele school." in told
    assert "over het nut van een mentor zegt dit niets" in told
    assert (year / "voortgang.svg").read_text(encoding="utf-8").startswith("<svg")
    assert len(names_in(year / "voortgang")) == 20
    row = {"schoolnummer": schools_of(year)[0], "niveau": "Competent", "sinds": "01/06/2027", "bewijsstuk": "brief 7"}
    write_rows(year / "niveaus.csv", [row])
    out = step("trajectory", "label", year, "--today", "2027-06-02")
    assert "Competent sinds 01/06/2027 (bewijsstuk: brief 7)." in out
    ready = document(year / "label.json")["schools"]
    assert {one["next"] for one in ready} == {"Competent", "Proficient"}
    assert any(one["ready"] for one in ready)
    assert len(names_in(year / "dossiers")) == 20


def award_is_signed(year: Path) -> None:
    finalists = schools_of(year)[:4]
    listed = ", ".join(f'"{one}"' for one in finalists)
    criteria = '[[criterium]]\nsleutel = "idee"\nnaam = "Idee"\ngewicht = 50\n'
    (year / "award.toml").write_text(f"lezingen = 2\nscholen = [{listed}]\n\n{criteria}", encoding="utf-8")
    tie = {"jurynummer": "J1", "naam": "Mieke Torenvalk", "schoolnummer": finalists[0], "band": "bestuurder"}
    free = [{"jurynummer": f"J{n}", "naam": f"Jurylid {n}", "schoolnummer": "", "band": ""} for n in (2, 3, 4)]
    write_rows(year / "jury.csv", [tie, *free])
    early = run("trajectory", "award", year, "--key", year / "sleutel.pem")
    assert (early.code, "--key doet hier niets. Er wordt pas ondertekend" in early.err) == (2, True)
    assert not (year / "scores.csv").exists()
    assert "8 lezingen verdeeld" in step("trajectory", "award", year)
    reads = [(row["schoolnummer"], row["jurynummer"]) for row in rows_of(year / "scores.csv")]
    assert len(reads) == 8
    assert (finalists[0], "J1") not in reads

    def score(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["score"] = str(9 if row["schoolnummer"] == finalists[2] else 6)

    change_rows(year / "scores.csv", score)
    told = step("trajectory", "award", year, "--key", year / "sleutel.pem")
    assert "wint met 9 op 10, 3 voor op de volgende." in told
    assert document(year / "award.json")["winners"] == [finalists[2]]
    record = year / "award-dossier.json"
    sound = step("verify", record)
    assert "De handtekening klopt: er is niets gewijzigd." in sound
    assert "De rangschikking is opnieuw uitgerekend: alles klopt." in sound
    record.write_bytes(record.read_bytes().replace(b'"value":9', b'"value":8', 1))
    assert run("verify", record).code == 1
