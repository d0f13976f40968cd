"""Do seasons and years survive being written and read, and is anything else refused?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from matcher.domain.absence import Absence
from matcher.domain.document import dumps, loads
from matcher.domain.errors import DocumentError, InvalidValueError
from matcher.domain.period import Hours, Period, Window
from matcher.domain.plan import Conflict, Goal
from matcher.domain.season import Pin, SessionRound
from matcher.domain.season_document import (
    season_from_document,
    season_hash,
    season_to_document,
    year_from_document,
    year_to_document,
)
from matcher.domain.travel import RoadTimes
from matcher.domain.year import Rung
from tests.season_builders import GENT, a_guide, a_host, a_participant, a_season, a_session, a_year

AWAY = Period(date(2027, 1, 20), date(2027, 1, 21), "nm", "studiedag")
SESSION = a_session(
    mentors=("M001",), theme="leerplan", uid="u1", sequence=2, revised=datetime(2026, 11, 23, 9, tzinfo=UTC)
)
YEAR = a_year(
    SESSION,
    goals=(Goal("left_out", 0, 0, proven=True), Goal("themes", (1, 2), None, proven=False)),
    absences=(Absence("S003", 1, "verbouwing"),),
    cancelled=(replace(SESSION, uid="u2"),),
    ladder=(Rung(0, 60, 400, proven=True),),
    conflict=Conflict("Dat kan niet.", rules=("spreiding",), remedies=("Schrap een ronde.",)),
    versions={"in2stem": "0.1.0"},
    notes=("Vijf rondes zonder herhaling bestaan.",),
)
SEASON = a_season(
    participants=[
        a_participant(1, unavailable=(AWAY,), exams=(AWAY,), mentors=("M001",), themes=("leerplan",)),
        a_participant(2, exams=()),
        a_participant(3),
    ],
    hosts=[a_host(1, unavailable=(AWAY,)), a_host("S001", kind="school")],
    guides=(a_guide(1, unavailable=(AWAY,), half_days=("wo-nm",)),),
    free=(AWAY,),
    pins=(Pin(round=1, schools=("S001",), host="H001", day=date(2027, 1, 13), half_day="wo-nm", reason="rector"),),
    absences=(Absence("S003", 1, "verbouwing"),),
    history={("S001", "S002"): 2, ("S001", "X"): 1},
    previous=YEAR,
    today=date(2027, 1, 4),
    morning=Hours(time(8, 30), time(11)),
)


def test_season_comes_back_as_it_went() -> None:
    assert season_from_document(loads(dumps(season_to_document(SEASON)))) == SEASON


def test_year_comes_back_as_it_went() -> None:
    assert year_from_document(loads(dumps(year_to_document(YEAR)))) == YEAR


def test_year_names_its_format_and_writes_days_as_iso() -> None:
    document = json.loads(dumps(year_to_document(YEAR)))
    assert document["format"] == "in2stem-sessions/1"
    session = document["sessions"][0]
    assert (session["day"], session["start"], session["revised"]) == (
        "2027-01-13",
        "13:30:00",
        "2026-11-23T09:00:00+00:00",
    )


def test_season_with_road_times_comes_back() -> None:
    roads = RoadTimes("osrm", (GENT,), (GENT,), np.array([[7]], dtype=np.int32))
    back = season_from_document(season_to_document(a_season(roads=roads)))
    assert back.roads is not None
    assert back.roads.minutes.tolist() == [[7]]


def test_hash_tells_seasons_apart_and_not_the_order_of_rows() -> None:
    turned = replace(SEASON, participants=SEASON.participants[::-1], history=dict(reversed(SEASON.history.items())))
    assert season_hash(turned) == season_hash(SEASON)
    assert season_hash(replace(SEASON, spacing_days=14)) != season_hash(SEASON)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"format": "in2stem-plan/1"}, "/format"),
        ({"season": 3}, "/season"),
        ({"status": "good"}, "/status"),
        ({"extra": 1}, "/extra"),
        ({"sessions": [{}]}, "/sessions/0/round"),
    ],
)
def test_wrong_year_is_refused_at_its_place(change: dict[str, object], pointer: str) -> None:
    with pytest.raises(DocumentError) as caught:
        year_from_document(year_to_document(YEAR) | change)
    assert caught.value.pointer == pointer


@pytest.mark.parametrize("day", ["13/01/2027", "2027-02-30", "20270113", 20270113, None, "2027-01-13T00:00:00"])
def test_day_that_is_not_iso_is_refused(day: object) -> None:
    document = json.loads(dumps(year_to_document(YEAR)))
    document["sessions"][0]["day"] = day
    with pytest.raises(DocumentError) as caught:
        year_from_document(document)
    assert caught.value.pointer == "/sessions/0/day"


@pytest.mark.parametrize(
    "history", [{}, [["a", "b"]], [["a", "b", 0]], [["b", "a", 1]], [["a", "b", True]], [["a", "b", 1]] * 2]
)
def test_history_that_counts_no_meetings_is_refused(history: object) -> None:
    with pytest.raises(DocumentError):
        season_from_document(season_to_document(SEASON) | {"history": history})


@pytest.mark.parametrize("document", [None, [], 3, {}])
def test_what_is_no_object_is_no_season(document: object) -> None:
    with pytest.raises(DocumentError):
        season_from_document(document)


@pytest.mark.parametrize(
    "change",
    [
        {"participants": (a_participant(1), a_participant(1))},
        {"hosts": (a_host(1), a_host(1))},
        {"participants": (a_participant(1, mentors=("M009",)),)},
        {"pins": (Pin(round=4),)},
        {"pins": (Pin(round=1, host="H009"),)},
        {"absences": (Absence("S009", 1, ""),)},
        {"history": {("S002", "S001"): 1}},
        {"half_days": ("za-vm",)},
        {"spacing_days": -1},
        {"stamp": datetime(2026, 11, 23)},  # noqa: DTZ001 - the very mistake
        {"previous": a_year(season="another")},
    ],
)
def test_season_that_can_not_be_meant_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        a_season(**change)  # type: ignore[arg-type]


def test_values_that_can_not_be_meant_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="eindigt voor"):
        Period(date(2027, 1, 2), date(2027, 1, 1))
    with pytest.raises(InvalidValueError, match="eindigt voor"):
        Window(date(2027, 1, 2), date(2027, 1, 1))
    with pytest.raises(InvalidValueError, match="Groepen van 7 tot 6"):
        SessionRound(number=1, window=Window(date(2027, 1, 1), date(2027, 1, 2)), smallest=7, largest=6)
    with pytest.raises(InvalidValueError, match="kan niet"):
        Hours(time(14), time(13))
    with pytest.raises(InvalidValueError, match="valt niet op wo-nm"):
        Pin(round=1, day=date(2027, 1, 14), half_day="wo-nm")
