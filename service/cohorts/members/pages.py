"""Who is in a cohort? Tables of schools and mentors, and one of them by hand: changed, added, taken out."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members import actions
from service.cohorts.members.form import FORMS, NUMBER, Side, rows
from service.cohorts.members.names import gone_mentors, names_of, person_name
from service.cohorts.members.shapes import MemberOut, MentorOut, SchoolOut
from service.core.addresses import path_to
from service.core.errors import Problem
from service.web.call import Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import ChosenKey, Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.pages.sheets import sheet_of
from service.web.shapes import Key
from service.web.values import MemberKey

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


@routes.get("/scholen/{key}", openapi_extra=access(actions.get_member))
def show_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Show one school."""
    return _form(call, cohort, "scholen", key)


@routes.get("/mentoren/{key}", openapi_extra=access(actions.get_member))
def show_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Show one mentor."""
    return _form(call, cohort, "mentoren", key)


@routes.post("/scholen/{key}", openapi_extra=access(actions.change_member))
def change_school(call: Called, cohort: Key, key: MemberKey, form: Sent) -> Response:
    """Change one school."""
    return _change(call, cohort, "scholen", key, form)


@routes.post("/mentoren/{key}", openapi_extra=access(actions.change_member))
def change_mentor(call: Called, cohort: Key, key: MemberKey, form: Sent) -> Response:
    """Change one mentor."""
    return _change(call, cohort, "mentoren", key, form)


def _form(call: Called, cohort: str, side: Side, key: str, refused: tuple[Form, Problem] | None = None) -> Response:
    asked, (form, problem) = FORMS[side], refused or (None, None)
    with call.work.together() as work:
        row = get_cohort(work, cohort)
        now = actions.get_member(work, cohort, asked.kind, key)
        changer = "" if call.caller.role == "viewer" else actions.changer_of(work, cohort, asked.kind, key)
    return page(
        call.request,
        "persoon.html",
        cohort=row,
        side=side,
        key=key,
        who=now.name if isinstance(now, SchoolOut) else person_name(now),
        fields=rows(asked.fields, now.model_dump(), form, problem),
        version=version_of(actions.tag_of(cohort, asked.kind, now), form, problem),
        stale=problem is not None and problem.status == HTTPStatus.PRECONDITION_FAILED,
        problem=problem,
        changed=now.changed_at,
        changer=changer,
        remarks=now.remarks,
    )


def _change(call: Called, cohort: str, side: Side, key: str, form: Form) -> Response:
    asked = FORMS[side]

    def act() -> Response:
        body = read_shape(asked.change, {one.name: one.read(form) for one in asked.fields if one.is_in(form)})
        actions.change_member(call.sent("", form["versie"]), cohort, asked.kind, key, body)
        return with_message(go(path_to("/cohorten/{}/{}", cohort, side)), "Bewaard. Het telt vanaf de volgende ronde.")

    def again(problem: Problem) -> Response:
        return _form(call, cohort, side, key, (form, problem))

    return or_again(act, again, HTTPStatus.PRECONDITION_REQUIRED)


@routes.get("/toevoegen/{side}", openapi_extra=access(actions.add_member))
def show_empty_form(call: Called, cohort: Key, side: Side) -> Response:
    """Ask for one more school or mentor."""
    return _empty_form(call, cohort, side, None)


def _empty_form(call: Called, cohort: str, side: Side, refused: tuple[Form, Problem] | None) -> Response:
    asked, (form, problem) = FORMS[side], refused or (None, None)
    return page(
        call.request,
        "toevoegen.html",
        cohort=get_cohort(call.work, cohort),
        side=side,
        noun=asked.noun,
        fields=rows((NUMBER, *asked.fields), asked.usual, form, problem),
        version="",
        stale=False,
        problem=problem,
    )


@routes.post("/toevoegen/{side}", openapi_extra=access(actions.add_member))
def add(call: Called, cohort: Key, side: Side, form: Sent) -> Response:
    """Add a school or mentor; what is left empty is as usual."""
    asked = FORMS[side]

    def act() -> Response:
        told = {one.name: one.read(form) for one in (NUMBER, *asked.fields)}
        body = read_shape(asked.add, {name: value for name, value in told.items() if value not in ("", None, [], {})})
        actions.add_member(call.sent(form["eenmaal"]), cohort, asked.kind, body)
        made = go(path_to("/cohorten/{}/{}", cohort, side))
        return with_message(made, "Toegevoegd. Het telt vanaf de volgende ronde.")

    return or_again(act, lambda problem: _empty_form(call, cohort, side, (form, problem)))


@routes.post("/scholen/{key}/weg", openapi_extra=access(actions.remove_member))
def remove_school(call: Called, cohort: Key, key: MemberKey, form: Sent) -> Response:
    """Take a school out of the cohort."""
    return _remove(call, cohort, "scholen", key, form)


@routes.post("/mentoren/{key}/weg", openapi_extra=access(actions.remove_member))
def remove_mentor(call: Called, cohort: Key, key: MemberKey, form: Sent) -> Response:
    """Take a mentor out of the cohort."""
    return _remove(call, cohort, "mentoren", key, form)


def _remove(call: Called, cohort: str, side: Side, key: str, form: Form) -> Response:
    asked = FORMS[side]
    actions.remove_member(call.sent("", form["versie"]), cohort, asked.kind, key)
    words = f"De {asked.noun} met nummer {key} is verwijderd. Zoek een nieuwe ronde om het plan bij te werken."
    return with_message(go(path_to("/cohorten/{}/{}", cohort, side)), words)
