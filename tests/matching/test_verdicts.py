"""Are verdicts over whole arrays what the rules say of each pair?"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from matcher.domain.policy import Policy
from matcher.domain.round import Mentor, Position, Round, School
from matcher.domain.vocabulary import FIELDS, FLEMISH_PROVINCES, HALF_DAYS, LABEL_CRITERIA, SCHOOL_TYPES
from matcher.matching.verdicts import Verdicts, judge
from tests.builders import a_mentor, a_round, a_school
from tests.oracle_points import minutes_of, points_of, vetoes_of


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
    return a_round(schools, mentors, policy=policy)


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
    monkeypatch.setattr("matcher.matching.verdicts.PAIRS_AT_ONCE", 13)
    assert judge(given).points.tolist() == whole.points.tolist()
    assert judge(given).vetoes.tolist() == whole.vetoes.tolist()


def test_points_round_half_to_even() -> None:
    policy = Policy(weights={"sector": 0, "travel": 0, "school_type": 1, "availability": 19, "needs": 0})
    school = a_school(school_types=("ASO", "TSO"), half_days=("ma-vm", "di-vm"))
    mentor = a_mentor(school_types=("TSO",), half_days=("ma-vm", "di-vm"))
    assert judge(a_round([school], [mentor], policy=policy)).points.tolist() == [[652]]
    policy = replace(policy, weights=policy.weights | {"school_type": 3, "availability": 17})
    assert judge(a_round([school], [mentor], policy=policy)).points.tolist() == [[636]]


def test_points_are_given_for_a_vetoed_pair_too() -> None:
    given = a_round([a_school()], [a_mentor(school_types=("KSO",))])
    verdicts = judge(given)
    assert not verdicts.allowed[0, 0]
    assert verdicts.points[0, 0] > 0


def test_judge_of_nobody_is_empty() -> None:
    assert judge(a_round([], [])).points.shape == (0, 0)
    assert judge(a_round(2, [])).allowed.shape == (2, 0)
