"""Are contradicting agreements told as the smallest set at fault, in words?"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from matcher.domain.lock import Lock
from matcher.domain.policy import Policy
from matcher.matching.assign import assign
from tests.builders import a_mentor, a_round, a_school, forbidden, required
from tests.random_rounds import random_round

if TYPE_CHECKING:
    from matcher.domain.round import Round


def test_required_and_forbidden_at_once_name_both() -> None:
    plan = assign(a_round(2, 3, locks=(required("S001", "M001"), forbidden("S001", "M001"))))
    assert plan.status == "conflict"
    assert plan.conflict.sentence == "M001 bij School 1 is tegelijk vast en verboden."
    assert len(plan.conflict.locks) == 2


def test_more_required_than_a_mentor_can_names_one_more_than_the_room() -> None:
    locks = tuple(required(f"S00{n}", "M001") for n in (1, 2, 3))
    plan = assign(a_round(3, 3, locks=locks))
    assert (
        plan.conflict.sentence == "Vastgelegd zijn M001 bij School 1, M001 bij School 2, maar M001 kan er hoogstens 1."
    )
    assert len(plan.conflict.locks) == 2


def test_required_on_a_withdrawn_mentor_names_the_withdrawal() -> None:
    given = a_round(2, 3, locks=(required("S001", "M001"),), withdrawn={"M001": "nieuwe job"})
    assert "is uitgevallen" in assign(given).conflict.sentence


def test_required_against_a_veto_tells_the_veto_and_override_lifts_it() -> None:
    mentors = [a_mentor(1, school_types=("KSO",)), a_mentor(2)]
    given = a_round([a_school(1)], mentors, locks=(required("S001", "M001"),))
    assert "wil KSO" in assign(given).conflict.sentence
    lifted = assign(replace(given, locks=(Lock("S001", "M001", "required", "kent de school", override=True),)))
    assert [(pair.mentor, pair.locked, pair.overridden) for pair in lifted.pairs] == [("M001", True, True)]


def test_two_required_of_one_company_at_a_school_are_a_conflict() -> None:
    mentors = [a_mentor(n, company="Staal", company_key="staal") for n in (1, 2)]
    school = a_school(1, mentors_wanted=2)
    plan = assign(a_round([school], mentors, locks=(required("S001", "M001"), required("S001", "M002"))))
    assert plan.conflict.rules == ("company_once",)


def test_required_against_a_rule_of_the_policy_names_the_rule() -> None:
    mentors = [a_mentor(1, half_days=("ma-vm",)), a_mentor(2, half_days=("di-vm",)), a_mentor(3)]
    given = a_round(
        [a_school(1, mentors_wanted=3)],
        mentors,
        policy=Policy(share_half_day=True),
        locks=(required("S001", "M001"), required("S001", "M002"), required("S001", "M003")),
    )
    conflict = assign(given).conflict
    assert conflict.rules == ("share_half_day",)
    assert {lock.mentor for lock in conflict.locks} == {"M001", "M002"}


@pytest.mark.parametrize("seed", range(60))
def test_leaving_out_any_member_of_a_conflict_makes_the_rest_possible(seed: int) -> None:
    given = _overlocked(seed)
    conflict = assign(given).conflict
    if conflict is None:
        return
    for fewer in combinations(conflict.locks, len(conflict.locks) - 1):
        assert assign(replace(given, locks=fewer)).conflict is None
    assert assign(replace(given, locks=conflict.locks)).conflict is not None


def _overlocked(seed: int) -> Round:
    """Make a round with far more agreements than can hold."""
    given = random_round(seed, 6, 10)
    mentors, schools = given.mentors, given.schools
    locks = tuple(
        Lock(schools[(seed + n) % len(schools)].id, mentors[(seed * 7 + 3 * n) % len(mentors)].id, kind)
        for n, kind in enumerate(("required", "required", "forbidden", "required", "required", "required"))
    )
    return replace(given, locks=locks)
