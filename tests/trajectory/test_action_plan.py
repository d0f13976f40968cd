"""Does an action plan tell what is done, what is late and what the mentor promised?"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.document import dumps, loads
from matcher.domain.errors import InvalidValueError
from matcher.trajectory.action_plan import (
    ActionPlan,
    Deed,
    PlanGoal,
    SupportAsked,
    action_plan_from_document,
    action_plan_to_document,
    no_reminder_words,
    plan_findings,
    plan_reminders,
    plan_support,
)
from tests.trajectory.making import TODAY

DONE = Deed(text="Bedrijf bellen", due=date(2026, 11, 1), done=date(2026, 11, 2))
LATE = Deed(text="Bezoek vastleggen.", due=date(2026, 11, 20))
SOON = Deed(text="Lesmap maken", owner="bo", due=date(2026, 12, 1))
FAR = Deed(text="Terugkijken", due=date(2027, 5, 1))
GOAL = PlanGoal(
    criterion="6.1",
    aim=2,
    owner="an",
    steps=(DONE, LATE, SOON, FAR),
    support=(SupportAsked(of="mentor", text="een rondleiding"),),
)
PLAN = ActionPlan(school="S001", goals=(GOAL,), commitments={"M001": (Deed(text="Twee gastlessen", due=TODAY),)})


def test_reminders_are_what_is_late_or_due_soon() -> None:
    assert [(one.owner, one.late, one.sentence) for one in plan_reminders(PLAN, TODAY)] == [
        ("an", True, "6.1 Met bedrijven: Bezoek vastleggen (3 dagen te laat)."),
        ("M001", False, "Belofte van de mentor: Twee gastlessen (tegen maandag 23 november 2026)."),
        ("bo", False, "6.1 Met bedrijven: Lesmap maken (tegen dinsdag 1 december 2026)."),
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-30, 60), st.booleans()), max_size=8), st.integers(0, 40))
def test_reminders_are_exactly_the_open_deeds_within_reach(deeds: list[tuple[int, bool]], ahead: int) -> None:
    steps = tuple(
        Deed(text=f"stap {number}", due=TODAY + timedelta(days=days), done=TODAY if done else None)
        for number, (days, done) in enumerate(deeds)
    )
    plan = ActionPlan(school="S001", goals=(PlanGoal(criterion="1.1", aim=1, steps=steps),))
    told = plan_reminders(plan, TODAY, ahead)
    assert sorted((one.due - TODAY).days for one in told) == sorted(d for d, done in deeds if not done and d <= ahead)
    assert all(one.late == (one.due < TODAY) for one in told)
    done = sum(done for _, done in deeds)
    assert plan.progress == (Fraction(done, len(deeds)) if deeds else 0)


def test_goal_with_its_own_day_reminds_until_it_is_done() -> None:
    goal = PlanGoal(criterion="1.1", aim=2, owner="an", due=TODAY, steps=(LATE,))
    assert len(plan_reminders(ActionPlan(school="S001", goals=(goal,)), TODAY)) == 2
    done = PlanGoal(criterion="1.1", aim=2, owner="an", due=TODAY, steps=(DONE,))
    assert plan_reminders(ActionPlan(school="S001", goals=(done,)), TODAY) == ()


def test_progress_is_the_mean_of_the_goals() -> None:
    other = PlanGoal(criterion="1.1", aim=1, steps=(DONE,))
    assert ActionPlan(school="S001", goals=(GOAL, other)).progress == Fraction(5, 8)
    assert ActionPlan(school="S001").progress == 0


def test_plan_tells_what_it_lacks() -> None:
    bare = PlanGoal(criterion="1.1", aim=2)
    undated = PlanGoal(criterion="1.2", aim=2, owner="an", steps=(Deed(text="Beginnen"),))
    told = plan_findings(ActionPlan(school="S001", goals=(bare, undated)), {"1.1": 2, "1.2": 1})
    assert [(one.code, one.column) for one in told] == [
        ("goal_reached", "1.1"),
        ("no_owner", "1.1"),
        ("no_steps", "1.1"),
        ("no_day", "1.2"),
    ]
    assert plan_findings(PLAN, {"6.1": 1}) == ()


def test_support_is_listed_by_whom_it_is_asked_of() -> None:
    assert plan_support(PLAN, "mentor") == ("6.1 Met bedrijven: een rondleiding",)
    assert plan_support(PLAN, "network") == ()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Deed(text=" "),
        lambda: PlanGoal(criterion="9.9", aim=1),
        lambda: PlanGoal(criterion="1.1", aim=0),
        lambda: ActionPlan(school="S001", goals=(GOAL, GOAL)),
    ],
)
def test_what_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidValueError):
        wrong()  # type: ignore[operator]


def test_plan_survives_being_written() -> None:
    assert action_plan_from_document(loads(dumps(action_plan_to_document(PLAN)))) == PLAN


def test_nobody_is_reminded_is_said_only_of_what_is_known() -> None:
    """Without a plan nothing is due, and what has no day may be late: neither is called well."""
    assert no_reminder_words(()) == "Er is nog niets afgesproken dat open staat: er valt niemand te herinneren."
    timeless = ActionPlan(school="S001", goals=(), commitments={"M001": (Deed(text="Gastles"), FAR)})
    assert no_reminder_words([timeless]).endswith("voor zover er een dag bij staat: 1 afspraak heeft geen dag.")
    dated = ActionPlan(school="S001", goals=(), commitments={"M001": (FAR, DONE)})
    assert no_reminder_words([dated]) == "U hoeft nu niemand iets te herinneren."
