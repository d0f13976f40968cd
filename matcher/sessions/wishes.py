"""Which wishes and limits of a season could be let go? Each with its words, its weight, and the season without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from matcher.domain.agreement import Agreement
from matcher.domain.counting import as_many, counted
from matcher.domain.period import Period
from matcher.domain.season import Pin, Season
from matcher.sessions.agreements import agreement_text
from matcher.sessions.calendar import exam_blocks

Kind = Literal[
    "school",
    "exams",
    "host",
    "half_days",
    "times",
    "capacity",
    "pin",
    "spacing",
    "host_spacing",
    "sizes",
    "trip",
    "agreement",
]


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that a season asks and that may be let go. `weight` orders remedies, the lightest first.

    `owner` is the school, host or round; `place` numbers the period, the pin or the agreement.
    """

    kind: Kind
    owner: str
    place: int
    text: str
    remedy: str
    weight: int


def wishes_of(season: Season) -> list[Wish]:
    """List all wishes: those that people can change most easily last, so that they are named first."""
    return [
        *_limits(season),
        *_of_hosts(season),
        *(pin_wish(season, pin, place) for place, pin in enumerate(season.pins)),
        *(_agreement(season, place, one) for place, one in enumerate(season.agreements)),
        *_of_schools(season),
    ]


def without(season: Season, dropped: Sequence[Wish]) -> Season:
    """Give the season without some wishes."""
    gone = {(one.kind, one.owner, one.place) for one in dropped}
    schools = []
    for one in season.participants:
        rest = tuple(p for place, p in enumerate(one.unavailable) if ("school", one.id, place) not in gone)
        exams: tuple[Period, ...] | None = () if ("exams", one.id, 0) in gone else one.exams
        schools.append(replace(one, unavailable=rest, exams=exams))
    hosts = []
    for host in season.hosts:
        rest = tuple(p for place, p in enumerate(host.unavailable) if ("host", host.id, place) not in gone)
        half_days = () if ("half_days", host.id, 0) in gone else host.half_days
        times = len(season.rounds) * len(schools) if ("times", host.id, 0) in gone else host.max_times
        capacity = len(schools) if ("capacity", host.id, 0) in gone else host.capacity
        hosts.append(replace(host, unavailable=rest, half_days=half_days, max_times=times, capacity=capacity))
    rounds = []
    for each in season.rounds:
        loose = ("sizes", str(each.number), 0) in gone
        rounds.append(replace(each, smallest=1, largest=max(1, len(schools))) if loose else each)
    return replace(
        season,
        participants=tuple(schools),
        hosts=tuple(hosts),
        rounds=tuple(rounds),
        pins=tuple(pin for place, pin in enumerate(season.pins) if ("pin", "", place) not in gone),
        agreements=tuple(one for place, one in enumerate(season.agreements) if ("agreement", "", place) not in gone),
        longest_trip=None if ("trip", "", 0) in gone else season.longest_trip,
        spacing_days=0 if ("spacing", "", 0) in gone else season.spacing_days,
        host_spacing_days=0 if ("host_spacing", "", 0) in gone else season.host_spacing_days,
    )


def short(day: date) -> str:
    """Write a day in the Belgian way."""
    return f"{day:%d/%m/%Y}"


def period_text(period: Period) -> str:
    """Write a period: its days, its half, its reason."""
    days = short(period.first) if period.first == period.last else f"{short(period.first)} tot {short(period.last)}"
    part = {"": "", "vm": " (voormiddag)", "nm": " (namiddag)"}[period.part]
    return f"{days}{part}{f': {period.reason}' if period.reason else ''}"


def _length(period: Period) -> int:
    return (period.last - period.first).days + 1


def _in_windows(season: Season, periods: Iterable[Period]) -> Iterator[tuple[int, Period]]:
    for place, one in enumerate(periods):
        if any(one.first <= each.window.last and one.last >= each.window.first for each in season.rounds):
            yield place, one


def _of_schools(season: Season) -> Iterator[Wish]:
    for school in season.participants:
        name = school.name
        exams = exam_blocks(season.school_year) if school.exams is None else school.exams
        if any(True for _ in _in_windows(season, exams)):
            remedy = f"Laat een sessie toe in de examens van {name}."
            yield Wish("exams", school.id, 0, f"{name} heeft examens", remedy, 60)
        for place, one in _in_windows(season, school.unavailable):
            told = period_text(one)
            remedy = f"Vraag {name} om toch vrij te zijn ({told})."
            yield Wish("school", school.id, place, f"{name} kan niet ({told})", remedy, 10 + _length(one))


def _of_hosts(season: Season) -> Iterator[Wish]:
    for host in (one for one in season.hosts if one.kind != "online"):
        name = host.name
        if host.max_times < len(season.rounds):
            text = f"{name} ontvangt hoogstens {host.max_times} keer"
            yield Wish("times", host.id, 0, text, f"Vraag {name} om vaker te ontvangen.", 30)
        if host.capacity < len(season.participants):
            text = f"{name} heeft plaats voor {counted(host.capacity, 'school', 'scholen')}"
            yield Wish("capacity", host.id, 0, text, f"Zoek meer plaats bij {name}.", 50)
        if host.half_days:
            text = f"{name} ontvangt alleen op {', '.join(host.half_days)}"
            yield Wish("half_days", host.id, 0, text, f"Vraag {name} om andere halve dagen.", 35)
        for place, one in _in_windows(season, host.unavailable):
            told = period_text(one)
            remedy = f"Vraag {name} om toch te ontvangen ({told})."
            yield Wish("host", host.id, place, f"{name} kan niet ontvangen ({told})", remedy, 20 + _length(one))


def pin_wish(season: Season, pin: Pin, place: int = 0) -> Wish:
    """Write what a pin asks."""
    names = {one.id: one.name for one in season.participants} | {one.id: one.name for one in season.hosts}
    parts = [
        ", ".join(names[school] for school in pin.schools),
        f"bij {names[pin.host]}" if pin.host is not None else "",
        f"op {short(pin.day)}" if pin.day else "",
        f"op {pin.half_day}" if pin.half_day else "",
        f"({pin.reason})" if pin.reason else "",
    ]
    what = " ".join(part for part in parts if part)
    return Wish(
        "pin", "", place, f"in ronde {pin.round} ligt vast: {what}", f"Laat in ronde {pin.round} los: {what}.", 15
    )


def _agreement(season: Season, place: int, one: Agreement) -> Wish:
    text = agreement_text(season, one)
    return Wish("agreement", "", place, text, f"Laat de afspraak los: {text}.", 16)


def _limits(season: Season) -> Iterator[Wish]:
    if season.host_spacing_days:
        text = f"een gastheer ontvangt hoogstens om de {counted(season.host_spacing_days, 'dag', 'dagen')}"
        yield Wish("host_spacing", "", 0, text, "Laat een gastheer vaker na elkaar ontvangen.", 45)
    if season.longest_trip is not None:
        text = f"geen school rijdt langer dan {counted(season.longest_trip, 'minuut', 'minuten')} naar een sessie"
        yield Wish("trip", "", 0, text, "Laat een langere rit toe (langste_rit).", 42)
    for one in season.rounds:
        if not one.plenary:
            text = (
                f"ronde {one.number} heeft groepen van {one.smallest} tot {counted(one.largest, 'school', 'scholen')}"
            )
            yield Wish("sizes", str(one.number), 0, text, f"Laat andere groepsgroottes toe in ronde {one.number}.", 40)
    if season.spacing_days:
        days = counted(season.spacing_days, "dag", "dagen")
        text = f"tussen twee sessies van een school {as_many(season.spacing_days, 'ligt', 'liggen')} {days}"
        yield Wish("spacing", "", 0, text, "Laat sessies van een school dichter op elkaar volgen.", 45)
