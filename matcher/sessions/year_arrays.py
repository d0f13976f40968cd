"""What does a season come down to? Arrays for the engine, and the names that stand behind their numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np

from matcher.domain.season import Season, SessionRound
from matcher.domain.travel import UNREACHABLE, estimated_minutes, minutes_between
from matcher.engine.year.year_problem import NEVER, Flags, Ints, YearProblem
from matcher.sessions.groups import SessionPin, absences_of, group_count, held_sessions, session_pins
from matcher.sessions.half_days import Moment, host_reason, possible_moments, school_reason
from matcher.sessions.online import may_host


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facts:
    """A season, looked up once.

    `moments` (a tuple a round) stand behind `given.day`; `pins` are the sessions that pins and sessions
    already held ask for, numbered as their groups.
    """

    season: Season
    given: YearProblem
    moments: tuple[tuple[Moment, ...], ...]
    pins: tuple[tuple[SessionPin, ...], ...]
    school_number: dict[str, int]
    host_number: dict[str, int]

    @property
    def schools(self) -> tuple[str, ...]:
        """The ids of the schools, in order."""
        return tuple(self.school_number)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The ids of the hosts, in order."""
        return tuple(self.host_number)


def facts_of(season: Season, counts: Ints | None = None) -> Facts:
    """Turn a season into arrays, with the usual numbers of groups or those in `counts` (r).

    Rounds of which nothing is possible keep one moment on which nobody can come.
    """
    schools = {one.id: number for number, one in enumerate(season.participants)}
    hosts = {one.id: number for number, one in enumerate(season.hosts)}
    moments = tuple(_moments(season, one) for one in season.rounds)
    pins = tuple(session_pins(season, one) for one in season.rounds)
    here = _here(season, schools)
    given = _gathering(season, here, moments, _group_counts(season, here, pins) if counts is None else counts)
    facts = Facts(season=season, given=given, moments=moments, pins=pins, school_number=schools, host_number=hosts)
    for number, wanted in enumerate(pins):
        for group, pin in enumerate(wanted):
            _pin_down(facts, number, group, pin)
    return facts


def _gathering(season: Season, here: Flags, moments: tuple[tuple[Moment, ...], ...], groups: Ints) -> YearProblem:
    day, hour = _days(moments)
    schools = {one.id: number for number, one in enumerate(season.participants)}
    own = np.array([schools.get(one.id, -1) if one.kind == "school" else -1 for one in season.hosts], dtype=np.int64)
    shape = (len(season.rounds), int(groups.max(initial=1)))
    absent = np.zeros((len(season.rounds), len(own)), dtype=np.bool_)
    online = online_flags(season, here, schools)
    absent[:, own >= 0] = (~here | online)[:, own[own >= 0]]
    absent |= _of_other_rounds(season)
    low, high = _sizes(season, here)
    minutes, school_free = travel_minutes(season), _school_free(season, moments, day.shape[1])
    return YearProblem(
        minutes=minutes,
        far=None if season.longest_trip is None else minutes > season.longest_trip,
        online=online if online.any() else None,
        own=own,
        room=np.array([one.capacity for one in season.hosts], dtype=np.int64),
        times=_times(season),
        here=here,
        groups=groups,
        low=low,
        high=high,
        counts=np.array([not one.plenary for one in season.rounds], dtype=np.bool_),
        met=_history(season, schools),
        day=day,
        hour=hour,
        school_free=school_free,
        host_free=_host_free(season, moments, own, school_free),
        spacing=season.spacing_days,
        host_spacing=season.host_spacing_days,
        seat_pin=np.full(here.shape, -1, dtype=np.int64),
        frozen=np.zeros(shape, dtype=np.bool_),
        barred=np.repeat(absent[:, None, :], shape[1], axis=1),
        rising=season.rising_repeats,
        shut=np.repeat((day == NEVER)[:, None, :], shape[1], axis=1),
        meet=_agreed(season, schools, "meet"),
        apart=_agreed(season, schools, "apart"),
    )


def online_flags(season: Season, here: Flags, schools: dict[str, int]) -> Flags:
    """Flag who takes part online (r x n); in a session that was held those who did then."""
    flags = np.array([[one.online] * here.shape[1] for one in season.rounds], dtype=np.bool_).reshape(here.shape)
    rows = {one.number: number for number, one in enumerate(season.rounds)}
    for remote in season.remote:
        flags[rows[remote.round], schools[remote.school]] = True
    for session in held_sessions(season):
        for school in session.schools:
            if school in schools:
                flags[rows[session.round], schools[school]] = school in session.online
    return flags & here


def _of_other_rounds(season: Season) -> Flags:
    """Flag hosts that a round can't have (r x h): places in one that is online, other rounds' links in any."""
    return np.array(
        [[not may_host(one, host) for host in season.hosts] for one in season.rounds], dtype=np.bool_
    ).reshape(len(season.rounds), len(season.hosts))


def _times(season: Season) -> Ints:
    """Give how often each host may receive (h); what it has received already stands, whatever it wants now."""
    held = Counter(one.host for one in held_sessions(season))
    return np.array([max(one.max_times, held[one.id]) for one in season.hosts], dtype=np.int64)


def _group_counts(season: Season, here: Flags, pins: tuple[tuple[SessionPin, ...], ...]) -> Ints:
    counts = [
        max(group_count(season, one, int(here[number].sum())), len(pins[number]))
        for number, one in enumerate(season.rounds)
    ]
    return np.array(counts, dtype=np.int64)


def _sizes(season: Season, here: Flags) -> tuple[Ints, Ints]:
    """Give the sizes that groups of each round may have (r); those of sessions already held are among them."""
    low = [0 if one.plenary else min(one.smallest, here.shape[1]) for one in season.rounds]
    high = [int(here[number].sum()) if one.plenary else one.largest for number, one in enumerate(season.rounds)]
    place = {one.number: number for number, one in enumerate(season.rounds)}
    for session in held_sessions(season):
        number, size = place[session.round], len(session.schools)
        low[number], high[number] = min(low[number], size), max(high[number], size)
    return np.array(low, dtype=np.int64), np.array(high, dtype=np.int64)


def travel_minutes(season: Season) -> Ints:
    """Give minutes one way from every school to every host (n x h), by road where a server gave it."""
    places = [one.position for one in season.participants]
    hosts = [one.position for one in season.hosts]
    found = minutes_between(places, hosts, season.roads, season.policy)
    if (found >= UNREACHABLE).any():
        found = np.where(found < UNREACHABLE, found, estimated_minutes(places, hosts, season.policy))
    minutes: Ints = found.astype(np.int64)
    return minutes


def _moments(season: Season, one: SessionRound) -> tuple[Moment, ...]:
    found = possible_moments(one.window, season.half_days, season.free)
    found = tuple(moment for moment in found if season.today is None or moment.day >= season.today)
    known = {(moment.day, moment.half_day) for moment in found}
    past = [Moment(old.day, old.half_day, 0) for old in held_sessions(season) if old.round == one.number]
    return (*found, *(moment for moment in dict.fromkeys(past) if (moment.day, moment.half_day) not in known))


def _here(season: Season, schools: dict[str, int]) -> Flags:
    here = np.ones((len(season.rounds), len(schools)), dtype=np.bool_)
    rows = {one.number: number for number, one in enumerate(season.rounds)}
    for absence in absences_of(season):
        here[rows[absence.round], schools[absence.school]] = False
    return here


def _days(moments: tuple[tuple[Moment, ...], ...]) -> tuple[Ints, Ints]:
    width = max((len(one) for one in moments), default=0) or 1
    day = np.full((len(moments), width), NEVER, dtype=np.int64)
    hour = np.zeros((len(moments), width), dtype=np.int64)
    for number, row in enumerate(moments):
        for place, moment in enumerate(row):
            day[number, place] = moment.day.toordinal()
            hour[number, place] = int(moment.half_day.endswith("nm"))
    return day, hour


def _school_free(season: Season, moments: tuple[tuple[Moment, ...], ...], width: int) -> Flags:
    free = np.zeros((len(moments), len(season.participants), width), dtype=np.bool_)
    known: dict[object, list[list[bool]]] = {}
    for number, school in enumerate(season.participants):
        key = (school.unavailable, school.exams)
        if key not in known:
            known[key] = [[school_reason(season, school, one.day, one.half_day) is None for one in r] for r in moments]
        for row, values in enumerate(known[key]):
            free[row, number, : len(values)] = values
    return free


def _host_free(season: Season, moments: tuple[tuple[Moment, ...], ...], own: Ints, school_free: Flags) -> Flags:
    """Flag when hosts can receive: a school (`own`) when it can come, as others do that have the same days."""
    free = np.zeros((len(moments), len(season.hosts), school_free.shape[2]), dtype=np.bool_)
    known: dict[object, list[list[bool]]] = {}
    for number, host in enumerate(season.hosts):
        key = (host.unavailable, host.half_days)
        if key not in known:
            place = replace(host, kind="other")
            known[key] = [[host_reason(season, place, one.day, one.half_day) is None for one in r] for r in moments]
        for row, values in enumerate(known[key]):
            free[row, number, : len(values)] = values
    free[:, own >= 0] &= school_free[:, own[own >= 0]]
    return free


def _history(season: Season, schools: dict[str, int]) -> Ints:
    met = np.zeros((len(schools), len(schools)), dtype=np.int64)
    for (one, other), count in season.history.items():
        if one in schools and other in schools:
            met[schools[one], schools[other]] = met[schools[other], schools[one]] = count
    return met


def _agreed(season: Season, schools: dict[str, int], kind: str) -> Ints:
    pairs = [[schools[school] for school in one.schools] for one in season.agreements if one.kind == kind]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _pin_down(facts: Facts, number: int, group: int, pin: SessionPin) -> None:
    given, moments = facts.given, facts.moments[number]
    for school in pin.schools:
        if school in facts.school_number:
            given.seat_pin[number, facts.school_number[school]] = group
    if pin.host is not None:
        others = np.arange(given.hosts) != facts.host_number.get(pin.host, -1)
        given.barred[number, group] = others if pin.held else others | given.barred[number, group]
    given.frozen[number, group] = pin.held
    for place, moment in enumerate(moments):
        wrong_day = pin.day is not None and moment.day != pin.day
        wrong_half = pin.half_day is not None and moment.half_day != pin.half_day
        if wrong_day or wrong_half:
            given.shut[number, group, place] = True
        elif pin.held:
            rows = [facts.school_number[school] for school in pin.schools if school in facts.school_number]
            given.school_free[number, rows, place] = True
            given.host_free[number, facts.host_number.get(pin.host or "", slice(0)), place] = True
