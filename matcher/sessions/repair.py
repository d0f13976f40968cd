"""What of the published year can stay? The sessions that must change, the proof, and a season with the rest fixed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.domain.year import Session
from matcher.engine.calls import Stop
from matcher.engine.year.exact_repeats import with_fewest_repeats
from matcher.engine.year.exact_year import Answer, Kept, solve_year
from matcher.engine.year.year_problem import Arrangement, Ints, YearProblem, group_limits, score, travels
from matcher.sessions.bounds import fewest_repeats, shape_of
from matcher.sessions.groups import SessionPin, satisfies
from matcher.sessions.year_arrays import Facts


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """The exact answer, the arrays with everything that stays fixed, and a year to start from."""

    answer: Answer
    given: YearProblem
    kept: tuple[Kept, ...]

    def proofs(self, facts: Facts) -> tuple[bool, bool]:
        """Tell whether fewer changed sessions, and fewer changed invitations, are proven to be impossible.

        The exact answer holds for these numbers of groups; where sizes allow others, only what can't stay proves.
        """
        answer, (fewest, most) = self.answer, group_limits(facts.given)
        clear = not _unclear(facts, self.kept)
        if not answer.proven:
            return False, False
        sessions, invitations = least_changes(facts.given, self.kept)
        settled = bool((fewest == most).all())
        return settled or answer.changed == sessions, (settled and clear) or (answer.changed, answer.moved) == (
            sessions,
            invitations,
        )


def repair(facts: Facts, *, effort: float = 30.0, stop: Stop | None = None) -> Repair:
    """Find the fewest changed sessions, then the fewest changed invitations, then the fewest repeats with those.

    Against the previous year. Repeats come in where they go before travel, and where the model is not too large.
    """
    kept, given, seed = kept_sessions(facts), facts.given, facts.season.seed
    answer = solve_year(given, kept, effort=effort, seed=seed, stop=stop)
    if answer.changed and not answer.proven and _can_all_stay(given, kept):  # ended early
        whole = _keep_the_unhurt(facts, kept, effort, None)
        answer = answer if whole.plan is None else whole
    if answer.status == "unknown":
        answer = _keep_the_unhurt(facts, kept, effort, stop)
    if answer.plan is None:
        return Repair(answer, _unhurt(given, kept) if answer.status == "unknown" else given, kept)
    plan = answer.plan
    if facts.season.first == "mixing":
        found = with_fewest_repeats(given, kept, plan, changes_first=True, effort=effort / 3, seed=seed, stop=stop)
        plan = found.plan or plan
    return Repair(replace(answer, plan=plan), _fix(given, plan, kept), kept)


def fewer_repeats(facts: Facts, fixed: Repair, *, effort: float, stop: Stop | None = None) -> tuple[int, int] | None:
    """Give the other end of a repair: how many repeats a year can do with, and how many sessions it then changes.

    None where no year with fewer repeats than the repair's was found.
    """
    plan = fixed.answer.plan
    if plan is None:
        return None
    now = score(facts.given, plan).repeats
    if now <= fewest_repeats(shape_of(facts.given)):
        return None
    found = with_fewest_repeats(
        facts.given, fixed.kept, plan, changes_first=False, effort=effort, seed=facts.season.seed, stop=stop
    )
    repeats = now if found.plan is None else score(facts.given, found.plan).repeats
    return (repeats, found.changed) if repeats < now else None


def _unhurt(given: YearProblem, kept: tuple[Kept, ...]) -> YearProblem:
    """Fix the sessions that can stay, for a search where no exact repair was found in time.

    Where a round has a school without a seat and no session to change, its smallest one that was not held may.
    """
    fixed = _fix(given, _staying(given, kept), kept)
    groups = np.arange(fixed.frozen.shape[1]) < fixed.groups[:, None]
    lost = (fixed.here & (fixed.seat_pin < 0)).any(axis=1) & ~(groups & ~fixed.frozen).any(axis=1)
    opened = []
    for number in np.nonzero(lost)[0].tolist():
        mine = [one for one in kept if one.round == number and not given.frozen[number, one.group]]
        opened += sorted(mine, key=lambda one: (len(one.schools), one.group))[:1]
    if not opened:
        return fixed
    rest = tuple(one for one in kept if one not in opened)
    return _fix(given, _staying(given, rest), rest)


def _can_all_stay(given: YearProblem, kept: tuple[Kept, ...]) -> bool:
    """Tell whether the previous year is a whole one, of which every session by itself can stay."""
    fixed = _unhurt(given, kept)
    return not (fixed.here & (fixed.seat_pin < 0)).any() and bool((fixed.frozen.sum(axis=1) == fixed.groups).all())


def _keep_the_unhurt(facts: Facts, kept: tuple[Kept, ...], effort: float, stop: Stop | None) -> Answer:
    """Repair a year that is too large for the exact model: sessions that can stay do, the others are planned anew.

    Proven where no more sessions change than those that can't stay, and none of their invitations could.
    """
    given = facts.given
    answer = solve_year(_unhurt(given, kept), kept, effort=effort, seed=facts.season.seed, stop=stop)
    if answer.plan is None:
        return Answer("unknown")
    return replace(answer, proven=(answer.changed, answer.moved) == least_changes(given, kept))


def _staying(given: YearProblem, kept: tuple[Kept, ...]) -> Arrangement:
    """Give an arrangement of the sessions that can stay alone; the others are nowhere."""
    left, nowhere = turns_left(given, kept), np.full(given.frozen.shape, -2)
    plan = Arrangement(np.full(given.here.shape, -1), nowhere, nowhere.copy())
    for one in kept:
        if _can_stay(given, one, left):
            plan.group[one.round, list(one.schools)] = one.group
            plan.host[one.round, one.group], plan.moment[one.round, one.group] = one.host, one.moment
    return plan


def least_changes(given: YearProblem, kept: tuple[Kept, ...]) -> tuple[int, int]:
    """Count the sessions that can't stay, and of their invitations those that can't: no year changes less."""
    left = turns_left(given, kept)
    hurt = [one for one in kept if not _can_stay(given, one, left)]
    return len(hurt), sum(_lost_invitations(given, one, left) for one in hurt)


def turns_left(given: YearProblem, kept: tuple[Kept, ...]) -> Ints:
    """Give how often each host may still receive (h), beside the sessions already held."""
    held = [one.host for one in kept if one.host >= 0 and given.frozen[one.round, one.group]]
    return given.times - np.bincount(np.array(held, dtype=np.int64), minlength=given.hosts)


def _lost_invitations(given: YearProblem, one: Kept, left: Ints) -> int:
    if one.host < 0 or one.moment < 0 or left[one.host] <= 0:
        return len(one.schools)
    if not given.host_free[one.round, one.host, one.moment]:
        return len(one.schools)
    return int((~given.school_free[one.round, list(one.schools), one.moment]).sum())


def _can_stay(given: YearProblem, one: Kept, left: Ints) -> bool:
    """Tell whether a previous session breaks no rule by itself; one already held breaks none."""
    if one.host >= 0 and one.moment >= 0 and given.frozen[one.round, one.group]:
        return True
    if one.host < 0 or one.moment < 0 or not one.whole or left[one.host] <= 0:
        return False
    members = list(one.schools)
    size_fits = given.low[one.round] <= len(members) <= min(given.high[one.round], given.room[one.host])
    free = given.school_free[one.round, members, one.moment].all() and given.host_free[one.round, one.host, one.moment]
    pins = given.seat_pin[one.round, members]
    place = given.barred[one.round, one.group, one.host] or given.shut[one.round, one.group, one.moment]
    at_home = given.own[one.host] < 0 or given.own[one.host] in members
    strangers = given.counts[one.round] and np.isin(given.apart, members).all(axis=1).any()
    travelling = travels(given, one.round, np.array(members, dtype=np.int64))
    near = given.far is None or not (given.far[members, one.host] & travelling).any()
    return bool(
        size_fits
        and free
        and at_home
        and near
        and not strangers
        and not place
        and ((pins < 0) | (pins == one.group)).all()
    )


def kept_sessions(facts: Facts) -> tuple[Kept, ...]:
    """Give previous sessions the numbers of groups; pins have the first ones, and a pinned session its pin's."""
    previous = facts.season.previous
    found: list[Kept] = []
    for number, one in enumerate(facts.season.rounds):
        old = [session for session in (previous.sessions if previous else ()) if session.round == one.number]
        taken: set[int] = set()
        for session in sorted(
            old, key=lambda each: -max((_likeness(pin, each) for pin in facts.pins[number]), default=0)
        ):
            group = _group_for(facts, number, session, taken)
            if group is None:
                continue
            taken.add(group)
            numbers = [facts.school_number.get(school, -1) for school in session.schools]
            still = tuple(who for who in numbers if who >= 0 and facts.given.here[number, who])
            times = [(moment.day, moment.half_day) for moment in facts.moments[number]]
            when = (session.day, session.half_day)
            found.append(
                Kept(
                    round=number,
                    group=group,
                    schools=still,
                    host=facts.host_number.get(session.host, -1),
                    moment=times.index(when) if when in times else -1,
                    whole=len(still) == len(numbers),
                )
            )
    return tuple(found)


def _likeness(pin: SessionPin, session: Session) -> int:
    """Tell how much a pinned session looks like a previous one: what it asks, then the place, then whom they share."""
    asked = sum(satisfies(session, one) for one in pin.pins) or (pin.held and satisfies_all(pin, session))
    place = pin.host == session.host and pin.day == session.day
    return 1000 * int(asked) + 100 * int(place) + len(set(pin.schools) & set(session.schools))


def _unclear(facts: Facts, kept: tuple[Kept, ...]) -> bool:
    """Tell whether a pin asks for a session of which it is a choice what previous session it goes on from.

    That session must change whichever it is; how many invitations change with it hangs on the choice.
    """
    known = {(one.round, one.group): set(one.schools) for one in kept}
    for number, pins in enumerate(facts.pins):
        for group, pin in enumerate(pins):
            asked = {facts.school_number[school] for school in pin.schools if school in facts.school_number}
            whole = asked <= known.get((number, group), set())
            if not (pin.held or whole or (pin.host is not None and pin.day is not None)):
                return True
    return False


def satisfies_all(pin: SessionPin, session: Session) -> bool:
    """Tell whether a held session is this one."""
    return (pin.host, pin.day, pin.half_day, pin.schools) == (
        session.host, session.day, session.half_day, session.schools
    )  # fmt: skip


def _group_for(facts: Facts, number: int, session: Session, taken: set[int]) -> int | None:
    """Choose the pin's group that is most like it, else the first group without a pin, else any."""
    pins = facts.pins[number]
    shared = {group: _likeness(pin, session) for group, pin in enumerate(pins) if group not in taken}
    best = max(shared, key=lambda group: shared[group], default=None)
    if best is not None and shared[best]:
        return best
    free = [group for group in range(int(facts.given.groups[number])) if group not in taken]
    return next((group for group in free if group >= len(pins)), free[0] if free else None)


def _fix(given: YearProblem, plan: Arrangement, kept: tuple[Kept, ...]) -> YearProblem:
    """Fix what stays: sessions that did not change whole, and invitations that did not."""
    seat_pin, frozen = given.seat_pin.copy(), given.frozen.copy()
    barred, shut = given.barred.copy(), given.shut.copy()
    for one in kept:
        same = (plan.host[one.round, one.group], plan.moment[one.round, one.group]) == (one.host, one.moment)
        members = set(np.nonzero(plan.group[one.round] == one.group)[0].tolist())
        if not same:
            continue
        stay = sorted(members & set(one.schools))
        seat_pin[one.round, stay] = one.group
        barred[one.round, one.group] = np.arange(given.hosts) != one.host
        shut[one.round, one.group] = np.arange(shut.shape[2]) != one.moment
        frozen[one.round, one.group] |= one.whole and members == set(one.schools)
    return replace(given, seat_pin=seat_pin, frozen=frozen, barred=barred, shut=shut)
