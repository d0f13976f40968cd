"""How do a school's action plan, and the advice of what to take first, look on the wire?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from service.web.shapes import Shape, Stamped
from service.web.values import Criterion, Day, Deed, Level, Line, MemberKey, RemarkOut, Wanted

MOST_EFFORT = 10_000


class DeedShape(Shape):
    """A step or a commitment."""

    text: Deed
    owner: Line = ""
    due: Day | None = None
    done: Day | None = None


class SupportShape(Shape):
    """What the school asks of its mentor or of the network."""

    of: Literal["mentor", "network"]
    text: Deed


class GoalShape(Shape):
    """A criterion to be brought to a rating."""

    criterion: Criterion
    aim: int = Field(ge=1, le=4)
    owner: Line = ""
    due: Day | None = None
    steps: list[DeedShape] = Field(default=[], max_length=50)
    support: list[SupportShape] = Field(default=[], max_length=20)


class ActionPlanIn(Shape):
    """A school's plan: goals, and what each mentor committed to."""

    goals: list[GoalShape] = Field(default=[], max_length=21)
    commitments: dict[MemberKey, Annotated[list[DeedShape], Field(max_length=50)]] = Field(default={}, max_length=20)


class ReminderOut(Shape):
    """Something that is late or due soon."""

    school: str
    owner: str
    due: date
    late: bool
    sentence: str


class ActionPlanOut(ActionPlanIn, Stamped):
    """A school's plan, how far it is, what it lacks, and what is asked of whom."""

    school: str
    progress: float
    findings: list[RemarkOut]
    reminders: list[ReminderOut]
    asked_of_mentor: list[str]
    asked_of_network: list[str]


class AdviceIn(Shape):
    """What a step up costs per criterion, in whole units that the school chooses; and what it can spend."""

    efforts: dict[Criterion, Annotated[int, Field(ge=1, le=MOST_EFFORT)]] = Field(examples=[{"1.1": 2, "6.5": 1}])
    level: Wanted | None = Field(None, description="Leeg: het niveau na dat wat de school heeft.")
    budget: int | None = Field(None, ge=0, le=10**6)


class FirstStepOut(Shape):
    """A criterion to take first."""

    criterion: str
    now: int
    then: int
    effort: int
    rules: int
    why: str


class AdviceOut(Shape):
    """What to take first; `goals` can be put in the action plan as they are."""

    level: Level
    steps: list[FirstStepOut]
    short: int
    gain: int
    effort: int
    proven: bool
    without_effort: list[str]
    sentence: str
    caveat: str
    goals: list[GoalShape]
