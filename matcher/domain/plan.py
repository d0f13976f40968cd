"""What comes out of a round? A plan with its proof, a conflict in words, or the best so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from matcher.domain.claim import ClaimSentence
from matcher.domain.frame_lookup import frame_maker
from matcher.domain.lock import Lock
from matcher.domain.older_documents import LATER
from matcher.domain.policy import Policy

if TYPE_CHECKING:
    from matcher.domain.round import Round

PlanStatus = Literal["proven", "feasible", "conflict", "unfinished"]
Engine = Literal["network", "cp-sat"]
GoalValue = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """What a plan reaches on one goal, the best that is possible, and whether that is proven.

    `places_filled` is a tuple: how many schools have more than k mentors, for k = 0, 1, ...
    A `bound` of None means that nothing is known yet.
    """

    name: str
    value: GoalValue
    bound: GoalValue | None
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A mentor for a school: points 0-1000, travel one way in minutes, a Dutch sentence per criterion."""

    school: str
    mentor: str
    points: int
    travel_minutes: int
    locked: bool = False
    overridden: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """Places of a school that no mentor fills, and why: in Dutch, and as the claims that the Dutch was made of.

    A plan of before claims were kept has none.
    """

    school: str
    count: int
    reason: str
    claims: tuple[ClaimSentence, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, slots=True)
class Conflict:
    """The smallest set of agreements and rules that can't hold together, in words, and the ways out.

    Leaving out any one member of `locks` or `rules` makes the rest possible. `sentence` is the sentences of `claims`,
    one after the other, where the conflict is one of agreements about mentors.
    """

    sentence: str
    locks: tuple[Lock, ...] = ()
    rules: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    claims: tuple[ClaimSentence, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The outcome of a round. Pairs stand in the order of school, then mentor.

    `goals` stand in the order in which they were optimised. `inputs_hash` is the SHA-256 of the
    round's document. `withdrawn` maps a withdrawn mentor to the reason; `activated` are reserves put in service by
    hand, `resting` required agreements of who left: a rerun takes all of them along. `travel_source` names where the
    minutes come from. `conflict` is there only with status `conflict`.
    """

    status: PlanStatus
    engine: Engine
    goals: tuple[Goal, ...]
    pairs: tuple[Pair, ...]
    open_places: tuple[OpenPlace, ...]
    inputs_hash: str
    policy: Policy
    seed: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    travel_source: str = ""
    notes: tuple[str, ...] = ()
    conflict: Conflict | None = None
    activated: tuple[str, ...] = field(default=(), metadata=LATER)
    resting: tuple[Lock, ...] = field(default=(), metadata=LATER)

    def value(self, name: str) -> GoalValue:
        """Give what the plan reaches on the goal called `name`; KeyError where there is no such goal."""
        return {goal.name: goal.value for goal in self.goals}[name]

    def to_frame(self, given: Round | None = None) -> Any:  # noqa: ANN401 - pandas loads only when asked for
        """Give the pairs as a pandas DataFrame, a row each; with the plan's round, names stand beside the ids."""
        return frame_maker("plan_frame")(self, given)

    def plot_map(self, given: Round) -> Any:  # noqa: ANN401 - as above
        """Draw the plan of a round on a map: an SVG that a notebook shows, and that `save(path)` writes."""
        return frame_maker("plan_map")(self, given)

    def _repr_html_(self) -> str:
        """Show the pairs in a notebook."""
        return str(self.to_frame().to_html(index=False, max_rows=200))

    @property
    def uses_reserves(self) -> bool:
        """Whether any pair is of a mentor who stood in reserve."""
        return any(goal.name == "reserves_used" and goal.value for goal in self.goals)

    @property
    def proven(self) -> bool:
        """Whether every goal is proven best."""
        return self.status == "proven"
