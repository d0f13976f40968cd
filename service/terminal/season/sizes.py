"""Which sizes have the groups of each round, and which places host, once some schools and hosts are away?"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import matcher
from service.terminal.argparse_dutch import does_nothing
from service.terminal.values import each_once


def rounds_of(
    schools: int,
    year: int,
    options: Namespace,
    today: date | None,
    sent: tuple[matcher.Year | None, matcher.Season | None],
) -> tuple[matcher.SessionRound, ...]:
    """Give the rounds of a year with sizes in which so many schools fit, and when they may be.

    A new year lies in what is left from `today` on. One that repairs what was `sent` has the windows of that; where its
    season is not known, the usual ones, as wide as the sessions that were sent ask.
    """
    previous, before = sent
    sizes = matcher.group_sizes(schools, options.group_size) if options.group_size else matcher.group_sizes(schools)
    rounds = matcher.default_rounds(year, options.rounds, *sizes, today=None if previous else today)
    known = {one.number: one.window for one in before.rounds} if before else {}
    rounds = tuple(replace(one, plenary=one.number in options.plenary) for one in rounds)
    return tuple(
        replace(one, window=known.get(one.number) or _wide_enough(one, previous.sessions if previous else ()))
        for one in rounds
    )


def _wide_enough(one: matcher.SessionRound, sessions: Sequence[matcher.Session]) -> matcher.Window:
    """Widen a round's window so that its sessions lie in it."""
    days = [each.day for each in sessions if each.round == one.number]
    return matcher.Window(min([one.window.first, *days]), max([one.window.last, *days]))


def resized(
    season: matcher.Season, before: matcher.Season | None, one: matcher.SessionRound, size: int | None
) -> matcher.SessionRound:
    """Give a round the group sizes in which those present fit: on a rerun as before and hardly wider, else anew."""
    away = sum(absence.round == one.number for absence in season.absences)
    present = len(season.participants) - away
    year, day = season.previous, season.today
    old = [each for each in year.sessions if each.round == one.number] if year is not None else []
    held = any(day is not None and each.day < day for each in old)
    known = next((each for each in before.rounds if each.number == one.number), None) if before else None
    size = None if one.size is not None and known is not None and known.size == one.size else one.size or size
    if old and (size is None or held):
        sizes = (known.smallest, known.largest) if known else _range([len(each.schools) for each in old])
        return replace(one, smallest=sizes[0], largest=sizes[1]).stretched(present, len(old), left=bool(away))
    if (one.size is None and not away) or present < 1:
        return one
    smallest, largest = matcher.group_sizes(present, one.size or size)
    return replace(one, smallest=smallest, largest=largest)


def _range(sizes: list[int]) -> tuple[int, int]:
    return min(sizes), max(sizes)


def without_hosts(season: matcher.Season, gone: list[str]) -> tuple[matcher.Host, ...]:
    """Give the places with those of `gone` closed; raises InvalidValueError for one that hosts nothing already."""
    out = each_once("--host-out", gone, partial(matcher.find_host, season))
    idle = next((one.name for one in season.hosts if one.id in out and not one.max_times), None)
    if idle is not None:
        raise does_nothing("--host-out", f"{idle} ontvangt al niet.")
    return tuple(replace(one, max_times=0) if one.id in out else one for one in season.hosts)
