"""How are groups, hosts and moments improved together? Cooling chains, first on repeats, then travel, all in numpy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from matcher.engine.calls import Progress, Stop
from matcher.engine.year.agreements import broken_agreements
from matcher.engine.year.chains import Chains, load, start_chains
from matcher.engine.year.designs import design_for
from matcher.engine.year.free_rounds import improve_rounds
from matcher.engine.year.host_moves import move_a_group
from matcher.engine.year.host_swaps import swap_hosts
from matcher.engine.year.swaps import swap_in_round
from matcher.engine.year.trades import trade_years
from matcher.engine.year.year_problem import (
    Arrangement,
    Flags,
    Ints,
    Numbers,
    Score,
    YearProblem,
    faults,
    old_repeats,
    repeat_counts,
    score,
)

LOOK = 20
"""Steps between two looks at what the chains reached."""

DATED = 3
"""One in so many moves of a group to a host looks at all moments too; the others keep the moment."""

EXCHANGED = 2
"""One in so many steps lets groups exchange their hosts."""

CULL = 300
"""Steps between two times that the worst quarter of the chains goes on from the best quarter."""

PRESS = 2
"""Minutes below the best worst journey from which a school's travel weighs more, once the worst is pressed on."""

SOLVED = 8
"""One in so many chains has its pairs of rounds solved exactly."""

MOST_REPEATS = 1_000_000
"""More than any year has: a broken agreement comes before repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to search: chains side by side and steps in each stage, and how strictly.

    `repeat` is the minutes that a repeat weighs, `proof` deterministic seconds for each bound and exact step.
    """

    chains: int = 32
    mixing: int = 4000
    nearing: int = 7000
    saving: int = 4000
    repeat: float = 250.0
    proof: float = 1.0


@dataclass(slots=True, eq=False)
class Best:
    """The best year so far, by faults, then the goals in their order.

    `fairest` is the lowest worst journey that was found; journeys up to `enough` count as equally good,
    once the search goes on to the total. It is 0 where the order is strict: a lower worst journey still counts then.
    """

    order: Literal["mixing", "travel"]
    plan: Arrangement
    score: Score
    fairest: int = 0
    enough: int = 0

    def key(self, one: Score) -> tuple[int, ...]:
        """Sort years: less is better, goal after goal."""
        travel = (max(one.worst, self.enough), one.total)
        goals = (one.repeats, *travel) if self.order == "mixing" else (*travel, one.repeats)
        return (one.faults, *goals)

    def allow(self, margin: int) -> None:
        """Let the worst journey grow by so many percent from here on, for the sake of the total."""
        self.fairest = self.score.worst
        most = self.fairest * (100 + margin) // 100
        self.enough = most if most > self.fairest else 0

    def offer(self, plan: Arrangement, one: Score) -> None:
        """Keep the better of the two."""
        if self.key(one) < self.key(self.score):
            self.plan, self.score = plan, one


def arrange(  # noqa: PLR0913 - the choices of a search, all by name
    given: YearProblem,
    *,
    seed: int = 0,
    order: Literal["mixing", "travel"] = "mixing",
    margin: int = 0,
    effort: Effort | None = None,
    first: tuple[Arrangement, ...] = (),
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Best:
    """Search a year with few repeats, then a light worst journey, then little travel.

    The worst journey may be `margin` percent above the lowest that was found. The answer depends on the
    seed and the effort alone, unless `stop` cuts it short. Broken rules are counted in its score: 0 where
    the year holds.
    """
    effort = effort or Effort()
    chains = start_chains(given, effort.chains, seed, first)
    chains.repeat = effort.repeat
    plan = chains.arrangement(0)
    best = Best(order, plan, score(given, plan))
    for name, stage in (("mixing", _mix), ("nearing", _near), ("saving", _save)):
        if progress is not None:
            progress(name, None)
        if stop is not None and stop():
            break
        if name == "saving":
            best.allow(margin)
        stage(chains, best, effort, stop)
        _look(chains, best)
    best.fairest = best.fairest or best.score.worst
    return best


def _cool(chains: Chains, steps: int, hot: float, cold: float, stop: Stop | None) -> Iterator[int]:
    """Give the numbers of the steps, while the chains cool from `hot` to `cold`."""
    for step in range(steps):
        chains.heat[:] = hot * (cold / hot) ** (step / max(steps - 1, 1))
        if step % LOOK == 0 and stop is not None and stop():
            return
        yield step


def _mix(chains: Chains, best: Best, effort: Effort, stop: Stop | None) -> None:
    """Look for groups with the fewest repeats, whatever they cost; keep the chains that have fewest."""
    given = chains.given
    if best.order == "travel" or not (given.groups > 1).any():
        return
    design = design_for(given)
    steps = effort.mixing if design is None else effort.mixing // 2
    kept, chains.travel, chains.fault = chains.fault, 0.02, 0.02 * chains.fault
    for step in _cool(chains, steps, 0.4 * chains.repeat, 0.05 * chains.repeat, stop):
        if step % LOOK == 0 and not (_repeats(chains).any() or broken_agreements(chains).any()):
            break
        swap_in_round(chains, int(chains.rng.integers(given.rounds)))
    chains.travel, chains.fault = 1.0, kept
    if design is not None and _repeats(chains).min():
        _take_design(chains, design)
    bad = _repeats(chains) + MOST_REPEATS * broken_agreements(chains)
    good = np.nonzero(bad == bad.min())[0]
    chains.keep(np.where(bad == bad.min(), np.arange(chains.count), np.resize(good, chains.count)))


def _take_design(chains: Chains, design: Ints) -> None:
    """Give every chain the groups that algebra knows, with the schools in an order of its own.

    Only where the search found no year without a repeat: what it finds can be brought nearer better.
    """
    plans = [chains.arrangement(one) for one in range(chains.count)]
    orders = [chains.rng.permutation(chains.given.schools) for _ in plans]
    load(chains, [replace(plan, group=design[:, order]) for plan, order in zip(plans, orders, strict=True)])


def _near(chains: Chains, best: Best, effort: Effort, stop: Stop | None) -> None:
    """Bring everybody nearer, the most travelled school first."""
    movable, chains.steep = movable_schools(chains.given), 1.0
    swapping = 1 if best.order == "travel" else 2 if _repeats(chains).min() else 6
    last = effort.nearing // 3
    for step in _cool(chains, effort.nearing - last, 80.0, 4.0, stop):
        if step % LOOK == 0:
            chains.cap = 0.8 * chains.minutes.max(axis=1)
            _look(chains, best)
            _cull(chains, step, effort.nearing - last)
        _step(chains, step, movable, swapping)
    _look(chains, best)
    chains.steep = 3.0
    for step in _cool(chains, last, 40.0, 3.0, stop):
        if step % LOOK == 0:
            _look(chains, best)
            chains.cap[:] = best.score.worst - PRESS
            _cull(chains, step, last)
        _step(chains, step, movable, swapping)
    _look(chains, best)
    _solve(chains, best, effort, stop)


def _cull(chains: Chains, step: int, steps: int) -> None:
    """Let the worst quarter of the chains go on from the best quarter, in the colder half of the steps."""
    if step % CULL or 2 * step < steps:
        return
    weighed = chains.weigh(chains.minutes, np.full((chains.count, 1), np.median(chains.cap))).sum(axis=1)
    order = np.argsort(weighed + chains.repeat * _repeats(chains), kind="stable")
    chosen, few = np.arange(chains.count), chains.count // 4
    chosen[order[chains.count - few :]] = order[:few]
    chains.keep(chosen)


def _solve(chains: Chains, best: Best, effort: Effort, stop: Stop | None) -> None:
    """Solve two rounds after two others exactly, from the best year and from the best of the chains."""
    worst = np.where(_repeats(chains) == _repeats(chains).min(), chains.minutes.max(axis=1), np.inf)
    plans = [
        best.plan,
        *(chains.arrangement(one) for one in np.argsort(worst, kind="stable")[: chains.count // SOLVED]),
    ]
    each = effort.proof * chains.count / 64

    def caps(one: Score) -> tuple[int, ...]:
        return (best.enough,) if best.enough >= one.worst else (one.worst - 1, one.worst)

    seen: set[Score] = set()
    for plan in plans:
        now = score(chains.given, plan)
        if now not in seen and (stop is None or not stop()):
            seen.add(now)  # chains that went on from one another are alike
            best.offer(*improve_rounds(chains.given, plan, key=best.key, cap=caps, effort=each, stop=stop))


def _save(chains: Chains, best: Best, effort: Effort, stop: Stop | None) -> None:
    """Save minutes in total, with nobody above what the worst journey may be."""
    movable, chains.steep = movable_schools(chains.given), 3.0
    plans = [best.plan if one % 2 else chains.arrangement(one) for one in range(chains.count)]
    load(chains, plans)
    swapping = 1 if best.order == "travel" else 2 if _repeats(chains).min() else 6
    quench = effort.saving // 6
    for steps, hot, cold in ((effort.saving - quench, 40.0, 3.0), (quench, 3.0, 0.3)):
        for step in _cool(chains, steps, hot, cold, stop):
            if step % LOOK == 0:
                _look(chains, best)
                chains.cap[:] = max(best.score.worst, best.enough)
                _cull(chains, step, steps)
            _step(chains, step, movable, swapping)
    _look(chains, best)
    _solve(chains, best, effort, stop)


def _step(chains: Chains, step: int, movable: Flags, swapping: int) -> None:
    number = int(chains.rng.integers(chains.given.rounds))
    move_a_group(chains, number, dated=step % DATED == 0)
    if step % EXCHANGED == 0:
        swap_hosts(chains, number)
    trade_years(chains, movable)
    if step % swapping == 0:
        swap_in_round(chains, number)


def movable_schools(given: YearProblem) -> Flags:
    """Flag the schools that may trade their whole year: always there, never pinned, not met or agreed upon."""
    flags = np.asarray(given.here.all(axis=0) & (given.seat_pin < 0).all(axis=0) & ~given.met.any(axis=0))
    flags[np.concatenate((given.meet, given.apart)).ravel()] = False
    return flags


def _repeats(chains: Chains) -> Numbers:
    counts: Numbers = repeat_counts(chains.given, chains.met.astype(np.int64)).sum(axis=(1, 2))
    return counts // 2 - old_repeats(chains.given)


def _look(chains: Chains, best: Best) -> None:
    """Offer every chain that looks better than the best."""
    repeats, worst, total = _repeats(chains), chains.minutes.max(axis=1), chains.minutes.sum(axis=1)
    for one in range(chains.count):
        rough = Score(0, int(repeats[one]), int(worst[one]), int(total[one]))
        if best.score.faults or best.key(rough) < best.key(best.score):
            plan = chains.arrangement(one)
            exact = Score(faults(chains.given, plan), rough.repeats, rough.worst, rough.total)
            best.offer(plan, exact)
