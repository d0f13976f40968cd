"""How did the mentoring go: contacts, satisfaction, why pairs stopped, and who goes first next year?"""

from __future__ import annotations

from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import names_of
from service.core.addresses import path_to
from service.core.errors import Problem
from service.trajectory.outcomes import actions
from service.trajectory.outcomes.shapes import OutcomeIn, OutcomeOut
from service.trajectory.outcomes.words import KINDS, REASONS
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name
from service.web.pages.forms import Form, Sent, or_again, version_of
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/contacten")

MOST_CONTACTS, EMPTY_CONTACTS = 200, 3
PARTS = ("dag", "soort", "minuten")
FIELDS = {
    "school_satisfaction": "tevreden-school",
    "mentor_satisfaction": "tevreden-mentor",
    "stopped": "gestopt",
    "stop_reason": "reden",
    "stop_note": "nota",
}
"""An outcome's parts by their name on the wire, with the name of their field."""

CONTACT = {"day": "dag", "kind": "soort", "minutes": "minuten"}

Row = dict[str, str]


@routes.get("", openapi_extra=access(actions.replace_outcome))
def show_outcomes(call: Called, cohort: Key) -> Response:
    """Show every pair that is or was published with its contacts, and the whole added up."""
    with call.work.together() as work:
        row, names = get_cohort(work, cohort), names_of(work, cohort)
        pairs = actions.list_outcomes(work, cohort).items
        summed, first = actions.get_outcome_summary(work, cohort), actions.get_ledger(work, cohort).items
    return page(
        call.request,
        "contacten.html",
        cohort=row,
        names=names,
        pairs=sorted(pairs, key=lambda one: (by_name(names.school(one.school)), by_name(names.mentor(one.mentor)))),
        summed=summed,
        first=[one for one in first if one.priority],
        reasons=REASONS,
    )


@routes.get("/{school}/{mentor}", openapi_extra=access(actions.replace_outcome))
def show_outcome(call: Called, cohort: Key, school: MemberKey, mentor: MemberKey) -> Response:
    """Show one pair's contacts and outcome, to be changed."""
    return _page(call, (cohort, school, mentor), None, None)


def _page(call: Call, where: tuple[str, str, str], form: Form | None, problem: Problem | None) -> Response:
    cohort, school, mentor = where
    with call.work.together() as work:
        row, names = get_cohort(work, cohort), names_of(work, cohort)
        found = actions.get_outcome(work, cohort, school, mentor)
    return page(
        call.request,
        "contact.html",
        cohort=row,
        school=school,
        mentor=mentor,
        names=names,
        found=found,
        rows=_typed(form) if form else _kept(found),
        values=_values(found),
        version=version_of(actions.tag_of(cohort, found), form, problem),
        kinds=KINDS,
        reasons=REASONS,
        problem=problem,
        faults=_faults(form, problem),
    )


def _kept(found: OutcomeOut) -> list[Row]:
    """Give the contacts as they are kept, with empty rows to add."""
    rows = [{"dag": one.day.isoformat(), "soort": one.kind, "minuten": str(one.minutes)} for one in found.contacts]
    empty = min(EMPTY_CONTACTS, MOST_CONTACTS - len(rows))
    return [*rows, *(dict.fromkeys(PARTS, "") for _ in range(empty))]


def _values(found: OutcomeOut) -> Row:
    told = {field: getattr(found, name) for name, field in FIELDS.items()}
    return {field: "" if one is None else str(one) for field, one in told.items()} | {
        "vervangen": "1" if found.replaced else ""
    }


def _typed(form: Form) -> list[Row]:
    """Give the rows as they were typed, the empty ones too: each stands where it stood."""
    places = [n for n in range(MOST_CONTACTS) if f"dag-{n}" in form]
    return [{part: form[f"{part}-{n}"].strip() for part in PARTS} for n in places]


def _counting(form: Form) -> list[tuple[int, Row]]:
    """Give the contacts that were typed, each with its row's number: without a day and minutes it does not count."""
    return [(place, one) for place, one in enumerate(_typed(form)) if one["dag"] or one["minuten"]]


def _fields(form: Form) -> Row:
    return {field: form[field].strip() for field in (*FIELDS.values(), "vervangen")}


def _document(form: Form) -> dict[str, Any]:
    values = _fields(form)
    contacts = [_contact(one) for _, one in _counting(form)]
    told: dict[str, Any] = {"contacts": contacts, "replaced": bool(values["vervangen"])}
    for name, field in FIELDS.items():
        number = name.endswith("satisfaction")
        told[name] = (_whole(values[field]) if number else values[field]) if values[field] else _nothing(name)
    return told


def _contact(row: Row) -> dict[str, Any]:
    told: dict[str, Any] = {"day": row["dag"], "kind": row["soort"] or "visit"}
    return told | ({"minutes": _whole(row["minuten"])} if row["minuten"] else {})


def _nothing(name: str) -> str | None:
    return "" if name in ("stop_reason", "stop_note") else None


def _whole(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("123456") else text


def _faults(form: Form | None, problem: Problem | None) -> dict[str, str]:
    """Give what is wrong by the field where it stands; under an empty name what has no field."""
    found: dict[str, str] = {}
    places = [place for place, _ in _counting(form)] if form else []
    for one in problem.faults if form and problem else ():
        part, _, rest = one.pointer.removeprefix("/").partition("/")
        place, _, inside = rest.partition("/")
        name = FIELDS.get(part, "")
        if part == "contacts" and place.isdecimal() and int(place) < len(places):
            name = f"{CONTACT.get(inside, 'dag')}-{places[int(place)]}"
        found[name] = f"{found[name]} {one.detail}" if name in found else one.detail
    return found


@routes.post("/{school}/{mentor}", openapi_extra=access(actions.replace_outcome))
def keep_outcome(call: Called, cohort: Key, school: MemberKey, mentor: MemberKey, sent: Sent) -> Response:
    """Keep the contacts and the outcome of a pair."""

    def act() -> Response:
        body = read_shape(OutcomeIn, _document(sent))
        actions.replace_outcome(call.sent("", sent["versie"]), cohort, school, mentor, body)
        return with_message(go(path_to("/cohorten/{}/contacten", cohort)), "De contacten van dit koppel zijn bewaard.")

    return or_again(act, lambda problem: _page(call, (cohort, school, mentor), sent, problem))
