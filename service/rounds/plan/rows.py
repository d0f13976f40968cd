"""What stands in the table of a plan? A row for each pair and each open place, with all a coordinator weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import matcher
from service.cohorts.members.names import Names
from service.core.addresses import part
from service.rounds.locks.shapes import LockOut
from service.rounds.notes.shapes import NoteOut
from service.rounds.questions.shapes import BesidesOut
from service.web.pages.dutch_format import counted, sector_names

Row = Mapping[str, Any]
Pair = tuple[str, str]

SHIELDS = {"green": ("goed", "stevig"), "orange": ("let-op", "schuift"), "red": ("fout", "kwetsbaar")}
"""Colour of a drop-out to the class and the word of its mark."""


def key_of(school: str, mentor: str) -> str:
    """Name a pair within a page and an address: a number may have a space in it."""
    return f"{part(school)}-{part(mentor)}"


class Beside(NamedTuple):
    """What is known beside a plan: agreements, drop-outs, second choices, and by (school, mentor) what was said.

    `asked` marks who was asked and answered, `settled` are the pairs to which all said yes, `notes` are ours; of
    `gone` the required pairs rest.
    """

    locks: Sequence[LockOut] = ()
    drop_outs: Sequence[Row] = ()
    besides: Sequence[BesidesOut] = ()
    asked: Mapping[Pair, tuple[str, str]] = MappingProxyType({})
    settled: Container[Pair] = ()
    notes: Mapping[Pair, NoteOut] = MappingProxyType({})
    gone: Container[str] = ()


def rows_of(plan: Row, names: Names, beside: Beside) -> list[Row]:
    """Give a row for each pair, then one for each school with open places."""
    agreed = {(one.school, one.mentor): one for one in beside.locks}
    falls = {one["mentors"][0]: one for one in beside.drop_outs}
    next_to = {one.school: one for one in beside.besides}
    here = {(one["school"], one["mentor"]) for one in plan["pairs"]}
    comes = _coming(names, beside, here)
    found: list[Row] = []
    for pair in plan["pairs"]:
        key = pair["school"], pair["mentor"]
        row = _school(names, pair["school"]) | _mentor(names, pair["mentor"])
        row |= _beside(names, next_to.get(pair["school"])) | _fall(falls.get(pair["mentor"]))
        row |= {"points": pair["points"], "minutes": pair["travel_minutes"], "reasons": pair["reasons"], "open": 0}
        row |= {"lock": agreed.get(key), "asked": beside.asked.get(key), "unsettled": key not in beside.settled}
        found.append(row | {"note": beside.notes.get(key)})
    for place in plan["open_places"]:
        empty = {"mentor": "", "mentor_name": "", "company": "", "sectors": "", "points": 0, "minutes": 0}
        row = _school(names, place["school"]) | empty | _beside(names, None) | _fall(None)
        row |= {"asked": None, "unsettled": False, "note": None}
        found.append(row | {"reasons": [place["reason"]], "lock": None, "open": place["count"]})
    return _with_places(found, comes)


def _with_places(found: Sequence[Row], comes: Mapping[str, Sequence[str]]) -> list[Row]:
    """Add to each row the key of its pair, and of its school who comes, and how many places are there and filled."""
    filled, left = Counter[str](), Counter[str]()
    for row in found:
        filled[row["school"]] += bool(row["mentor"])
        left[row["school"]] += row["open"]
    return [
        {
            **row,
            "key": key_of(row["school"], row["mentor"]),
            "comes": comes.get(row["school"], ()),
            "filled": filled[row["school"]],
            "places": filled[row["school"]] + left[row["school"]],
        }
        for row in found
    ]


def _coming(names: Names, beside: Beside, here: Container[Pair]) -> Mapping[str, list[str]]:
    """Name who must come to a school from the next round on, by school: who is there already is left out."""
    found: dict[str, list[str]] = {}
    for one in beside.locks:
        counts = one.kind == "required" and not rests(one.kind, one.mentor, beside.gone)
        if counts and (one.school, one.mentor) not in here:
            found.setdefault(one.school, []).append(names.mentor(one.mentor))
    return found


def _school(names: Names, key: str) -> dict[str, Any]:
    one = names.schools.get(key)
    found: dict[str, Any] = {"school": key, "school_name": names.school(key)}
    if one is None:
        return found | {"municipality": "", "types": "", "province": "", "school_types": ()}
    types = matcher.kind_words(one.school_types, one.finalities)
    return found | {
        "municipality": one.municipality,
        "types": types,
        "province": one.province,
        "school_types": tuple(one.school_types),
    }


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
    return {"free": free, "words": matcher.price_phrase(values)}


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
