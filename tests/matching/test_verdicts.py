"""Are verdicts over whole arrays what the rules say of each pair?"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matcher.criteria import criteria
from matcher.criteria.base import Judgement
from matcher.criteria.minutes import minutes_between
from matcher.domain.policy import MAX_MINUTES, MAX_WEIGHT, Policy
from matcher.domain.position import Position
from matcher.domain.travel import UNREACHABLE, RoadTimes
from matcher.domain.vocabulary import FIELDS, FLEMISH_PROVINCES, HALF_DAYS, LABEL_CRITERIA, SCHOOL_TYPES
from matcher.matching.means import EXACT_BELOW, Means
from matcher.matching.verdicts import Verdicts, judge
from tests.builders import a_mentor, a_round, a_school
from tests.oracle_points import minutes_of, points_of, vetoes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matcher.domain.mentor import Mentor
    from matcher.domain.round import Round
    from matcher.domain.school import School


def _some(rng: random.Random, of: tuple[str, ...], least: int = 1) -> tuple[str, ...]:
    chosen = set(rng.sample(of, rng.randint(least, min(len(of), 4))))
    return tuple(one for one in of if one in chosen)


def _random_round(seed: int) -> Round:
    rng = random.Random(seed)  # noqa: S311 - a test's own numbers
    places = [Position(50.7 + rng.random() * 0.6, 2.8 + rng.random() * 2.9) for _ in range(6)]
    schools: list[School] = [
        a_school(
            number,
            position=rng.choice(places),
            province=rng.choice(FLEMISH_PROVINCES),
            school_types=_some(rng, SCHOOL_TYPES),
            fields=_some(rng, tuple(FIELDS)),
            half_days=_some(rng, HALF_DAYS),
            baseline={name: rng.randint(0, 4) for name in rng.sample(LABEL_CRITERIA, rng.choice([0, 5, 21]))},
            not_with=("M002",) if rng.random() < 0.2 else ("Bedrijf 3",) if rng.random() < 0.2 else (),
        )
        for number in range(1, 9)
    ]
    mentors: list[Mentor] = [
        a_mentor(
            number,
            position=rng.choice(places),
            sectors=_some(rng, ("chemie", "bouw", "ict", "agro", "overige", "zorg")),
            provinces=_some(rng, FLEMISH_PROVINCES, 0),
            school_types=_some(rng, SCHOOL_TYPES, 0),
            half_days=_some(rng, HALF_DAYS),
            max_minutes=rng.choice([None, 15, 35, 40, 41, 47, 90, 240]),
            offer=tuple(sorted(rng.sample(range(1, 8), rng.randint(0, 3)))),
            not_with=("S001",) if rng.random() < 0.2 else (),
        )
        for number in range(1, 12)
    ]
    weights = {"sector": rng.randint(1, 9), "needs": rng.randint(0, 7)} if rng.random() < 0.5 else {}
    policy = Policy(weights=weights, min_half_days=rng.randint(0, 2), max_minutes=rng.choice([30, 60, 75]))
    roads = _roads(rng, places) if seed % 3 == 0 else None
    return a_round(schools, mentors, policy=policy, roads=roads)


def _roads(rng: random.Random, places: Sequence[Position]) -> RoadTimes:
    """Make road times in an order of their own, a few of them where no road leads."""
    places = sorted(set(places), key=lambda _: rng.random())
    table = [[rng.choice([*range(5, 100, 7), UNREACHABLE]) for _ in places] for _ in places]
    return RoadTimes("OSRM", tuple(places), tuple(reversed(places)), np.array(table, dtype=np.int32))


def _vetoes(verdicts: Verdicts, row: int, column: int) -> set[str]:
    return {key for bit, key in enumerate(verdicts.keys) if verdicts.vetoes[row, column] >> bit & 1}


@pytest.mark.parametrize("seed", range(40))
def test_judge_equals_the_rules_restated_pair_by_pair(seed: int) -> None:
    given = _random_round(seed)
    verdicts = judge(given)
    for row, school in enumerate(given.schools):
        for column, mentor in enumerate(given.mentors):
            assert verdicts.minutes[row, column] == minutes_of(given, school, mentor)
            assert verdicts.points[row, column] == points_of(given, school, mentor)
            assert _vetoes(verdicts, row, column) == vetoes_of(given, school, mentor)


def test_judge_works_the_same_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    given = _random_round(3)
    whole = judge(given)
    monkeypatch.setattr("matcher.matching.verdicts.PAIRS_AT_ONCE", 24)
    assert judge(given).points.tolist() == whole.points.tolist()
    assert judge(given).vetoes.tolist() == whole.vetoes.tolist()


def test_points_round_half_to_even() -> None:
    policy = Policy(weights={"sector": 0, "travel": 0, "school_type": 1, "availability": 19, "needs": 0})
    school = a_school(school_types=("ASO", "TSO"), half_days=("ma-vm", "di-vm"))
    mentor = a_mentor(school_types=("TSO",), half_days=("ma-vm", "di-vm"))
    assert judge(a_round([school], [mentor], policy=policy)).points.tolist() == [[652]]
    policy = replace(policy, weights=policy.weights | {"school_type": 3, "availability": 17})
    assert judge(a_round([school], [mentor], policy=policy)).points.tolist() == [[636]]


def _judgement(numerator: list[list[int]], school: Sequence[int], mentor: Sequence[int]) -> Judgement:
    """Make a criterion's verdict with everybody in a class of their own."""
    return Judgement(
        school_class=np.arange(len(school)),
        mentor_class=np.arange(len(mentor)),
        numerator=np.array(numerator, dtype=np.int64),
        school_denominator=np.array(school, dtype=np.int64),
        mentor_denominator=np.array(mentor, dtype=np.int64),
    )


@pytest.mark.parametrize(("most", "kind"), [(9, np.float64), (300, np.float64), (1_300, np.object_)])
def test_means_round_exactly_whatever_the_denominators(most: int, kind: type) -> None:
    rng = random.Random(most)  # noqa: S311 - a test's own numbers
    schools, mentors = range(30), range(40)
    scored = []
    for weight in (3, 997):
        units = [[rng.randint(max(1, most - 400), most) for _ in one] for one in (schools, mentors)]
        above = [[rng.randint(0, 100 * units[0][row] * units[1][column]) for column in mentors] for row in schools]
        scored.append((_judgement(above, *units), weight))
    means = Means(scored, (30, 40))
    assert means.kind is kind
    points = means.points(slice(0, 30)).tolist()
    for row in schools:
        for column in mentors:
            assert points[row][column] == round(sum(_share(one, weight, row, column) for one, weight in scored) / 100)


def test_largest_weights_and_denominators_of_our_criteria_are_exact_in_doubles() -> None:
    given = a_round(
        [a_school(school_types=SCHOOL_TYPES, baseline=dict.fromkeys(LABEL_CRITERIA, 0))],
        [a_mentor(max_minutes=MAX_MINUTES, offer=(1,))],
    )
    judged = [one.judge(given, minutes_between(given)) for one in criteria()]
    assert Means([(one, MAX_WEIGHT) for one in judged], (1, 1)).kind is np.float64


def _share(judged: Judgement, weight: int, row: int, column: int) -> Fraction:
    assert judged.numerator is not None
    assert judged.school_denominator is not None
    assert judged.mentor_denominator is not None
    below = int(judged.school_denominator[row]) * int(judged.mentor_denominator[column])
    return Fraction(weight * int(judged.numerator[row, column]), below)


@pytest.mark.parametrize("beside", [-1, 0, 1])
@pytest.mark.parametrize("whole", [0, 1, 511, 512, 998, 999])
def test_means_beside_a_half_round_to_their_own_side(whole: int, beside: int) -> None:
    for below in (20, 1_000, EXACT_BELOW // 20 * 20 - 20, EXACT_BELOW // 20 * 20 + 20):
        tenth = below // 20 * (2 * whole + 1) + beside
        means = Means([(_judgement([[tenth]], [below], [1]), 1)], (1, 1))
        assert means.kind is (np.float64 if below < EXACT_BELOW else np.object_)
        assert means.points(slice(0, 1)).tolist() == [[round(Fraction(10 * tenth, below))]]


def test_a_pair_without_any_weight_has_no_points() -> None:
    only_needs = {"sector": 0, "travel": 0, "school_type": 0, "availability": 0, "needs": 5}
    schools = [a_school(1, baseline={"1.1": 0}), a_school(2)]
    given = a_round(schools, [a_mentor(1, offer=(1,)), a_mentor(2)], policy=Policy(weights=only_needs))
    assert judge(given).points.tolist() == [[1000, 0], [0, 0]]


def test_points_are_given_for_a_vetoed_pair_too() -> None:
    given = a_round([a_school()], [a_mentor(school_types=("KSO",))])
    verdicts = judge(given)
    assert not verdicts.allowed[0, 0]
    assert verdicts.points[0, 0] > 0


def test_judge_of_nobody_is_empty() -> None:
    assert judge(a_round([], [])).points.shape == (0, 0)
    assert judge(a_round(2, [])).allowed.shape == (2, 0)
