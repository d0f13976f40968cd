"""What makes a season impossible at first sight? No hosts, no days, no free school, sizes or room that can't be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from matcher.criteria.wording import listed
from matcher.domain.counting import counted
from matcher.domain.period import Period
from matcher.domain.plan import Conflict
from matcher.domain.season import Participant, Season, SessionRound
from matcher.domain.vocabulary import HALF_DAY_NAMES
from matcher.engine.year.year_problem import NEVER, travels
from matcher.sessions.agreements import agreement_text, can_meet
from matcher.sessions.calendar import exam_blocks
from matcher.sessions.groups import SessionPin, absences_of, group_range, held_sessions
from matcher.sessions.half_days import Moment
from matcher.sessions.wishes import period_text, pin_wish, short
from matcher.sessions.year_arrays import Facts


def obvious_conflict(facts: Facts) -> Conflict | None:
    """Give the first reason that needs no search; None where there is none."""
    return next(_conflicts(facts), None)


def _conflicts(facts: Facts) -> Iterator[Conflict]:
    season = facts.season
    for what, name in ((season.rounds, "ronde"), (season.participants, "school"), (season.hosts, "locatie")):
        if not what:
            yield Conflict(f"Er is geen enkele {name}.", remedies=(f"Voeg minstens één {name} toe.",))
            return
    for number, one in enumerate(season.rounds):
        yield from _round(facts, number, one)
    yield from _strangers(facts.season)
    yield from _turns(facts)


def _round(facts: Facts, number: int, one: SessionRound) -> Iterator[Conflict]:
    given = facts.given
    present = int(given.here[number].sum())
    if not facts.moments[number]:
        yield no_school_days(facts.season, one)
        return
    yield from _pinned_and_absent(facts, number, one)
    yield from _seated_twice(facts, number, one)
    fewest, most = group_range(one, present)
    pinned = {school for pin in facts.pins[number] if pin.held for school in pin.schools}
    if fewest > most and not pinned:
        yield _sizes(one, present)
    largest = present if one.plenary else one.smallest
    reach = np.where(given.barred[number].all(axis=0), -1, given.room)
    room = int(reach.max())
    if room < largest and not pinned:
        host = facts.season.hosts[int(reach.argmax())]
        widest = f"de grootste, {host.name}, voor {room}"
        sentence = (
            f"Ronde {one.number}: geen locatie heeft plaats voor {counted(largest, 'school', 'scholen')}; {widest}."
        )
        smaller = "Laat de ronde in groepen samenkomen." if one.plenary else "Maak de groepen kleiner."
        yield Conflict(sentence, (), ("plaats",), ("Zoek een grotere locatie.", smaller))
    yield from _too_far(facts, number, pinned)
    for who in np.nonzero(given.here[number])[0]:
        if not given.school_free[number, who][given.day[number] > NEVER].any():
            yield _no_date(facts, number, facts.season.participants[who])


def _too_far(facts: Facts, number: int, pinned: set[str]) -> Iterator[Conflict]:
    """Name a school that no place of a round is near enough to, with the nearest."""
    given, season, limit = facts.given, facts.season, facts.season.longest_trip
    if given.far is None:
        return
    open_ = (given.room > 0) & (given.times > 0) & ~given.barred[number].all(axis=0)
    here = np.nonzero(given.here[number])[0]
    for who in here[travels(given, number, here)]:
        school = season.participants[who]
        if school.id in pinned or not open_.any() or not given.far[who, open_].all():
            continue
        nearest = int(np.where(open_, given.minutes[who], given.minutes.max() + 1).argmin())
        minutes, host = int(given.minutes[who, nearest]), season.hosts[nearest]
        told = f"naar {host.name}, de dichtste, {minutes}"
        sentence = (
            f"{school.name} rijdt naar elke locatie langer dan {counted(limit or 0, 'minuut', 'minuten')}; {told}."
        )
        remedies = (
            f"Zoek een locatie dichter bij {school.name}.",
            f"Laat een rit van {counted(minutes, 'minuut', 'minuten')} toe (langste_rit).",
            f"Laat {school.name} in ronde {season.rounds[number].number} online deelnemen.",
            f"Meld {school.name} afwezig in ronde {season.rounds[number].number}.",
        )
        yield Conflict(sentence, (), ("langste rit",), remedies)


def no_school_days(season: Season, one: SessionRound) -> Conflict:
    """Say that no half-day of a round's window that is still to come is one with school."""
    first, last = one.window.first, one.window.last
    if season.today is not None and season.today > last:
        sentence = f"Ronde {one.number}: het venster, van {short(first)} tot {short(last)}, is al voorbij."
        return Conflict(sentence, (), ("venster",), ("Geef de ronde een later venster, of plan minder rondes.",))
    days = f"van {short(max(first, season.today or first))} tot {short(last)}"
    kinds = listed([HALF_DAY_NAMES[one] for one in season.half_days], "of")
    sentence = f"Ronde {one.number}: {days} is er geen enkele {kinds} met school."
    return Conflict(sentence, (), ("venster",), ("Maak het venster ruimer.", "Laat andere halve dagen toe."))


def _sizes(one: SessionRound, present: int) -> Conflict:
    groups = max(1, round(present / ((one.smallest + one.largest) / 2)))
    low, high = present // groups, -(-present // groups)
    sentence = (
        f"Ronde {one.number}: {counted(present, 'school past', 'scholen passen')} niet in groepen "
        f"van {one.smallest} tot {one.largest}."
    )
    sizes = f"groepen van {low}" if low == high else f"groepen van {low} tot {high}"
    return Conflict(sentence, (), ("groepsgrootte",), (f"Laat {sizes} toe.",))


def _no_date(facts: Facts, number: int, school: Participant) -> Conflict:
    """Name the smallest set of the school's periods that cover the whole window, and the lightest way out."""
    season, one = facts.season, facts.season.rounds[number]
    moments = facts.moments[number]
    cover = smallest_cover(_periods(season, school), moments)
    when = f"van {short(one.window.first)} tot {short(one.window.last)}"
    why = "; ".join(period_text(period) for period in cover)
    sentence = f"{school.name} heeft in ronde {one.number} ({when}) geen enkele vrije datum: {why}."
    best = min(moments, key=lambda moment: len(_covering(cover, moment)))
    asked = "; ".join(period_text(period) for period in _covering(cover, best))
    remedies = (
        f"Vraag {school.name} om op {short(best.day)} toch te komen ({asked}).",
        f"Meld {school.name} afwezig in ronde {one.number}.",
        f"Maak het venster van ronde {one.number} ruimer.",
    )
    return Conflict(sentence, (), tuple(period_text(period) for period in cover), remedies)


def _periods(season: Season, school: Participant) -> list[Period]:
    exams = exam_blocks(season.school_year) if school.exams is None else school.exams
    return [*exams, *school.unavailable]


def _covering(periods: list[Period], moment: Moment) -> list[Period]:
    return [one for one in periods if one.covers(moment.day, moment.half_day)]


def smallest_cover(periods: list[Period], moments: tuple[Moment, ...]) -> list[Period]:
    """Shrink periods that cover all moments to a set of which none can be missed, short ones dropped first."""
    kept = [one for one in periods if any(one.covers(moment.day, moment.half_day) for moment in moments)]
    for one in sorted(kept, key=lambda period: (period.last - period.first).days):
        rest = [other for other in kept if other is not one]
        if all(_covering(rest, moment) for moment in moments):
            kept = rest
    return kept


def _pinned_and_absent(facts: Facts, number: int, one: SessionRound) -> Iterator[Conflict]:
    """Name a school that a pin asks for in a round in which it is absent."""
    names = {each.id: each.name for each in facts.season.participants}
    why = {each.school: each.reason for each in absences_of(facts.season) if each.round == one.number}
    for wanted in facts.pins[number]:
        for pin in wanted.pins:
            gone = next((school for school in pin.schools if school in why), None)
            if gone is not None:
                wish, reason = pin_wish(facts.season, pin), f" ({why[gone]})" if why[gone] else ""
                absent = f"{names.get(gone, gone)} is in ronde {one.number} afwezig{reason}"
                sentence = f"Dit kan niet samen: {absent}; {wish.text}."
                yield Conflict(sentence, rules=(absent, wish.text), remedies=(wish.remedy,))


def _seated_twice(facts: Facts, number: int, one: SessionRound) -> Iterator[Conflict]:
    """Name a school that must sit in two sessions of one round: asked so, or asked elsewhere than where it has been."""
    names = {each.id: each.name for each in facts.season.participants}
    of_school: dict[str, list[SessionPin]] = {}
    for pin in facts.pins[number]:
        for school in pin.schools:
            of_school.setdefault(school, []).append(pin)
    for school, wanted in of_school.items():
        if len(wanted) > 1:
            name = names.get(school, school)
            been = f"{name} zat in ronde {one.number} al in een sessie die geweest is"
            asked = [pin_wish(facts.season, each) for pin in wanted for each in pin.pins]
            rules = tuple(wish.text for wish in asked)
            first = [been] if any(pin.held for pin in wanted) else [f"{name} kan maar in één sessie zitten"]
            yield Conflict(
                f"Dit kan niet samen: {'; '.join((*first, *rules))}.",
                rules=rules,
                remedies=tuple(wish.remedy for wish in asked),
            )


def _strangers(season: Season) -> Iterator[Conflict]:
    """Name two schools that must meet and are in no round with groups that is still to come together."""
    for one in season.agreements:
        if one.kind == "meet" and not can_meet(season, one):
            sentence = f"{agreement_text(season, one)}, maar in geen enkele ronde met groepen zijn ze er allebei."
            remedies = ("Laat deze afspraak los.", "Plan een ronde waarin ze er allebei zijn.")
            yield Conflict(sentence, (), ("afspraak",), remedies)


def _turns(facts: Facts) -> Iterator[Conflict]:
    season, given = facts.season, facts.given
    needed = sum(
        max(1, group_range(one, int(given.here[r].sum()))[0]) for r, one in enumerate(season.rounds) if not one.online
    )
    held = Counter(one.host for one in held_sessions(season))
    offered = sum(
        max(one.max_times if one.capacity else 0, held[one.id]) for one in season.hosts if one.kind != "online"
    )
    if offered < needed:
        sentence = (
            f"Er zijn minstens {counted(needed, 'sessie', 'sessies')} nodig en de locaties "
            f"ontvangen er samen hoogstens {offered}."
        )
        yield Conflict(
            sentence,
            (),
            ("aantal keren",),
            (
                "Zoek 1 ontvangst meer." if needed - offered == 1 else f"Zoek {needed - offered} ontvangsten meer.",
                "Laat gastheren vaker ontvangen.",
                "Maak de groepen groter.",
            ),
        )
