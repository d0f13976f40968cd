"""Which rules does a year of sessions obey, as an exact model for CP-SAT? Seats, hosts and moments of groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from matcher.engine.year.year_problem import NEVER, Arrangement, Flags, Ints, YearProblem, travels

ZERO_OR_ONE = cp_model.Domain(0, 1)

Literals = dict[tuple[int, int, int], cp_model.IntVar]
"""Variables by round and two more: (school, group), (group, host) or (group, moment)."""


@dataclass(slots=True, eq=False)
class YearModel:
    """A model under construction: a variable for every seat, host and moment that is possible.

    `always` (r) are the groups that a round has for certain; those beyond may stay empty, if `used` says so.
    """

    given: YearProblem
    always: Ints
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    used: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    seat: Literals = field(default_factory=dict)
    host: Literals = field(default_factory=dict)
    moment: Literals = field(default_factory=dict)

    def rounds(self) -> Iterator[tuple[int, range]]:
        """Give every round with the numbers of its groups."""
        for number in range(self.given.rounds):
            yield number, range(int(self.given.groups[number]))

    def new_literal(self) -> cp_model.IntVar:
        """Make a variable that is 0 or 1: as `new_bool_var` does, without a domain of its own for each."""
        return cp_model.IntVar(self.model.model_proto).with_domain(ZERO_OR_ONE)

    def choose_one(self, number: int, group: int, options: list[cp_model.IntVar]) -> None:
        """Let a group have one of the options, an empty group none."""
        if (number, group) in self.used:
            self.model.add(sum(options) == self.used[number, group])
        else:
            self.model.add_exactly_one(options)


def build_year(given: YearProblem, always: Ints | None = None) -> YearModel:
    """Model all rules; travel and repeats are left out. Groups from number `always` (r) on may stay empty."""
    model = YearModel(given, given.groups if always is None else always)
    _seats(model)
    _hosts(model)
    _moments(model)
    _pairs(model)
    return model


def new_solver(effort: float, seed: int) -> cp_model.CpSolver:
    """Make a solver whose answer depends on the seed and on deterministic time alone."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.catch_sigint_signal = False
    return solver


def _seats(model: YearModel) -> None:
    given, m = model.given, model.model
    for number, groups in model.rounds():
        for school in np.nonzero(given.here[number])[0].tolist():
            pin = int(given.seat_pin[number, school])
            open_groups = [
                group for group in groups if pin in (-1, group) and (pin >= 0 or not given.frozen[number, group])
            ]
            for group in open_groups:
                model.seat[number, school, group] = model.new_literal()
            m.add_exactly_one(model.seat[number, school, group] for group in open_groups)
        for group in groups:
            members = [literal for (r, _, g), literal in model.seat.items() if (r, g) == (number, group)]
            low, high = int(given.low[number]), int(given.high[number])
            if group >= model.always[number]:
                used = model.used[number, group] = m.new_bool_var("")
                m.add(sum(members) >= low * used)
                m.add(sum(members) <= high * used)
                if (number, group - 1) in model.used:
                    m.add_implication(used, model.used[number, group - 1])
            elif not given.frozen[number, group]:
                m.add_linear_constraint(sum(members), low, high)


def _hosts(model: YearModel) -> None:
    given, m = model.given, model.model
    members = _members(model)
    for number, groups in model.rounds():
        for group in groups:
            inside = members.get((number, group), [])
            options = np.nonzero(~given.barred[number, group])[0].tolist()
            for host in options:
                literal = model.host[number, group, host] = model.new_literal()
                if given.room[host] < given.high[number] and not given.frozen[number, group]:
                    m.add(sum(inside) <= int(given.room[host])).only_enforce_if(literal)
                if given.far is not None and not given.frozen[number, group]:
                    _nobody_from_far(model, (number, group, host), literal)
                if given.own[host] >= 0:
                    at_home = model.seat.get((number, int(given.own[host]), group))
                    m.add_implication(literal, at_home) if at_home is not None else m.add(literal == 0)
            model.choose_one(number, group, [model.host[number, group, host] for host in options])
    turns: dict[int, list[cp_model.IntVar]] = {}
    for (_, _, host), literal in model.host.items():
        turns.setdefault(host, []).append(literal)
    for host, literals in turns.items():
        if len(literals) > given.times[host]:
            m.add(sum(literals) <= int(given.times[host]))


def _nobody_from_far(model: YearModel, place: tuple[int, int, int], literal: cp_model.IntVar) -> None:
    """Seat nobody in a group whose trip to its host is too long."""
    number, group, host = place
    far = np.nonzero(model.given.far[:, host])[0] if model.given.far is not None else np.zeros(0, dtype=np.int64)
    far = far[travels(model.given, number, far)].tolist()
    seats = [model.seat.get((number, school, group)) for school in far]
    for seat in seats:
        if seat is not None:
            model.model.add_bool_or(literal.negated(), seat.negated())


def _pairs(model: YearModel) -> None:
    """Let pairs that must meet sit together in some round that counts, and pairs that never may in none."""
    given, m = model.given, model.model
    counted = [(number, group) for number, groups in model.rounds() if given.counts[number] for group in groups]
    for one, other in given.meet.tolist():
        meetings = []
        for seats in _both(model, counted, one, other):
            meetings.append(m.new_bool_var(""))
            m.add_bool_and(*seats).only_enforce_if(meetings[-1])
        m.add_bool_or(meetings)
    loose = [place for place in counted if not given.frozen[place]]
    for one, other in given.apart.tolist():
        for seats in _both(model, loose, one, other):
            m.add_bool_or(seat.negated() for seat in seats)


def _both(
    model: YearModel, places: list[tuple[int, int]], one: int, other: int
) -> Iterator[tuple[cp_model.IntVar, cp_model.IntVar]]:
    """Give the seats of two schools in each of the groups where both can be."""
    for number, group in places:
        first, second = model.seat.get((number, one, group)), model.seat.get((number, other, group))
        if first is not None and second is not None:
            yield first, second


def _members(model: YearModel) -> dict[tuple[int, int], list[cp_model.IntVar]]:
    found: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for (number, _, group), literal in model.seat.items():
        found.setdefault((number, group), []).append(literal)
    return found


def _moments(model: YearModel) -> None:
    given = model.given
    for number, groups in model.rounds():
        for group in groups:
            options = np.nonzero((given.day[number] > NEVER) & ~given.shut[number, group])[0].tolist()
            for moment in options:
                model.moment[number, group, moment] = model.new_literal()
            model.choose_one(number, group, [model.moment[number, group, moment] for moment in options])
    _meet_in_time(model, model.seat, given.school_free, np.ones(given.schools, dtype=np.int64), given.spacing)
    _meet_in_time(
        model, model.host, given.host_free, (given.times <= 1).astype(np.int64), given.host_spacing, host=True
    )


def _meet_in_time(  # noqa: PLR0913 - schools and hosts keep time the same way
    model: YearModel, present: Literals, free: Flags, once: Ints, spacing: int, *, host: bool = False
) -> None:
    """Bar closed moments, and two sessions of one school or host within `spacing` days."""
    given, m = model.given, model.model
    at: dict[tuple[int, int, int], cp_model.IntVar] = {}
    moments: dict[tuple[int, int], list[tuple[int, cp_model.BoolVarT]]] = {}
    for (number, group, moment), literal in model.moment.items():
        moments.setdefault((number, group), []).append((moment, literal.negated()))
    uses: dict[int, list[tuple[int, int, cp_model.IntVar]]] = {}
    day, hour = given.day.tolist(), given.hour.tolist()
    for key, literal in present.items():
        number, who, group = (key[0], key[2], key[1]) if host else (key[0], key[1], key[2])
        place = number * 10_000 + group if host else number
        absent, is_free = literal.negated(), free[number, who].tolist()
        for moment, other in moments.get((number, group), ()):
            if not is_free[moment]:
                m.add_bool_or(absent, other)
                continue
            if host and once[who]:
                continue
            name = (place, who, moment)
            if name not in at:
                at[name] = model.new_literal()
                uses.setdefault(who, []).append((day[number][moment], hour[number][moment], at[name]))
            m.add_bool_or(absent, other, at[name])
    for dated in uses.values():
        _space(m, sorted(dated, key=lambda one: one[:2]), spacing)


def _space(m: cp_model.CpModel, dated: list[tuple[int, int, cp_model.IntVar]], spacing: int) -> None:
    """Allow one session in every stretch of `spacing` days, and one a moment; the sessions come in order of time."""
    end = 0
    for place, (day, hour, _) in enumerate(dated):
        if place and dated[place - 1][:2] == (day, hour):
            continue
        while end < len(dated) and (dated[end][0] - day < spacing or dated[end][:2] == (day, hour)):
            end += 1
        if end - place > 1:
            m.add_at_most_one([one[2] for one in dated[place:end]])


def add_hint(model: YearModel, plan: Arrangement) -> None:
    """Tell the solver where to start."""
    group, host, moment = plan.group.tolist(), plan.host.tolist(), plan.moment.tolist()
    hint = model.model.model_proto.solution_hint  # filled at once: a call for each variable takes five times as long
    for literals in (model.seat, model.host, model.moment):
        hint.vars.extend([literal.index for literal in literals.values()])
    hint.values.extend([int(group[number][school] == one) for number, school, one in model.seat])
    hint.values.extend([int(host[number][one] == place) for number, one, place in model.host])
    hint.values.extend([int(moment[number][one] == when) for number, one, when in model.moment])


def read_year(model: YearModel, solver: cp_model.CpSolver) -> Arrangement:
    """Read the year that the solver found."""
    given = model.given
    group = np.full(given.here.shape, -1, dtype=np.int64)
    host = np.zeros(given.frozen.shape, dtype=np.int64)
    moment = np.zeros(given.frozen.shape, dtype=np.int64)
    for (number, school, one), literal in model.seat.items():
        if solver.value(literal):
            group[number, school] = one
    for (number, one, place), literal in model.host.items():
        if solver.value(literal):
            host[number, one] = place
    for (number, one, when), literal in model.moment.items():
        if solver.value(literal):
            moment[number, one] = when
    return Arrangement(group, host, moment)
