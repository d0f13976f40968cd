"""How does a year of sessions look on a page? Its rounds with names, and what each school travels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from service.cohorts.members.names import Names
from service.network.season.attendance_shapes import AttendanceOut
from service.network.season.shapes import HostOut, MeetingOut, SeasonGoalOut, YearOut
from service.network.season.wishes import THEMES
from service.web.pages.dutch_format import by_name, number

STATES = {"draft": "concept", "published": "gepubliceerd", "superseded": "vervangen"}
"""How a year stands, in words."""


def rounds_of(year: YearOut, hosts: Sequence[HostOut], names: Names) -> list[dict[str, Any]]:
    """Give the rounds, each with its sessions in order of day."""
    known = {one.id: one for one in hosts}
    found: dict[int, list[dict[str, Any]]] = {}
    for one in year.sessions:
        found.setdefault(one.round, []).append(_session(one, known, names))
    return [{"number": number, "sessions": sessions} for number, sessions in sorted(found.items())]


def _session(one: MeetingOut, hosts: Mapping[str, HostOut], names: Names) -> dict[str, Any]:
    host = hosts.get(one.host)
    return {
        **one.model_dump(),
        "host_name": host.name if host else one.host,
        "town": host.municipality if host else "",
        "clock": clock(one.start, one.end),
        "guests": [
            {
                "key": key,
                "name": names.school(key),
                "minutes": minutes,
                "at_home": key == one.host,
                "online": key in one.online,
            }
            for key, minutes in zip(one.schools, one.minutes, strict=True)
        ],
        "present": [names.mentor(key) for key in one.mentors if key not in one.beyond_hours],
        "beyond": [names.mentor(key) for key in one.beyond_hours],
        "away": [names.mentor(key) for key in one.absent_mentors],
        "theme_words": THEMES[one.theme] if one.theme else "",
    }


def attendance_rows(said: Sequence[AttendanceOut], names: Names) -> dict[str, dict[str, list[str]]]:
    """Give for each session, by uid, who said to come and who not, by name."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in said:
        name = names.school(one.subject) if one.side == "school" else names.mentor(one.subject)
        found.setdefault(one.session, {"come": [], "stay": []})["come" if one.comes else "stay"].append(name)
    return found


def clock(start: str, end: str) -> str:
    """Write the hours of a session, as 13.30–16.30."""
    return f"{_hour(start)}–{_hour(end)}"


def _hour(text: str) -> str:
    """Write 13:30:00 as 13.30."""
    hour, minute = text.split(":")[:2]
    return f"{int(hour)}.{minute}"


def travel_of(rounds: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give what each school travels in each round (minutes, one way; None where it is in no group), the most first."""
    values: dict[str, dict[str, Any]] = {}
    for place, one in enumerate(rounds):
        for session in one["sessions"]:
            for guest in session["guests"]:
                row = values.setdefault(
                    guest["key"], {"name": guest["name"], "minutes": [None] * len(rounds), "hosts": 0}
                )
                row["minutes"][place] = guest["minutes"]
                row["hosts"] += guest["at_home"]
    rows = [{**row, "total": sum(value or 0 for value in row["minutes"])} for row in values.values()]
    return sorted(rows, key=lambda row: (-row["total"], by_name(row["name"])))


UNITS = {"worst_travel": "min", "total_travel": "min"}


def goals_of(year: YearOut) -> list[dict[str, Any]]:
    """Give what the year reaches on each goal, and what is proven of it."""
    return [_goal(one) for one in year.goals]


def _goal(one: SeasonGoalOut) -> dict[str, Any]:
    value, bound = cast("int", one.value), cast("int | None", one.bound)  # a year counts each goal in one number
    unit = f" {UNITS[one.name]}" if one.name in UNITS else ""
    if one.proven:
        proof = "beter kan niet"
    elif bound is None:
        proof = "niet bewezen"
    else:
        beyond = "meer" if bound > value else "minder"
        proof = f"niet bewezen; {beyond} dan {number(bound)}{unit} kan zeker niet"
    words = one.words[:1].upper() + one.words[1:]
    return {"words": words, "value": f"{number(value)}{unit}", "proven": one.proven, "proof": proof}
