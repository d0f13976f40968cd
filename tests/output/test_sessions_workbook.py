"""Does the workbook tell the year from every side, and can no cell of it run?"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from matcher.domain.absence import Absence
from matcher.domain.plan import Conflict, Goal
from matcher.domain.year import Rung
from matcher.output.sessions_workbook import write_sessions_workbook
from tests.season_builders import a_guide, a_host, a_participant, a_season, a_session, a_year

if TYPE_CHECKING:
    from pathlib import Path

    from matcher.domain.season import Season
    from matcher.domain.year import Year

SEASON = a_season(
    participants=[a_participant(1, mentors=("M001", "M002"), contact="An"), *(a_participant(n) for n in range(2, 5))],
    guides=(a_guide(1), a_guide(2)),
    history={("S001", "S003"): 1},
)
YEAR = a_year(
    a_session(mentors=("M001",), absent_mentors=("M002",), theme="leerplan"),
    a_session(schools=("S003", "S004"), host="H002", minutes=(5, 50)),
    a_session(round=2, day=date(2027, 2, 17), schools=("S001", "S002", "S003"), minutes=(7, 8, 9)),
    absences=(Absence("S004", 2, "verbouwing"),),
    goals=(Goal("repeats", 1, 1, proven=True), Goal("repeat_hosting", 79, None, proven=False)),
    ladder=(Rung(0, 60, 90), Rung(4, 50, 92)),
    notes=("Twee rondes zonder herhaling bestaan.",),
)


def sheets(path: Path, season: Season = SEASON, year: Year = YEAR) -> dict[str, list[tuple[object, ...]]]:
    write_sessions_workbook(path / "sessies.xlsx", season, year)
    book = load_workbook(path / "sessies.xlsx")
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}


def test_each_round_lists_its_sessions(tmp_path: Path) -> None:
    first = sheets(tmp_path)["Per ronde"][0]
    assert first == (
        *(1, datetime(2027, 1, 13), "13.30-16.30", "Locatie 1", "Locatie 1, Kouter 1, 9000 Gent", "leerplan", 2),  # noqa: DTZ001
        *("School 1 (Gent), School 2 (Gent)", "Mentor 1 (Bedrijf 1)", "Mentor 2 (Bedrijf 2)", None),
    )


def test_each_school_sees_its_sessions_and_absences_in_order(tmp_path: Path) -> None:
    rows = sheets(tmp_path)["Per school"]
    assert [(row[0], row[2], row[5], row[7]) for row in rows] == [
        ("S001", 1, "Locatie 1", 10),
        ("S001", 2, "Locatie 1", 7),
        ("S002", 1, "Locatie 1", 20),
        ("S002", 2, "Locatie 1", 8),
        ("S003", 1, "Locatie 2", 5),
        ("S003", 2, "Locatie 1", 9),
        ("S004", 1, "Locatie 2", 50),
        ("S004", 2, "afwezig: verbouwing", None),
    ]
    assert rows[0][8:] == ("School 2 (Gent)", "Mentor 1 (Bedrijf 1)")


def test_each_place_sees_how_often_it_receives(tmp_path: Path) -> None:
    rows = sheets(tmp_path)["Per locatie"]
    assert [(row[0], row[5], row[6], row[7]) for row in rows] == [
        ("Locatie 1", 2, "ronde 1: 13/01/2027, ronde 2: 17/02/2027", 5),
        ("Locatie 2", 1, "ronde 1: 13/01/2027", 2),
    ]


def test_attendance_lists_everybody_invited_a_page_a_session(tmp_path: Path) -> None:
    rows = sheets(tmp_path)["Aanwezigheid"]
    assert [row[4:7] for row in rows[:4]] == [
        ("School 1 (Gent)", "school", "An"),
        ("School 2 (Gent)", "school", None),
        ("Mentor 1 (Bedrijf 1)", "mentor", None),
        ("Mentor 2 (Bedrijf 2)", "mentor (verhinderd)", None),
    ]
    breaks = load_workbook(tmp_path / "sessies.xlsx")["Aanwezigheid"].row_breaks
    assert [one.id for one in breaks.brk] == [5, 7]


def test_travel_puts_the_most_travelled_school_first_and_adds_up(tmp_path: Path) -> None:
    assert [row[0:1] + row[2:] for row in sheets(tmp_path)["Reistijd"]] == [
        ("S004", 50, None, None, 50),
        ("S002", 20, 8, None, 28),
        ("S001", 10, 7, None, 17),
        ("S003", 5, 9, None, 14),
        (None, 85, 24, 0, 109),
    ]


def test_meetings_put_repeats_first(tmp_path: Path) -> None:
    rows = [(row[0], row[1], *row[2:]) for row in sheets(tmp_path)["Ontmoetingen"]]
    assert rows[:3] == [
        ("School 1 (Gent)", "School 2 (Gent)", "1, 2", 0, 2, "ja"),
        ("School 1 (Gent)", "School 3 (Gent)", "2", 1, 2, "ja"),
        ("School 2 (Gent)", "School 3 (Gent)", "2", 0, 1, None),
    ]


def test_outcome_says_what_is_proven(tmp_path: Path) -> None:
    rows = sheets(tmp_path)["Uitkomst"]
    assert ("Doel: herhaalde ontmoetingen", 1, "bewezen: beter kan niet") in rows
    assert ("Doel: hoe vaak een gastheer nog eens ontvangt", 79, "niet bewezen; grens onbekend") in rows
    assert ("Met 0 herhalingen", "60 minuten voor de verste school, 90 samen", "niet bewezen") in rows
    saved = "elke herhaling erbij spaart 2,5 minuten voor de verste school, −0,5 samen"
    assert ("Met 4 herhalingen", "50 minuten voor de verste school, 92 samen", saved) in rows


def test_conflict_is_told_with_its_ways_out(tmp_path: Path) -> None:
    year = a_year(status="conflict", conflict=Conflict("Geen datum.", remedies=("Verruim het venster.",)))
    rows = sheets(tmp_path, year=year)["Uitkomst"]
    assert rows[:3] == [
        ("Uitkomst", "niet mogelijk", None),
        ("Waarom niet", "Geen datum.", None),
        ("Uitweg", "Verruim het venster.", None),
    ]


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\x00=1", "\u200b=1", "\r\n=1"])
def test_no_cell_can_run(tmp_path: Path, bad: str) -> None:
    season = a_season(
        participants=[a_participant(1, name=bad, municipality=bad, contact=bad, mentors=("M001",)), a_participant(2)],
        hosts=[a_host(1, name=bad, street=bad)],
        guides=(a_guide(1, name=bad, company=bad),),
    )
    year = a_year(
        a_session(mentors=("M001",), reasons=(bad,)),
        absences=(Absence("S001", 2, bad),),
        notes=(bad,),
        travel_source=bad,
    )
    write_sessions_workbook(tmp_path / "sessies.xlsx", season, year)
    cells = [one for sheet in load_workbook(tmp_path / "sessies.xlsx") for row in sheet.iter_rows() for one in row]
    texts = [one for one in cells if isinstance(one.value, str)]
    assert len(texts) > 50
    assert {one.data_type for one in texts} == {"s"}
    assert not [one.value for one in texts if one.value.startswith(("=", "+", "-", "@", "\t", "\r"))]
