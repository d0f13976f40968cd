"""Does a year of sessions break a rule, and are its numbers right? Checked anew, without arrays or a solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from matcher.domain.counting import counted
from matcher.domain.season import Host, Season, SessionRound
from matcher.domain.travel import UNREACHABLE, estimated_minutes, minutes_between
from matcher.domain.vocabulary import DAY_NAMES, HALF_DAYS
from matcher.domain.year import Session, Year
from matcher.sessions.agreements import broken_agreements
from matcher.sessions.goals import GOAL_NAMES, MOST_IS_BEST, goal_order, goal_values, left_out
from matcher.sessions.groups import absences_of, held_sessions, satisfies
from matcher.sessions.half_days import host_reason, school_reason
from matcher.sessions.online import may_host, online_schools
from matcher.sessions.wishes import short


def check_year(season: Season, year: Year) -> tuple[str, ...]:
    """List in Dutch every rule that a year breaks and every number that is wrong; empty where it is right."""
    found = [*_attendance(season, year)]
    if not found:
        for one in season.rounds:
            found += _round(season, one, [session for session in year.sessions if session.round == one.number])
        roads = _roads(season, year)
        for session in year.sessions:
            found += [*_weekday(session), *_session(season, session, roads[session.host])]
        found += _school_spacing(season, year)
        found += _hosting(season, year)
        found += broken_agreements(season, year.sessions)
        found += _numbers(season, year)
    return tuple(found)


def _attendance(season: Season, year: Year) -> Iterator[str]:
    hosts, schools = {one.id for one in season.hosts}, {one.id for one in season.participants}
    rounds = {one.number for one in season.rounds}
    stated = {(one.school, one.round) for one in absences_of(season)}
    seen: set[tuple[str, int]] = set()
    for one in year.sessions:
        if one.host not in hosts or one.round not in rounds or not schools.issuperset(one.schools):
            yield f"Ronde {one.round}, {one.host}: onbekende locatie, ronde of school."
        if one.half_day not in HALF_DAYS:
            yield f"Ronde {one.round}, {one.host}: «{one.half_day}» is geen halve dag."
        if len(one.minutes) != len(one.schools):
            yield f"Ronde {one.round}, {one.host}: het aantal reistijden klopt niet."
        for school in one.schools:
            if (school, one.round) in seen:
                yield f"{school} zit twee keer in ronde {one.round}."
            if (school, one.round) in stated:
                yield f"{school} is afwezig gemeld in ronde {one.round} en zit toch in een groep."
            seen.add((school, one.round))
    told = {(one.school, one.round) for one in year.absences if one.reason}
    for school, number in left_out(season, year.sessions):
        if (school, number) not in told:
            yield f"{school} zit in geen groep van ronde {number}, zonder reden."


def _round(season: Season, one: SessionRound, sessions: list[Session]) -> Iterator[str]:
    if one.plenary and len(sessions) > 1:
        yield f"Ronde {one.number} is plenair en heeft toch {counted(len(sessions), 'sessie', 'sessies')}."
    held = held_sessions(season)
    for session in sessions:
        past = any(_same(session, old) for old in held)
        fits = one.plenary or past or one.smallest <= len(session.schools) <= one.largest
        if not fits:
            yield (
                f"Ronde {one.number}, {session.host}: een groep van "
                f"{counted(len(session.schools), 'school', 'scholen')}."
            )
        if not one.window.first <= session.day <= one.window.last and not past:
            yield f"Ronde {one.number}, {session.host}: {short(session.day)} ligt buiten het venster."
    for pin in season.pins:
        if pin.round == one.number and not any(satisfies(session, pin) for session in sessions):
            yield f"Ronde {one.number}: een vastgelegde sessie ontbreekt."
    for old in held:
        if old.round == one.number and not any(_unchanged(old, session) for session in sessions):
            yield f"Ronde {one.number}: de sessie van {short(old.day)} is al geweest en veranderde toch."


def _same(one: Session, other: Session) -> bool:
    return (one.round, one.host, one.day, one.half_day, one.schools) == (
        other.round, other.host, other.day, other.half_day, other.schools
    )  # fmt: skip


def _unchanged(old: Session, one: Session) -> bool:
    """Tell whether a session that has been is as it was, down to who came."""
    there = (old.start, old.end, old.theme, old.mentors, old.absent_mentors, old.online, old.link)
    now = (one.start, one.end, one.theme, one.mentors, one.absent_mentors, one.online, one.link)
    return _same(old, one) and there == now


def _weekday(session: Session) -> Iterator[str]:
    short_name = session.half_day[:2]
    if session.day.weekday() != list(DAY_NAMES).index(short_name):
        yield f"Ronde {session.round}, {session.host}: {short(session.day)} is geen {DAY_NAMES[short_name]}."


def _session(season: Season, session: Session, roads: dict[str, int]) -> Iterator[str]:
    place = f"Ronde {session.round}, {session.host}"
    host = next(one for one in season.hosts if one.id == session.host)
    if session.minutes != tuple(0 if school in session.online else roads[school] for school in session.schools):
        yield f"{place}: de reistijden kloppen niet."
    if any(_same(session, old) for old in held_sessions(season)):
        return
    yield from _trips(season, session, place)
    yield from _online(season, session, host, place)
    if len(session.schools) > host.capacity:
        yield f"{place}: {counted(len(session.schools), 'school', 'scholen')} en plaats voor {host.capacity}."
    if (
        host.kind == "school"
        and any(one.id == host.id for one in season.participants)
        and host.id not in session.schools
    ):
        yield f"{place}: de school die ontvangt, zit zelf in een andere groep."
    yield from _mentors(season, session, place)
    hours = season.hours(session.half_day, session.round)
    if (session.start, session.end) != (hours.start, hours.end):
        yield f"{place}: de uren kloppen niet."
    reason = host_reason(season, host, session.day, session.half_day)
    if reason:
        yield f"{place}: {host.name} kan niet op {short(session.day)} ({reason})."
    for school in season.participants:
        if school.id in session.schools:
            reason = school_reason(season, school, session.day, session.half_day)
            if reason:
                yield f"{place}: {school.name} kan niet op {short(session.day)} ({reason})."


def _online(season: Season, session: Session, host: Host, place: str) -> Iterator[str]:
    one = next(each for each in season.rounds if each.number == session.round)
    if not may_host(one, host):
        yield f"{place}: deze ronde is {'online' if one.online else 'niet online'}."
    online = online_schools(season, one, session.schools)
    if session.online != online or session.link != (one.link if online else ""):
        yield f"{place}: wie online deelneemt, of de link, klopt niet."
    if host.id in online:
        yield f"{place}: de school die ontvangt, neemt zelf online deel."


def _trips(season: Season, session: Session, place: str) -> Iterator[str]:
    limit = season.longest_trip
    for school, minutes in zip(session.schools, session.minutes, strict=True):
        if limit is not None and minutes > limit:
            yield (
                f"{place}: {school} rijdt {counted(minutes, 'minuut', 'minuten')}, meer dan de langste rit van {limit}."
            )


def _mentors(season: Season, session: Session, place: str) -> Iterator[str]:
    invited = {mentor for one in season.participants if one.id in session.schools for mentor in one.mentors}
    guides = {one.id: one for one in season.guides}
    present = {key for key in invited if guides[key].can_come(session.day, session.half_day)}
    if set(session.mentors) != present or set(session.absent_mentors) != invited - present:
        yield f"{place}: de uitgenodigde mentoren kloppen niet."
    if set(session.beyond_hours) != {key for key in present if guides[key].is_beyond_hours(session.half_day)}:
        yield f"{place}: wie buiten zijn uren komt, klopt niet."


def _roads(season: Season, year: Year) -> dict[str, dict[str, int]]:
    """Give the minutes of every school to each host of a year: an estimate where no road is known."""
    used = {one.host for one in year.sessions}
    schools, hosts = [one.id for one in season.participants], [one for one in season.hosts if one.id in used]
    places = [one.position for one in season.participants], [one.position for one in hosts]
    roads = minutes_between(*places, season.roads, season.policy).T.tolist()
    found = {host.id: dict(zip(schools, row, strict=True)) for host, row in zip(hosts, roads, strict=True)}
    if any(one >= UNREACHABLE for row in roads for one in row):
        estimates = estimated_minutes(*places, season.policy).T.tolist()
        for host, row in zip(hosts, estimates, strict=True):
            known = found[host.id]
            known |= {school: one for school, one in zip(schools, row, strict=True) if known[school] >= UNREACHABLE}
    return found


def _school_spacing(season: Season, year: Year) -> Iterator[str]:
    for school in season.participants:
        days = sorted(one.day for one in year.sessions if school.id in one.schools)
        for first, second in pairwise(days):
            if (second - first).days < season.spacing_days:
                spacing = counted(season.spacing_days, "dag", "dagen")
                days_apart = f"tussen {short(first)} en {short(second)} liggen minder dan {spacing}"
                yield f"{school.name}: {days_apart}."


def _hosting(season: Season, year: Year) -> Iterator[str]:
    held = Counter(one.host for one in held_sessions(season))
    for host in season.hosts:
        mine = [one for one in year.sessions if one.host == host.id]
        if len(mine) > max(host.max_times, held[host.id]):
            yield f"{host.name} ontvangt {len(mine)} keer en wil er hoogstens {host.max_times}."
        for one, other in combinations(mine, 2):
            near = abs((one.day - other.day).days) < season.host_spacing_days
            if near or (one.day, one.half_day) == (other.day, other.half_day):
                yield f"{host.name} ontvangt op {short(one.day)} en op {short(other.day)}: te kort na elkaar."


def _numbers(season: Season, year: Year) -> Iterator[str]:
    values = goal_values(season, year.sessions)
    if tuple(goal.name for goal in year.goals) != goal_order(season):
        yield "De doelen staan niet in hun volgorde."
    for goal in year.goals:
        name = f"«{GOAL_NAMES.get(goal.name, goal.name)}»"
        if goal.value != values.get(goal.name):
            yield f"Het doel {name} is {values.get(goal.name)}, niet {goal.value}."
        if isinstance(goal.bound, int) and isinstance(goal.value, int):
            beyond = goal.value > goal.bound if goal.name in MOST_IS_BEST else goal.value < goal.bound
            if beyond:
                yield f"Het doel {name} is {goal.value}, voorbij zijn grens {goal.bound}."
            if goal.proven and goal.value != goal.bound:
                yield f"Het doel {name} heet bewezen en haalt zijn grens {goal.bound} niet."
