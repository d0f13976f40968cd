"""Do minutes become points as the curve says?"""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from geopy.distance import great_circle

from matcher.criteria.minutes import minutes_between
from matcher.criteria.travel import CRITERION, travel_scores
from matcher.domain.great_circle import great_circle_km
from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.travel import UNREACHABLE, RoadTimes
from matcher.matching.verdicts import explain_pair, judge, objections
from tests.builders import GENT, a_mentor, a_round, a_school
from tests.criteria.judging import told, verdict

BRUGGE = Position(51.2093, 3.2247)


@pytest.mark.parametrize(
    ("limit", "minutes", "score"),
    [
        (60, 0, 100),
        (60, 20, 100),
        (60, 30, 75),
        (60, 40, 50),
        (60, 50, 25),
        (60, 60, 0),
        (60, 90, 0),
        (41, 41, 0),
        (41, 40, 50),
        (90, 41, 49),
        (40, 20, 100),
        (40, 30, 50),
        (40, 40, 0),
        (15, 7, 100),
        (15, 9, 80),
        (1, 0, 100),
        (1, 1, 0),
    ],
)
def test_curve_falls_from_100_to_nothing_at_the_limit(limit: int, minutes: int, score: int) -> None:
    above, below = travel_scores(np.array([[minutes]]), np.array([limit]))
    assert Fraction(int(above[0, 0]), int(below[0])) == score


def test_great_circle_is_geopy_s() -> None:
    rng = random.Random(7)  # noqa: S311 - a test's own numbers
    near = [Position(50.7 + rng.random() * 0.7, 2.5 + rng.random() * 3.5) for _ in range(40)]
    far = [Position(rng.uniform(-60, 60), rng.uniform(-60, 60)) for _ in range(10)]
    places = [*near, Position(near[0].latitude, near[0].longitude + 1e-4), *far]
    found = great_circle_km(places, places)
    for row, one in enumerate(places):
        for column, other in enumerate(places):
            expected = great_circle((one.latitude, one.longitude), (other.latitude, other.longitude)).km
            assert found[row, column] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_limit_is_the_mentor_s_own_else_the_policy_s() -> None:
    school = a_school(position=BRUGGE)
    assert verdict(CRITERION, school, a_mentor()) == (True, 40)
    assert verdict(CRITERION, school, a_mentor(max_minutes=80)) == (True, 45)
    assert verdict(CRITERION, school, a_mentor(), Policy(max_minutes=80)) == (True, 45)
    assert verdict(CRITERION, school, a_mentor(max_minutes=30)) == (True, 0)
    older = Policy(speed_kmh=50)
    assert verdict(CRITERION, school, a_mentor(), older) == (True, 0)
    assert verdict(CRITERION, school, a_mentor(max_minutes=80), older) == (True, 25)


def test_detour_and_speed_are_the_older_policy_s() -> None:
    assert verdict(CRITERION, a_school(position=BRUGGE), a_mentor(), Policy(speed_kmh=100)) == (True, 75)


def test_sentence_says_whether_the_minutes_are_an_estimate() -> None:
    assert told(CRITERION, a_school(position=BRUGGE), a_mentor()) == ("44 minuten rijden (schatting).", "")
    near = "44 minuten rijden (schatting, dicht bij de grens van 50)."
    assert told(CRITERION, a_school(position=BRUGGE), a_mentor(max_minutes=50)) == (near, "")
    older = told(CRITERION, a_school(position=BRUGGE), a_mentor(), Policy(speed_kmh=50))
    assert older == ("60 minuten rijden (schatting).", "")
    roads = RoadTimes("OSRM", (GENT,), (BRUGGE,), np.array([[44]], dtype=np.int32))
    given = a_round([a_school(position=BRUGGE)], [a_mentor()], roads=roads)
    minutes = int(minutes_between(given).table[0, 0])
    assert CRITERION.explain(given, given.schools[0], given.mentors[0], minutes) == "44 minuten rijden."
    assert CRITERION.explain(given, given.schools[0], given.mentors[0], 1) == "1 minuut rijden."


def test_sentences_say_that_no_road_was_found() -> None:
    roads = RoadTimes("OSRM", (GENT,), (BRUGGE,), np.array([[UNREACHABLE]], dtype=np.int32))
    given = a_round([a_school(position=BRUGGE)], [a_mentor()], roads=roads)
    verdicts = judge(given)
    minutes = int(verdicts.minutes[0, 0])
    assert not verdicts.allowed[0, 0]
    told = "Er is geen weg naar de school gevonden."
    assert explain_pair(given, given.schools[0], given.mentors[0], minutes)[1] == told
    assert objections(given, given.schools[0], given.mentors[0], minutes) == (("region", told),)
