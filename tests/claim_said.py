"""What was said, and of what? A plan with its round, read as the oracle reads them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.claim_world import FEWER

if TYPE_CHECKING:
    from matcher.domain.claim import Claim
    from matcher.domain.round import Round
    from tests.claim_world import Ids, Table, Values, World

    Losses = dict[str, int | tuple[int, ...]]


@dataclass(frozen=True)
class Said:
    """Claims that are said together, and of what.

    `plan` is the plan on the table and `world` its round. `pair` is what was asked about: wanted, or forbidden
    (`without`). `then` is the round that the price is of, where the data was changed for it. `before` and `lifted`
    are the pairs of an earlier plan, and those of them that stood against a criterion. `status` is the plan's.
    """

    claims: tuple[Claim, ...]
    world: World
    plan: frozenset[Ids]
    pair: Ids | None = None
    without: bool = False
    then: World | None = None
    before: frozenset[Ids] = frozenset()
    lifted: frozenset[Ids] = frozenset()
    status: str = "proven"
    tables: dict[str, Table] = field(default_factory=dict)

    @property
    def given(self) -> Round:
        """The round."""
        return self.world.given

    @cached_property
    def best(self) -> Values | None:
        """The values of the best plan with the pair, or without it."""
        if self.without:
            return self._table.best(without=self.pair)
        return self._table.best(holding=self.pair)

    @property
    def _table(self) -> Table:
        if self.then is not None:
            return self.then.table()
        if "now" not in self.tables:
            self.tables["now"] = self.world.table()
        return self.tables["now"]

    @cached_property
    def any_plan(self) -> bool:
        """Whether any plan keeps the rules."""
        return bool(len(self._table.plans))

    @cached_property
    def moved(self) -> frozenset[Ids]:
        """The plan after the moves that are said."""
        told = [one for one in self.claims if name_of(one) == "moves"]
        gone = {(one.school, mentor) for one in told for mentor in one.goes}
        return (self.plan - gone) | {(one.school, mentor) for one in told for mentor in one.comes}

    @cached_property
    def moves_true(self) -> bool:
        """Whether those moves make a plan that keeps the rules and is as good as the best."""
        then = self.then or self.world
        there = self.moved.isdisjoint({self.pair}) if self.without else self.pair in self.moved
        return there and then.keeps_rules(self.moved) and values_in(then, self.moved) == self.best

    @cached_property
    def fall_true(self) -> bool:
        """Whether what a drop-out is said to change makes the best plan without those who left."""
        if len({one.gone for one in self.claims}) > 1:
            return False
        gone = self.claims[0].gone
        left = frozenset(pair for pair in self.plan if pair[1] not in gone)
        after = set(left)
        for one in self.claims:
            if name_of(one) == "takes_over":
                after.add((one.school, one.mentor))
            elif name_of(one) == "changes_too":
                after -= {(one.school, mentor) for mentor in one.goes}
                after |= {(one.school, mentor) for mentor in one.comes}
        locks = tuple(one for one in self.world.locks if one.kind == "forbidden" or one.mentor not in gone)
        world = replace(
            self.world,
            locks=locks,
            gone=frozenset(gone),
            previous=left,
            had=frozenset(school for school, _ in self.plan),
            left=Counter(school for school, mentor in self.plan if mentor in gone),
            stand_in=frozenset(self.world.mentor),
        )
        return world.keeps_rules(after) and values_in(world, after) == world.table().best()

    def after_fall(self, school: str) -> set[str]:
        """Give who is at a school after a drop-out, as it is said."""
        gone = self.claims[0].gone  # type: ignore[union-attr]
        found = {mentor for one, mentor in self.plan if one == school and mentor not in gone}
        for one in self.claims:
            if name_of(one) == "takes_over" and one.school == school:
                found.add(one.mentor)
            elif name_of(one) == "changes_too" and one.school == school:
                found = (found - set(one.goes)) | set(one.comes)
        return found

    def at(self, mentor: str) -> list[str]:
        """Give the schools of a mentor in the plan."""
        return sorted(school for school, one in self.plan if one == mentor)

    def of(self, school: str) -> list[str]:
        """Give the mentors of a school in the plan."""
        return sorted(mentor for one, mentor in self.plan if one == school)

    def losses(self, after: Values, *, pairs: bool = True) -> Losses:
        """Give what values lose against the plan; no word of the worst pair where either has no pairs."""
        now, found = self.world.values(self.plan), {}
        for name in self.given.policy.goals:
            if name == "worst_pair" and not (pairs and self.plan):
                continue
            sign = -1 if name in FEWER else 1
            lost = tuple(sign * (one - other) for one, other in zip(now[name], after[name], strict=True))
            found[name] = lost if name == "places_filled" else lost[0]
        return found


def name_of(claim: Claim) -> str:
    """Give the name of a kind as documents have it."""
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in type(claim).__name__).strip("_")


def named(claim: Any) -> tuple[str, ...]:  # noqa: ANN401 - any kind
    """Give the mentors whom a claim names."""
    return claim.mentors if hasattr(claim, "mentors") else (claim.mentor,) if hasattr(claim, "mentor") else ()


def values_in(world: World, pairs: Any) -> Values:  # noqa: ANN401 - pairs
    """Give the values on the goals of the round."""
    values = world.values(pairs)
    return {name: values[name] for name in world.given.policy.goals}
