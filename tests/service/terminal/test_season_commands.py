"""Do the questions about a year of sessions, and its verification, answer, refuse and count as they should?"""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

import matcher
from matcher.domain.period import Period
from matcher.engine.year.annealing import Effort
from matcher.sessions.schedule import plan_year
from tests.journeys.command import ENGLISH, run
from tests.season_builders import a_host, a_participant, a_round, a_season

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUICK = Effort(chains=4, mixing=80, nearing=80, saving=40, proof=0.2)
CHRISTMAS_TO_MID = Period(date(2027, 1, 1), date(2027, 1, 17), "", "stage")
MID_TO_END = Period(date(2027, 1, 18), date(2027, 1, 31), "", "project")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Plan two rounds of six schools once; give the folder, which nobody may change."""
    folder = tmp_path_factory.mktemp("jaar")
    away = {1: (CHRISTMAS_TO_MID,), 2: (MID_TO_END,)}
    schools = [a_participant(n, unavailable=away.get(n, ())) for n in range(1, 7)]
    hosts = [a_host(n, max_times=2) for n in (1, 2, 3, 4, 5, 7, 8)] + [a_host(6, name="Zaal Zes", capacity=3)]
    season = a_season(schools, hosts, rounds=tuple(a_round(n, smallest=2, largest=3) for n in (1, 2)))
    year = plan_year(season, effort=QUICK)
    (folder / "sessies.json").write_text(matcher.dumps(matcher.year_to_document(year)), encoding="utf-8")
    (folder / "seizoen.json").write_text(matcher.dumps(matcher.season_to_document(season)), encoding="utf-8")
    return folder


@pytest.fixture
def spoiled(planned: Path, tmp_path: Path) -> Path:
    """Give a copy of the year that a test may spoil."""
    return shutil.copytree(planned, tmp_path / "kopie")


def change(folder: Path, name: str, edit: Callable[[Any], object]) -> Path:
    """Change a written document in place; give the year's path."""
    document = json.loads((folder / name).read_text(encoding="utf-8"))
    edit(document)
    (folder / name).write_text(json.dumps(document), encoding="utf-8")
    return folder / "sessies.json"


def sessions_in(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "sessies.json").read_text(encoding="utf-8"))["sessions"]
    return found


def test_why_tells_group_host_and_date_of_the_school_that_is_meant(planned: Path) -> None:
    told = run("sessions-why", planned / "sessies.json", "1", "school 3")
    (mine,) = (one for one in sessions_in(planned) if one["round"] == 1 and "S003" in one["schools"])
    assert told.code == 0
    assert told.out.startswith(f"Ronde 1, {date.fromisoformat(mine['day']):%d/%m/%Y} ({mine['half_day']}) bij ")
    assert "elkaar alleen hier." in told.out
    assert f"plaats voor 8 scholen, {len(mine['schools'])} komen." in told.out
    assert "halve dagen in het venster kan de groep er" in told.out


def test_why_without_a_school_tells_every_session_of_the_round(planned: Path) -> None:
    answer = run("sessions-why", planned / "sessies.json", "ronde 2", "--json").answer
    expected = [one for one in sessions_in(planned) if one["round"] == 2]
    assert [one["schools"] for one in answer] == [one["schools"] for one in expected]
    assert all(one["reasons"] for one in answer)


def test_why_names_an_open_date_that_leaves_the_other_sessions_alone(planned: Path) -> None:
    (answer, *_) = run("sessions-why", planned / "sessies.json", "1", "S003", "--json").answer
    others = [one for one in answer["reasons"] if one.startswith("Ook mogelijk zonder een andere sessie te raken: ")]
    assert len(others) == 1


def test_price_of_a_host_names_the_schools_that_move(planned: Path) -> None:
    first = next(one for one in sessions_in(planned) if one["round"] == 1)
    used = {one["host"] for one in sessions_in(planned)}
    host = next(f"H00{n}" for n in (1, 2, 3, 4, 5, 7, 8) if f"H00{n}" not in used)
    wanted = [part for school in first["schools"] for part in ("--school", school)]
    arguments = ("sessions-price", planned / "sessies.json", "1", *wanted, "--host", host)
    answer = run(*arguments, "--json").answer
    assert [(one["school"], one["round"], one["after"]["host"]) for one in answer["moved"]] == [
        (school, 1, host) for school in first["schools"]
    ]
    assert answer["changed_sessions"] == {"value": 1, "proven": True}
    assert (answer["losses"]["repeats"], answer["conflict"]) == (0, None)
    told = run(*arguments)
    assert told.code == 0
    assert "Gewijzigde sessies: 1; minder kan niet (bewezen)." in told.out
    assert f"Wie verschuift ({len(first['schools'])}):" in told.out


def test_price_of_what_is_already_so_is_nothing(planned: Path) -> None:
    first = next(one for one in sessions_in(planned) if one["round"] == 1)
    day = f"{date.fromisoformat(first['day']):%d/%m/%Y}"
    told = run("sessions-price", planned / "sessies.json", "1", "--school", first["schools"][0], "--day", day)
    assert (told.code, told.out) == (0, "Dat is al zo: niemand hoeft te verschuiven.\n")


def test_price_of_what_can_not_be_is_a_conflict_in_words(planned: Path) -> None:
    arguments = ("sessions-price", planned / "sessies.json", "1", "--school", "S001", "--day", "12/01/2027")
    told = run(*arguments)
    assert told.code == 3
    assert told.out.startswith("Dat kan niet.")
    assert "in ronde 1 ligt vast: School 1 op 12/01/2027 (gevraagd)" in told.out
    assert "stage" in told.out
    answer = run(*arguments, "--json")
    assert (answer.code, answer.answer["moved"]) == (3, [])
    assert len(answer.answer["conflict"]["rules"]) == 2


def test_group_without_a_date_gets_the_smallest_set_and_the_remedies(planned: Path) -> None:
    told = run("sessions-no-date", planned / "sessies.json", "1", "S001", "S002", "S003")
    assert told.code == 3
    assert told.out.splitlines()[0] == (
        "Deze groep heeft in ronde 1 geen enkele datum: School 1: 01/01/2027 tot 17/01/2027: stage; "
        "School 2: 18/01/2027 tot 31/01/2027: project."
    )
    assert "Zonder School 1 kan het wel" in told.out
    lines = told.out.splitlines()
    poll = lines[lines.index("Leg de groep deze momenten voor:") + 1 :]
    assert [line[:5] for line in poll] == ["  1. ", "  2. ", "  3. "]
    assert all(", met 2 van de 3 scholen" in line and "Zonder School " in line for line in poll)
    answer = run("sessions-no-date", planned / "sessies.json", "1", "S001", "S002", "--json").answer
    assert len(answer["conflict"]["rules"]) == 2
    assert [(len(one["schools"]), len(one["missing"])) for one in answer["proposals"]] == [(1, 1)] * 3


def test_group_with_dates_gets_them(planned: Path) -> None:
    answer = run("sessions-no-date", planned / "sessies.json", "1", "S001", "School 3", "--json")
    assert (answer.code, answer.answer["conflict"], answer.answer["schools"]) == (0, None, ["S001", "S003"])
    assert all(one["day"] > "2027-01-17" for one in answer.answer["dates"])
    assert run("sessions-no-date", planned / "sessies.json", "1", "S001").out.startswith("Deze groep kan in ronde 1")


def test_group_that_is_too_large_for_its_host_has_no_date_there(planned: Path) -> None:
    told = run("sessions-no-date", planned / "sessies.json", "2", "S001", "S002", "S003", "S004", "--host", "Zaal Zes")
    assert told.code == 3
    assert "Zaal Zes: heeft plaats voor 3 scholen" in told.out
    assert "Bij een andere gastheer dan Zaal Zes kan het wel" in told.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sessions-why", "YEAR", "3"], "Geen ronde «3». Kies uit: 1, 2."),
        (["sessions-why", "YEAR", "1", "Zaal Zas"], "Bedoelde u «Zaal Zes»?"),
        (["sessions-why", "YEAR", "1", "S7"], "Geen school of locatie met nummer of naam «S7»."),
        (["sessions-price", "YEAR", "1"], "--school, --host, --day of --half-day."),
        (["sessions-price", "YEAR", "1", "--host", "H01", "--seconds", "0"], "Typ «in2stem sessions-price --help»"),
        (["sessions-price", "YEAR", "1", "--host", "H01"], "Bedoelde u «H001»?"),
        (["sessions-price", "YEAR", "1", "--day", "01/03/2027"], "kan er in ronde 1 geen sessie zijn"),
        (["sessions-price", "YEAR", "2", "--day", "10/02/2027"], "(krokusvakantie)"),
        (["sessions-price", "YEAR", "1", "--day", "13/01/2027", "--half-day", "di-nm"], "valt niet op di-nm."),
        (["sessions-no-date", "YEAR", "1", "Skool 1"], "Bedoelde u «School 1»?"),
        (["sessions-no-date", "WEG", "1", "S001"], "dit bestaat niet."),
        (["verify", "WEG"], "dit bestaat niet."),
    ],
)
def test_refusal_says_what_is_meant(arguments: list[str], words: str, planned: Path) -> None:
    places = {"YEAR": str(planned / "sessies.json"), "WEG": str(planned / "weg.json")}
    told = run(*(places.get(one, one) for one in arguments))
    line = told.err.strip().splitlines()[-1]
    assert (told.code, words in line) == (2, True), told.text
    assert not ENGLISH.findall(line.replace(str(planned), ""))


def test_day_that_is_none_is_refused_in_dutch(planned: Path) -> None:
    told = run("sessions-price", planned / "sessies.json", "1", "--day", "31/02/2027")
    assert (told.code, "«31/02/2027» is geen datum; schrijf dag/maand/jaar" in told.err) == (2, True)


def test_questions_refuse_a_year_of_another_season_and_one_without_season(spoiled: Path) -> None:
    path = change(spoiled, "seizoen.json", lambda one: one.update(spacing_days=20))
    told = run("sessions-why", path, "1")
    assert (told.code, "is niet van het seizoen ernaast" in told.err) == (2, True)
    (spoiled / "seizoen.json").unlink()
    told = run("sessions-why", path, "1")
    assert (told.code, "staat geen seizoen.json" in told.err) == (2, True)


def test_verify_counts_a_sound_year_as_equal(planned: Path) -> None:
    told = run("verify", planned / "sessies.json")
    assert told.code == 0
    assert told.out.startswith("Regels: alles klopt.")
    assert "anders" not in told.out
    assert told.out.count("gelijk") == len(json.loads((planned / "sessies.json").read_text(encoding="utf-8"))["goals"])
    assert told.out.endswith(f"Nagerekend: {len(sessions_in(planned))} sessies, alles klopt.\n")


def test_verify_names_a_goal_that_is_not_what_it_says(spoiled: Path) -> None:
    path = change(spoiled, "sessies.json", lambda one: one["goals"][1].update(value=99))
    told = run("verify", path)
    assert told.code == 1
    assert "Het doel «herhaalde ontmoetingen» is 0, niet 99." in told.out
    assert told.out.count("anders") == 1
    assert "er klopt iets niet" in told.out


def test_verify_names_the_rule_that_a_changed_session_breaks(spoiled: Path) -> None:
    told = run("verify", change(spoiled, "sessies.json", lambda one: one["sessions"][0].update(day="2027-03-03")))
    assert told.code == 1
    assert "03/03/2027 ligt buiten het venster." in told.out


def test_verify_sees_a_day_that_is_not_the_weekday_of_its_half_day(spoiled: Path) -> None:
    one = sessions_in(spoiled)[0]
    day = date.fromisoformat(one["day"]) + timedelta(days=1)
    told = run("verify", change(spoiled, "sessies.json", lambda year: year["sessions"][0].update(day=f"{day}")))
    names = {"di-nm": "dinsdag", "wo-nm": "woensdag", "do-nm": "donderdag"}
    assert (told.code, f"{day:%d/%m/%Y} is geen {names[one['half_day']]}." in told.out) == (1, True), told.text
    told = run("verify", change(spoiled, "sessies.json", lambda year: year["sessions"][0].update(half_day="za-nm")))
    assert (told.code, "«za-nm» is geen halve dag." in told.out) == (1, True), told.text


@pytest.mark.parametrize("list_name", ["schools", "minutes"])
def test_verify_counts_travel_times_before_goals(list_name: str, spoiled: Path) -> None:
    told = run("verify", change(spoiled, "sessies.json", lambda year: year["sessions"][0][list_name].pop()))
    assert (told.code, "het aantal reistijden klopt niet." in told.out) == (1, True), told.text
    assert "Nageteld" not in told.out


def test_verify_sees_an_unknown_host_and_a_changed_season(spoiled: Path) -> None:
    change(spoiled, "seizoen.json", lambda one: one.update(spacing_days=20))
    told = run("verify", change(spoiled, "sessies.json", lambda one: one["sessions"][0].update(host="H099")))
    assert told.code == 1
    assert "Dit jaar is niet van dit seizoen gemaakt" in told.out
    assert "onbekende locatie, ronde of school" in told.out


def test_verify_refuses_a_year_that_can_not_be_read(spoiled: Path) -> None:
    told = run("verify", change(spoiled, "sessies.json", lambda one: one.pop("goals")))
    assert told.code == 2
    (spoiled / "seizoen.json").unlink()
    assert run("verify", spoiled / "sessies.json").code == 2
