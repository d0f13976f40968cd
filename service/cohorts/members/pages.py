"""Who is in a cohort? Names for pages, and tables of schools and mentors."""

from __future__ import annotations

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members import actions
from service.cohorts.members.names import gone_mentors, names_of, person_name
from service.cohorts.members.shapes import MemberOut, MentorOut
from service.web.call import Called
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import ChosenKey
from service.web.pages.page import page
from service.web.pages.page_route import pages
from service.web.pages.sheets import sheet_of
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}")

SCHOOL_ORDERS = {"naam": "name", "nummer": "id", "gemeente": "municipality"}
MENTOR_ORDERS = {"naam": "name", "nummer": "id", "gemeente": "municipality", "bedrijf": "company"}


SEARCHED = (
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
"""What a search looks in."""


@routes.get("/scholen", openapi_extra=access(actions.all_members))
def show_schools(call: Called, cohort: Key, zoek: str = "", volgorde: str = "naam", blad: ChosenKey = "") -> Response:
    """Show the schools."""
    return _people(call, cohort, "scholen", (zoek, volgorde), blad)


@routes.get("/mentoren", openapi_extra=access(actions.all_members))
def show_mentors(call: Called, cohort: Key, zoek: str = "", volgorde: str = "naam", blad: ChosenKey = "") -> Response:
    """Show the mentors."""
    return _people(call, cohort, "mentoren", (zoek, volgorde), blad)


def _people(call: Called, cohort: str, side: str, asked: tuple[str, str], blad: str) -> Response:
    with call.work.together() as work:
        row, names, gone = get_cohort(work, cohort), names_of(work, cohort), gone_mentors(work, cohort)
    orders = SCHOOL_ORDERS if side == "scholen" else MENTOR_ORDERS
    wanted, order = asked[0].strip().casefold(), orders.get(asked[1], orders["naam"])
    found = list((names.schools if side == "scholen" else names.mentors).values())
    shown = [one for one in found if wanted in _said(one)]
    return page(
        call.request,
        f"{side}.html",
        cohort=row,
        sheet=sheet_of(sorted(shown, key=lambda one: (by_name(_told(one, order)), one.id)), blad),
        total=len(found),
        marks={key: words for key, one in names.mentors.items() if (words := _mark(one, gone))},
        search=asked[0],
        named=person_name,
        order=asked[1] if asked[1] in orders else "naam",
    )


def _told(one: MemberOut, order: str) -> str:
    """Give what a list is in order of, as it stands in that list: a mentor by the name that is shown."""
    return person_name(one) if order == "name" and isinstance(one, MentorOut) else str(getattr(one, order))


def _mark(one: MentorOut, gone: set[str]) -> str:
    """Say why a mentor gets no school, or only when another leaves; empty for who simply takes part."""
    if one.status == "withdrawn" or one.id in gone:
        return "afgehaakt"
    if one.status == "reserve":
        return "achter de hand"
    return "" if one.max_schools else "dit jaar geen school"


def _said(one: MemberOut) -> str:
    return " ".join(str(getattr(one, name, "")) for name in SEARCHED).casefold()
