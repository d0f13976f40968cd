"""Does a pair say so when an estimate close to the limit alone makes it possible or not?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from matcher.domain.policy import Policy
from matcher.domain.position import Position
from matcher.domain.travel import RoadTimes
from matcher.matching.by_estimate import CloseCall, close_calls, decided_by_estimate
from matcher.matching.verdicts import judge
from tests.builders import GENT, a_mentor, a_round, a_school

BRUGGE = Position(51.2093, 3.2247)
"""44 minutes from Gent by our estimate."""


@pytest.mark.parametrize(("limit", "hangs"), [(38, False), (39, True), (43, True), (44, True), (51, True), (52, False)])
def test_pair_hangs_on_an_estimate_within_15_percent_of_the_limit(limit: int, *, hangs: bool) -> None:
    given = a_round([a_school(position=BRUGGE)], [a_mentor(max_minutes=limit)])
    assert decided_by_estimate(given, judge(given)).tolist() == [[hangs]]


@pytest.mark.parametrize(
    "changed", [{"half_days": ("vr-nm",)}, {"provinces": ("Limburg",)}, {"school_types": ("KSO",)}], ids=str
)
def test_pair_that_something_else_keeps_apart_does_not_hang_on_it(changed: dict[str, object]) -> None:
    for limit in (40, 48):
        given = a_round([a_school(position=BRUGGE)], [a_mentor(max_minutes=limit, **changed)])
        assert not decided_by_estimate(given, judge(given)).any()


def test_road_time_and_the_older_formula_decide_without_a_mark() -> None:
    given = a_round([a_school(position=BRUGGE)], [a_mentor(max_minutes=45)])
    roads = RoadTimes("OSRM", (GENT,), (BRUGGE,), np.array([[44]], dtype=np.int32))
    elsewhere = RoadTimes("OSRM", (BRUGGE,), (BRUGGE,), np.array([[0]], dtype=np.int32))
    older = replace(given, policy=Policy(speed_kmh=70))
    marked = [replace(given, roads=roads), older, replace(given, roads=elsewhere), given]
    assert [bool(decided_by_estimate(one, judge(one)).any()) for one in marked] == [False, False, True, True]


def test_close_calls_are_told_closest_first_of_mentors_who_take_part() -> None:
    mentors = [a_mentor(1, max_minutes=50), a_mentor(2, max_minutes=43), a_mentor(3, max_minutes=44, max_schools=0)]
    given = a_round([a_school(1, position=BRUGGE), a_school(2)], mentors)
    found = close_calls(given, judge(given))
    assert found == (CloseCall("S001", "M002", 44, 43), CloseCall("S001", "M001", 44, 50))
    assert [one.possible for one in found] == [False, True]
