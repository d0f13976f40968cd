"""Who is in a cohort? Names for pages, and tables of schools and mentors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi import Response

from service.access.call import Called
from service.access.rules import access
from service.console.inside import Inside
from service.console.pages import page
from service.console.route import pages
from service.console.words import by_name
from service.wire.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}")

SCHOOL_ORDERS = {"naam": "name", "nummer": "id", "gemeente": "municipality"}
MENTOR_ORDERS = {"naam": "last_name", "nummer": "id", "gemeente": "municipality", "bedrijf": "company"}


@dataclass(frozen=True, slots=True)
class Names:
    """The people of a cohort by their number."""

    schools: Mapping[str, Any] = field(default_factory=dict)
    mentors: Mapping[str, Any] = field(default_factory=dict)

    def school(self, key: str) -> str:
        """Give a school's name, its number where it is gone."""
        return str(self.schools[key]["name"]) if key in self.schools else key

    def mentor(self, key: str) -> str:
        """Give a mentor's name, the number of who is gone."""
        return person_name(self.mentors[key]) if key in self.mentors else key

    def listed_schools(self) -> list[tuple[str, Any]]:
        """Give the schools with their number, by name."""
        return sorted(self.schools.items(), key=lambda pair: (by_name(str(pair[1]["name"])), pair[0]))

    def listed_mentors(self) -> list[tuple[str, str]]:
        """Give the numbers of the mentors with their name, by name."""
        return sorted(((key, self.mentor(key)) for key in self.mentors), key=lambda pair: (by_name(pair[1]), pair[0]))


def person_name(one: Mapping[str, Any]) -> str:
    """Give a mentor's name; for who may not know it, or where it was erased, the company."""
    return f"{one['first_name'] or ''} {one['last_name'] or ''}".strip() or f"Mentor van {one['company']}"


async def names_of(api: Inside, cohort: str) -> Names:
    """Read who is in a cohort."""
    base = f"/v1/cohorts/{cohort}"
    schools, mentors = await api.items(f"{base}/schools"), await api.items(f"{base}/mentors")
    return Names({one["id"]: one for one in schools}, {one["id"]: one for one in mentors})


@routes.get("/scholen", openapi_extra=access("viewer"))
async def show_schools(call: Called, cohort: Key, zoek: str = "", volgorde: str = "naam") -> Response:
    """Show the schools."""
    return await _people(call, cohort, "scholen", (zoek, volgorde))


@routes.get("/mentoren", openapi_extra=access("viewer"))
async def show_mentors(call: Called, cohort: Key, zoek: str = "", volgorde: str = "naam") -> Response:
    """Show the mentors."""
    return await _people(call, cohort, "mentoren", (zoek, volgorde))


async def _people(call: Called, cohort: str, side: str, asked: tuple[str, str]) -> Response:
    api = Inside(call)
    row, names = await api.get(f"/v1/cohorts/{cohort}"), await names_of(api, cohort)
    orders = SCHOOL_ORDERS if side == "scholen" else MENTOR_ORDERS
    wanted, order = asked[0].strip().casefold(), orders.get(asked[1], orders["naam"])
    found = list((names.schools if side == "scholen" else names.mentors).values())
    gone = await gone_mentors(api, call, cohort)
    shown = [one for one in found if wanted in _said(one)]
    return page(
        call.request,
        f"{side}.html",
        cohort=row,
        rows=sorted(shown, key=lambda one: (by_name(str(one[order])), one["id"])),
        total=len(found),
        marks={key: words for key, one in names.mentors.items() if (words := _mark(one, gone))},
        search=asked[0],
        named=person_name,
        order=asked[1] if asked[1] in orders else "naam",
    )


async def gone_mentors(api: Inside, call: Called, cohort: str) -> set[str]:
    """Give who withdrew; who only looks is not told."""
    if call.caller.role == "viewer":
        return set()
    return {one["mentor"] for one in await api.items(f"/v1/cohorts/{cohort}/withdrawals")}


def _mark(one: Mapping[str, Any], gone: set[str]) -> str:
    """Say why a mentor gets no school, or only when another leaves; empty for who simply takes part."""
    if one["status"] == "withdrawn" or one["id"] in gone:
        return "afgehaakt"
    if one["status"] == "reserve":
        return "achter de hand"
    return "" if one["max_schools"] else "dit jaar geen school"


def _said(one: Mapping[str, Any]) -> str:
    """Give what a search looks in."""
    names = (
        "id",
        "name",
        "company",
        "first_name",
        "last_name",
        "municipality",
        "postcode",
        "sectors",
        "fields",
        "province",
    )
    return " ".join(str(one.get(name, "")) for name in names).casefold()
