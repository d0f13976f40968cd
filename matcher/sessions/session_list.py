"""Which sessions does an arrangement stand for? Numbers become schools, hosts, dates, mentors, themes and reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from matcher.criteria.wording import listed
from matcher.domain.counting import counted
from matcher.domain.season import THEMES, Guide, Season, SessionRound
from matcher.domain.vocabulary import HALF_DAY_NAMES
from matcher.domain.year import Session
from matcher.engine.year.year_problem import Arrangement, Ints
from matcher.sessions.groups import held_sessions
from matcher.sessions.half_days import Moment
from matcher.sessions.year_arrays import Facts


def sessions_of(facts: Facts, plan: Arrangement) -> tuple[Session, ...]:
    """Write the sessions of an arrangement, in the order of round and group."""
    found = []
    for number, one in enumerate(facts.season.rounds):
        for group in range(int(facts.given.groups[number])):
            members = np.nonzero(plan.group[number] == group)[0]
            if len(members):
                found.append(
                    _session(facts, one, members, int(plan.host[number, group]), _moment(facts, plan, number, group))
                )
    met: Counter[tuple[str, str]] = Counter(facts.season.history)
    held = {_what(one): one for one in held_sessions(facts.season)}
    lasting = [_as_held(one, held.get(_what(one))) for one in found]
    return tuple(_with_reasons(facts, one, met) for one in sorted(lasting, key=lambda one: (one.round, one.day)))


def _what(session: Session) -> tuple[object, ...]:
    return (session.round, session.host, session.day, session.half_day, session.schools)


def _as_held(session: Session, held: Session | None) -> Session:
    """Leave a session that has been as it was: its mentors, hours and theme are not those of today."""
    if held is None:
        return session
    now = replace(session, mentors=held.mentors, absent_mentors=held.absent_mentors, beyond_hours=held.beyond_hours)
    now = replace(now, link=held.link)
    return replace(now, start=held.start, end=held.end, theme=held.theme)


def _moment(facts: Facts, plan: Arrangement, number: int, group: int) -> Moment:
    return facts.moments[number][int(plan.moment[number, group])]


def _session(facts: Facts, one: SessionRound, members: Ints, host: int, moment: Moment) -> Session:
    season = facts.season
    schools = [season.participants[member] for member in members]
    hours = season.hours(moment.half_day, one.number)
    flags, row = facts.given.online, season.rounds.index(one)
    online = tuple(
        school.id for school, who in zip(schools, members, strict=True) if flags is not None and flags[row, who]
    )
    invited = sorted({mentor for school in schools for mentor in school.mentors})
    guides = {guide.id: guide for guide in season.guides}
    present = tuple(key for key in invited if guides[key].can_come(moment.day, moment.half_day))
    return Session(
        round=one.number,
        host=season.hosts[host].id,
        day=moment.day,
        half_day=moment.half_day,
        start=hours.start,
        end=hours.end,
        schools=tuple(school.id for school in schools),
        minutes=tuple(
            0 if season.participants[member].id in online else int(facts.given.minutes[member, host])
            for member in members
        ),
        online=online,
        link=one.link if online else "",
        mentors=present,
        absent_mentors=tuple(key for key in invited if key not in present),
        beyond_hours=tuple(key for key in present if guides[key].is_beyond_hours(moment.half_day)),
        theme=one.theme or best_theme(season, [school.id for school in schools]),
    )


def best_theme(season: Season, schools: Sequence[str]) -> str:
    """Choose the theme that suits most schools; at equal numbers the one they put first, then the list's order."""
    mine = [one.themes for one in season.participants if one.id in schools]

    def worth(theme: str) -> tuple[int, int]:
        return sum(theme in themes for themes in mine), -sum(themes.index(theme) for themes in mine if theme in themes)

    return max(THEMES, key=worth)


def taste(facts: Facts, plan: Arrangement) -> Ints:
    """Weigh every moment of every group (r x g x d): mentors who can come first, then half-days liked best."""
    season, given = facts.season, facts.given
    guides = {guide.id: guide for guide in season.guides}
    weight = np.zeros(given.shut.shape, dtype=np.int64)
    most = 1 + int(given.groups.sum()) * max(len(season.half_days), 1)
    for number in range(given.rounds):
        for group in range(int(given.groups[number])):
            members = np.nonzero(plan.group[number] == group)[0]
            invited = {mentor for member in members for mentor in season.participants[member].mentors}
            for place, moment in enumerate(facts.moments[number]):
                coming = sum(_welcome(guides[key], moment) for key in invited)
                weight[number, group, place] = coming * most - moment.rank
    return weight


def _welcome(guide: Guide, moment: Moment) -> int:
    """Weigh a moment for a mentor: 0 who can't, 1 who can outside the usual hours, 2 who can within them."""
    if not guide.can_come(moment.day, moment.half_day):
        return 0
    return 1 if guide.is_beyond_hours(moment.half_day) else 2


def _with_reasons(facts: Facts, session: Session, met: Counter[tuple[str, str]]) -> Session:
    season = facts.season
    names = {one.id: one.name for one in season.participants}
    pairs = list(combinations(sorted(session.schools), 2))
    again = [pair for pair in pairs if met[pair]]
    plenary = next(one for one in season.rounds if one.number == session.round).plenary
    if not plenary:
        met.update(pairs)
    reasons = []
    if plenary:
        reasons.append("Alle scholen samen.")
    elif not again:
        reasons.append("Geen twee van deze scholen zagen elkaar eerder.")
    else:
        message = ", ".join(f"{names[one]} en {names[other]}" for one, other in again[:3])
        more = f" en nog {counted(len(again) - 3, 'paar', 'paren')}" if len(again) > 3 else ""  # noqa: PLR2004 - as many as are named
        reasons.append(f"Zien elkaar terug: {message}{more}.")
    everybody = len(session.online) == len(session.schools)
    if everybody:
        reasons.append("Iedereen neemt online deel: niemand rijdt.")
    else:
        reasons += [f"Online: {listed([names[one] for one in session.online])}."] if session.online else []
        far = counted(max(session.minutes), "minuut", "minuten")
        reasons.append(f"De verste school rijdt {far}, samen {sum(session.minutes)} (enkele rit).")
    who = "alle scholen" if everybody else "alle scholen en de gastheer"
    reasons.append(f"Op {HALF_DAY_NAMES[session.half_day]} {session.day:%d/%m/%Y} kunnen {who}.")
    if session.theme and session.theme in THEMES:
        reasons.append(f"Thema: {THEMES[session.theme]}.")
    return replace(session, reasons=tuple(reasons))
