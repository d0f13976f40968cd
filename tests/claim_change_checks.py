"""Is it true what follows, what changed, and what a drop-out would do? One check a kind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matcher.domain.vocabulary import HALF_DAYS, PROVINCES, SCHOOL_TYPES
from tests.claim_absence_checks import facts
from tests.claim_world import World

if TYPE_CHECKING:
    from tests.claim_said import Said
    from tests.claim_world import Values


def costs(said: Said, one: Any) -> bool:  # noqa: ANN401
    if said.best is None:
        return False
    lost = said.losses(said.best, pairs=has_pairs(said.best))
    worse = {name: above(value, 1) for name, value in lost.items() if some_above(value, 1)}
    return (one.school, one.mentor) == said.pair and bool(worse) and dict(one.losses) == worse


def gains(said: Said, one: Any) -> bool:  # noqa: ANN401
    if said.best is None:
        return False
    lost = said.losses(said.best, pairs=has_pairs(said.best))
    better = {name: above(value, -1) for name, value in lost.items() if some_above(value, -1)}
    return (one.school, one.mentor) == said.pair and bool(better) and dict(one.gains) == better


def has_pairs(values: Values) -> bool:
    return values["places_filled"][0] > 0


def above(value: int | tuple[int, ...], sign: int) -> int | tuple[int, ...]:
    return tuple(max(0, sign * one) for one in value) if isinstance(value, tuple) else sign * value


def some_above(value: int | tuple[int, ...], sign: int) -> bool:
    return any(sign * one > 0 for one in value) if isinstance(value, tuple) else sign * value > 0


def moves(said: Said, one: Any) -> bool:  # noqa: ANN401
    there = set(one.goes) <= set(said.of(one.school)) and not set(one.comes) & set(said.of(one.school))
    return there and bool(one.goes or one.comes) and said.moves_true


def would_fit(said: Said, one: Any) -> bool:  # noqa: ANN401
    """Widen the mentor by what is said; nothing may then keep the pair apart, and nothing that is said is idle."""
    mentor, told = said.world.mentor[one.mentor], (*one.half_days, *one.provinces, *one.school_types)
    if not set(told) <= {*HALF_DAYS, *PROVINCES, *SCHOOL_TYPES}:
        return False
    if one.max_minutes not in (0, said.world.minutes[one.school, one.mentor]):
        return False
    wide = {
        "half_days": (*mentor.half_days, *one.half_days),
        "max_minutes": one.max_minutes or mentor.max_minutes,
        "provinces": (*mentor.provinces, *one.provinces),
        "school_types": (*mentor.school_types, *one.school_types),
    }
    real = bool(said.world.vetoes[one.school, one.mentor]) and not set(one.half_days) & set(mentor.half_days)
    changed = replace(mentor, **wide)
    mentors = tuple(changed if each.id == mentor.id else each for each in said.given.mentors)
    return real and not World(replace(said.given, mentors=mentors)).vetoes[one.school, one.mentor]


def fell_out(said: Said, one: Any, *, lifted: bool) -> bool:  # noqa: ANN401
    pair = one.school, one.mentor
    return pair in said.before and pair not in said.plan and (pair in said.lifted) == lifted and facts(said, one)


def moves_along(said: Said, one: Any) -> bool:  # noqa: ANN401
    left, came = (one.school, one.mentor), (one.to, one.mentor)
    return left in said.before - said.plan and came in said.plan - said.before


def takes_over(said: Said, one: Any) -> bool:  # noqa: ANN401
    lost = {mentor for mentor in said.of(one.school) if mentor in one.gone}
    new = one.mentor not in said.of(one.school) and one.mentor not in one.gone
    return bool(lost) and new and said.fall_true


def stays_open(said: Said, one: Any) -> bool:  # noqa: ANN401
    after = said.after_fall(one.school)
    return one.count == len(said.of(one.school)) - len(after) > 0 and one.left == len(after) and said.fall_true


def changes_too(said: Said, one: Any) -> bool:  # noqa: ANN401
    here = set(said.of(one.school))
    goes, comes = set(one.goes), set(one.comes)
    return bool(goes | comes) and goes <= here - set(one.gone) and not comes & here and said.fall_true


def points_after(said: Said, one: Any) -> bool:  # noqa: ANN401
    after = {(school, mentor) for school in said.world.school for mentor in said.after_fall(school)}
    (now,), (then,) = said.world.values(said.plan)["points"], said.world.values(after)["points"]
    return one.lost == now - then and set(one.gone) <= {mentor for _, mentor in said.plan} and said.fall_true
