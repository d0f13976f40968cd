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


def move_words(given: Round, move: Move, after: Plan | None = None) -> str:
    """Say a move in one Dutch line; with the plan after it also why, behind who it is about."""
    school = {one.id: one.name for one in given.schools}.get(move.school, move.school)
    names = {one.id: one.name for one in given.mentors}
    about = {} if after is None else _reasons(after, move)
    goes, comes = (
        " en ".join(names.get(one, one) + (f" ({about[one]})" if one in about else "") for one in side)
        for side in (move.goes, move.comes)
    )
    if not move.goes:
        line = f"{school}: krijgt {comes}"
    elif not move.comes:
        line = f"{school}: verliest {goes}"
    else:
        line = f"{school}: {goes} wordt {comes}"
    why = "" if after is None or about else move_reason(after, move)
    return f"{line} ({why})." if why else f"{line}."


def move_reason(after: Plan, move: Move) -> str:
    """Say in a few Dutch words why a school changes, as far as the plan itself tells."""
    about = _reasons(after, move)
    return next(iter(about.values()), "schuift mee" if move.goes else "kan nu wel" if move.comes else "")


def _reasons(after: Plan, move: Move) -> dict[str, str]:
    """Give the reasons that the plan itself has, by the mentor they are about: first of those who left."""
    found = {one: _left_words(after.withdrawn[one]) for one in move.goes if one in after.withdrawn}
    for lock in after.locks:
        who = move.comes if lock.kind == "required" else move.goes
        if lock.school == move.school and lock.mentor in who:
            words = "vastgelegd" if lock.kind == "required" else "verboden"
            found.setdefault(lock.mentor, f"{words}: {lock.reason}" if lock.reason else words)
    return found


def _left_words(reason: str) -> str:
    return "uitgevallen" if reason in ("", "uitgevallen") else f"uitgevallen: {reason}"


def _by_school(plan: Plan) -> dict[str, set[str]]:
    schools: dict[str, set[str]] = {}
    for pair in plan.pairs:
        schools.setdefault(pair.school, set()).add(pair.mentor)
    return schools
