"""How are the days and hosts to which a session can go, told on a page?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import matcher
from service.web.pages.dutch_format import counted, day

PARTS = {"vm": "voormiddag", "nm": "namiddag"}
NAMED = 2
"""How many of those who can't come are named beside a day; of more only the number is told."""


def moment_of(text: str) -> dict[str, str]:
    """Read a moment as the form writes it: a day, with its half-day or without; empty where it stays."""
    when, _, half = text.strip().partition(" ")
    return ({"day": when} if when else {}) | ({"half_day": half.strip()} if half.strip() else {})


def day_rows(choices: Sequence[matcher.DayChoice], here: Mapping[str, Any], asked: str) -> list[dict[str, Any]]:
    """Give the half-days but the session's own, first those on which everybody can; `chosen` is the one asked for."""
    wanted = moment_of(asked)
    rows = []
    for one in choices:
        if (one.day, one.half_day) == (here["day"], here["half_day"]):
            continue
        rows.append(
            {
                "value": f"{one.day.isoformat()} {one.half_day}",
                "words": f"{day(one.day)}, {PARTS[one.half_day[-2:]]}",
                "obstacle": _obstacle(one),
                "chosen": wanted.get("day") == one.day.isoformat()
                and wanted.get("half_day", one.half_day) == one.half_day,
            }
        )
    return rows


def _obstacle(one: matcher.DayChoice) -> str:
    who = dict(one.away)
    told = [f"{name}: {text}" for name, text in who.items()] if len(who) <= NAMED else [f"{len(who)} kunnen niet"]
    near = counted(len(one.near), "heeft", "hebben")
    return "; ".join(told + ([f"{near} een andere sessie te dichtbij"] if one.near else []))


def host_rows(choices: Sequence[matcher.HostChoice], asked: str) -> list[dict[str, Any]]:
    """Give the other hosts with the minutes of the group together, and what stands in the way."""
    return [
        {
            "id": one.host.id,
            "name": one.host.name,
            "town": one.host.municipality,
            "minutes": one.minutes,
            "obstacle": one.obstacle,
            "chosen": one.host.id == asked,
        }
        for one in choices
    ]
