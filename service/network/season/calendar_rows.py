"""How does a school year look as a calendar? Months of weeks, with what is closed, what may serve, and the sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import matcher
from service.cohorts.members.names import Names
from service.web.pages.dutch_format import MONTHS

WORKDAYS = 5
SEAMED = {
    word.replace("|", ""): word.replace("|", "\u00ad")
    for word in (
        *("herfst|vakantie", "kerst|vakantie", "krokus|vakantie", "paas|vakantie", "zomer|vakantie", "kerst|examens"),
        *("Hemel|vaarts|dag", "brugdag na Hemel|vaart", "O. L. V. Hemel|vaart", "O. L. H. Hemel|vaart"),
        *("Wapen|stilstand", "Paas|maandag", "Pinkster|maandag", "pinkster|maandag", "Aller|heiligen"),
    )
}
"""Our long words for a day without school, with where they may be broken in a narrow column."""


def months_of(
    days: Sequence[matcher.SchoolDay], rounds: Iterable[Mapping[str, Any]], names: Names, now: date
) -> list[dict[str, Any]]:
    """Give the months with their weeks.

    `busy` are those with a session or within the window of a round; `widths` says what room each weekday needs.
    A week is a row of cells: of one day each, or of several with one reason why nobody can then (`wide`).
    """
    sessions: dict[date, list[Mapping[str, Any]]] = {}
    for one in rounds:
        for session in one["sessions"]:
            sessions.setdefault(session["day"], []).append(session)
    found = []
    for (year, month), inside in groupby(days, key=lambda one: (one.day.year, one.day.month)):
        cells = [_cell(one, sessions.get(one.day, []), names, now) for one in inside]
        weeks = [_week(list(week)) for _, week in groupby(cells, key=lambda one: one["day"].isocalendar().week)]
        busy = any(one["sessions"] or one["open"] for one in cells)
        found.append({"name": MONTHS[month - 1], "year": year, "weeks": weeks, "busy": busy, "widths": _widths(cells)})
    return found


def _cell(one: matcher.SchoolDay, sessions: Sequence[Mapping[str, Any]], names: Names, now: date) -> dict[str, Any]:
    away = [f"{names.school(key)} ({reason})" for key, reason in one.away]
    return {
        "day": one.day,
        "last": one.day,
        "wide": 1,
        "first": True,
        "reason": "" if sessions else SEAMED.get(why := one.closed or one.exams or "", why),
        "closed": bool(one.closed),
        "rounds": one.rounds,
        "open": bool(one.rounds and one.half_days and not one.closed and not one.exams),
        "past": one.day < now,
        "today": one.day == now,
        "away": away,
        "sessions": sessions,
    }


def _widths(cells: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say of each weekday of a month whether it may be narrow: days without sessions, and of these without a word."""
    used = {one["day"].weekday() for one in cells if one["sessions"] or one["open"]}
    told = {one["day"].weekday() for one in cells if one["reason"] and one["wide"] == 1 and one["first"]}
    return ["" if place in used else "matige" if place in told else "smalle" for place in range(WORKDAYS)]


def _week(cells: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give one row: empty cells before the first of the month and after the last, days with one reason as one cell."""
    row: list[dict[str, Any]] = []
    for one in cells:
        before = row[-1] if row else None
        if before is not None and one["reason"] and one["reason"] == before["reason"]:
            before["wide"] += 1
            before["last"] = one["day"]
            one["first"] = False
        else:
            row.append(one)
    lead, tail = cells[0]["day"].weekday(), WORKDAYS - 1 - cells[-1]["day"].weekday()
    return [_empty(lead)] * bool(lead) + row + [_empty(tail)] * bool(tail)


def _empty(wide: int) -> dict[str, Any]:
    return {"day": None, "wide": wide}


def summary_of(rounds: Sequence[Mapping[str, Any]], now: date) -> dict[str, Any] | None:
    """Count the sessions of a year: all, those to come, the first, the last and the next; None without sessions."""
    every = sorted((session for one in rounds for session in one["sessions"]), key=lambda one: one["day"])
    if not every:
        return None
    to_come = [one for one in every if one["day"] >= now]
    return {
        "count": len(every),
        "first": every[0]["day"],
        "last": every[-1]["day"],
        "to_come": len(to_come),
        "next": to_come[0] if to_come else None,
    }
