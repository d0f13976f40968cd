"""How does a plan look from the mentors' side? Who helps how many schools, and who has room?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.rounds.plan.choices import Choices
from service.rounds.plan.filters import Sheet, sheet_of, shown_rows
from service.rounds.plan.plan_snapshot import SeenPlan
from service.web.pages.dutch_format import by_name, sector_names

Row = Mapping[str, Any]

SEARCHED = ("mentor_name", "mentor", "company", "sectors", "municipality")


def mentors_of(seen: SeenPlan, chosen: Choices) -> Sheet:
    """Give a row for each mentor, with the pairs and the room left; a search looks at the schools' names too."""
    pairs: dict[str, list[Row]] = {}
    for row in shown_rows([one for one in seen.rows if one["mentor"]], chosen.changed(zoek="", volgorde="")):
        pairs.setdefault(row["mentor"], []).append(row)
    wanted = chosen.zoek.casefold()
    rest = chosen.changed(zoek="").narrows
    rows = [_row(seen, key, pairs.get(key, ())) for key, _ in seen.names.listed_mentors()]
    kept = [row for row in rows if (row["pairs"] or not rest) and (not wanted or _told(row, wanted))]
    order = chosen.volgorde.removeprefix("-")
    if order == "ruimte":
        kept.sort(key=lambda row: row["room"])
    elif order == "punten":
        kept.sort(key=lambda row: row["points"])
    if chosen.volgorde.startswith("-"):
        kept.reverse()
    return sheet_of(kept, chosen.number)


def _row(seen: SeenPlan, key: str, pairs: Sequence[Row]) -> dict[str, Any]:
    one = seen.names.mentors[key]
    most = one.max_schools
    used = sum(row["mentor"] == key for row in seen.rows)
    return {
        "school": key,  # what sheet_of keeps together
        "mentor": key,
        "mentor_name": seen.names.mentor(key),
        "company": one.company,
        "sectors": sector_names(one.sectors),
        "municipality": one.municipality,
        "province": one.province,
        "status": one.status,
        "pairs": sorted(pairs, key=lambda pair: by_name(pair["school_name"])),
        "most": most,
        "used": used,
        "room": 0 if one.status == "withdrawn" else max(0, most - used),
        "points": sum(pair["points"] for pair in pairs),
    }


def _told(row: Row, wanted: str) -> bool:
    schools = (pair["school_name"] for pair in row["pairs"])
    return any(wanted in text.casefold() for text in (*(row[name] for name in SEARCHED), *schools))
