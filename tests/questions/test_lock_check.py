"""Is an agreement refused exactly where it can't hold beside the others?"""

from __future__ import annotations

from matcher.domain.policy import Policy
from matcher.questions.lock_check import lock_conflict
from tests.builders import a_mentor, a_round, a_school, forbidden, required


def test_agreement_that_can_hold_brings_no_conflict() -> None:
    given = a_round(locks=(required("S001", "M001"), forbidden("S002", "M001")))
    assert lock_conflict(given, required("S002", "M002")) is None


def test_pair_required_and_forbidden_is_a_conflict_of_two() -> None:
    conflict = lock_conflict(a_round(locks=(forbidden("S001", "M001"),)), required("S001", "M001"))
    assert conflict is not None
    assert conflict.sentence == "M001 bij School 1 is tegelijk vast en verboden."
    assert {lock.kind for lock in conflict.locks} == {"required", "forbidden"}


def test_second_school_of_a_mentor_with_one_place_is_a_conflict_of_two() -> None:
    conflict = lock_conflict(a_round(locks=(required("S001", "M001"),)), required("S002", "M001"))
    assert conflict is not None
    assert (conflict.rules, len(conflict.locks)) == (("mentor_room",), 2)


def test_limit_of_a_colleague_counts() -> None:
    mentors = [
        a_mentor(1, company_key="x"),
        a_mentor(2, company_key="x"),
        a_mentor(3, company_key="x", max_schools_company=1),
    ]
    conflict = lock_conflict(a_round(2, mentors, locks=(required("S001", "M001"),)), required("S002", "M002"))
    assert conflict is not None
    assert conflict.rules == ("company_limit",)


def test_withdrawn_mentor_can_not_be_agreed_on() -> None:
    conflict = lock_conflict(a_round(withdrawn={"M001": "ziek"}), required("S001", "M001"))
    assert conflict is not None
    assert "uitgevallen" in conflict.sentence


def test_quarrel_that_was_there_does_not_stop_another_agreement() -> None:
    given = a_round(locks=(required("S001", "M001"), forbidden("S001", "M001")))
    assert lock_conflict(given, required("S002", "M002")) is None
    assert lock_conflict(given) is not None


def test_rules_of_a_policy_are_left_to_the_solve() -> None:
    schools, mentors = [a_school(1, mentors_wanted=2)], [a_mentor(1), a_mentor(2, half_days=("vr-vm",))]
    given = a_round(schools, mentors, policy=Policy(share_half_day=True, min_half_days=0))
    assert lock_conflict(given, required("S001", "M001")) is None
