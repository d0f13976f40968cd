"""How little can schools travel at best, when nobody may meet too often? A bound by column generation.

A column is a group with its host. A year takes columns so that every school sits in one group a round, pairs meet
no more often than the repeats allow, and no host receives more often than it can. Left out are dates (but a group and
its host need a common free moment in the round) and that columns are whole. The prices of the linear programme give a
bound at any time (Lagrange; see Luebbecke and Desrosiers, Operations Research 2005). They are rounded to a power of
two, so that sums of them are exact in floating point and the bound is no matter of tolerance.
"""

from __future__ import annotations

from itertools import combinations
from math import ceil, isfinite
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.year.column_prices import Duals
from matcher.engine.year.group_pricing import Prices, Search
from matcher.engine.year.relaxed_year import relax
from matcher.engine.year.year_problem import school_minutes

if TYPE_CHECKING:
    from ortools.linear_solver import pywraplp

    from matcher.engine.calls import Stop
    from matcher.engine.year.column_prices import Known
    from matcher.engine.year.group_pricing import Group
    from matcher.engine.year.relaxed_year import RelaxedYear
    from matcher.engine.year.year_problem import Arrangement, Gathering, Numbers

TRUST = 0.5
"""How much of the best prices so far stays in the next: those of a linear programme jump, and mixing calms them."""

NEAR = 0.9993
"""The part of what the linear programme could still prove that is enough."""

NEVER_TOGETHER = 2.0**20
"""The price of two in one group who agreed never to meet: no year has such a group, so that it proves nothing."""

MOST_SCHOOLS = 60
"""Schools above which searching groups takes longer than the bound is worth."""

KEPT = 400
"""Columns that a bound takes over from the one before it."""

AT_ONCE = 150
"""Columns that join the programme at a time: as many as pay for solving again."""

SHARE = 0.9
"""The part of what a school travels in the year at hand that its visits are first said to be worth."""

TURNS, SCHOOLS = 60, 24
"""Linear programmes that are solved at most for so many schools; for more schools fewer, as each takes longer."""


def column_bound(  # noqa: PLR0913 - the choices of a search, all by name
    given: Gathering,
    repeats: int | None,
    *,
    worst: bool,
    most: int | None = None,
    plan: Arrangement | None = None,
    after: Known | None = None,
    effort: float = 1.0,
    stop: Stop | None = None,
) -> int | None:
    """Give minutes that no year with at most so many repeats stays below: all together, or of the worst school.

    `repeats` None lets everyone meet as often as they like; `most` are minutes that no school may go beyond, where all
    together are asked; `plan` is a year to start from, `after` what another bound of this year found;
    what this one finds is kept there. None where the cohort is too large for it. `effort` scales how
    long is searched; the answer depends on nothing else.
    """
    if given.schools > MOST_SCHOOLS or not given.schools or effort <= 0:
        return None
    year = relax(given)
    allowed = None if repeats is None else repeats - year.repeats
    if (allowed is not None and allowed < 0) or not len(year.offers.host) or not len(year.visits):
        return None
    if most is not None and (worst or (year.spent > most).any()):
        most = None
    generation = _Generation(year, allowed, worst=worst, most=most)
    if plan is not None:
        generation.start(given, plan)
    if after is not None:
        generation.go_on(after)
    bound = generation.run(effort, stop)
    if after is not None and generation.best is not None and not worst:
        (after.value, after.prices), after.columns = generation.best, tuple(sorted(generation.known))
    return bound


class _Generation:
    """The linear programme over the columns so far, and the best prices so far."""

    def __init__(self, year: RelaxedYear, allowed: int | None, *, worst: bool, most: int | None) -> None:
        self.year, self.allowed, self.worst, self.most = year, allowed, worst, most
        self.known: set[tuple[int, int, tuple[int, ...]]] = set()
        self.best: tuple[float, Duals] | None = None
        self._programme()

    def _programme(self) -> None:
        """Begin a linear programme without columns."""
        from ortools.linear_solver import pywraplp  # noqa: PLC0415 - only years need it

        self.lp = pywraplp.Solver.CreateSolver("GLOP")
        # Primal simplex goes on where columns were added, and is stable without preprocessing.
        self.lp.SetSolverSpecificParametersAsString("use_dual_simplex: false use_preprocessing: false")
        self._rows()

    def _rows(self) -> None:
        year, lp, far = self.year, self.lp, float(self.year.minutes.max(initial=1)) * 4
        kinds, schools = year.visits.shape
        goal = lp.Objective()
        goal.SetMinimization()
        infinity = lp.infinity()
        farthest = lp.NumVar(0, infinity, "")
        goal.SetCoefficient(farthest, float(self.worst))
        limits = () if self.most is None and not self.worst else ((self.most or 0) - year.spent).tolist()
        self.minute = [lp.Constraint(-infinity, float(limit)) for limit in limits]
        for row in self.minute if self.worst else ():
            row.SetCoefficient(farthest, -1.0)
        self.visit = [[lp.Constraint(float(count), float(count)) for count in counts] for counts in year.visits]
        for kind in range(kinds):
            for who in range(schools):
                missing = lp.NumVar(0, infinity, "")
                self.visit[kind][who].SetCoefficient(missing, 1.0)
                goal.SetCoefficient(missing, far)
        pairs = () if self.allowed is None else combinations(range(schools), 2)
        self.meeting = {pair: lp.Constraint(-infinity, float(year.apart[pair])) for pair in pairs}
        self.repeat = lp.Constraint(-infinity, float(self.allowed or 0))
        for row in self.meeting.values():
            again = lp.NumVar(0, infinity if self.allowed else 0, "")
            row.SetCoefficient(again, -1.0)
            self.repeat.SetCoefficient(again, 1.0)
        self.turn = [lp.Constraint(-infinity, float(turns)) for turns in year.turns]
        self.session = [
            lp.Constraint(float(low), float(high)) for low, high in zip(year.fewest, year.most, strict=True)
        ]
        for row in self.session:
            missing = lp.NumVar(0, infinity, "")
            row.SetCoefficient(missing, 1.0)
            goal.SetCoefficient(missing, far * schools)

    def start(self, given: Gathering, plan: Arrangement) -> None:
        """Take the groups of a year as the first columns, and what each school travels in it as the first prices."""
        year = self.year
        count = len(year.minutes)
        each = SHARE * school_minutes(given, plan) / np.maximum(year.visits.sum(axis=0), 1)
        first = Duals(
            visit=np.broadcast_to(each, year.visits.shape),
            meeting=np.zeros((count, count)),
            repeat=np.zeros(()),
            turn=np.zeros(len(year.turns)),
            session=np.zeros(len(year.fewest)),
            minute=np.ones(count),
        )
        self.best = None if self.worst else (0.0, first)
        for number, kind in enumerate(self.year.kind):
            for group in np.nonzero(~given.frozen[number, : int(given.groups[number])])[0] if kind >= 0 else ():
                members = tuple(np.nonzero(plan.group[number] == group)[0].tolist())
                if members:
                    self._column(int(kind), int(plan.host[number, group]), members)

    def go_on(self, after: Known) -> None:
        """Begin at the prices of a bound on all together, with the columns that are cheapest under them.

        For the worst school every minute weighs alike at first: the worst is never below the mean.
        """
        prices = after.prices
        if prices is None:
            return
        share = 1.0 / len(self.year.minutes) if self.worst else 1.0
        offered = [(self._reduced(prices, column), column) for column in after.columns]
        for _, column in sorted(offered)[:KEPT]:
            self._column(*column)
        self.best = (
            share * after.value,
            prices.times(share),
        )

    def _reduced(self, prices: Duals, column: tuple[int, int, tuple[int, ...]]) -> float:
        """Give what a column costs under prices."""
        kind, host, members = column
        who = list(members)
        pairs = prices.meeting[np.ix_(who, who)].sum() / 2
        cost = self.year.minutes[who, host].sum() - prices.visit[kind, who].sum() + pairs
        return float(cost + prices.turn[host] - prices.session[kind])

    def run(self, effort: float, stop: Stop | None) -> int:
        """Add columns until none is missing, or the effort is spent."""
        bound, failures = 0, 0
        for _ in range(round(TURNS * effort * min(1.0, (SCHOOLS / len(self.year.minutes)) ** 2))):
            if stop is not None and stop():
                break
            if not self._solve():
                break
            value = self.lp.Objective().Value()
            duals = self._duals()
            calm = self.best[1] if self.best is not None and not failures else duals
            prices = calm.mixed(duals, TRUST)
            search = Search(self.year.offers, self._prices(prices), len(self.year.visits))
            search.beam(4)
            proven = self._bound(prices, search.exact(round(300_000 * effort)))
            if not isfinite(proven):
                break
            if self.best is None or proven > self.best[0]:
                self.best = proven, prices
            bound = max(bound, ceil(proven))
            added = self._add(search.groups)
            failures = 0 if added else failures + 1
            if failures > 1 or bound >= NEAR * value:
                break
        return bound

    def _solve(self) -> bool:
        """Solve the programme over the columns so far; where going on fails, from the start."""
        if self.lp.Solve() == self.lp.OPTIMAL:
            return True
        again, self.known = sorted(self.known), set()
        self._programme()
        for column in again:
            self._column(*column)
        return bool(self.lp.Solve() == self.lp.OPTIMAL)

    def _duals(self) -> Duals:
        """Read the prices of the linear programme, those of limits turned to 0 or more."""
        year = self.year
        schools = year.visits.shape[1]
        meeting = np.zeros((schools, schools))
        for (one, other), row in self.meeting.items():
            meeting[one, other] = meeting[other, one] = max(0.0, -row.dual_value())
        repeat = max(0.0, -self.repeat.dual_value()) if self.allowed else float(meeting.max(initial=0.0)) + 1
        return Duals(
            visit=np.array([[row.dual_value() for row in rows] for rows in self.visit]),
            meeting=meeting,
            repeat=np.array(repeat),
            turn=np.array([max(0.0, -row.dual_value()) for row in self.turn]),
            session=np.array([row.dual_value() for row in self.session]),
            minute=np.array([max(0.0, -row.dual_value()) for row in self.minute] or [0.0] * schools) + (not self.worst),
        )

    def _prices(self, duals: Duals) -> Prices:
        offers = self.year.offers
        weights = (self.year.minutes * duals.minute[:, None]).T[offers.host] - duals.visit[offers.kind]
        turns = duals.turn[offers.host] - duals.session[offers.kind]
        return Prices(weights=weights, turns=turns, pairs=duals.meeting + NEVER_TOGETHER * self.year.never)

    def _bound(self, duals: Duals, cheapest: Numbers) -> float:
        """Add up what the prices prove: no column costs less than `cheapest` (k)."""
        year = self.year
        each = cheapest + duals.session
        sessions = np.where(each < 0, year.most * each, year.fewest * each).sum()
        limits = (
            (np.triu(year.apart, 1) * duals.meeting).sum()
            + duals.repeat * (self.allowed or 0)
            + year.turns @ duals.turn
            + (self.most or 0) * (duals.minute - 1).sum()
        )
        return float((year.visits * duals.visit).sum() + year.spent @ duals.minute - limits + sessions)

    def _add(self, groups: list[Group]) -> int:
        """Add the cheapest new columns, `AT_ONCE` at most; give their number."""
        added = 0
        for _, offer, members in sorted(groups):
            added += self._column(int(self.year.offers.kind[offer]), int(self.year.offers.host[offer]), members)
            if added == AT_ONCE:
                break
        return added

    def _column(self, kind: int, host: int, members: tuple[int, ...]) -> bool:
        """Add one column; tell whether it is new."""
        if (kind, host, members) in self.known:
            return False
        self.known.add((kind, host, members))
        column: pywraplp.Variable = self.lp.NumVar(0, self.lp.infinity(), "")
        minutes = self.year.minutes[list(members), host]
        if not self.worst:
            self.lp.Objective().SetCoefficient(column, float(minutes.sum()))
        for who, cost in zip(members, minutes, strict=True):
            self.visit[kind][who].SetCoefficient(column, 1.0)
            if self.minute:
                self.minute[who].SetCoefficient(column, float(cost))
        for pair in combinations(members, 2) if self.meeting else ():
            self.meeting[pair].SetCoefficient(column, 1.0)
        self.turn[host].SetCoefficient(column, 1.0)
        self.session[kind].SetCoefficient(column, 1.0)
        return True
