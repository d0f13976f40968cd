"""How does a page say what a repair changes, and whom a year invites wrongly? Rows with names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.cohorts.members.names import Names
from service.network.season.change_shapes import OutdatedOut, PlaceOut, SessionChangeOut
from service.network.season.session_rows import clock
from service.network.season.shapes import HostOut

KINDS = {"new": "nieuw", "changed": "gewijzigd", "cancelled": "geschrapt"}


def change_rows(changes: Sequence[SessionChangeOut], hosts: Sequence[HostOut], names: Names) -> list[dict[str, Any]]:
    """Give the sessions that a repair changes: when and where as it was and as it becomes, and for whom."""
    known = {one.id: one.name for one in hosts}
    return [
        {
            "round": one.round,
            "kind": KINDS[one.kind],
            "before": _place(one.before, known),
            "after": _place(one.after, known),
            "stays": one.before == one.after,
            "guests": [names.school(key) for key in one.schools],
            "more": _more(one),
            "out": [*map(names.school, one.schools_out), *map(names.mentor, one.mentors_out)],
            "in": [*map(names.school, one.schools_in), *map(names.mentor, one.mentors_in)],
        }
        for one in changes
    ]


def _more(one: SessionChangeOut) -> list[str]:
    """Say what else becomes otherwise than day, place and guests."""
    told = ((one.theme_changes, "ander thema"), (one.presence_changes, "andere mentoren kunnen komen"))
    return [words for holds, words in told if holds]


def _place(place: PlaceOut | None, hosts: Mapping[str, str]) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"day": place.day, "clock": clock(place.start, place.end), "host": hosts.get(place.host, place.host)}


def outdated_rows(outdated: Sequence[OutdatedOut], hosts: Sequence[HostOut], names: Names) -> list[dict[str, Any]]:
    """Give the sessions that invite wrongly, with who no longer belongs there and who is missing."""
    known = {one.id: one.name for one in hosts}
    return [
        {
            "round": one.round,
            "day": one.day,
            "host": known.get(one.host, one.host),
            "host_id": one.host,
            "host_left": one.host_left,
            "out": [*map(names.school, one.schools_out), *map(names.mentor, one.mentors_out)],
            "in": [names.mentor(key) for key in one.mentors_in],
        }
        for one in outdated
    ]


def left_hosts(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Give the hosts (id, name) of which every mentor left, each once."""
    return list(dict.fromkeys((one["host_id"], one["host"]) for one in rows if one["host_left"]))
