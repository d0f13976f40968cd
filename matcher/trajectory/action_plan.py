"""What will the school do, who does it, by when, and what did the mentor commit to? The action plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from matcher.domain.counting import counted
from matcher.domain.document import document_of
from matcher.domain.finding import Finding
from matcher.domain.label import criterion_name
from matcher.domain.period import dutch_day, refuse_if
from matcher.domain.vocabulary import HIGHEST_RATING, LABEL_CRITERIA

Support = Literal["mentor", "network"]

SOON_DAYS: Final = 14
FORMAT: Final = "in2stem-action-plan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One step of a goal, or one commitment: what, who, by when, and the day it was done."""

    text: str
    owner: str = ""
    due: date | None = None
    done: date | None = None

    def __post_init__(self) -> None:
        """Refuse an empty step; raise InvalidValueError."""
        refuse_if(not self.text.strip(), "Een stap zegt wat er gebeurt.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportAsked:
    """What the school asks of its mentor or of the network."""

    of: Support
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoal:
    """A criterion to be brought to `aim` (1-4) by `due`, with an owner, steps, and support asked."""

    criterion: str
    aim: int
    owner: str = ""
    due: date | None = None
    steps: tuple[Deed, ...] = ()
    support: tuple[SupportAsked, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a goal off the scale; raise InvalidValueError."""
        refuse_if(self.criterion not in LABEL_CRITERIA, f"«{self.criterion}» is geen criterium van het label.")
        refuse_if(not 1 <= self.aim <= HIGHEST_RATING, f"Een doel ligt tussen 1 en {HIGHEST_RATING}.")

    @property
    def progress(self) -> Fraction:
        """The part of the steps that is done; 0 without steps."""
        done = sum(one.done is not None for one in self.steps)
        return Fraction(done, len(self.steps)) if self.steps else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """A school's plan: goals in the label's order, and what each mentor (id) committed to."""

    school: str
    goals: tuple[PlanGoal, ...] = ()
    commitments: Mapping[str, tuple[Deed, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put goals in order; raise InvalidValueError where a criterion has two."""
        codes = [one.criterion for one in self.goals]
        refuse_if(len(set(codes)) < len(codes), "Een criterium heeft hoogstens één doel.")
        ordered = sorted(self.goals, key=lambda one: LABEL_CRITERIA.index(one.criterion))
        object.__setattr__(self, "goals", tuple(ordered))

    @property
    def progress(self) -> Fraction:
        """The mean progress of the goals; 0 without goals."""
        return sum((one.progress for one in self.goals), Fraction(0)) / max(1, len(self.goals))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Something that is late or due soon: whom to remind (`owner` may be a mentor's id), and of what, in Dutch."""

    school: str
    owner: str
    due: date
    late: bool
    sentence: str


def plan_reminders(plan: ActionPlan, today: date, ahead: int = SOON_DAYS) -> tuple[Reminder, ...]:
    """List what is not done and late, or due within `ahead` days, the oldest first."""
    found = []
    for owner, about, deed in _deeds(plan):
        if deed.due is None or deed.done is not None or (deed.due - today).days > ahead:
            continue
        days = (today - deed.due).days
        when = f"{counted(days, 'dag', 'dagen')} te laat" if days > 0 else f"tegen {dutch_day(deed.due)}"
        sentence = f"{about}: {deed.text.strip().rstrip('.')} ({when})."
        found.append(Reminder(school=plan.school, owner=owner, due=deed.due, late=days > 0, sentence=sentence))
    return tuple(sorted(found, key=lambda one: (one.due, one.owner, one.sentence)))


def no_reminder_words(plans: Iterable[ActionPlan]) -> str:
    """Say why nobody is reminded: nothing is due soon, as far as days are known; or nothing was agreed yet."""
    open_ = [deed for plan in plans for _, _, deed in _deeds(plan) if deed.done is None]
    timeless = sum(deed.due is None for deed in open_)
    if not open_:
        return "Er is nog niets afgesproken dat open staat: er valt niemand te herinneren."
    if timeless:
        what = counted(timeless, "afspraak heeft", "afspraken hebben")
        return f"U hoeft nu niemand iets te herinneren, voor zover er een dag bij staat: {what} geen dag."
    return "U hoeft nu niemand iets te herinneren."


def _deeds(plan: ActionPlan) -> Iterator[tuple[str, str, Deed]]:
    """Give owner, subject and deed of every step and commitment; a goal that has its own day counts as a step."""
    for goal in plan.goals:
        name = criterion_name(goal.criterion)
        for step in goal.steps:
            yield step.owner or goal.owner, name, step
        if goal.progress < 1 and goal.due is not None:
            yield goal.owner, name, Deed(text=f"doel {goal.aim} halen", owner=goal.owner, due=goal.due)
    for mentor, deeds in sorted(plan.commitments.items()):
        for deed in deeds:
            yield mentor, "Belofte van de mentor", deed


def plan_findings(plan: ActionPlan, ratings: Mapping[str, int]) -> tuple[Finding, ...]:
    """Tell what a plan lacks: owners, steps, days, or goals that are reached already; all warnings."""
    told: list[tuple[str, str, str, str]] = []
    for goal in plan.goals:
        name = criterion_name(goal.criterion)
        if goal.aim <= ratings.get(goal.criterion, -1):
            told.append(("goal_reached", goal.criterion, f"{name} staat al op {goal.aim}.", "Kies een hoger doel."))
        if not goal.owner:
            told.append(("no_owner", goal.criterion, f"{name} heeft geen trekker.", "Spreek af wie trekt."))
        if not goal.steps:
            told.append(("no_steps", goal.criterion, f"{name} heeft nog geen stappen.", "Schrijf een eerste stap."))
        told += [
            ("no_day", goal.criterion, f"{name}: «{one.text}» heeft geen dag.", "Spreek af tegen wanneer.")
            for one in goal.steps
            if one.due is None and one.done is None
        ]
    return tuple(
        Finding(severity="warning", code=code, message=message, remedy=remedy, file="actieplan", column=criterion)
        for code, criterion, message, remedy in told
    )


def plan_support(plan: ActionPlan, of: Support) -> tuple[str, ...]:
    """List in Dutch what is asked of the mentor, or of the network."""
    asked = ((goal.criterion, one) for goal in plan.goals for one in goal.support if one.of == of)
    return tuple(f"{criterion_name(code)}: {one.text}" for code, one in asked)


action_plan_to_document, action_plan_from_document = document_of(FORMAT, ActionPlan)
