"""How do answers about a plan look on the wire?"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from service.rounds.run.shapes import Claims
from service.web.shapes import Key, Note, Shape

Losses = dict[str, int | list[int]]


class TrialLock(Shape):
    """An agreement to try out: a pair that must or may not be."""

    school: Key = Field(examples=["000110"])
    mentor: Key = Field(examples=["M001"])
    kind: Literal["required", "forbidden"]
    reason: Note = ""
    override: bool = Field(default=False, description="Geldt ook tegen een regel in; geef dan een reden.")


class WhatIfIn(Shape):
    """What to try out: other agreements, mentors who would leave."""

    locks: list[TrialLock] = Field([], max_length=20)
    withdrawn: list[Key] = Field([], max_length=20)


class MoveOut(Shape):
    """A school whose mentors change."""

    school: str
    goes: list[str]
    comes: list[str]
    words: str


class PriceOut(Shape):
    """What an agreement costs: losses per goal (positive is worse), who moves, or why it can't be."""

    possible: bool
    words: str
    losses: Losses
    moves: list[MoveOut]
    conflict: str | None
    claims: Claims = Field([])


class WayOut(Shape):
    """A way to make a pair possible, and what that costs."""

    words: str
    price: PriceOut
    claims: Claims = Field([])


class PairOut(Shape):
    """Why this pair, or why not: reasons, rank among the school's possible mentors, objections, price."""

    school: str
    mentor: str
    in_plan: bool
    points: int
    travel_minutes: int
    reasons: list[str]
    rank: int | None
    possible_mentors: int
    objections: list[str]
    price: PriceOut | None
    remedy: WayOut | None
    claims: Claims = Field([])


class ShareOut(Shape):
    """What one criterion adds to a pair's points; `score` (0-100) is null where it has nothing to go by."""

    key: str
    label: str
    weight: int
    score: float | None
    points: int


class SharesOut(Shape):
    """Where a pair's points come from; the shares add up to them."""

    points: int
    shares: list[ShareOut]


class RungOut(Shape):
    """The best plan with this many more changes than a repair needs."""

    moves: int
    goals: Losses
    proven: bool
    pairs: list[list[str]]


class LadderOut(Shape):
    """What more changes would bring, rung by rung."""

    rungs: list[RungOut]


class ReasonedMoveOut(MoveOut):
    """A school whose mentors change, and why."""

    reason: str
    claims: Claims = Field([])


class ComparisonOut(Shape):
    """What changed since another plan."""

    round: str
    before: str
    moves: list[ReasonedMoveOut]
    losses: Losses
    words: str


class PointsOut(Shape):
    """What is proven about the points."""

    value: int | list[int]
    bound: int | list[int] | None
    proven: bool


class CertificateOut(Shape):
    """The proof in short; the workbook (`?format=xlsx`) has the prices with which anyone adds it up."""

    points: PointsOut
    closes: bool
    swaps: list[dict[str, Any]]
    interchangeable: list[dict[str, Any]]


class EdgeOut(Shape):
    """The first weight at which another plan is better, and the schools whose mentors differ in it."""

    weight: int
    schools: list[str]


class WeightOut(Shape):
    """The whole weights of a criterion, the others as they are, at which no plan is better than this one."""

    key: str
    label: str
    weight: int
    low: int
    high: int
    below: EdgeOut | None
    above: EdgeOut | None
    low_known: bool = Field(description="Of de ondergrens vaststaat; anders is er niet verder gezocht.")
    high_known: bool
    words: str


class WiderOut(Shape):
    """One wider answer: a half-day, a new limit in minutes or a school type more, and what it changes."""

    half_day: str
    minutes: int
    school_type: str
    choices: int
    losses: Losses
    schools: list[str]


class SingleChoiceOut(Shape):
    """A school or mentor with a single possible partner, and the wider answers that give more choice."""

    side: Literal["school", "mentor"]
    id: str
    only: str
    wider: list[WiderOut]
    tried: int
    complete: bool
    words: str


class SpreadRungOut(Shape):
    """The best plan with this many fewer second and further schools, and what it loses."""

    fewer: int
    losses: Losses
    proven: bool
    pairs: list[list[str]]
    words: str


class RobustnessOut(Shape):
    """How firm a plan stands; the workbook (`?format=xlsx`) holds the same."""

    weights: list[WeightOut]
    single_choices: list[SingleChoiceOut]
    spread: list[SpreadRungOut]
    nothing_to_spread: str


class ResilienceOut(Shape):
    """What happens when each mentor drops out in turn, and who should stand by."""

    drop_outs: list[dict[str, Any]]
    pillars: list[str]
    standby: dict[str, Any]


class RecordCheckedOut(Shape):
    """Whether a record of a plan is sound: signed here, unchanged, and the same plan when worked out anew."""

    sound: bool
    sentence: str


class SuggestionOut(Shape):
    """A possible pair: what it would cost and why it suits. The portal gets pseudonyms, staff mentor numbers."""

    school: str
    mentor: str
    in_plan: bool
    points: int
    travel_minutes: int
    price: dict[str, int | list[int]] = Field(description="Verlies per doel tegenover het plan; 0 kost niets.")
    moves: int
    reasons: list[str]


class SuggestionsOut(Shape):
    """All possible pairs of a school or mentor, the best first, and apart those with mentors in reserve."""

    pairings: list[SuggestionOut]
    standby: list[SuggestionOut]


class BesidesOut(Shape):
    """Who would come in the place of a school's mentor, and who stands by."""

    school: str
    second: SuggestionOut | None
    standby: SuggestionOut | None


class AllBesidesOut(Shape):
    """Of every school of a round."""

    items: list[BesidesOut]
