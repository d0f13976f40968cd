"""Which study directions does Flemish secondary education have, and which STEM field is each of?

The table `matcher/reference/richtingen.csv`; how it was compiled, and when, stands in docs/sectoren.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple, get_args

from matcher.domain.column import plain
from matcher.domain.reference_table import reference_rows

Kind = Literal["nu", "vroeger", "woord"]
"""Of today's list, of an older one, or no direction but a word that people use for a field."""

DIRECTION_KINDS: tuple[Kind, ...] = get_args(Kind)


class Direction(NamedTuple):
    """A study direction: its official name and where it stands in the official matrix.

    `domain` and `finality` are those of the matrix, `grades` of `1` `2` `3` and `7` (a seventh year), `school_type` the
    onderwijsvorm below it; all empty for names that are not of today. `field` is our STEM field, empty outside STEM;
    `short` other spellings, such as `IW`.
    """

    name: str
    domain: str
    finality: str
    grades: tuple[str, ...]
    school_type: str
    field: str
    kind: Kind
    short: tuple[str, ...]


@cache
def directions() -> tuple[Direction, ...]:
    """Give every known direction, those of today first."""
    return tuple(
        Direction(
            name=row["richting"],
            domain=row["domein"],
            finality=row["finaliteit"],
            grades=tuple(row["graad"].split()),
            school_type=row["onderwijsvorm"],
            field=row["veld"],
            kind=next(one for one in DIRECTION_KINDS if one == row["soort"]),
            short=tuple(filter(None, (row["ook"] or "").split("/"))),
        )
        for row in reference_rows("richtingen.csv")
    )


@cache
def directions_by_name() -> Mapping[str, Direction]:
    """Give every direction under each of its spellings, folded by `plain` and without commas."""
    return {fold_direction(name): one for one in directions() for name in (one.name, *one.short)}


def fold_direction(name: str) -> str:
    """Fold a name so that `&`, commas, case, accents, spaces and hyphens make no difference."""
    return plain(name.replace("&", " en ").replace(",", " "))
