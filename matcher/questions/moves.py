"""Who moves from one plan to the next? School by school: which mentors go, which come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.domain.plan import Plan
    from matcher.domain.round import Round


@dataclass(frozen=True, slots=True)
class Move:
    """A school whose mentors change: ids of those who go and those who come."""

    school: str
    goes: tuple[str, ...]
    comes: tuple[str, ...]


def moves_between(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Give the schools whose mentors differ, in the order of their ids."""
    old, new = _by_school(before), _by_school(after)
    return tuple(
        Move(
            school,
            tuple(sorted(old.get(school, set()) - new.get(school, set()))),
            tuple(sorted(new.get(school, set()) - old.get(school, set()))),
        )
        for school in sorted(old.keys() | new.keys())
        if old.get(school) != new.get(school)
    )


def move_words(given: Round, move: Move, why: str = "") -> str:
    """Say a move in one Dutch line."""
    school = {one.id: one.name for one in given.schools}.get(move.school, move.school)
    names = {one.id: one.name for one in given.mentors}
    goes = " en ".join(names.get(one, one) for one in move.goes)
    comes = " en ".join(names.get(one, one) for one in move.comes)
    if not move.goes:
        line = f"{school}: krijgt {comes}"
    elif not move.comes:
        line = f"{school}: verliest {goes}"
    else:
        line = f"{school}: {goes} wordt {comes}"
    return f"{line} ({why})." if why else f"{line}."


def move_reason(after: Plan, move: Move) -> str:
    """Say in a few Dutch words why a school changes, as far as the plan itself tells."""
    gone = [one for one in move.goes if one in after.withdrawn]
    if gone:
        reason = after.withdrawn[gone[0]]
        return "uitgevallen" if reason in ("", "uitgevallen") else f"uitgevallen: {reason}"
    for lock in after.locks:
        if lock.school == move.school and (
            lock.mentor in move.comes if lock.kind == "required" else lock.mentor in move.goes
        ):
            words = "vastgelegd" if lock.kind == "required" else "verboden"
            return f"{words}: {lock.reason}" if lock.reason else words
    return "schuift mee" if move.goes else "kan nu wel" if move.comes else ""


def _by_school(plan: Plan) -> dict[str, set[str]]:
    schools: dict[str, set[str]] = {}
    for pair in plan.pairs:
        schools.setdefault(pair.school, set()).add(pair.mentor)
    return schools
