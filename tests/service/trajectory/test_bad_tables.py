"""Is every fault in a table of the year told with file, row, column and remedy, exit code 2, and nothing written?"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.journeys.command import ENGLISH, names_in, pairs_in, run
from tests.journeys.year_tables import SAMPLE_YEAR, rows_of, write_rows

if TYPE_CHECKING:
    from pathlib import Path

    Row = dict[str, str]

RATED = {"schoolnummer": "000204", "beoordelaar": "an", "criterium": "1.1", "cijfer": "1", "afwezig": "", "link": ""}
EFFORT = {"schoolnummer": "000204", "criterium": "1.1", "inspanning": "2"}
STEP = {"schoolnummer": "000204", "criterium": "6.1", "doel": "2", "tegen": "31/05/2027", "stap": "bellen"}
PROMISE = {"schoolnummer": "000204", "mentornummer": "M201", "belofte": "rondleiding", "tegen": "", "gedaan_op": ""}
LEVEL = {"schoolnummer": "000204", "niveau": "Competent", "sinds": "12/06/2026", "bewijsstuk": "brief 7"}
JUROR = {"jurynummer": "J1", "naam": "Mieke", "schoolnummer": "000204", "band": "ouder"}
SCORE = {"schoolnummer": "000204", "jurynummer": "J2", "criterium": "idee", "score": "7"}
GIVEN = {"schoolnummer": "000204", "voorrang": "10", "reden": "zwak koppel"}
PAIR = {"tevreden_school": "4", "gestopt_op": "", "reden": "", "vervangen": ""}
CONTACT = {"dag": "10/12/2026", "soort": "bezoek", "minuten": "90"}

COMMANDS = {
    "nulmeting": ("measure", "--submit", "--today", "2026-11-20"),
    "inspanning": ("plan",),
    "actieplan": ("plan",),
    "beloften": ("plan",),
    "niveaus": ("label", "--today", "2026-12-01"),
    "jury": ("award",),
    "scores": ("award",),
    "koppels": ("outcomes",),
    "contacten": ("outcomes",),
    "voorrang": ("select", "--again", "--without-reasons"),
}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of the sample year with its cohort and its plan."""
    folder = tmp_path_factory.mktemp("jaar") / "traject"
    shutil.copytree(SAMPLE_YEAR, folder)
    assert run("trajectory", "select", folder, "--without-reasons").code == 0
    assert run("round", folder / "cohorte", "--out", folder / "plan").code == 0
    return folder


@pytest.fixture
def year(cohort: Path, tmp_path: Path) -> Path:
    """Give a copy of that folder for one test."""
    return shutil.copytree(cohort, tmp_path / "traject")


def good(name: str, year: Path) -> Row:
    """Give a good row of a table; pairs and contacts are of the first pair of the plan."""
    school, mentor, _ = pairs_in(year / "plan")[0]
    who = {"schoolnummer": school, "mentornummer": mentor}
    rows = {"nulmeting": RATED, "inspanning": EFFORT, "actieplan": STEP, "beloften": PROMISE, "niveaus": LEVEL}
    rows |= {"jury": JUROR, "scores": SCORE, "voorrang": GIVEN, "koppels": who | PAIR, "contacten": who | CONTACT}
    return rows[name]


def files(year: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in year.rglob("*") if one.is_file()}


def refused(year: Path, name: str, rows: list[Row]) -> str:
    """Give what the command says of rows that it refuses; it writes nothing."""
    write_rows(year / f"{name}.csv", rows)
    before = files(year)
    step, *options = COMMANDS[name]
    told = run("trajectory", step, year, *options)
    assert (told.code, told.out) == (2, ""), told.text
    assert files(year) == before
    assert not ENGLISH.findall(told.text), told.text
    return told.err


REQUIRED = {
    "nulmeting": ("schoolnummer", "beoordelaar", "criterium", "cijfer"),
    "inspanning": ("schoolnummer", "criterium", "inspanning"),
    "actieplan": ("schoolnummer", "criterium"),
    "beloften": ("schoolnummer", "mentornummer", "belofte"),
    "niveaus": ("schoolnummer", "niveau", "sinds"),
    "jury": ("jurynummer", "naam"),
    "scores": ("schoolnummer", "jurynummer", "criterium"),
    "koppels": ("schoolnummer", "mentornummer"),
    "contacten": ("schoolnummer", "mentornummer", "dag"),
    "voorrang": ("schoolnummer", "voorrang"),
}


@pytest.mark.parametrize("name", REQUIRED)
def test_missing_column_is_all_that_is_told(name: str, year: Path) -> None:
    for column in REQUIRED[name]:
        row = {key: value for key, value in good(name, year).items() if key != column}
        (line,) = [one for one in refused(year, name, [row]).splitlines() if one.startswith("fout")]
        assert f"{name}.csv, rij 1, kolom {column}: De kolom {column} ontbreekt." in line


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("nulmeting", "criterium"),
        ("inspanning", "criterium"),
        ("actieplan", "stap"),
        ("beloften", "belofte"),
        ("niveaus", "sinds"),
        ("jury", "schoolnummer"),
        ("scores", "score"),
        ("koppels", "schoolnummer"),
        ("contacten", "dag"),
        ("voorrang", "schoolnummer"),
    ],
)
def test_row_that_stands_there_twice_is_told_with_its_value(name: str, column: str, year: Path) -> None:
    row = good(name, year)
    told = refused(year, name, [row, row])
    assert f"{name}.csv, rij 3, kolom {column} («{row[column]}»): " in told
    assert "staat ook op rij 2. Houd één van beide rijen over." in told


CELLS = [
    ("nulmeting", "cijfer", "7"),
    ("nulmeting", "cijfer", "1,5"),
    ("nulmeting", "criterium", "9.9"),
    ("nulmeting", "afwezig", "misschien"),
    ("nulmeting", "link", "www.school.example"),
    ("nulmeting", "schoolnummer", "204"),
    ("inspanning", "inspanning", "0"),
    ("inspanning", "inspanning", "0,5"),
    ("actieplan", "doel", "5"),
    ("actieplan", "tegen", "31/02/2027"),
    ("actieplan", "tegen", "05/31/2027"),
    ("beloften", "mentornummer", "M999"),
    ("beloften", "tegen", "volgende week"),
    ("niveaus", "niveau", "Meester"),
    ("niveaus", "sinds", "2026-13-01"),
    ("jury", "schoolnummer", "999999"),
    ("scores", "score", "7,25"),
    ("scores", "criterium", "durf"),
    ("scores", "jurynummer", "J9"),
    ("koppels", "tevreden_school", "6"),
    ("koppels", "reden", "zomaar"),
    ("contacten", "soort", "fax"),
    ("contacten", "dag", "morgen"),
    ("voorrang", "voorrang", "-1"),
    ("voorrang", "schoolnummer", "204"),
]


@pytest.mark.parametrize(("name", "column", "value"), CELLS)
def test_wrong_cell_is_told_where_it_stands_and_alone(name: str, column: str, value: str, year: Path) -> None:
    row = good(name, year)
    told = refused(year, name, [row | {column: value}])
    (line,) = [one for one in told.splitlines() if one.startswith("fout")]
    whose = f", {row.get('schoolnummer')}"  # by the reader of a table; what the whole year shows has none
    place = f"{name}.csv, rij 2, kolom {column}"
    assert any(f"{place}{who} («{value}»): " in line for who in ("", whose))


NO_TABLE = {
    b"": "Dit bestand is leeg. Kies het ingevulde bestand.",
    b"\x89PNG\r\n\x00\x01": "Dit is geen werkboek (.xlsx, .ods of .xls) en geen CSV.",
    b"a;b\r\n1;2\r\n": "We vinden de rij met kolomtitels",
}


@pytest.mark.parametrize("content", NO_TABLE)
@pytest.mark.parametrize("name", COMMANDS)
def test_file_without_a_table_is_told(name: str, content: bytes, year: Path) -> None:
    (year / f"{name}.csv").write_bytes(content)
    step, *options = COMMANDS[name]
    told = run("trajectory", step, year, *options)
    assert told.code == 2
    assert f"{name}.csv: {NO_TABLE[content]}" in told.err


def test_misspelt_column_of_an_application_is_an_error_as_in_a_cohort(year: Path) -> None:
    path = year / "aanmeldingen.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("aantal_mentoren", "aantal_mentorren", 1), encoding="utf-8-sig")
    before = sorted(one.name for one in year.rglob("*"))
    told = run("trajectory", "select", year, "--again")
    assert told.code == 2
    assert "aanmeldingen.csv, rij 1, kolom aantal_mentorren" in told.err
    assert "Bedoelde u «aantal_mentoren»?" in told.err
    assert sorted(one.name for one in year.rglob("*")) == before


def test_step_of_a_goal_with_a_wrong_aim_is_no_second_fault(year: Path) -> None:
    wrong, step = STEP | {"doel": "9"}, STEP | {"doel": "", "tegen": "", "stap": "schrijven"}
    assert "heeft geen doel" not in refused(year, "actieplan", [wrong, step])
    assert "rij 2, kolom doel: Dit criterium heeft geen doel." in refused(year, "actieplan", [step])


def test_contradiction_is_told_in_the_row_of_the_rater_who_says_it(year: Path) -> None:
    other = RATED | {"beoordelaar": "bo", "cijfer": "2", "afwezig": "ja"}
    told = refused(year, "nulmeting", [RATED, other])
    assert "nulmeting.csv, rij 3, kolom cijfer («2»): " in told


def test_frozen_measurement_is_told_at_the_row_that_differs(year: Path) -> None:
    rows = [RATED, RATED | {"criterium": "1.2"}]
    write_rows(year / "nulmeting.csv", rows)
    assert run("trajectory", "measure", year, "--submit").code == 0
    told = refused(year, "nulmeting", [rows[0], rows[1] | {"cijfer": "3"}])
    assert "rij 3, kolom schoolnummer («000204»): De nulmeting van deze school is ingediend en ligt vast" in told


def test_tie_without_its_school_is_no_juror_without_a_tie(year: Path) -> None:
    others = rows_of(SAMPLE_YEAR / "jury.csv")[1:]
    told = refused(year, "jury", [JUROR | {"schoolnummer": ""}, *others])
    assert "jury.csv, rij 2, kolom schoolnummer («ouder»): Bij deze band staat niet met welke school." in told
    write_rows(year / "jury.csv", [JUROR | {"schoolnummer": "", "band": "geen"}, *others])
    assert run("trajectory", "award", year).code == 0


def test_half_scored_reading_is_told_at_its_empty_row(year: Path) -> None:
    told = refused(year, "scores", [SCORE, SCORE | {"criterium": "resultaat", "score": ""}])
    assert "scores.csv, rij 3, kolom score: J2 scoorde 000204 niet op elk criterium." in told


def test_pair_that_contradicts_itself_is_told(year: Path) -> None:
    row = good("koppels", year)
    told = refused(year, "koppels", [row | {"vervangen": "ja"}])
    assert "koppels.csv, rij 2, kolom reden: Wie vervangen werd, is gestopt: zeg wanneer en waarom." in told
    stopped = row | {"gestopt_op": "01/12/2026", "reden": "geen tijd"}
    write_rows(year / "contacten.csv", [good("contacten", year)])
    told = refused(year, "koppels", [stopped])
    assert "koppels.csv, rij 2, kolom gestopt_op («01/12/2026»): Er staat een contact na het einde" in told


def test_level_of_later_is_told(year: Path) -> None:
    write_rows(year / "niveaus.csv", [LEVEL | {"sinds": "12/06/2099"}])
    for step in ("label", "plan"):
        told = run("trajectory", step, year, "--today", "2026-12-01")
        assert told.code == 0
        assert "niveaus.csv, rij 2, kolom sinds («12/06/2099»): Dit niveau gaat pas later in" in told.err


def test_priority_of_schools_that_stayed_away_is_told(year: Path) -> None:
    gone = {"schoolnummer": "999999", "voorrang": "10", "reden": ""}
    write_rows(year / "voorrang.csv", [GIVEN, gone, gone | {"schoolnummer": "888888", "voorrang": "0"}])
    told = run("trajectory", "select", year, "--again", "--without-reasons")
    assert told.code == 0
    assert "rij 3, kolom schoolnummer («999999»): Deze school had voorrang en meldde zich niet aan." in told.err
    assert [row["schoolnummer"] for row in rows_of(year / "voorrang.csv")] == ["000204", "999999", "888888"]


CRITERION = '[[criterium]]\nsleutel = "a"\nnaam = "A"\ngewicht = 1\n'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (CRITERION.replace("= 1", "= 0"), "kolom criterium: Minstens één criterium heeft een gewicht boven 0."),
        ("scholen = []\n" + CRITERION, "kolom scholen: Er dingt geen enkele school mee."),
        (CRITERION + CRITERION.replace('"a"', '"b"'), "(«b»): Een sleutel of naam staat er twee keer."),
        (CRITERION.replace("= 1", "= 0.5"), "kolom criterium 1.gewicht («0.5»): gewicht is een geheel getal"),
    ],
)
def test_award_that_can_not_be_is_refused_before_anybody_scores(content: str, told: str, year: Path) -> None:
    (year / "award.toml").write_text(content, encoding="utf-8")
    found = run("trajectory", "award", year)
    assert (found.code, told in found.err) == (2, True), found.err
    assert "juryverdeling.json" not in names_in(year)


def test_order_of_goals_is_refused_in_dutch(year: Path) -> None:
    (year / "selectie.toml").write_text('doelen = ["voorrang", "plaatsen", "afwijking"]\n', encoding="utf-8")
    found = run("trajectory", "select", year, "--again")
    assert found.code == 2
    assert "selectie.toml, kolom doelen («voorrang»): Plaatsen staat altijd vooraan." in found.err
