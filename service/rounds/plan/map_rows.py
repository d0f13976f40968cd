"""What stands on the map of a plan? Its pairs, the schools with open places, and the mentors without a school."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from service.cohorts.members.names import Names
from service.core.addresses import part
from service.rounds.plan.map import MapLine, MapMark, draw_map
from service.web.pages.dutch_format import counted

Row = Mapping[str, Any]

FRAGILE = "red"
"""The colour of a drop-out that leaves a school without a mentor."""


def plan_map(  # noqa: PLR0913, PLR0917 - what a map is made of
    rows: Sequence[Row], names: Names, here: str, tail: str, gone: Container[str], every: Sequence[Row] | None = None
) -> Markup:
    """Draw the rows that are shown, and the mentors who have a school in none of `every` row; `gone` left.

    Without `every` it is drawn for somebody who only looks: nobody can be dragged then.
    """
    may = every is not None
    lines = lines_of([one for one in rows if one["mentor"]], names, here, tail, may=may)
    missing = open_marks([one for one in rows if not one["mentor"]], names, here, tail, may=may)
    spare = spare_marks(every, names, here, gone) if every is not None else []
    svg = draw_map(lines, title="Kaart van de koppels", open_schools=missing, spare=spare)
    return Markup(svg)  # noqa: S704 - draw_map escapes every word


def lines_of(rows: Sequence[Row], names: Names, here: str, tail: str, *, may: bool = True) -> list[MapLine]:
    """Give the map's lines: pairs of whom both places are known; their numbers for who may move a mentor."""
    found = []
    for row in rows:
        school, mentor = names.schools.get(row["school"]), names.mentors.get(row["mentor"])
        if school is None or mentor is None:
            continue
        places = [(one.latitude, one.longitude) for one in (school, mentor)]
        points = counted(row["points"], "punt", "punten")
        line = MapLine(
            key=row["key"],
            school=places[0],
            mentor=places[1],
            words=f"{row['school_name']}: {row['mentor_name']}, {points}, {row['minutes']} min",
            href=_page(here, row, tail),
            locked=row["lock"] is not None and row["lock"].kind == "required",
            names=(row["school_name"], row["mentor_name"]),
            fragile=row["colour"] == FRAGILE,
            ids=(row["school"], row["mentor"]) if may else ("", ""),
        )
        found.append(line)
    return found


def open_marks(rows: Sequence[Row], names: Names, here: str, tail: str, *, may: bool = True) -> list[MapMark]:
    """Give the schools with an open place."""
    found = []
    for row in rows:
        school = names.schools.get(row["school"])
        if school is not None:
            words = f"{row['school_name']}: {counted(row['open'], 'open plaats', 'open plaatsen')}"
            place = (school.latitude, school.longitude)
            number = row["school"] if may else ""
            found.append(MapMark(place=place, words=words, href=_page(here, row, tail), id=number))
    return found


def spare_marks(rows: Sequence[Row], names: Names, here: str, gone: Container[str]) -> list[MapMark]:
    """Give the mentors who could have a school and have none in these rows."""
    busy = {row["mentor"] for row in rows}
    free = [
        (key, one)
        for key, one in names.mentors.items()
        if key not in busy and key not in gone and one.max_schools and one.status != "withdrawn"
    ]
    return [
        MapMark(
            place=(one.latitude, one.longitude),
            words=f"{names.mentor(key)}, {one.company}: geen school in dit plan",
            href=f"{here}/mentoren/{part(key)}",
            id=key,
        )
        for key, one in free
    ]


def _page(here: str, row: Row, tail: str) -> str:
    return f"{here}/plan/{part(row['school'])}{tail}"
