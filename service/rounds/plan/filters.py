"""Which rows of a plan are shown, in which order, and on which sheet?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from service.rounds.plan.choices import Choices
from service.web.pages.dutch_format import by_name

Row = Mapping[str, Any]

SHEET = 100
"""So many rows stand on a sheet, and those of a school that is cut come along."""

ORDERS: Mapping[str, Callable[[Row], tuple[Any, ...]]] = {
    "school": lambda row: by_name(row["school_name"]),
    "mentor": lambda row: (row["mentor_name"] == "", *by_name(row["mentor_name"])),
    "punten": lambda row: (row["points"],),
    "reistijd": lambda row: (row["minutes"],),
    "uitval": lambda row: (("red", "orange", "green", "").index(row["colour"]), -row["lost"]),
}
IS: Mapping[str, Callable[[Row], bool]] = {
    "open": lambda row: bool(row["open"]),
    "kwetsbaar": lambda row: row["colour"] == "red",
    "vast": lambda row: row["lock"] is not None and row["lock"].kind == "required",
    "los": lambda row: bool(row["mentor"]) and row["lock"] is None,
    "onbevestigd": lambda row: bool(row["mentor"]) and row["unsettled"],
    "notitie": lambda row: row["note"] is not None,
}
"""What a row must be, by the words of `choices.SHOWN`."""

SEARCHED = ("school_name", "school", "municipality", "types", "mentor_name", "mentor", "company", "sectors")


class Sheet(NamedTuple):
    """The rows of a sheet, which one it is, and how many there are."""

    rows: list[Row]
    number: int
    of: int


def shown_rows(rows: Sequence[Row], choices: Choices) -> list[Row]:
    """Give the rows that were asked for, in the order that was asked for: `-punten` has the most first."""
    found = [row for row in rows if _fits(row, choices)]
    order = choices.volgorde
    by = ORDERS.get(order.removeprefix("-"), ORDERS["school"])
    tail = sorted(found, key=lambda row: (by_name(row["school_name"]), row["school"], by_name(row["mentor_name"])))
    return sorted(tail, key=by, reverse=order.startswith("-"))


def _fits(row: Row, choices: Choices) -> bool:
    wanted = choices.zoek.casefold()
    return (
        (not wanted or any(wanted in row[name].casefold() for name in SEARCHED))
        and all(IS[one](row) for one in choices.toon)
        and (choices.under is None or (bool(row["mentor"]) and row["points"] < choices.under))
        and choices.provincie in ("", row["province"])
        and (not choices.soort or choices.soort in row["school_types"])
    )


def sheet_of(rows: Sequence[Row], number: int) -> Sheet:
    """Give the rows of a sheet, the last where there are not so many; the first of each school is told (`first`).

    Rows of one school that follow each other stay together.
    """
    blocks: list[list[Row]] = []
    for row in rows:
        if blocks and blocks[-1][0]["school"] == row["school"]:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    sheets: list[list[Row]] = [[]]
    for block in blocks:
        if sheets[-1] and len(sheets[-1]) + len(block) > SHEET:
            sheets.append([])
        sheets[-1] += [{**row, "first": place == 0, "together": len(block)} for place, row in enumerate(block)]
    shown = min(number, len(sheets))
    return Sheet(sheets[shown - 1], shown, len(sheets))


def kinds_of(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """Give the provinces and the onderwijsvormen that occur among rows, for a list to choose from."""
    provinces = sorted({row["province"] for row in rows if row["province"]}, key=by_name)
    return provinces, sorted({one for row in rows for one in row["school_types"]})
