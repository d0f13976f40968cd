"""Do the shares of the criteria add up to a pair's points, for every pair?"""

from __future__ import annotations

from fractions import Fraction

import pytest

from matcher.matching.verdicts import judge
from matcher.questions.point_shares import shares
from tests.builders import a_mentor, a_round, a_school
from tests.random_rounds import random_round


@pytest.mark.parametrize("seed", range(8))
def test_shares_add_up_to_the_points_of_the_plan(seed: int) -> None:
    given = random_round(seed, 4, 5)
    points = judge(given).points
    for row, school in enumerate(given.schools):
        for column, mentor in enumerate(given.mentors):
            found = shares(given, school.id, mentor.id)
            assert sum(one.points for one in found) == points[row, column]
            weighed = sum(one.weight for one in found if one.score is not None)
            for one in found:
                exact = Fraction(0) if one.score is None else 10 * one.score * one.weight / weighed
                assert abs(one.points - exact) <= 1


def test_criterion_without_data_has_no_score_and_no_share() -> None:
    given = a_round([a_school(1)], [a_mentor(1)])
    found = {one.key: one for one in shares(given, "S001", "M001")}
    assert found["needs"].score is None  # no baseline, no offer
    assert found["needs"].points == 0
    assert found["sector"].score is not None
