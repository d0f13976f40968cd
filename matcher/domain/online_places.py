"""Which hosts stand for the groups of a round that is online? They are no places: nobody travels to them."""

from __future__ import annotations

from dataclasses import replace

from matcher.domain.season import Host, Season


def online_place(number: int, host: str) -> bool:
    """Tell whether a host is one of those of an online round."""
    return host.startswith(f"online-{number}-")


def with_online_places(season: Season) -> Season:
    """Give the season with a host for each group that its online rounds can have; those of before stay known."""
    if not season.participants:
        return season
    first, every = season.participants[0], len(season.participants)
    found = {one.id: replace(one, max_times=0) if one.kind == "online" else one for one in season.hosts}
    for one in season.rounds:
        groups = 1 if one.plenary else max(1, every // one.smallest)
        for group in range(1, groups + 1) if one.online else ():
            key = f"online-{one.number}-{group}"
            found[key] = Host(id=key, name="Online", kind="online", position=first.position, capacity=every)
    return replace(season, hosts=tuple(found.values()))
