"""On which half-days can a group meet at a host, and what stands in the way on the others?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.period import Period
from matcher.domain.plan import Conflict
from matcher.domain.season import Host, Participant, Pin, Season
from matcher.domain.year import Session, Year
from matcher.sessions.calendar import exam_blocks, free_reason
from matcher.sessions.half_days import Moment, possible_moments
from matcher.sessions.quick_checks import no_school_days
from matcher.sessions.wishes import period_text, short

MOST_TRIED: Final = 50_000
"""Sets of blackouts of one size that are tried for the smallest; beyond, a set of which none can be missed is told."""

FOR_GOOD: Final = 1000
"""How heavy it is to ask a host for another half-day or one time more, beside the days of a blackout."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps a group from some moments: whose it is, in words, how much it asks to let it go.

    `near` are other sessions too short before or after: those may move too.
    """

    owner: str
    name: str
    text: str
    weight: int
    moments: frozenset[int]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """The half-days of a round's window, and what bars a group (ids, the school that receives among them)."""

    schools: tuple[str, ...]
    moments: tuple[Moment, ...]
    bars: tuple[Bar, ...]

    @property
    def open(self) -> tuple[Moment, ...]:
        """The moments that nothing bars."""
        return self.without(())

    def without(self, owners: Sequence[str]) -> tuple[Moment, ...]:
        """Give the moments that are open once these owners no longer count."""
        barred = {place for one in self.bars if one.owner not in owners for place in one.moments}
        return tuple(moment for place, moment in enumerate(self.moments) if place not in barred)

    def barring(self, place: int) -> tuple[Bar, ...]:
        """List what stands in the way of one moment."""
        return tuple(one for one in self.bars if place in one.moments)


def group_dates(
    season: Season, schools: Sequence[str], host: str | None, number: int, year: Year | None = None
) -> Dates:
    """Find when a group can meet in a round, at a host or anywhere.

    With a `year` its other sessions count too: those of the round that take none of these schools, and
    all of other rounds. A school that receives belongs to its group.
    """
    window = next(one.window for one in season.rounds if one.number == number)
    found = possible_moments(window, season.half_days, season.free)
    moments = tuple(one for one in found if season.today is None or one.day >= season.today)
    places = [one for one in season.hosts if one.id == host]
    own = {one.id for one in places if one.kind == "school"}
    members = [one for one in season.participants if one.id in own or one.id in schools]
    others = [
        one
        for one in (year.sessions if year else ())
        if one.round != number or not {*schools, *own}.intersection(one.schools)
    ]
    bars = [bar for one in members for bar in _of_school(season, one, moments, others)]
    bars += [bar for one in places for bar in _of_host(season, one, moments, others)]
    bars += [_full(one, moments) for one in places if one.capacity < len(members)]
    return Dates(tuple(one.id for one in members), moments, tuple(one for one in bars if one.moments))


def why_no_date(
    season: Season, schools: Sequence[str], host: str | None, number: int, year: Year | None = None
) -> Conflict | None:
    """Name the smallest set of blackouts that leave a group without a date in a round; None where it has one.

    `year` as in `group_dates`. The first remedy asks for the fewest of them, and of those the shortest.
    """
    dates = group_dates(season, schools, host, number, year)
    if not dates.moments:
        return no_school_days(season, next(one for one in season.rounds if one.number == number))
    if dates.open:
        return None
    core = smallest_bars(dates)
    texts = tuple(f"{one.name}: {one.text}" for one in core)
    sentence = f"Deze groep heeft in ronde {number} geen enkele datum: {'; '.join(texts)}."
    return Conflict(sentence, rules=texts, remedies=tuple(_remedies(season, dates, host, number)))


def pin_fault(season: Season, pin: Pin) -> str | None:
    """Say in Dutch why nobody can have a session when a pin asks for one; None where the moment is possible."""
    window = next(one.window for one in season.rounds if one.number == pin.round)
    moments = possible_moments(window, season.half_days, season.free)
    if any(pin.day in (None, one.day) and pin.half_day in (None, one.half_day) for one in moments):
        return None
    when = " ".join(part for part in (short(pin.day) if pin.day else "", pin.half_day or "") if part)
    days = f"van {short(window.first)} tot {short(window.last)}"
    reason = free_reason(pin.day, season.free) if pin.day and window.first <= pin.day <= window.last else None
    why = f" ({reason})" if reason else ""
    halves = ", ".join(season.half_days)
    return f"Op {when} kan er in ronde {pin.round} geen sessie zijn{why}: dat kan {days}, op {halves}."


def smallest_bars(dates: Dates) -> list[Bar]:
    """Shrink to the fewest bars that leave no moment open; of those the first in the order of owners."""
    everywhere = set(range(len(dates.moments)))

    def cover(bars: Sequence[Bar]) -> bool:
        return set[int]().union(*(one.moments for one in bars)) == everywhere

    kept = list(dates.bars)
    for one in sorted(dates.bars, key=lambda bar: len(bar.moments)):
        rest = [other for other in kept if other is not one]
        if cover(rest):
            kept = rest
    for size in range(1, len(kept)):
        if comb(len(dates.bars), size) > MOST_TRIED:
            break
        fewer = next((some for some in combinations(dates.bars, size) if cover(some)), None)
        if fewer is not None:
            return list(fewer)
    return kept


def _of_school(
    season: Season, school: Participant, moments: Sequence[Moment], others: Sequence[Session]
) -> Iterator[Bar]:
    exams = exam_blocks(season.school_year) if school.exams is None else school.exams
    for period in (*exams, *school.unavailable):
        yield _period_bar(school, period, moments)
    mine = [one for one in others if school.id in one.schools]
    yield from _near(school, mine, season.spacing_days, moments)


def _of_host(season: Season, host: Host, moments: Sequence[Moment], others: Sequence[Session]) -> Iterator[Bar]:
    for period in host.unavailable:
        yield _period_bar(host, period, moments)
    if host.half_days:
        text = f"ontvangt alleen op {', '.join(host.half_days)}"
        yield _bar(host, text, FOR_GOOD, moments, lambda one: one.half_day not in host.half_days)
    mine = [one for one in others if one.host == host.id]
    if len(mine) >= host.max_times:
        times = (
            f"ontvangt al {len(mine)} keer en wil er hoogstens {host.max_times}" if mine else "ontvangt dit jaar niet"
        )
        yield _bar(host, times, FOR_GOOD, moments, lambda _one: True)
    yield from _near(host, mine, max(season.host_spacing_days, 1), moments)


def _full(host: Host, moments: Sequence[Moment]) -> Bar:
    schools = counted(host.capacity, "school", "scholen")
    return _bar(host, f"heeft plaats voor {schools}", FOR_GOOD, moments, lambda _one: True)


def _near(
    whose: Participant | Host, sessions: Sequence[Session], spacing: int, moments: Sequence[Moment]
) -> Iterator[Bar]:
    for one in sessions:
        days = counted(spacing, "dag", "dagen")
        text = f"de sessie van ronde {one.round} op {short(one.day)} ligt er geen {days} vandaan"
        bar = _bar(whose, text, spacing, moments, lambda at, day=one.day: abs((at.day - day).days) < spacing)  # type: ignore[misc]
        yield replace(bar, near=True)


def _period_bar(whose: Participant | Host, period: Period, moments: Sequence[Moment]) -> Bar:
    days = (period.last - period.first).days + 1
    return _bar(whose, period_text(period), days, moments, lambda one: period.covers(one.day, one.half_day))


def _bar(
    whose: Participant | Host, text: str, weight: int, moments: Sequence[Moment], hits: Callable[[Moment], bool]
) -> Bar:
    return Bar(whose.id, whose.name, text, weight, frozenset(n for n, one in enumerate(moments) if hits(one)))


def _remedies(season: Season, dates: Dates, host: str | None, number: int) -> Iterator[str]:
    def burden(place: int) -> tuple[int, int]:
        bars = dates.barring(place)
        return len(bars), sum(one.weight for one in bars)

    best = min(range(len(dates.moments)), key=burden)
    asked = " en ".join(f"{one.name} ({one.text})" for one in dates.barring(best))
    yield f"Op {moment_text(dates.moments[best])} lukt het als dit wijkt: {asked}."
    names = {one.id: one.name for one in season.hosts} | {one.id: one.name for one in season.participants}
    if host is not None and host not in dates.schools and (free := dates.without((host,))):
        yield f"Bij een andere gastheer dan {names[host]} kan het wel, bijvoorbeeld op {moment_text(free[0])}."
    for school in dates.schools:
        if school != host and (free := dates.without((school,))):
            yield f"Zonder {names[school]} kan het wel, bijvoorbeeld op {moment_text(free[0])}."
    yield f"Maak het venster van ronde {number} ruimer."


def moment_text(moment: Moment) -> str:
    """Write a moment for people: its day and half-day."""
    return f"{short(moment.day)} ({moment.half_day})"
