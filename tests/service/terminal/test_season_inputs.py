"""Does `in2stem sessions` do what its files ask, and name the smallest reason where they ask too much?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import a_mentor, a_round, a_school
from tests.cohort_files import write_cohort
from tests.journeys.command import Run, names_in, run

if TYPE_CHECKING:
    from pathlib import Path

PLACES = "naam;postcode;capaciteit;hoe_vaak\nZaal;9000;{room};6\nSchuur;9000;3;6\n"


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    """Write a cohort of six schools in Ghent with their plan."""
    folder = tmp_path / "cohorte"
    names = ("Berk", "Eik", "Linde", "Olm", "Esdoorn", "Wilg")
    schools = [a_school(n, name=f"School {name}") for n, name in enumerate(names, 1)]
    write_cohort(a_round(schools, [a_mentor(n) for n in range(1, 8)]), folder)
    (folder / "locaties.csv").write_text(PLACES.format(room=8), encoding="utf-8")
    assert run("round", folder, "--out", tmp_path / "plan").code == 0
    return folder


def plan(cohort: Path, *arguments: str, wishes: str = "", blackouts: str = "") -> Run:
    """Plan two rounds in groups of two or three, with a season file and blackouts."""
    if wishes:
        (cohort / "seizoen.toml").write_text(wishes, encoding="utf-8")
    if blackouts:
        (cohort / "blokkeringen.csv").write_text(f"schoolnummer;van;tot;reden\n{blackouts}", encoding="utf-8")
    common = ("--plan", cohort.parent / "plan" / "plan.json", "--out", cohort.parent / "jaar", "--school-year", "2026")
    sizes = () if "--group-size" in arguments or arguments.count("--plenary") > 1 else ("--group-size", "3")
    common += ("--today", "2026-11-27")
    return run("sessions", cohort, *common, "--rounds", "2", "--seconds", "1", *sizes, *arguments)


def year_in(cohort: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((cohort.parent / "jaar" / "sessies.json").read_text(encoding="utf-8"))
    return found


WISHES = """
tussentijd = 14
halve_dagen = ["do-nm"]

[[ronde]]
nummer = 1
van = 2027-01-11
tot = "22/01/2027"
thema = "leerplan"

[[vast]]
ronde = 2
scholen = ["School Berk", "S002"]
locatie = "Zaal"
dag = 2027-02-25

[[afwezig]]
school = "School Wilg"
ronde = 1
reden = "verhuizing"

[[ontmoeting]]
scholen = ["S003", "S004"]
keer = 2
"""


def test_year_holds_what_the_season_file_asks(cohort: Path) -> None:
    told = plan(cohort, "--group-size", "2", wishes=WISHES)
    assert told.code == 0, told.text
    year = year_in(cohort)
    first = [one for one in year["sessions"] if one["round"] == 1]
    assert {one["theme"] for one in first} == {"leerplan"}
    assert {one["day"] for one in first} <= {"2027-01-14", "2027-01-21"}
    assert all("S006" not in one["schools"] for one in first)
    assert year["absences"] == [{"school": "S006", "round": 1, "reason": "verhuizing", "stated": True}]
    (pinned,) = [one for one in year["sessions"] if one["round"] == 2 and "S001" in one["schools"]]
    assert (pinned["host"], pinned["day"], "S002" in pinned["schools"]) == ("Zaal", "2027-02-25", True)
    season = json.loads((cohort.parent / "jaar" / "seizoen.json").read_text(encoding="utf-8"))
    assert (season["history"], season["spacing_days"]) == ([["S003", "S004", 2]], 14)
    why = run("sessions-why", cohort.parent / "jaar" / "sessies.json", "1", "School Wilg")
    assert why.out == "School Wilg zit in ronde 1 in geen groep: verhuizing.\n"


def test_earlier_year_counts_and_lies_beside_the_season_file(cohort: Path) -> None:
    assert plan(cohort).code == 0
    old = year_in(cohort) | {"season": "in2stem-2025"}
    (cohort / "vorig.json").write_text(json.dumps(old), encoding="utf-8")
    assert plan(cohort, wishes='eerdere_jaren = ["vorig.json"]').code == 0
    season = json.loads((cohort.parent / "jaar" / "seizoen.json").read_text(encoding="utf-8"))
    met = sum(len(one["schools"]) * (len(one["schools"]) - 1) // 2 for one in old["sessions"])
    assert sum(times for *_, times in season["history"]) == met > 0


def test_school_without_a_free_date_in_a_window_is_named(cohort: Path) -> None:
    told = plan(cohort, blackouts="S002;01/01/2027;31/01/2027;verbouwing\nS002;12/01/2027;;studiedag\n")
    assert told.code == 3
    assert (
        "School Eik heeft in ronde 1 (van 01/01/2027 tot 31/01/2027) geen enkele vrije datum: "
        "01/01/2027 tot 31/01/2027: verbouwing." in told.out
    )
    assert "Meld School Eik afwezig in ronde 1." in told.out
    assert names_in(cohort.parent / "jaar") == ["sessies.json"]


def test_two_plenaries_pinned_on_one_day_contradict(cohort: Path) -> None:
    window = "[[ronde]]\nnummer = {n}\nvan = 2027-01-04\ntot = 2027-03-31\n[[vast]]\nronde = {n}\ndag = 2027-01-13\n"
    wishes = window.format(n=1) + window.format(n=2)
    told = plan(cohort, "--plenary", "1", "--plenary", "2", wishes=wishes)
    assert told.code == 3
    assert "Dit kan niet samen: in ronde 1 ligt vast: op 13/01/2027; in ronde 2 ligt vast: op 13/01/2027." in told.out
    assert "Laat in ronde 2 los: op 13/01/2027." in told.out


def test_capacity_too_small_is_named_with_the_largest_place(cohort: Path) -> None:
    header = "naam;schoolnummer;mentornummer;postcode;capaciteit\n"
    schools = "".join(f"School {n};S00{n};;;3\n" for n in range(1, 7))
    companies = "".join(f"Bedrijf {n};;M00{n};;3\n" for n in range(1, 8))
    rows = "Zaal;;;9000;4\n" + schools + companies
    (cohort / "locaties.csv").write_text(header + rows, encoding="utf-8")
    told = plan(cohort, "--plenary", "2")
    assert told.code == 3
    assert "Ronde 2: geen locatie heeft plaats voor 6 scholen; de grootste, Zaal, voor 4." in told.out


def test_cell_that_is_wrong_stops_everything_and_is_told_once(cohort: Path) -> None:
    (cohort / "locaties.csv").write_text(PLACES.format(room="veel"), encoding="utf-8")
    (cohort / "blokkeringen.csv").write_text("locatie;van\nZaal;13/01/2027\n", encoding="utf-8")
    told = plan(cohort)
    assert told.code == 2
    assert "locaties.csv, rij 2, kolom capaciteit, Zaal («veel»)" in told.err
    assert "blokkeringen.csv" not in told.err
    assert names_in(cohort.parent / "jaar") == []


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ("[[vast]]\nronde = 2\ndag = 2027-02-10\n", "seizoen.toml: Op 10/02/2027 kan er in ronde 2 geen sessie zijn"),
        ('[[vast]]\nronde = 1\nlocatie = "Zaall"\n', "kolom vast 1.locatie («Zaall»)"),
        ("[[ronde]]\nnummer = 3\n", "of plan meer rondes met --rounds."),
        ("tussentijd = \n", "seizoen.toml, rij 1: Dit is geen geldige TOML."),
    ],
)
def test_wrong_season_file_is_pointed_at_and_nothing_is_written(cohort: Path, wishes: str, words: str) -> None:
    told = plan(cohort, wishes=wishes)
    assert (told.code, words in told.err) == (2, True), told.text
    assert names_in(cohort.parent / "jaar") == []


def test_cohort_without_schools_is_refused(cohort: Path) -> None:
    header = (cohort / "scholen.csv").read_bytes().splitlines(keepends=True)[0]
    (cohort / "scholen.csv").write_bytes(header)
    (cohort / "afspraken.csv").unlink(missing_ok=True)
    told = plan(cohort)
    assert (told.code, "Er zijn geen scholen." in told.err) == (2, True), told.text


def test_season_file_can_be_named(cohort: Path) -> None:
    (cohort.parent / "wensen.toml").write_text("tussentijd = -1\n", encoding="utf-8")
    told = plan(cohort, "--season", str(cohort.parent / "wensen.toml"))
    assert (told.code, "wensen.toml, kolom tussentijd («-1»)" in told.err) == (2, True)
