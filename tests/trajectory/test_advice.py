"""Is what a school is told to take first the most gain for the least effort, as trying everything finds?"""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.errors import InvalidValueError
from matcher.trajectory.baseline import Combined
from matcher.trajectory.label import ReadinessRule, ReadinessRules, readiness
from matcher.trajectory.suggestions import advise_first, plan_goals
from tests.trajectory.making import TODAY

CODES = ("1.1", "2.1", "6.1", "7.2")
RULE = st.builds(
    lambda criteria, count, rating: ReadinessRule(
        level="Competent",
        criteria=tuple(sorted(criteria)),
        count=min(count, len(criteria)),
        rating=rating,
        evidence=False,
    ),
    st.sets(st.sampled_from(CODES), min_size=1),
    st.integers(1, 4),
    st.integers(1, 3),
)
RULES = st.lists(RULE, min_size=1, max_size=3).map(lambda ones: ReadinessRules(source="proef", rules=tuple(ones)))


def short(ratings: dict[str, int], rules: ReadinessRules) -> int:
    """Count what is missing as readiness does."""
    measured = {code: Combined(criterion=code, values=(one,), proven=True) for code, one in ratings.items()}
    return readiness(measured, "Competent", rules).short


@settings(deadline=None)
@given(
    st.fixed_dictionaries({code: st.integers(0, 4) for code in CODES}),
    st.dictionaries(st.sampled_from(CODES), st.integers(1, 5)),
    RULES,
    st.one_of(st.none(), st.integers(0, 20)),
)
def test_advice_equals_trying_everything(
    ratings: dict[str, int], efforts: dict[str, int], rules: ReadinessRules, budget: int | None
) -> None:
    best = None
    for tops in product(*(range(ratings[code], 5 if code in efforts else ratings[code] + 1) for code in CODES)):
        effort = sum(efforts.get(code, 0) * (top - ratings[code]) for code, top in zip(CODES, tops, strict=True))
        if budget is None or effort <= budget:
            left = short(dict(zip(CODES, tops, strict=True)), rules)
            raised = sum(top > ratings[code] for code, top in zip(CODES, tops, strict=True))
            key = left, effort, raised
            best = key if best is None or key < best else best
    advice = advise_first(ratings, efforts, "Competent", budget, rules)
    after = ratings | {one.criterion: one.then for one in advice.steps}
    assert advice.proven
    assert (short(after, rules), advice.effort, len(advice.steps)) == best
    assert advice.short == short(ratings, rules)
    assert advice.gain == advice.short - short(after, rules)


def test_cheapest_steps_stand_in_front_with_their_reason() -> None:
    advice = advise_first(dict.fromkeys(CODES, 0), {"1.1": 3, "6.1": 1}, "Competent", budget=5)
    assert [(one.criterion, one.now, one.then, one.effort) for one in advice.steps] == [
        ("6.1", 0, 2, 2),
        ("1.1", 0, 1, 3),
    ]
    assert advice.steps[0].why == (
        "6.1 Met bedrijven van 0 naar 2: inspanning 2, telt voor 2 regels die nog niet gehaald zijn."
    )
    assert (advice.gain, len(advice.without_effort)) == (3, 19)
    assert "EU STEM School Label" in advice.caveat


def test_school_that_lacks_nothing_is_told_so() -> None:
    rules = ReadinessRules(
        source="proef", rules=(ReadinessRule(level="Competent", criteria=("1.1",), count=1, rating=2, evidence=False),)
    )
    advice = advise_first({"1.1": 2}, {"1.1": 1}, "Competent", rules=rules)
    assert (advice.steps, advice.gain) == ((), 0)
    assert advice.sentence == "Volgens onze regels ontbreekt er voor Competent geen enkel cijfer meer."
    assert advise_first({"1.1": 1}, {"1.1": 2}, "Competent", 1, rules).sentence == (
        "Binnen dit budget komt Competent niet dichterbij."
    )
    assert advise_first({"1.1": 1}, {}, "Competent", rules=rules).sentence == (
        "Met deze inspanningen komt Competent niet dichterbij."
    )


@pytest.mark.parametrize(("efforts", "budget"), [({"1.1": 0}, None), ({"1.1": 10**30}, None), ({"1.1": 1}, -1)])
def test_impossible_effort_is_refused(efforts: dict[str, int], budget: int | None) -> None:
    with pytest.raises(InvalidValueError):
        advise_first({}, efforts, "Competent", budget)


def test_advice_starts_an_action_plan() -> None:
    advice = advise_first(dict.fromkeys(CODES, 0), {"1.1": 3, "6.1": 1}, "Competent", budget=5)
    goals = plan_goals(advice, "an", TODAY)
    assert [(one.criterion, one.aim, one.owner, one.due) for one in goals] == [
        ("6.1", 2, "an", TODAY),
        ("1.1", 1, "an", TODAY),
    ]
