"""Is it true where places stay open, and what a remedy would bring? One check a kind, and a flow of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from matcher.domain.mentor import Mentor
from matcher.domain.reference import default_sectors
from matcher.domain.vocabulary import HALF_DAYS
from tests.claim_absence_checks import lock
from tests.claim_said import name_of

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

    from matcher.domain.round import Round
    from matcher.domain.school import School
    from tests.claim_said import Said
    from tests.claim_world import World


def most_filled(world: World, schools: Collection[str], at_most: Mapping[str, int] | None = None) -> int:
    """Fill the most places of these schools, agreements kept and rules of the policy's own left aside.

    `at_most` bounds the places of a school, where it asks for more. Places are filled one at a time, each by some
    path from a school over visits, mentors and companies to the end.
    """
    must = world.locked("required")
    room: Counter[tuple[Hashable, Hashable]] = Counter()
    for one in schools:
        wanted = world.school[one].mentors_wanted if at_most is None else at_most[one]
        room["start", ("school", one)] = wanted - sum(school == one for school, _ in must)
    seen = {(school, world.mentor[mentor].company_key) for school, mentor in must}
    for school, mentor in world.vetoes:
        company = world.mentor[mentor].company_key
        if school in schools and world.possible((school, mentor)) and (school, company) not in seen:
            room[("school", school), ("visit", school, company)] = 1
            room[("visit", school, company), ("mentor", mentor)] = 1
    for key, mentor in world.mentor.items():
        room[("mentor", key), ("company", mentor.company_key)] = mentor.max_schools - sum(who == key for _, who in must)
        used = sum(world.mentor[who].company_key == mentor.company_key for _, who in must)
        room[("company", mentor.company_key), "end"] = world.limit.get(mentor.company_key, 999) - used
    return sum(school in schools for school, _ in must) + _flow(room)


def _flow(room: Counter[tuple[Hashable, Hashable]]) -> int:
    ahead: dict[Hashable, set[Hashable]] = defaultdict(set)
    for tail, head in list(room):
        ahead[tail].add(head)
        ahead[head].add(tail)
    filled = 0
    while path := _path(room, ahead):
        for arc in path:
            room[arc] -= 1
            room[arc[::-1]] += 1
        filled += 1
    return filled


def _path(room: Counter[tuple[Hashable, Hashable]], ahead: dict[Hashable, set[Hashable]]) -> list[tuple[Any, Any]]:
    came: dict[Hashable, Hashable] = {"start": "start"}
    line: list[Hashable] = ["start"]
    while line:
        here = line.pop()
        for there in ahead[here]:
            if there not in came and room[here, there] > 0:
                came[there] = here
                line.append(there)
    if "end" not in came:
        return []
    path, here = [], "end"
    while here != "start":
        path.append((came[here], here))
        here = came[here]  # type: ignore[assignment]
    return path


def asked_for(given: Round, claims: Iterable[Any]) -> Round:
    """Give the round in which all that is asked is done."""
    for one in claims:
        given = _done(given, one)
    return given


def _done(given: Round, one: Any) -> Round:  # noqa: ANN401 - any claim
    kind = name_of(one)
    if kind in ("lift_ban", "lift_lock"):
        what = "forbidden" if kind == "lift_ban" else "required"
        gone = [each for each in given.locks if (each.school, each.mentor, each.kind) == (one.school, one.mentor, what)]
        return replace(given, locks=tuple(each for each in given.locks if each not in gone))
    if kind == "find_mentor":
        return replace(given, mentors=(*given.mentors, _somebody_new(given, one)))
    schools, mentors = (tuple(_changed(each, one, kind) for each in side) for side in (given.schools, given.mentors))
    if kind == "lift_not_with":
        who = next(each for each in given.mentors if each.id == one.mentor)
        schools = tuple(_let_in(each, who) if each.id == one.school else each for each in schools)
    return replace(given, schools=schools, mentors=mentors)


def _changed(row: Any, one: Any, kind: str) -> Any:  # noqa: ANN401
    if not isinstance(row, Mentor):
        return row
    if kind == "ask_company" and row.company_key == one.company and row.max_schools_company is not None:
        return replace(row, max_schools_company=max(row.max_schools_company, one.schools))
    if row.id != getattr(one, "mentor", None):
        return row
    changes = {
        "ask_more": lambda: {"max_schools": one.schools},
        "put_in_service": lambda: {"status": "active"},
        "lift_not_with": lambda: {"not_with": tuple(each for each in row.not_with if each != one.school)},
        "ask_wider": lambda: {
            "half_days": (*row.half_days, *one.half_days),
            "max_minutes": one.max_minutes or row.max_minutes,
            "provinces": (*row.provinces, *one.provinces),
            "school_types": (*row.school_types, *one.school_types),
        },
    }
    return replace(row, **changes[kind]()) if kind in changes else row


def _let_in(school: School, mentor: Mentor) -> School:
    names = {mentor.id, mentor.company, mentor.company_key}
    return replace(school, not_with=tuple(one for one in school.not_with if one not in names))


def _somebody_new(given: Round, one: Any) -> Mentor:  # noqa: ANN401
    school = next(each for each in given.schools if each.id == one.school)
    where = {name: getattr(school, name) for name in ("postcode", "municipality", "province", "position")}
    new = f"new{len(given.mentors)}"
    return Mentor(id=new, company=new, company_key=new, sectors=(one.sector,), half_days=HALF_DAYS, **where)


def _world(said: Said, claims: Iterable[Any]) -> World:
    given = asked_for(said.given, claims)
    return replace(said.world, given=given, locks=given.locks, points={}, minutes={}, vetoes={})


def short_of(said: Said, one: Any) -> bool:  # noqa: ANN401
    """Count anew; without any one school the others can all be served, so that the group is a smallest one."""
    wanted = {school: said.world.school[school].mentors_wanted for school in one.schools}
    near = {
        mentor for school, mentor in said.world.vetoes if school in wanted and said.world.possible((school, mentor))
    }
    near |= {mentor for school, mentor in said.world.locked("required") if school in wanted}
    rests = [[each for each in one.schools if each != left] for left in one.schools]
    counted = (
        one.asked == sum(wanted.values()) and one.filled == _beside(said.world, one.schools, one.beside) < one.asked
    )
    small = all(_beside(said.world, rest, one.beside) == sum(wanted[each] for each in rest) for rest in rests)
    apart = not set(one.beside) & set(one.schools) and set(one.beside) <= set(said.world.school)
    needed = not one.beside or most_filled(said.world, one.schools) > one.filled
    return counted and small and apart and needed and list(one.mentors) == sorted(near)


def _beside(world: World, schools: Collection[str], others: Collection[str]) -> int:
    """Fill the most places of schools once as many as can be are filled at others."""
    return most_filled(world, [*others, *schools]) - most_filled(world, others)


def fills_more(said: Said, one: Any) -> bool:  # noqa: ANN401
    then, every = _world(said, said.claims), list(said.world.school)
    more = most_filled(then, every) - most_filled(said.world, every)
    both, now = [*one.schools, *one.beside], _beside(said.world, one.schools, one.beside)
    here = most_filled(then, both) > most_filled(said.world, both) and most_filled(then, one.schools) > now
    apart = not one.beside or most_filled(said.world, one.schools) > now
    return one.places == more > 0 and here and apart and not set(one.beside) & set(one.schools)


def ask_wider(said: Said, one: Any) -> bool:  # noqa: ANN401
    """Hold each part: nothing but what else is asked keeps the pair apart then, and no part is idle."""
    mentor, others = said.world.mentor[one.mentor], [each for each in said.claims if each is not one]
    limit = mentor.max_minutes or said.given.policy.max_minutes
    minutes = said.world.minutes[one.school, one.mentor]
    if one.max_minutes not in (0, minutes) or one.far != (one.max_minutes > 1.5 * limit):
        return False
    if set(one.half_days) & set(mentor.half_days) or len(set(one.half_days)) != len(one.half_days):
        return False
    parts = list(_without_a_part(one))
    pair = one.school, one.mentor
    fits = set(one.half_days) <= set(HALF_DAYS) and not _world(said, [*others, one]).vetoes[pair]
    return bool(parts) and fits and all(_world(said, [*others, part]).vetoes[pair] for part in parts)


def _without_a_part(one: Any) -> Iterator[Any]:  # noqa: ANN401
    for half in one.half_days:
        yield replace(one, half_days=tuple(each for each in one.half_days if each != half))
    for name, empty in (("max_minutes", 0), ("provinces", ()), ("school_types", ())):
        if getattr(one, name):
            yield replace(one, **{name: empty})


def ask_more(said: Said, one: Any) -> bool:  # noqa: ANN401
    return one.schools == said.world.mentor[one.mentor].max_schools + 1 <= 5


def ask_company(said: Said, one: Any) -> bool:  # noqa: ANN401
    return one.schools == said.world.limit[one.company] + 1


def put_in_service(said: Said, one: Any) -> bool:  # noqa: ANN401
    return said.world.mentor[one.mentor].status == "reserve" and not said.world.takes_part(one.mentor)


def lifted(said: Said, one: Any, kind: str) -> bool:  # noqa: ANN401
    return lock(said, one.school, one.mentor, kind, one.reason)


def lift_not_with(said: Said, one: Any) -> bool:  # noqa: ANN401
    school, mentor = said.world.school[one.school], said.world.mentor[one.mentor]
    by_school = bool({mentor.id, mentor.company, mentor.company_key} & set(school.not_with))
    told = [one.by_mentor, one.by_school]
    return told == [school.id in mentor.not_with, by_school] and any(told)


def find_mentor(said: Said, one: Any) -> bool:  # noqa: ANN401
    """Hold the sector: none fits a field of the school better, and of those that fit as well none is rarer."""
    fields = said.world.school[one.school].fields
    fit = {each.code: max(each.fits.get(field, 0) for field in fields) for each in default_sectors()}
    has = Counter(code for mentor in said.given.mentors for code in set(mentor.sectors))
    best = [code for code, points in fit.items() if points == max(fit.values())]
    return one.sector in best and has[one.sector] == min(has[code] for code in best)
