"""Is a season file read as its writer means it, and is everything else pointed at?"""

from __future__ import annotations

import json
from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from matcher.domain.absence import Absence
from matcher.domain.agreement import Agreement
from matcher.domain.period import Hours, Window
from matcher.domain.season import Pin, Remote
from matcher.domain.season_document import year_to_document
from matcher.intake.cohort.policies import read_policy
from matcher.intake.cohort.source_files import gather
from matcher.intake.season.season_file import with_season_file
from matcher.intake.trajectory.settings_file import read_settings
from tests.season_builders import a_host, a_participant, a_season, a_session, a_year

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.finding import Finding
    from matcher.domain.season import Season

SEASON = a_season(
    [a_participant("001101", name="Berk"), *(a_participant(n) for n in (2, 3, 4))], [a_host(1), a_host(2)]
)


def asked(text: str, **files: object) -> tuple[Season, list[Finding]]:
    """Read a season file beside which these earlier years lie, by name without ending."""
    contents = {f"{name}.json": json.dumps(content).encode() for name, content in files.items()}
    return with_season_file(SEASON, text.encode(), contents.get)


def wrong(text: str, **files: object) -> tuple[str, str | None]:
    """Read a file of which exactly one thing is wrong; give its code and place."""
    (finding,) = asked(text, **files)[1]
    assert finding.severity == "error"
    assert finding.remedy
    return finding.code, finding.column


def test_empty_file_changes_nothing() -> None:
    assert asked("") == (SEASON, [])


@pytest.mark.parametrize("name", ["beleid.toml", "seizoen.toml", "selectie.toml"])
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("tussentijd = 3\n".encode("utf-16"), "geen UTF-8. Bewaar het bestand als UTF-8."),
        ("tussentijd = 3\n".encode("utf-16-le"), "geen UTF-8. Bewaar het bestand als UTF-8."),
        (b"naam = 'caf\xe9'\n", "geen UTF-8. Bewaar het bestand als UTF-8."),
        (b"doelen = [\n", "TOML. Kijk aan het einde van het bestand aanhalingstekens, haken en komma's na."),
        (b"\ndoelen =\n", ", rij 2: Dit is geen geldige TOML. Kijk op deze plaats aanhalingstekens"),
        (b"a = " + b"[" * 5000, "Dit is geen geldige TOML. Kijk aanhalingstekens, haken en komma's na."),
    ],
    ids=["UTF-16", "UTF-16 without a mark", "Windows", "unclosed", "in a row", "too deep"],
)
def test_file_that_is_no_toml_is_told_where_and_why(content: bytes, told: str, name: str) -> None:
    found = {
        "beleid.toml": lambda: list(read_policy(content, name, lambda _: None).findings),
        "seizoen.toml": lambda: with_season_file(SEASON, content, lambda _: None, name)[1],
        "selectie.toml": lambda: read_settings(content, name, ("doelen",), "grens", ()).findings,
    }
    (finding,) = found[name]()
    assert told in str(finding)


def test_limits_and_half_days_are_those_of_the_file() -> None:
    season, findings = asked('tussentijd = 0\ntussentijd_gastheer = 7\nhalve_dagen = ["do-nm", "Woensdagnamiddag"]')
    assert findings == []
    assert (season.spacing_days, season.host_spacing_days, season.half_days) == (0, 7, ("do-nm", "wo-nm"))


def test_longest_journey_is_that_of_the_file() -> None:
    season, findings = asked("langste_rit = 75")
    assert (season.longest_trip, findings) == (75, [])
    _, findings = asked("langste_rit = 0")
    assert [(one.code, one.column) for one in findings] == [("bad_value", "langste_rit")]


def test_round_gets_its_window_and_theme_and_keeps_what_is_not_told() -> None:
    season, findings = asked('[[ronde]]\nnummer = 2\nvan = "8/2/2027"\nthema = "Professionalisering"\n')
    assert findings == []
    before, after = SEASON.rounds[1], season.rounds[1]
    assert after.window == Window(date(2027, 2, 8), before.window.last)
    assert (after.theme, after.smallest, after.largest) == ("professionalisering", before.smallest, before.largest)
    assert (season.rounds[0], season.rounds[2]) == (SEASON.rounds[0], SEASON.rounds[2])


def test_pins_and_absences_name_schools_and_places_by_number_or_name() -> None:
    season, findings = asked(
        '[[vast]]\nronde = 1\nscholen = ["berk", "S002"]\nlocatie = "Locatie 2"\ndag = 2027-01-13\nreden = "jubileum"\n'
        '[[vast]]\nronde = 3\nhalve_dag = "di-nm"\nlocatie = "H001"\n'
        '[[afwezig]]\nschool = "001101"\nronde = 2\nreden = "stage"\n'
    )
    assert findings == []
    assert season.pins == (
        Pin(round=1, schools=("001101", "S002"), host="H002", day=date(2027, 1, 13), reason="jubileum"),
        Pin(round=3, host="H001", half_day="di-nm"),
    )
    assert season.absences == (Absence("001101", 2, "stage"),)


def test_round_has_its_own_hours_and_group_size() -> None:
    season, findings = asked(
        'halve_dagen = ["wo-nm", "di-vm"]\nnamiddag = "14u-17u"\n'
        '[[ronde]]\nnummer = 2\ngroep = 3\nvoormiddag = "8.45 tot 12 uur"\nnamiddag = "13:00-15:30"\n'
    )
    assert findings == []
    assert season.hours("wo-nm", 1) == Hours(time(14), time(17))
    assert season.hours("di-vm", 1) == Hours(time(9), time(12))
    assert season.hours("wo-nm", 2) == Hours(time(13), time(15, 30))
    assert season.hours("di-vm", 2) == Hours(time(8, 45), time(12))
    assert [one.size for one in season.rounds] == [None, 3, None]


@pytest.mark.parametrize(
    "text",
    [
        '[[ronde]]\nnummer = 1\nnamiddag = "straks"',
        '[[ronde]]\nnummer = 1\nnamiddag = "16.30-13.30"',
        '[[ronde]]\nnummer = 1\nnamiddag = "9.00-12.00"',
        '[[ronde]]\nnummer = 1\nnamiddag = "13.30-25.00"',
        '[[ronde]]\nnummer = 1\nvoormiddag = "9.00-12.00"',
        'halve_dagen = ["wo-vm"]\nvoormiddag = "9.00-16.00"',
        'halve_dagen = ["wo-vm"]\nvoormiddag = "12.00-13.00"',
    ],
)
def test_hours_that_are_none_of_this_half_day_are_pointed_at(text: str) -> None:
    assert wrong(text)[0] == "bad_hours"


def test_rounds_and_schools_can_be_online() -> None:
    season, findings = asked(
        '[[ronde]]\nnummer = 2\nonline = true\nlink = "https://meet.example/stem"\n'
        '[[online]]\nschool = "Berk"\nronde = 1\n[[online]]\nschool = "S002"\n'
    )
    assert findings == []
    assert [(one.online, one.link) for one in season.rounds[:2]] == [(False, ""), (True, "https://meet.example/stem")]
    every = tuple(Remote(school="S002", round=one.number) for one in season.rounds)
    assert season.remote == (Remote(school="001101", round=1), *every)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[ronde]]\nnummer = 2\nlink = "meet.example"', "bad_link"),
        ('[[ronde]]\nnummer = 2\nonline = "ja"', "bad_value"),
        ("[[online]]\nronde = 1", "missing_key"),
        ('[[online]]\nschool = "S009"', "unknown_school"),
        ('[[online]]\nschool = "S002"\nronde = 12', "unknown_round"),
    ],
)
def test_what_is_online_and_can_not_be_is_pointed_at(text: str, code: str) -> None:
    assert wrong(text)[0] == code


def test_agreements_name_two_schools_by_number_or_name() -> None:
    season, findings = asked(
        '[[moeten_ontmoeten]]\nscholen = ["S003", "berk"]\nreden = "zelfde richting"\n'
        '[[nooit_samen]]\nscholen = ["S002", "S003"]\n'
    )
    assert findings == []
    assert season.agreements == (
        Agreement(kind="meet", schools=("001101", "S003"), reason="zelfde richting"),
        Agreement(kind="apart", schools=("S002", "S003")),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[nooit_samen]]\nscholen = ["S002"]', "not_a_pair"),
        ('[[nooit_samen]]\nscholen = ["S002", "S003", "S004"]', "not_a_pair"),
        ('[[moeten_ontmoeten]]\nscholen = ["S002", "S009"]', "unknown_school"),
        ('[[moeten_ontmoeten]]\nreden = "x"', "missing_key"),
        (
            '[[moeten_ontmoeten]]\nscholen = ["S002", "S003"]\n[[nooit_samen]]\nscholen = ["S003", "S002"]',
            "duplicate_agreement",
        ),
    ],
)
def test_agreement_that_is_none_is_pointed_at(text: str, code: str) -> None:
    assert wrong(text)[0] == code


def test_meetings_of_earlier_years_and_of_memory_are_added_up() -> None:
    pairs = (a_session(schools=("S002", "S003")), a_session(schools=("001101", "S004"), host="H002"))
    plenary = a_session(round=2, schools=("S002", "S003", "S004"), minutes=(1, 2, 3))
    gone = a_session(round=3, schools=("S003", "S900"))
    other = a_session(round=3, schools=("001101", "S002"), host="H002")
    old = year_to_document(a_year(*pairs, plenary, gone, other, season="cohort-2025"))
    season, findings = asked(
        'eerdere_jaren = ["oud.json"]\n[[ontmoeting]]\nscholen = ["S003", "S002"]\nkeer = 2\n', oud=old
    )
    assert findings == []
    assert season.history == {("S002", "S003"): 3, ("001101", "S004"): 1, ("001101", "S002"): 1}


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("tussentijd = 400", ("bad_value", "tussentijd")),
        ("tussentyd = 4", ("unknown_key", "tussentyd")),
        ("halve_dagen = []", ("no_half_day", "halve_dagen")),
        ('halve_dagen = ["za-vm"]', ("unknown_halve_dagen", "halve_dagen")),
        ("ronde = 1", ("wrong_type", "ronde")),
        ("[[ronde]]\nvan = 2027-01-13", ("missing_key", "ronde 1.nummer")),
        ("[[ronde]]\nnummer = 4", ("unknown_round", "ronde 1.nummer")),
        ("[[ronde]]\nnummer = true", ("unknown_round", "ronde 1.nummer")),
        ("[[ronde]]\nnummer = 1\n[[ronde]]\nnummer = 1", ("duplicate_round", "ronde 2.nummer")),
        ("[[ronde]]\nnummer = 1\nvan = 2028-01-13", ("outside_year", "ronde 1.van")),
        ("[[ronde]]\nnummer = 1\ntot = 2026-12-13", ("ends_before_start", "ronde 1.tot")),
        ("[[ronde]]\nnummer = 1\nvan = 2027-01-13T12:00:00", ("not_a_date", "ronde 1.van")),
        ('[[ronde]]\nnummer = 1\nvan = "morgen"', ("not_a_date", "ronde 1.van")),
        ('[[ronde]]\nnummer = 1\nthema = "sport"', ("unknown_thema", "ronde 1.thema")),
        ("[[vast]]\nronde = 1", ("empty_pin", "vast 1.ronde")),
        ('[[vast]]\nlocatie = "H001"', ("missing_key", "vast 1.ronde")),
        ('[[vast]]\nronde = 1\nscholen = ["1101"]', ("unknown_school", "vast 1.scholen")),
        ('[[vast]]\nronde = 1\nlocatie = "H009"', ("unknown_locatie", "vast 1.locatie")),
        ("[[vast]]\nronde = 1\ndag = 2027-02-10", ("outside_window", "vast 1.dag")),
        ("[[vast]]\nronde = 1\ndag = 2027-01-11", ("no_such_half_day", "vast 1.dag")),
        ("[[vast]]\nronde = 1\ndag = 2027-01-16", ("no_such_half_day", "vast 1.dag")),
        ('[[vast]]\nronde = 1\nhalve_dag = "vr-vm"', ("no_such_half_day", "vast 1.halve_dag")),
        ('[[afwezig]]\nschool = "S002"\nronde = 1', ("missing_key", "afwezig 1.reden")),
        ('[[afwezig]]\nschool = "S009"\nronde = 1\nreden = "x"', ("unknown_school", "afwezig 1.school")),
        (
            '[[afwezig]]\nschool = "S002"\nronde = 1\nreden = "x"\n[[vast]]\nronde = 1\nscholen = ["S002"]',
            ("pin_of_absent", "vast 1.scholen"),
        ),
        ('[[ontmoeting]]\nscholen = ["S002"]', ("not_a_pair", "ontmoeting 1.scholen")),
        ('[[ontmoeting]]\nscholen = ["S002", "S003"]\nkeer = 0', ("bad_value", "ontmoeting 1.keer")),
        ('eerdere_jaren = ["weg.json"]', ("no_earlier_year", "eerdere_jaren")),
        ("tussentijd = = 4", ("damaged_file", None)),
    ],
)
def test_what_is_wrong_is_pointed_at(text: str, trouble: tuple[str, str | None]) -> None:
    assert wrong(text) == trouble


def test_earlier_year_that_is_none_or_this_one_is_refused() -> None:
    text = 'eerdere_jaren = ["oud.json"]'
    assert wrong(text, oud={"format": "in2stem-plan/1"}) == ("bad_earlier_year", "eerdere_jaren")
    same = year_to_document(a_year(a_session(), season=SEASON.id))
    assert wrong(text, oud=same) == ("same_year", "eerdere_jaren")


def test_lost_zeros_and_misspelt_names_are_guessed() -> None:
    for text, guess in (("1101", "001101"), ("Berck", "Berk")):
        (finding,) = asked(f'[[vast]]\nronde = 1\nscholen = ["{text}"]')[1]
        assert finding.remedy == f"Bedoelde u «{guess}»?"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[" * 5000, b"\x00"])
def test_bytes_that_are_no_season_file_are_refused(content: bytes) -> None:
    season, (finding,) = with_season_file(SEASON, content, {}.get)
    assert (season, finding.code) == (SEASON, "damaged_file")


def test_season_file_is_no_policy(tmp_path: Path) -> None:
    for name in ("scholen.csv", "mentoren.csv", "beleid.toml", "seizoen.toml"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert sorted(gather(tmp_path).contents) == ["beleid.toml", "mentoren.csv", "scholen.csv"]
