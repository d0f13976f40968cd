"""Who was in the published year and is in the cohort no longer, or only since? Past sessions still name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from matcher.domain.absence import Absence
from matcher.domain.season import Participant, Pin, Season, SessionRound

LEFT = "doet niet meer mee"
NOT_YET = "deed toen nog niet mee"


def with_former(season: Season, before: Season) -> Season:
    """Keep the schools, hosts and mentors that the season's previous year names and the cohort no longer has.

    Such a school is absent from every session to come, such a host receives no more. A school that is new
    is absent from rounds that are over.
    """
    year, known = season.previous, {one.id for one in season.participants}
    everything = (*year.sessions, *year.cancelled) if year else ()
    named = {school for one in everything for school in (*one.schools, *one.left_schools)}
    left = [as_former(one) for one in before.participants if one.id in named - known]
    new = known - {one.id for one in before.participants}
    hosts = {one.host for one in everything} - {one.id for one in season.hosts}
    over = [one for one in season.rounds if _is_over(season, one)]
    absences = _absences(season, [one.id for one in left], season.rounds, LEFT)
    absences += _absences(season, sorted(new), over, NOT_YET)
    return replace(
        season,
        participants=(*season.participants, *left),
        hosts=(*season.hosts, *(replace(one, max_times=0) for one in before.hosts if one.id in hosts)),
        guides=(*season.guides, *(one for one in before.guides if one.id not in season.guide_ids)),
        absences=(*season.absences, *absences),
    )


def without_leavers(season: Season, gone: Collection[str]) -> Season:
    """Let schools that left be absent from every session to come, and rounds take groups in which the others fit."""
    season = with_absences(season, _absences(season, sorted(gone), season.rounds, LEFT), left=True)
    pins = (replace(pin, schools=tuple(one for one in pin.schools if one not in gone)) for pin in season.pins)
    asked = tuple(pin for pin in pins if _asks(pin))
    agreed = tuple(one for one in season.agreements if not set(one.schools) & set(gone))
    return replace(season, pins=asked, agreements=agreed)


def with_absences(season: Season, absences: Sequence[Absence], *, left: bool = False) -> Season:
    """Let schools miss rounds too, and rounds take groups in which the others fit; what is told last counts.

    Where schools `left` a year that stands, a group may be one smaller, so that theirs can go on without them.
    """
    last = {(one.school, one.round): one for one in (*season.absences, *absences)}
    return _fitting(replace(season, absences=tuple(last.values())), left=left)


def with_newcomers(season: Season, new: Sequence[Participant]) -> Season:
    """Let schools join a year that stands: absent from rounds that are over, then in as many groups as before."""
    joined = replace(season, participants=(*season.participants, *new))
    over = [one for one in season.rounds if _is_over(season, one)]
    absences = (*season.absences, *_absences(season, [one.id for one in new], over, NOT_YET))
    return _fitting(replace(joined, absences=absences))


def _fitting(season: Season, *, left: bool = False) -> Season:
    """Give the rounds sizes in which those present fit, in as many groups as in the previous year if there is one."""
    away = {(one.school, one.round) for one in season.absences}
    before = Counter(one.round for one in season.previous.sessions) if season.previous else Counter[int]()
    rounds = (
        one.stretched(present, before[one.number] or -(-present // one.largest), left=left)
        for one in season.rounds
        for present in [sum((school.id, one.number) not in away for school in season.participants)]
    )
    return replace(season, rounds=tuple(rounds))


def as_former(one: Participant) -> Participant:
    """Give a school that left: its mentors come no longer."""
    return replace(one, mentors=())


def _is_over(season: Season, one: SessionRound) -> bool:
    days = [
        session.day for session in (season.previous.sessions if season.previous else ()) if session.round == one.number
    ]
    return bool(days) and season.today is not None and max(days) < season.today


def _absences(
    season: Season, schools: list[str], rounds: tuple[SessionRound, ...] | list[SessionRound], reason: str
) -> list[Absence]:
    told = {(one.school, one.round) for one in season.absences}
    return [Absence(key, one.number, reason) for key in schools for one in rounds if (key, one.number) not in told]


def _asks(pin: Pin) -> bool:
    return bool(pin.schools or pin.host or pin.day or pin.half_day)
