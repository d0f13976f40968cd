"""Does a coordinator read why each school was chosen or not, and which limits contradict?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from matcher.domain.document import dumps, loads
from matcher.domain.errors import InvalidValueError
from matcher.engine.choice.selection import Aim, Best, Row, Small, best_of
from matcher.trajectory.applications import Application, State, move_application
from matcher.trajectory.candidates import SelectionPolicy, SelectionPool, pool_of
from matcher.trajectory.selection import replace_school, select_schools, selection_from_document, selection_to_document
from matcher.trajectory.selection_words import reason_in, reason_out
from matcher.trajectory.tie_draw import fixed_draw
from tests.builders import a_school
from tests.trajectory.making import NOON, a_candidate, a_limit, a_random_pool, an_application

WEST = tuple(a_candidate(number, province="West-Vlaanderen") for number in range(1, 5))
ELSEWHERE = tuple(a_candidate(number, province="Limburg") for number in range(5, 8))


def a_pool(seats: int = 4, **changes: object) -> SelectionPool:
    limits = changes.pop("limits", ())
    policy = SelectionPolicy(seats=seats, limits=limits, **changes)  # type: ignore[arg-type]
    return SelectionPool(candidates=WEST + ELSEWHERE, policy=policy)


def one_step(application: Application, state: State) -> Application:
    return move_application(application, state, NOON)


def test_full_limit_is_told() -> None:
    pool = a_pool(4, limits=(a_limit("West-Vlaanderen", "most", 2),))
    told = [one.reason for one in select_schools(pool).choices if one.school in {"S001", "S002", "S003", "S004"}]
    assert sum("West-Vlaanderen had al 2 van hoogstens 2." in one for one in told) == 2


def test_lower_limit_that_needs_a_school_is_told() -> None:
    pool = a_pool(2, limits=(a_limit("Limburg", "least", 1), a_limit("West-Vlaanderen", "least", 1)))
    pool = replace(pool, candidates=WEST + ELSEWHERE[:1])
    told = {one.school: one.reason for one in select_schools(pool).choices}
    assert told["S005"] == "Onmisbaar voor een ondergrens: ten minste 1 uit Limburg."


def test_priority_goes_first_and_is_told() -> None:
    first = a_candidate(9, province="West-Vlaanderen", priority=7)
    pool = SelectionPool(candidates=(*WEST[:3], first), policy=SelectionPolicy(seats=1))
    selection = select_schools(pool)
    assert selection.chosen == ("S009",)
    assert selection.choices[-1].reason == "Met 7 punten voorrang; zonder deze school waren er samen 0 in plaats van 7."
    assert selection.choices[0].reason == "Heeft 0 punten voorrang; met deze school waren er samen 0 in plaats van 7."


def test_balance_keeps_shares_of_the_applicants() -> None:
    pool = SelectionPool(candidates=(*WEST, a_candidate(9, province="Limburg"), a_candidate(10, province="Limburg")))
    pool = replace(pool, policy=SelectionPolicy(seats=3))
    chosen = select_schools(pool).chosen
    assert sum(one in {"S001", "S002", "S003", "S004"} for one in chosen) == 2


def test_equals_are_drawn_by_their_ids_alone() -> None:
    pool = SelectionPool(candidates=WEST, policy=SelectionPolicy(seats=1))
    assert select_schools(pool).chosen == (min((one.id for one in WEST), key=fixed_draw),)
    assert "vaste loting" in select_schools(pool).choices[0].reason


def test_reason_that_took_too_long_says_so() -> None:
    pool, chosen = a_pool(), {WEST[0].id}
    for tell in (reason_in, reason_out):
        told = tell(pool, WEST[0], chosen, Best("proven"), Best("unknown"))
        assert told == "De reden is niet uitgerekend: de rekentijd was op."


def test_waiting_list_is_in_order_of_priority_then_draw() -> None:
    pool = SelectionPool(
        candidates=(*WEST, a_candidate(9, priority=3)), policy=SelectionPolicy(seats=1, waiting_places=2)
    )
    selection = select_schools(pool)
    assert selection.chosen == ("S009",)
    order = sorted((one.id for one in WEST), key=fixed_draw)
    assert selection.waiting == tuple(order[:2])
    assert sum(one.outcome == "not_chosen" for one in selection.choices) == 2


def test_contradicting_limits_are_named_with_ways_out_that_work() -> None:
    limits = (a_limit("Limburg", "least", 2), a_limit("West-Vlaanderen", "least", 2))
    limits = (*limits, a_limit("TSO", "most", 9, "school_type"))
    selection = select_schools(a_pool(3, limits=limits))
    assert selection.conflict is not None
    assert selection.conflict.sentence == (
        "Met 3 plaatsen kan dit niet samen: ten minste 2 uit Limburg; ten minste 2 uit West-Vlaanderen."
    )
    assert selection.conflict.remedies == (
        "Laat los: ten minste 2 uit Limburg.",
        "Laat los: ten minste 2 uit West-Vlaanderen.",
    )
    for dropped in limits[:2]:
        kept = tuple(one for one in limits if one != dropped)
        assert select_schools(a_pool(3, limits=kept)).status == "proven"


def test_empty_seats_name_the_limits_that_keep_them_empty() -> None:
    limits = (a_limit("West-Vlaanderen", "most", 1), a_limit("Limburg", "most", 2))
    assert select_schools(a_pool(4, limits=limits)).notes == (
        "Er blijft 1 plaats leeg door: hoogstens 1 uit West-Vlaanderen; hoogstens 2 uit Limburg.",
    )


def test_fewer_applicants_than_seats_all_get_one() -> None:
    selection = select_schools(a_pool(20))
    assert len(selection.chosen) == 7
    assert selection.notes == ("Plaatsen: 20, voor 7 kandidaten: iedereen heeft een plaats.",)


def test_school_that_drops_out_is_replaced_and_all_others_stay() -> None:
    pool = a_pool(3, limits=(a_limit("West-Vlaanderen", "most", 2),))
    first = select_schools(pool)
    gone = first.chosen[0]
    second = replace_school(pool, first, gone)
    assert set(first.chosen) - {gone} <= set(second.chosen)
    assert gone not in second.chosen
    assert len(second.chosen) == 3
    assert {one.school: one.reason for one in second.choices}[gone] == "Doet niet meer mee."


def test_selection_survives_being_written() -> None:
    for pool in (a_random_pool(3, 8), a_pool(2, limits=(a_limit("Antwerpen", "least", 1),))):
        selection = select_schools(pool)
        assert selection_from_document(loads(dumps(selection_to_document(selection)))) == selection


def test_pool_takes_open_applications_with_the_ledger() -> None:
    confirmed = one_step(an_application(1, points=5, points_reason="kleine school"), "confirmed")
    accepted = one_step(one_step(an_application(3), "confirmed"), "accepted")
    pool = pool_of([confirmed, an_application(2), accepted], ledger={"S001": 4})
    assert [(one.id, one.priority) for one in pool.candidates] == [("S001", 9), ("S003", 0)]
    assert pool.required == ("S003",)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: a_limit("Mars", "most", 1),
        lambda: a_limit("Limburg", "most", -1),
        lambda: SelectionPolicy(seats=0),
        lambda: SelectionPolicy(seats=10**30),
        lambda: a_limit("Limburg", "least", 10**30),
        lambda: a_candidate(priority=-1),
        lambda: a_candidate(priority=10**30),
        lambda: SelectionPolicy(goals=("balance", "seats", "priority")),
        lambda: SelectionPolicy(limits=(a_limit("Limburg", "most", 1), a_limit("Limburg", "most", 2))),
        lambda: SelectionPool(candidates=(a_candidate(1), a_candidate(1))),
        lambda: SelectionPool(candidates=(a_candidate(1),), required=("S009",)),
        lambda: SelectionPool(candidates=(a_candidate(1),), required=("S001",), excluded=("S001",)),
    ],
)
def test_what_cannot_be_meant_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidValueError):
        wrong()  # type: ignore[operator]


def test_school_with_two_school_types_counts_in_both() -> None:
    both = a_school(1, school_types=("TSO", "BSO"))
    pool = pool_of([one_step(an_application(1, school=both), "confirmed")])
    limits = (a_limit("BSO", "most", 0, "school_type"),)
    assert select_schools(replace(pool, policy=SelectionPolicy(limits=limits))).chosen == ()


def test_goals_end_at_the_first_that_gets_another_value_than_elsewhere() -> None:
    both = ((0, 1), (1, 1))
    aims = Aim("many", both, most=True), Aim("first", ((0, 1),), most=True), Aim("second", ((1, 1),), most=True)
    best = best_of(Small((1, 1), (Row(0, both, 1),), aims))
    assert [(one.name, one.value) for one in best.reached] == [("many", 1), ("first", 1), ("second", 0)]
    without = Small((1, 1), (Row(0, both, 1), Row(0, ((0, 1),), 0)), aims)
    assert [one.value for one in best_of(without).reached] == [1, 0, 1]
    assert [one.value for one in best_of(without, until_other=best).reached] == [1, 0]
    assert best_of(Small((1, 1), (Row(0, both, 1),), aims), until_other=best) == best
