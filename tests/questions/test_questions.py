"""Do the questions about a plan get the answers that solving anew gives?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from matcher.domain.claim import Gains, Moves, WouldFit
from matcher.domain.errors import InvalidValueError
from matcher.domain.lock import Lock
from matcher.engine.flow.conflict import lacking
from matcher.matching.assign import assign
from matcher.matching.checker import check_plan
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.solved import Solved, find_mentor, find_school, solved
from matcher.matching.verdicts import judge
from matcher.questions.dropout import ladder, rerun
from matcher.questions.price import losses_between, price_of_lock, prices
from matcher.questions.resilience import drop_out_words, resilience
from matcher.questions.shortage import places_short, shortages
from matcher.questions.suggest import suggest
from matcher.questions.why import why, why_not
from tests.builders import a_mentor, a_round, a_school, forbidden, required
from tests.oracle import numbers_of
from tests.oracle_highs import best_by_highs
from tests.random_rounds import random_round

if TYPE_CHECKING:
    from matcher.domain.plan import Plan
    from matcher.domain.round import Round
from matcher.domain.policy import GOALS


def _ask(given: Round) -> Solved:
    return solved(given, assign(given))


def _solvable(seed: int, schools: int = 6, mentors: int = 11) -> Round:
    given = replace(random_round(seed, schools, mentors), locks=())
    return replace(given, policy=replace(given.policy, share_half_day=False, required_sectors=()))


@pytest.mark.parametrize("seed", range(25))
def test_price_of_every_pair_equals_the_plan_with_that_agreement(seed: int) -> None:
    asked = _ask(_solvable(seed))
    for price in prices(asked):
        forced = price_of_lock(asked, Lock(price.school, price.mentor, "required", "test"))
        assert price.possible
        assert dict(price.losses) == forced.losses


def test_price_of_an_agreement_tells_who_moves() -> None:
    mentors = [a_mentor(1), a_mentor(2, sectors=("overige",))]
    given = a_round([a_school(1), a_school(2)], mentors)
    asked = _ask(given)
    now = {pair.school: pair.mentor for pair in asked.plan.pairs}
    other = "M001" if now["S001"] == "M002" else "M002"
    price = price_of_lock(asked, Lock("S001", other, "required", "gevraagd"))
    assert [move.school for move in price.moves] == ["S001", "S002"]
    assert set(price.losses.values()) == {(0,), 0}


def test_price_of_a_contradicting_agreement_is_its_conflict() -> None:
    asked = _ask(a_round(2, 2, locks=(required("S001", "M001"),)))
    assert price_of_lock(asked, Lock("S002", "M001", "required", "gevraagd")).conflict is not None


def test_a_plan_of_other_data_is_refused() -> None:
    given = a_round(2, 3)
    plan = assign(given)
    with pytest.raises(InvalidValueError, match="niet van deze gegevens"):
        solved(a_round(2, 4), plan)


def test_find_tells_the_nearest_name() -> None:
    given = a_round([a_school(1, name="Atheneum Gent")], [a_mentor(1, first_name="Els", last_name="Claes")])
    assert find_school(given, "atheneum gent") == "S001"
    assert find_mentor(given, "els claes") == "M001"
    with pytest.raises(InvalidValueError, match="Bedoelde u «Els Claes»"):
        find_mentor(given, "Els Claas")


@pytest.mark.parametrize("seed", range(20))
def test_rerun_is_what_an_independent_solver_finds(seed: int) -> None:
    given = _solvable(seed)
    given = replace(given, policy=replace(given.policy, goals=GOALS))
    before = assign(given)
    if not before.pairs:
        return
    gone = before.pairs[0].mentor
    after = rerun(given, before, {gone: "ziek"})
    changed = replace(given, previous=before, withdrawn={gone: "ziek"})
    assert check_plan(changed, judge(changed), after) == ()
    assert after.proven
    assert gone not in {pair.mentor for pair in after.pairs}
    verdicts = judge(changed)
    tables = verdicts.allowed.tolist(), verdicts.points.tolist(), verdicts.minutes.tolist()
    assert {goal.name: goal.value for goal in after.goals} == best_by_highs(numbers_of(changed, *tables))


def test_ladder_climbs_to_the_best_plan_and_stops() -> None:
    for seed in range(12):
        given = _solvable(seed)
        before = assign(replace(given, policy=replace(given.policy, weights={"travel": 1000})))
        changed = replace(given, previous=before)
        rungs = ladder(changed)
        free = assign(replace(given, previous=None))
        assert rungs[0].plan == assign(changed)
        assert all(rung.plan.proven for rung in rungs)
        assert [rung.moves for rung in rungs] == sorted({rung.moves for rung in rungs})
        assert rungs[-1].plan.value("points") == free.value("points")
        assert rungs[-1].plan.value("worst_pair") == free.value("worst_pair")


@pytest.mark.parametrize("seed", range(30))
def test_resilience_equals_a_rerun_without_each_mentor(seed: int) -> None:
    given = _solvable(seed)
    mentors = tuple(replace(one, status="reserve") if n % 4 == seed % 4 else one for n, one in enumerate(given.mentors))
    asked = _ask(replace(given, mentors=mentors))
    if seed % 3 == 0 and asked.plan.pairs:
        pair = asked.plan.pairs[-1]
        asked = _ask(replace(asked.given, locks=(required(pair.school, pair.mentor),)))
    before = Counter(pair.school for pair in asked.plan.pairs)
    pairs = {(pair.school, pair.mentor) for pair in asked.plan.pairs}
    for one in resilience(asked).drop_outs:
        after = rerun(asked.given, asked.plan, {one.mentors[0]: "test"}, asked.facts.verdicts)
        now = {(pair.school, pair.mentor) for pair in after.pairs}
        assert one.open_places == (before - Counter(pair.school for pair in after.pairs)).total()
        assert one.moves == len([pair for pair in pairs - now if pair[1] != one.mentors[0]])
        assert one.points_lost == asked.plan.value("points") - after.value("points")
        assert one.worst_pair == after.value("worst_pair")
        assert one.colour == ("red" if one.open_places else "orange" if one.moves else "green")


def test_a_reserve_covers_a_drop_out_and_is_named() -> None:
    asked = _ask(a_round(1, [a_mentor(1), a_mentor(2, status="reserve"), a_mentor(3, status="reserve")]))
    (one,) = resilience(asked).drop_outs
    assert (one.open_places, one.colour) == (0, "green")
    after = rerun(asked.given, asked.plan, {"M001": "ziek"})
    assert after.value("reserves_used") == 1
    assert f"{after.pairs[0].mentor}, uit de reserve, neemt over bij School 1." in drop_out_words(asked, one)


def test_a_reserve_stands_by_while_somebody_else_can_come() -> None:
    given = a_round(1, [a_mentor(1), a_mentor(2), a_mentor(3, status="reserve", sectors=("technologie",))])
    before = _ask(given).plan
    gone = before.pairs[0].mentor
    after = rerun(given, before, {gone: "ziek"})
    assert after.value("reserves_used") == 0
    assert after.pairs[0].mentor == ({"M001", "M002"} - {gone}).pop()


@pytest.mark.parametrize("seed", range(15))
def test_standby_is_the_smallest_set_that_covers(seed: int) -> None:
    given = _solvable(seed, 5, 9)
    asked = _ask(given)
    found = resilience(asked).standby
    in_plan = sorted({pair.mentor for pair in asked.plan.pairs})
    spare = [one.id for one in given.mentors if one.id not in in_plan and one.status != "withdrawn"]
    needs = [one for one in in_plan if one not in found.uncovered]
    assert all(_covers(given, asked.plan, in_plan, spare, gone) == (gone in needs) for gone in in_plan)
    smallest = next(
        count
        for count in range(len(spare) + 1)
        for some in combinations(spare, count)
        if all(_covers(given, asked.plan, in_plan, some, gone) for gone in needs)
    )
    assert len(found.mentors) == smallest
    assert all(_covers(given, asked.plan, in_plan, found.mentors, gone) for gone in needs)


def _covers(given: Round, plan: Plan, in_plan: list[str], reserves: tuple[str, ...] | list[str], gone: str) -> bool:
    keep = {*in_plan, *reserves} - {gone}
    mentors = tuple(replace(one, status="active") for one in given.mentors if one.id in keep)
    limits = {one.company_key: one.max_schools_company for one in given.mentors if one.max_schools_company is not None}
    mentors = tuple(replace(one, max_schools_company=_limit(given, one.company_key, limits)) for one in mentors)
    left = assign(replace(given, mentors=mentors, previous=None, withdrawn={}))
    return left.value("places_filled") >= plan.value("places_filled")


def _limit(given: Round, company: str, limits: dict[str, int]) -> int | None:
    if company not in limits:
        return None
    return min(
        one.max_schools_company
        for one in given.mentors
        if one.company_key == company and one.max_schools_company is not None
    )


def test_drop_out_is_told_in_one_sentence() -> None:
    asked = _ask(a_round(2, 2))
    told = [drop_out_words(asked, one) for one in resilience(asked, two=1).drop_outs]
    assert told[0].startswith("Als M001 afhaakt: School ")
    assert " blijft zonder mentor. Het plan verliest " in told[0]


@pytest.mark.parametrize("seed", range(20))
def test_shortage_groups_are_minimal(seed: int) -> None:
    given = random_round(seed, 8, 5)
    facts = Facts(given, judge(given))
    if assign(given).conflict is not None:
        return
    problem, used, told = problem_of(facts), _rows([]), shortages(given)
    for found in told:
        rows = [facts.row[school] for school in found.schools]
        assert lacking(problem, _rows(rows), used) == found.asked - found.filled > 0
        for without in rows:
            assert lacking(problem, _rows([row for row in rows if row != without]), used) == 0
        used = _rows([*used.tolist(), *rows])
    assert sum(one.asked - one.filled for one in told) == places_short(given)


def _rows(rows: list[int]):  # noqa: ANN202
    import numpy as np  # noqa: PLC0415

    return np.array(rows, dtype=np.int64)


def test_shortage_remedies_fill_places_when_tried() -> None:
    given = a_round([a_school(1), a_school(2)], [a_mentor(1), a_mentor(2, half_days=("vr-nm",))])
    found = shortages(given)[0]
    assert (
        found.sentence
        == "2 scholen in Oost-Vlaanderen (School 1, School 2) vragen samen 2 mentoren en delen één plaats (M001)."
    )
    assert found.remedies[0].words == "School 1: als M002 ook op maandagvoormiddag kan"
    assert all(remedy.places == 1 for remedy in found.remedies)


def test_why_ranks_a_mentor_among_the_possible_ones() -> None:
    asked = _ask(a_round([a_school(1)], [a_mentor(1), a_mentor(2, sectors=("overige",))]))
    assert (why(asked, "S001", "M002").rank, why(asked, "S001", "M002").possible) == (2, 2)


def test_why_not_gives_the_smallest_change_that_lifts_a_veto() -> None:
    mentors = [a_mentor(1, first_name="Els", half_days=("vr-nm",)), a_mentor(2, sectors=("overige",))]
    answer = why_not(_ask(a_round([a_school(1)], mentors)), "S001", "M001")
    assert answer.objections == ("Els en de school hebben geen enkele halve dag samen vrij.",)
    assert answer.remedy.words == "als Els ook op maandagvoormiddag kan"
    assert answer.remedy.price.losses["points"] < 0
    assert [move.comes for move in answer.remedy.price.moves] == [("M001",)]
    assert [type(one.claim) for one in answer.remedy.claims] == [WouldFit, Gains, Moves]


def test_why_not_without_a_veto_is_its_price() -> None:
    asked = _ask(a_round([a_school(1)], [a_mentor(1), a_mentor(2, sectors=("overige",))]))
    answer = why_not(asked, "S001", "M002")
    assert answer.objections == ()
    assert answer.price.losses["points"] == asked.plan.pairs[0].points - answer.why.points


def test_suggest_ranks_by_price_and_shows_reserves_apart() -> None:
    mentors = [a_mentor(1), a_mentor(2, sectors=("overige",)), a_mentor(3, status="reserve")]
    found = suggest(_ask(a_round([a_school(1)], mentors)), school="S001")
    assert [one.price.mentor for one in found.ranked] == ["M001", "M002"]
    assert [one.price.mentor for one in found.standby] == ["M003"]


def test_loss_of_a_round_in_which_schools_want_more_counts_the_places_that_both_have() -> None:
    one = a_round(2, 4)
    more = replace(one, schools=(replace(one.schools[0], mentors_wanted=2), one.schools[1]))
    before, after = assign(one), assign(more)
    assert losses_between(before, after)["places_filled"] == (0, -1)
    assert losses_between(after, before)["places_filled"] == (0, 1)
    fewer = replace(after, goals=after.goals[:1])
    assert set(losses_between(before, fewer)) == {"places_filled"}


def test_shortages_lack_together_all_that_stays_open() -> None:
    schools = [a_school(1, mentors_wanted=2), a_school(2), a_school(3, school_types=("KSO",))]
    mentors = [a_mentor(1), a_mentor(2, school_types=("TSO", "KSO"))]
    given = a_round(schools, mentors)
    found = shortages(given)
    assert [(one.schools, one.asked - one.filled) for one in found] == [(("S001", "S003"), 1), (("S002",), 1)]
    assert found[1].sentence.endswith(" (M001, M002). Wie bij een tekort hierboven nodig is, telt hier niet mee.")
    assert places_short(given) == sum(one.count for one in assign(given).open_places) == 2


def test_who_leaves_is_held_to_no_required_pair_and_others_stay_held() -> None:
    given = a_round(2, 4, locks=(required("S001", "M001"), required("S002", "M002"), forbidden("S001", "M003")))
    before = assign(given)
    after = rerun(given, before, {"M001": "ziek"})
    assert (after.status, {pair.mentor for pair in after.pairs} & {"M001", "M002"}) == ("proven", {"M002"})
    assert after.locks == tuple(lock for lock in given.locks if lock.mentor != "M001")
