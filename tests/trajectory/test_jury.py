"""Does every school get jurors without a tie, with the work shared as evenly as an independent solve can?"""

from __future__ import annotations

import random

import pytest

from matcher.domain.errors import InvalidValueError
from matcher.engine.choice.jurors import share_jurors
from matcher.trajectory.jury import assign_jury, jury_faults, open_readings
from matcher.trajectory.tie_draw import fixed_draw
from tests.trajectory.independent import fairest_by_highs
from tests.trajectory.making import a_juror


def a_random_question(seed: int) -> tuple[list[tuple[int, int, int]], int, int, int, int]:
    dice = random.Random(seed)  # noqa: S311
    schools, jurors = dice.randint(1, 8), dice.randint(1, 8)
    allowed = [
        (school, juror, dice.getrandbits(32))
        for school in range(schools)
        for juror in range(jurors)
        if dice.random() < dice.choice((0.4, 0.9))
    ]
    return allowed, schools, jurors, dice.randint(1, 4), dice.randint(1, 6)


@pytest.mark.parametrize("batch", range(10))
def test_sharing_equals_highs(batch: int) -> None:
    for seed in range(batch * 20, batch * 20 + 20):
        question = a_random_question(seed)
        shared = share_jurors(*question)
        draws = {(school, juror): number for school, juror, number in question[0]}
        assert set(shared.pairs) <= set(draws)
        total = sum(draws[pair] for pair in shared.pairs)
        ours = shared.missing, shared.missing_squares, shared.load_squares, total
        assert ours == fairest_by_highs(*question)


@pytest.mark.parametrize("batch", range(10))
def test_assignment_with_declared_ties_equals_highs(batch: int) -> None:
    missing = set()
    for seed in range(batch * 20, batch * 20 + 20):
        dice = random.Random(seed)  # noqa: S311
        schools = [f"S{number}" for number in range(dice.randint(1, 7))]
        jurors = [
            a_juror(number, *(one for one in schools if dice.random() < dice.choice((0.1, 0.6))))
            for number in range(dice.randint(0, 6))
        ]
        readings, most = dice.randint(1, 4), dice.choice((None, 1, 2, 3))
        plan = assign_jury(schools, jurors, readings, most, seed)
        assert jury_faults(plan.pairs, jurors) == ()
        free = [
            (row, column, fixed_draw(school, one.id, seed=seed))
            for row, school in enumerate(schools)
            for column, one in enumerate(jurors)
            if school not in one.ties
        ]
        best = fairest_by_highs(free, len(schools), len(jurors), readings, most or len(schools))
        lacks = [readings - sum(one == school for one, _ in plan.pairs) for school in schools]
        draws = sum(fixed_draw(school, juror, seed=seed) for school, juror in plan.pairs)
        squares = [sum(number**2 for number in numbers) for numbers in (lacks, plan.loads.values())]
        assert (plan.missing, *squares, draws) == best
        missing.add(plan.missing > 0)
    assert missing == {False, True}


def test_tie_is_never_assigned_and_work_is_even() -> None:
    jurors = [a_juror(1, "S1", "S2"), a_juror(2), a_juror(3), a_juror(4)]
    plan = assign_jury(["S1", "S2", "S3", "S4"], jurors, readings=2)
    assert jury_faults(plan.pairs, jurors) == ()
    assert (plan.missing, plan.loads) == (0, {"J1": 2, "J2": 2, "J3": 2, "J4": 2})
    assert ("S1", "J1") not in plan.pairs


def test_school_short_of_jurors_says_who_has_a_tie() -> None:
    plan = assign_jury(["S1", "S2"], [a_juror(1, "S1"), a_juror(2)], readings=2)
    assert plan.missing == 1
    assert plan.notes == ("School S1 mist 1 jurylid. Een band met de school hebben Jurylid 1.",)


def test_jury_that_is_too_small_spreads_what_is_missing() -> None:
    plan = assign_jury(["S1", "S2", "S3"], [a_juror(1), a_juror(2)], readings=2, most=2)
    assert plan.missing == 2
    assert [note.count("mist 1 jurylid") for note in plan.notes] == [1, 1]


def test_without_jurors_everything_is_missing() -> None:
    assert assign_jury(["S1"], [], readings=3).missing == 3
    assert assign_jury([], [a_juror(1)]).pairs == ()


def test_faults_name_ties_and_strangers() -> None:
    told = jury_faults([("S1", "J1"), ("S2", "J9")], [a_juror(1, "S1")])
    assert told == ("Jurylid 1 heeft een band met school S1: bestuurder.", "J9 zit niet in de jury.")


def test_doubles_and_zero_are_refused() -> None:
    for schools, jurors, readings in (
        (["S1", "S1"], [a_juror(1)], 1),
        (["S1"], [a_juror(1)], 0),
        (["S1"], [a_juror(1)], 51),
    ):
        with pytest.raises(InvalidValueError):
            assign_jury(schools, jurors, readings)


def test_order_of_names_changes_nothing() -> None:
    schools, jurors = ["S1", "S2", "S3"], [a_juror(1), a_juror(2, "S3"), a_juror(3)]
    assert assign_jury(schools, jurors, 2) == assign_jury(schools[::-1], jurors[::-1], 2)


def test_open_readings_are_those_not_scored() -> None:
    plan = assign_jury(["S1", "S2"], [a_juror(1), a_juror(2)], readings=1)
    assert open_readings(plan, plan.pairs[:1]) == plan.pairs[1:]
    assert open_readings(plan, []) == plan.pairs


def test_notes_use_the_names_of_schools() -> None:
    plan = assign_jury({"S1": "Atheneum"}, [a_juror(1)], readings=2)
    assert plan.notes == ("School Atheneum mist 1 jurylid.",)
