"""What stands in the table of a plan? A row for each pair and each open place, with all a coordinator weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher import kind_words, price_phrase
from service.core.addresses import part, path_to
from service.web.pages.dutch_format import by_name, counted, sector_names

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from service.cohorts.members.names import Names
    from service.rounds.locks.shapes import LockOut
    from service.rounds.questions.shapes import BesidesOut

    Row = Mapping[str, Any]

SHIELDS = {"green": ("goed", "stevig"), "orange": ("let-op", "schuift"), "red": ("fout", "kwetsbaar")}
"""Colour of a drop-out to the class and the word of its mark."""

ORDERS: Mapping[str, Callable[[Row], tuple[Any, ...]]] = {
    "school": lambda row: by_name(row["school_name"]),
    "mentor": lambda row: (row["mentor_name"] == "", *by_name(row["mentor_name"])),
    "punten": lambda row: (row["points"],),
    "reistijd": lambda row: (row["minutes"],),
    "uitval": lambda row: (("red", "orange", "green", "").index(row["colour"]), -row["lost"]),
}


def key_of(school: str, mentor: str) -> str:
    """Name a pair within a page and an address: a number may have a space in it."""
    return f"{part(school)}-{part(mentor)}"


def rows_of(
    plan: Row, names: Names, locks: Sequence[LockOut], drop_outs: Sequence[Row], besides: Sequence[BesidesOut]
) -> list[Row]:
    """Give a row for each pair, then one for each school with open places."""
    agreed = {(one.school, one.mentor): one for one in locks}
    falls = {one["mentors"][0]: one for one in drop_outs}
    next_to = {one.school: one for one in besides}
    found: list[Row] = []
    for pair in plan["pairs"]:
        row = _school(names, pair["school"]) | _mentor(names, pair["mentor"])
        row |= _beside(names, next_to.get(pair["school"])) | _fall(falls.get(pair["mentor"]))
        numbers = {"points": pair["points"], "minutes": pair["travel_minutes"], "reasons": pair["reasons"]}
        found.append(row | numbers | {"lock": agreed.get((pair["school"], pair["mentor"])), "open": 0})
    for place in plan["open_places"]:
        empty = {"mentor": "", "mentor_name": "", "company": "", "sectors": "", "points": 0, "minutes": 0}
        row = _school(names, place["school"]) | empty | _beside(names, None) | _fall(None)
        found.append(row | {"reasons": [place["reason"]], "lock": None, "open": place["count"]})
    return [{**row, "key": key_of(row["school"], row["mentor"])} for row in found]


def _school(names: Names, key: str) -> dict[str, Any]:
    one = names.schools.get(key)
    where, types = (one.municipality, kind_words(one.school_types, one.finalities)) if one is not None else ("", "")
    return {"school": key, "school_name": names.school(key), "municipality": where, "types": types}


def _mentor(names: Names, key: str) -> dict[str, Any]:
    one = names.mentors.get(key)
    company, sectors = (one.company, sector_names(one.sectors)) if one is not None else ("", "")
    return {"mentor": key, "mentor_name": names.mentor(key), "company": company, "sectors": sectors}


def _fall(found: Row | None) -> dict[str, Any]:
    if found is None:
        return {"colour": "", "shield": None, "fall": "", "lost": 0}
    shield = SHIELDS[found["colour"]]
    told = " ".join(one["sentence"] for one in found.get("claims", ())) or found["words"]
    return {"colour": found["colour"], "shield": shield, "fall": told, "lost": found["points_lost"]}


def _beside(names: Names, found: BesidesOut | None) -> dict[str, Any]:
    """Name the second choice with its price, and who stands by."""
    second = found.second if found is not None else None
    standby = found.standby if found is not None else None
    return {
        "known": found is not None,
        "second": second and {"name": names.mentor(second.mentor), **price_of(second.price)},
        "standby": names.mentor(standby.mentor) if standby else "",
    }


def price_of(losses: Mapping[str, Any]) -> dict[str, Any]:
    """Say what another choice costs and brings, and whether it is as good."""
    values = {name: tuple(loss) if isinstance(loss, list) else loss for name, loss in losses.items()}
    free = not any(any(loss) if isinstance(loss, tuple) else loss for loss in values.values())
    return {"free": free, "words": price_phrase(values)}


def shown_rows(rows: Sequence[Row], search: str, order: str) -> list[Row]:
    """Give the rows that were asked for, in the order that was asked for: `-punten` has the most first."""
    wanted = search.strip().casefold()
    told = ("school_name", "school", "municipality", "types", "mentor_name", "mentor", "company", "sectors")
    found = [row for row in rows if not wanted or any(wanted in row[name].casefold() for name in told)]
    by = ORDERS.get(order.removeprefix("-"), ORDERS["school"])
    tail = sorted(found, key=lambda row: (by_name(row["school_name"]), by_name(row["mentor_name"])))
    return sorted(tail, key=by, reverse=order.startswith("-"))


def changed_locks(plan: Row, locks: Sequence[LockOut], gone: Container[str]) -> str:
    """Say which agreements came and went since a plan was made, and when they count; empty where none did.

    Required pairs of who left (`gone`) rest: they count neither then nor now.
    """
    both = (
        [(one["school"], one["mentor"], one["kind"]) for one in plan["locks"]],
        [(one.school, one.mentor, one.kind) for one in locks],
    )
    then, now = ({one for one in some if not rests(one[2], one[1], gone)} for some in both)
    came, went = now - then, then - now
    told = [
        f"{counted(len(some), 'afspraak', 'afspraken')} {words}"
        for some, words in ((came, "erbij"), (went, "geschrapt"))
        if some
    ]
    counts = "Dat telt" if len(told) > 1 else "Die telt" if len(came | went) == 1 else "Die tellen"
    return f"Sinds dit plan: {' en '.join(told)}. {counts} vanaf de volgende ronde." if told else ""


def rests(kind: str, mentor: str, gone: Container[str]) -> bool:
    """Tell whether an agreement rests, for its mentor left."""
    return kind == "required" and mentor in gone


def tail_of(**chosen: str) -> str:
    """Write what was chosen as the tail of an address; nothing for what is not."""
    return path_to("", query=chosen)
