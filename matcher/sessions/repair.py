"""What of the published year can stay? The sessions that must change, the proof, and a season with the rest fixed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matcher.engine.exact_year import Answer, Kept, solve_year
from matcher.sessions.groups import satisfies

if TYPE_CHECKING:
    from matcher.domain.year import Session
    from matcher.engine.gathering import Arrangement, Gathering
    from matcher.sessions.facts import Facts
    from matcher.sessions.groups import SessionPin


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """The exact answer, the arrays with everything that stays fixed, and a year to start from."""

    answer: Answer
    given: Gathering
    kept: tuple[Kept, ...]


def repair(facts: Facts, *, effort: float = 30.0) -> Repair:
    """Find the fewest changed sessions, then the fewest changed invitations, against the previous year."""
    kept = kept_sessions(facts)
    answer = solve_year(facts.given, kept, effort=effort, seed=facts.season.seed)
    if answer.plan is None:
        return Repair(answer, facts.given, kept)
    return Repair(answer, _fix(facts.given, answer.plan, kept), kept)


def kept_sessions(facts: Facts) -> tuple[Kept, ...]:
    """Number the previous sessions as groups of their rounds; pins take the first groups, and a pinned session its own."""
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
    """Tell how much a pinned session looks like a previous one: what it asks outweighs whom they share."""
    asked = sum(satisfies(session, one) for one in pin.pins) or (pin.held and satisfies_all(pin, session))
    return 1000 * int(asked) + len(set(pin.schools) & set(session.schools))


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


def _fix(given: Gathering, plan: Arrangement, kept: tuple[Kept, ...]) -> Gathering:
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
