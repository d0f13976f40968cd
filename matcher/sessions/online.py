"""Which sessions are online, and who takes part in one from a distance?"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.online_places import online_place
from matcher.domain.season import Host, Season, SessionRound


def may_host(one: SessionRound, host: Host) -> bool:
    """Tell whether a round can have this host: an online one only its own places on the web, others none of those."""
    return online_place(one.number, host.id) if one.online else host.kind != "online"


def online_schools(season: Season, one: SessionRound, schools: Sequence[str]) -> tuple[str, ...]:
    """List which schools of a session to come take part online."""
    remote = {each.school for each in season.remote if each.round == one.number}
    return tuple(school for school in schools if one.online or school in remote)
