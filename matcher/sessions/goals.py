"""What does a year of sessions reach on every goal? Counted from the sessions alone, without a solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from matcher.domain.season import Season
from matcher.domain.year import Session
from matcher.sessions.groups import absences_of

GOAL_NAMES: Final = {
    "left_out": "scholen zonder sessie in een ronde",
    "changed_sessions": "gewijzigde sessies",
    "changed_invitations": "gewijzigde uitnodigingen",
    "repeats": "herhaalde ontmoetingen",
    "worst_travel": "reistijd van de school die het meest reist (minuten per jaar, enkele rit)",
    "total_travel": "reistijd van alle scholen samen (minuten per jaar, enkele rit)",
    "repeat_hosting": "hoe vaak een gastheer nog eens ontvangt",
    "type_mix": "onderwijsvormen per groep, opgeteld",
    "theme_fit": "scholen in een sessie met een thema dat bij hen past",
    "mentors_absent": "uitgenodigde mentoren die niet kunnen",
}
"""Every goal and its Dutch name."""

MOST_IS_BEST: Final = ("type_mix", "theme_fit")
"""Goals of which more is better."""

LOWEST: Final = ("repeat_hosting", "type_mix", "theme_fit", "mentors_absent")


def session_goal_name(name: str) -> str:
    """Give the Dutch name of a goal."""
    return GOAL_NAMES[name]


def goal_order(season: Season) -> tuple[str, ...]:
    """List the goals that count for a season, first one first."""
    changes = ("changed_sessions", "changed_invitations") if season.previous else ()
    travel, mixing = ("worst_travel", "total_travel"), ("repeats",)
    middle = (*mixing, *travel) if season.first == "mixing" else (*travel, *mixing)
    return ("left_out", *changes, *middle, *LOWEST)


def goal_values(season: Season, sessions: Sequence[Session]) -> dict[str, int]:
    """Count what the sessions reach on every goal of the season."""
    minutes = yearly_minutes(sessions)
    turns = Counter(one.host for one in sessions)
    values = {
        "left_out": len(left_out(season, sessions)),
        "repeats": count_repeats(season, sessions),
        "worst_travel": max(minutes.values(), default=0),
        "total_travel": sum(minutes.values()),
        "repeat_hosting": sum(count - 1 for count in turns.values()),
        "type_mix": sum(distinct_types(season, sessions)),
        "theme_fit": theme_fit(season, sessions),
        "mentors_absent": sum(len(one.absent_mentors) for one in sessions),
    }
    if season.previous:
        values["changed_sessions"], values["changed_invitations"] = count_changes(season, sessions)
    return {name: values[name] for name in goal_order(season)}


def left_out(season: Season, sessions: Sequence[Session]) -> tuple[tuple[str, int], ...]:
    """List the schools (id, round) that are in no session though nobody stated their absence."""
    placed = {(school, one.round) for one in sessions for school in one.schools}
    stated = {(one.school, one.round) for one in absences_of(season) if one.stated}
    wanted = ((school.id, one.number) for one in season.rounds for school in season.participants)
    return tuple(key for key in wanted if key not in placed and key not in stated)


def yearly_minutes(sessions: Sequence[Session]) -> Counter[str]:
    """Add up every school's minutes one way."""
    total: Counter[str] = Counter()
    for one in sessions:
        for school, minutes in zip(one.schools, one.minutes, strict=True):
            total[school] += minutes
    return total


def meetings(season: Season, sessions: Sequence[Session]) -> Counter[tuple[str, str]]:
    """Count how often two schools (ids in order) meet this year; a plenary is no meeting of two."""
    plenary = {one.number for one in season.rounds if one.plenary}
    return Counter(
        pair for one in sessions if one.round not in plenary for pair in combinations(sorted(one.schools), 2)
    )


def count_repeats(season: Season, sessions: Sequence[Session]) -> int:
    """Count meetings this year that are not the first of two schools, earlier years included.

    Where the season says so each next meeting counts two more: a second one, a third three.
    """
    found = 0
    for pair, count in meetings(season, sessions).items():
        before = season.history.get(pair, 0)
        beyond = max(before - 1, 0), before + count - 1
        found += beyond[1] ** 2 - beyond[0] ** 2 if season.rising_repeats else beyond[1] - beyond[0]
    return found


def distinct_types(season: Season, sessions: Sequence[Session]) -> list[int]:
    """Count the school types that meet in each session."""
    types = {one.id: one.school_types for one in season.participants}
    return [len({kind for school in one.schools for kind in types[school]}) for one in sessions]


def theme_fit(season: Season, sessions: Sequence[Session]) -> int:
    """Count schools that sit in a session about one of their own themes."""
    themes = {one.id: one.themes for one in season.participants}
    return sum(one.theme in themes[school] for one in sessions for school in one.schools)


def count_changes(season: Season, sessions: Sequence[Session]) -> tuple[int, int]:
    """Count the previous sessions that are not as they were, and the invitations of schools that changed.

    An invitation is a school in a round; it changed where host, day or half-day did. Absent schools and
    rounds that no longer are do not count.
    """
    previous = season.previous.sessions if season.previous else ()
    rounds = {one.number for one in season.rounds}
    absent = {(one.school, one.round) for one in absences_of(season)}
    known = {one.id for one in season.participants}
    old = [one for one in previous if one.round in rounds]
    now = {(one.round, one.host, one.day, one.half_day, frozenset(one.schools)) for one in sessions}
    asked = {(school, one.round): (one.host, one.day, one.half_day) for one in sessions for school in one.schools}
    changed = sum((one.round, one.host, one.day, one.half_day, frozenset(one.schools)) not in now for one in old)
    moved = sum(
        asked.get((school, one.round)) != (one.host, one.day, one.half_day)
        for one in old
        for school in one.schools
        if school in known and (school, one.round) not in absent
    )
    return changed, moved
