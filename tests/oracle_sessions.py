"""What is the very best year of a tiny season? Every group, host and date tried, in plain Python."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations, product
from typing import TYPE_CHECKING

from matcher.domain.travel import estimated_minutes
from matcher.sessions.half_days import host_reason, possible_moments, school_reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.domain.season import Season, SessionRound

Group = tuple[tuple[str, ...], str, object]


def best_year(season: Season) -> tuple[int, int, int] | None:
    """Give repeats, worst and total minutes of the best year in the season's order; None where there is none."""
    options = [list(_rounds(season, one)) for one in season.rounds]
    minutes = _minutes(season)  # asked once: thousands of years have the same trips
    found = [_value(season, year, minutes) for year in product(*options) if _holds(season, year)]
    if season.first == "travel":
        return min(found, key=lambda one: (one[1], one[2], one[0]), default=None)
    return min(found, default=None)


def _partitions(schools: tuple[str, ...], low: int, high: int, groups: int) -> Iterator[tuple[tuple[str, ...], ...]]:
    if not groups:
        if not schools:
            yield ()
        return
    for size in range(low, high + 1):
        for mates in combinations(schools[1:], size - 1):
            group = (schools[0], *mates)
            rest = tuple(one for one in schools if one not in group)
            if len(rest) >= low * (groups - 1):
                yield from (
                    (group, *others) for others in _partitions(rest, low, high, groups - 1) if rest or groups == 1
                )


def _rounds(season: Season, one: SessionRound) -> Iterator[tuple[Group, ...]]:
    schools = tuple(school.id for school in season.participants)
    moments = possible_moments(one.window, season.half_days, season.free)
    count = len(schools) // one.smallest
    for groups in _partitions(schools, one.smallest, one.largest, count):
        for hosts in permutations(season.hosts, count):
            for when in product(moments, repeat=count):
                year = tuple(zip(groups, (host.id for host in hosts), when, strict=True))
                if all(_session_holds(season, *group) for group in year):
                    yield year


def _session_holds(season: Season, schools: tuple[str, ...], host: str, moment: object) -> bool:
    place = next(one for one in season.hosts if one.id == host)
    day, half = moment.day, moment.half_day  # type: ignore[attr-defined]
    fits = len(schools) <= place.capacity and (place.kind != "school" or host in schools)
    free = host_reason(season, place, day, half) is None
    return (
        fits
        and free
        and all(school_reason(season, one, day, half) is None for one in season.participants if one.id in schools)
    )


def _holds(season: Season, year: tuple[tuple[Group, ...], ...]) -> bool:
    hosts = [group[1] for one in year for group in one]
    if any(hosts.count(host.id) > host.max_times for host in season.hosts):
        return False
    for host in season.hosts:
        days = sorted(group[2].day for one in year for group in one if group[1] == host.id)  # type: ignore[attr-defined]
        if any((b - a).days < season.host_spacing_days for a, b in pairwise(days)):
            return False
    for school in season.participants:
        days = sorted(group[2].day for one in year for group in one if school.id in group[0])  # type: ignore[attr-defined]
        if any((b - a).days < season.spacing_days for a, b in pairwise(days)):
            return False
    return True


def _minutes(season: Season) -> dict[tuple[str, str], int]:
    return {
        (school.id, host.id): int(estimated_minutes([school.position], [host.position], season.policy)[0, 0])
        for school in season.participants
        for host in season.hosts
    }


def _value(
    season: Season, year: tuple[tuple[Group, ...], ...], trips: dict[tuple[str, str], int]
) -> tuple[int, int, int]:
    met = dict(season.history)
    minutes = {one.id: 0 for one in season.participants}
    repeats = 0
    for one in year:
        for schools, host, _ in one:
            for pair in combinations(sorted(schools), 2):
                repeats += met.get(pair, 0) > 0
                met[pair] = met.get(pair, 0) + 1
            for school in schools:
                minutes[school] += trips[school, host]
    return repeats, max(minutes.values()), sum(minutes.values())
