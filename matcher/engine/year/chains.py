"""Where do many searches stand at once? The seats, hosts and moments of every chain, with running sums."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import prod

import numpy as np

from matcher.engine.year.invariants import Invariants, invariants_of
from matcher.engine.year.year_problem import (
    NEVER,
    Arrangement,
    Exchange,
    Flags,
    Ints,
    Numbers,
    YearProblem,
    meetings,
    pair_flags,
    school_days,
    school_minutes,
    what_may_be_exchanged,
)

NOISE = 1 << 18

TOO_FAR = 1000.0
"""Minutes that a trip beyond the limit costs more, in a search that weighs minutes."""


def _nothing() -> Numbers:
    return np.zeros(0)


@dataclass(slots=True, eq=False, kw_only=True)
class Chains:
    """`k` searches side by side, changed in place by the moves.

    An empty seat holds the number `n`, a school that is nowhere and costs nothing. `seat` (k x r x g x c),
    `host` and `moment` (k x r x g), `met` (k x n+1 x n+1) meetings, `before` (n+1 x n+1) the earlier ones,
    `must` and `never` (n+1 x n+1) the pairs of agreements,
    `minutes` (k x n+1) per school, `day` (k x r x n+1), `turns` (k x h). `instead` (k x n+1 x n+1) holds for each
    place, named after who has it, the minutes of each school, and `wrong` (alike) the rules that this breaks: closed
    moments, less each time that the school sits where it hosts. `heat` (k) is each chain's
    temperature in minutes; `cap` (k) the minutes above which a school's travel weighs `steep` times more;
    `repeat` and `fault` the minutes that a repeat and a broken rule weigh, `travel` what a minute weighs.
    `nearest` (n+1 x 4) are the hosts nearest to each school; `near` the rounds close enough to clash. `road` (n+1 x h)
    and `to_host`, the same turned round, are minutes; `at_home` (h x n+1) flags the school that each host is, `hosted`
    tells whether any is. `picky` tells of each round whether some school can't at some of its moments, `away`
    (r x h x d) when hosts can't, `welcome` whether all hosts always can, `movable_groups` which groups have a choice of
    hosts or moments, `exchange` which groups may exchange which hosts; `invariants` is what else never changes.
    """

    given: YearProblem
    heat: Numbers
    cap: Numbers
    rng: np.random.Generator
    noise: Numbers
    road: Numbers
    closed: Flags
    near: tuple[tuple[int, ...], ...]
    nearest: Numbers
    before: Numbers
    must: Flags
    never: Flags
    to_host: Numbers
    at_home: Numbers
    hosted: bool
    picky: tuple[bool, ...]
    away: Numbers
    welcome: tuple[bool, ...]
    movable_groups: tuple[Ints, ...]
    exchange: Exchange
    invariants: Invariants
    seat: Numbers = field(default_factory=_nothing)
    host: Numbers = field(default_factory=_nothing)
    moment: Numbers = field(default_factory=_nothing)
    met: Numbers = field(default_factory=_nothing)
    minutes: Numbers = field(default_factory=_nothing)
    day: Numbers = field(default_factory=_nothing)
    turns: Numbers = field(default_factory=_nothing)
    instead: Numbers = field(default_factory=_nothing)
    wrong: Numbers = field(default_factory=_nothing)
    repeat: float = 250.0
    fault: float = 400.0
    steep: float = 4.0
    travel: float = 1.0

    @property
    def dated(self) -> bool:
        """Whether rounds have more than one moment to choose from."""
        return len(self.given.day[0]) > 1

    @property
    def agreed(self) -> bool:
        """Whether schools agreed to meet, or never to."""
        return bool(len(self.given.meet) + len(self.given.apart))

    @property
    def count(self) -> int:
        """The number of chains."""
        return len(self.seat)

    def gumbel(self, shape: tuple[int, ...]) -> Numbers:
        """Draw Gumbel noise from the pool: the largest of value/heat + noise is a heat-bath choice."""
        size = prod(shape)
        start = int(self.rng.integers(NOISE - size)) if size < NOISE else 0
        if size >= NOISE:
            return self.rng.gumbel(size=shape)
        return self.noise[start : start + size].reshape(shape)

    def weigh(self, minutes: Numbers, cap: Numbers) -> Numbers:
        """Weigh a school's yearly minutes: each counts, those above the cap far more."""
        weighed: Numbers = minutes - cap
        np.maximum(weighed, 0, out=weighed)
        weighed *= self.steep
        weighed += minutes
        return weighed if self.travel == 1 else self.travel * weighed

    def keep(self, chosen: Numbers) -> None:
        """Let every chain go on from the chain that `chosen` (k) names."""
        for name in ("seat", "host", "moment", "met", "minutes", "day", "turns", "instead", "wrong"):
            setattr(self, name, getattr(self, name)[chosen])

    def changes(
        self, number: int, left: tuple[Numbers, Numbers], new: tuple[Numbers, Numbers]
    ) -> list[tuple[Numbers, Numbers]]:
        """Give what going from one host and moment to another changes (m x n+1) in `instead` and in `wrong`."""
        found = [(self.instead, self.to_host[new[0]] - self.to_host[left[0]])]
        if self.picky[number] or self.hosted:
            wrong = self.at_home[left[0]] - self.at_home[new[0]]
            if self.picky[number]:
                closed = self.closed[number].T
                wrong += closed[new[1]]
                wrong -= closed[left[1]]
            found.append((self.wrong, wrong))
        return found

    def arrangement(self, chain: int) -> Arrangement:
        """Read one chain's year."""
        given = self.given
        group = np.full((given.rounds, given.schools + 1), -1, dtype=np.int64)
        for number in range(given.rounds):
            seats = self.seat[chain, number]
            group[number, seats.ravel()] = np.repeat(np.arange(len(seats)), seats.shape[1])
        return Arrangement(group[:, :-1].copy(), self.host[chain].copy(), self.moment[chain].copy())


def start_chains(given: YearProblem, count: int, seed: int, first: tuple[Arrangement, ...] = ()) -> Chains:
    """Seat the schools at random (pins kept), or as the arrangements in `first` say, one a chain in turn."""
    rng = np.random.default_rng(seed)
    plans = [first[chain % len(first)] if first else random_arrangement(given, rng) for chain in range(count)]
    road = np.zeros((given.schools + 1, given.hosts))
    # Who is online in some rounds counts in part: the exact score knows in which.
    share = 1.0 if given.online is None else 1 - given.online.mean(axis=0)[:, None]
    road[:-1] = given.minutes * share
    if given.far is not None:
        road[:-1] += TOO_FAR * (given.far & ~_held_trips(given, plans[0]))
    closed = np.zeros((given.rounds, given.schools + 1, given.day.shape[1]), dtype=np.bool_)
    closed[:, :-1] = ~given.school_free
    nearest = np.argsort(road, axis=1, kind="stable")[:, :4]
    chains = Chains(
        given=given,
        heat=np.full(count, 40.0),
        cap=np.full(count, np.inf),
        rng=rng,
        noise=rng.gumbel(size=NOISE),
        road=road,
        closed=closed,
        near=near_rounds(given),
        nearest=nearest,
        before=np.pad(given.met, (0, 1)),
        must=pair_flags(given, given.meet),
        never=pair_flags(given, given.apart),
        to_host=np.ascontiguousarray(road.T),
        at_home=(given.own[:, None] == np.arange(given.schools + 1)).astype(np.float64),
        hosted=bool((given.own >= 0).any()),
        away=(~given.host_free).astype(np.float64),
        welcome=tuple(bool(one.all()) for one in given.host_free),
        picky=tuple(bool(one.any()) for one in closed),
        movable_groups=tuple(_with_a_choice(given, number) for number in range(given.rounds)),
        exchange=what_may_be_exchanged(given),
        invariants=invariants_of(given, count),
    )
    load(chains, plans)
    return chains


def _with_a_choice(given: YearProblem, number: int) -> Ints:
    """List the groups of a round that can have more than one host or moment."""
    count = int(given.groups[number])
    choices = (~given.barred[number, :count]).sum(axis=1) * (~given.shut[number, :count]).sum(axis=1)
    return np.nonzero(choices > 1)[0]


def _held_trips(given: YearProblem, plan: Arrangement) -> Flags:
    """Flag the trips (n x h) of sessions that are frozen: they have been made, however long."""
    held = np.zeros((given.schools, given.hosts), dtype=np.bool_)
    for number, group in zip(*np.nonzero(given.frozen), strict=True):
        held[plan.group[number] == group, plan.host[number, group]] = True
    return held


def load(chains: Chains, plans: list[Arrangement]) -> None:
    """Put an arrangement in every chain and add up what the moves keep up to date."""
    given, count = chains.given, len(plans)
    largest = (np.bincount(row[row >= 0], minlength=1).max() for plan in plans for row in plan.group)
    width = max(int(given.high.max()), *largest)
    n, groups = given.schools, given.frozen.shape[1]
    chains.seat = np.full((count, given.rounds, groups, width), n, dtype=np.int64)
    chains.host = np.stack([plan.host for plan in plans])
    chains.moment = np.stack([plan.moment for plan in plans])
    for chain, plan in enumerate(plans):
        for number in range(given.rounds):
            for group in range(int(given.groups[number])):
                members = np.nonzero(plan.group[number] == group)[0]
                chains.seat[chain, number, group, : len(members)] = members
    chains.met = np.zeros((count, n + 1, n + 1), dtype=np.int16)
    chains.minutes = np.zeros((count, n + 1))
    chains.day = np.full((count, given.rounds, n + 1), NEVER, dtype=np.int64)
    chains.turns = np.zeros((count, given.hosts), dtype=np.int64)
    chains.instead = np.zeros((count, n + 1, n + 1))
    chains.wrong = np.zeros((count, n + 1, n + 1))
    for chain, plan in enumerate(plans):
        _add_up(chains, chain, plan)


def _add_up(chains: Chains, chain: int, plan: Arrangement) -> None:
    given = chains.given
    chains.met[chain, :-1, :-1] = meetings(given, plan)
    chains.minutes[chain, :-1] = school_minutes(replace(given, minutes=chains.road[:-1].astype(np.int64)), plan)
    chains.day[chain, :, :-1] = school_days(given, plan)
    for number in range(given.rounds):
        np.add.at(chains.turns[chain], plan.host[number, : int(given.groups[number])], 1)
        who = np.nonzero(plan.group[number] >= 0)[0]
        host, moment = plan.host[number, plan.group[number, who]], plan.moment[number, plan.group[number, who]]
        chains.instead[chain][who] += chains.road[:, host].T
        chains.wrong[chain][who] += chains.closed[number][:, moment].T - chains.at_home[host]


def near_rounds(given: YearProblem) -> tuple[tuple[int, ...], ...]:
    """List for each round the rounds with a moment less than `spacing` days away."""
    real = given.day > NEVER
    span = [(given.day[r][real[r]].min(), given.day[r][real[r]].max()) for r in range(given.rounds)]
    return tuple(
        tuple(
            other
            for other in range(given.rounds)
            if other != number
            and span[other][0] - span[number][1] < given.spacing
            and span[number][0] - span[other][1] < given.spacing
        )
        for number in range(given.rounds)
    )


def random_arrangement(given: YearProblem, rng: np.random.Generator) -> Arrangement:
    """Seat everybody at random with even sizes; pinned seats hold, other rules may not."""
    groups = given.frozen.shape[1]
    group = np.full((given.rounds, given.schools), -1, dtype=np.int64)
    host = np.zeros((given.rounds, groups), dtype=np.int64)
    moment = np.zeros((given.rounds, groups), dtype=np.int64)
    for number in range(given.rounds):
        count = int(given.groups[number])
        group[number] = _random_seats(given, number, rng)
        order = rng.permutation(given.hosts)
        turn = iter(np.resize(order, 2 * count + given.hosts))
        for one in range(count):
            fits = order[~given.barred[number, one, order]]
            chosen = next(turn)
            barred = len(fits) and given.barred[number, one, chosen]
            host[number, one] = fits[one % len(fits)] if barred else chosen
            open_moments = np.nonzero((given.day[number] > NEVER) & ~given.shut[number, one])[0]
            moment[number, one] = rng.choice(open_moments if len(open_moments) else [0])
    return Arrangement(group, host, moment)


def _random_seats(given: YearProblem, number: int, rng: np.random.Generator) -> Ints:
    count = int(given.groups[number])
    seats: Ints = given.seat_pin[number].copy()
    size = np.bincount(seats[seats >= 0], minlength=count)
    open_groups = np.nonzero(~given.frozen[number, :count])[0]
    open_groups = open_groups if len(open_groups) else np.arange(count)  # against the rules, and counted so
    for school in rng.permutation(np.nonzero(given.here[number] & (seats < 0))[0]):
        chosen = open_groups[np.argmin(size[open_groups])]
        seats[school] = chosen
        size[chosen] += 1
    return seats
