"""How is one school or mentor changed, by hand? A form with every field, and who was first is told."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from fastapi import Response

import matcher
from service.access.call import Called
from service.access.rules import access
from service.console.forms import Form, read_form
from service.console.inside import Inside
from service.console.pages import page, with_message
from service.console.route import go, pages
from service.errors import Problem
from service.wire.members import MemberKey
from service.wire.shapes import Key

if TYPE_CHECKING:
    from collections.abc import Mapping

routes = pages("/cohorten/{cohort}")

Kind = Literal["text", "number", "texts", "choices"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the form: its name on the wire, its label, its kind, what can be chosen, a hint."""

    name: str
    label: str
    kind: Kind = "text"
    options: tuple[str, ...] = ()
    hint: str = ""

    def text(self, value: Any) -> str:  # noqa: ANN401 - JSON
        """Write a value as it stands in the form."""
        if value is None:
            return ""
        return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)

    def read(self, form: Form) -> Any:  # noqa: ANN401 - JSON
        """Read what was filled in, as the API takes it."""
        if self.kind == "choices":
            return form.all(self.name)
        if self.kind == "number":
            return form.whole(self.name)
        if self.kind == "texts":
            return [one.strip() for one in form[self.name].split(",") if one.strip()]
        return form[self.name].strip()


HALF_DAYS = Field(name="half_days", label="Vrije halve dagen", kind="choices", options=tuple(matcher.HALF_DAYS))
TYPES = Field(name="school_types", label="Onderwijsvormen", kind="choices", options=tuple(matcher.SCHOOL_TYPES))
NOT_WITH = Field(name="not_with", label="Niet met", kind="texts", hint="Nummers, met een komma ertussen.")
SCHOOL = (
    Field(name="name", label="Naam"),
    Field(name="postcode", label="Postcode"),
    Field(name="municipality", label="Gemeente"),
    Field(name="street", label="Straat en nummer"),
    Field(name="contact", label="Contactpersoon"),
    Field(name="email", label="E-mail"),
    TYPES,
    Field(name="fields", label="Richtingen", kind="texts", hint="Codes of namen, met een komma ertussen."),
    HALF_DAYS,
    Field(name="mentors_wanted", label="Hoeveel mentoren", kind="number"),
    NOT_WITH,
)
MENTOR = (
    Field(name="first_name", label="Voornaam"),
    Field(name="last_name", label="Naam"),
    Field(name="email", label="E-mail"),
    Field(name="company", label="Bedrijf"),
    Field(name="sectors", label="Sectoren", kind="texts", hint="Met een komma ertussen."),
    Field(name="postcode", label="Postcode"),
    Field(name="municipality", label="Gemeente"),
    Field(name="provinces", label="Provincies", kind="choices", options=tuple(matcher.PROVINCES), hint="Niets: alle."),
    Field(name="max_minutes", label="Hoogstens minuten rijden", kind="number", hint="Leeg: de grens van de cohorte."),
    TYPES,
    HALF_DAYS,
    Field(name="max_schools", label="Hoeveel scholen", kind="number"),
    NOT_WITH,
)
SIDES: Mapping[str, tuple[str, tuple[Field, ...]]] = {"scholen": ("schools", SCHOOL), "mentoren": ("mentors", MENTOR)}


@routes.get("/scholen/{key}", openapi_extra=access("viewer"))
async def show_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Show one school."""
    return await _form(call, cohort, "scholen", key)


@routes.get("/mentoren/{key}", openapi_extra=access("viewer"))
async def show_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Show one mentor."""
    return await _form(call, cohort, "mentoren", key)


@routes.post("/scholen/{key}", openapi_extra=access("coordinator"))
async def change_school(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Change one school."""
    return await _change(call, cohort, "scholen", key)


@routes.post("/mentoren/{key}", openapi_extra=access("coordinator"))
async def change_mentor(call: Called, cohort: Key, key: MemberKey) -> Response:
    """Change one mentor."""
    return await _change(call, cohort, "mentoren", key)


async def _form(
    call: Called, cohort: str, side: str, key: str, refused: tuple[Form, Problem] | None = None
) -> Response:
    api, (name, fields) = Inside(call), SIDES[side]
    row = await api.get(f"/v1/cohorts/{cohort}")
    told = await api.tell("GET", f"/v1/cohorts/{cohort}/{name}/{key}")
    now, problem = told.value, refused[1] if refused else None
    shown = [
        {
            "field": one,
            "value": _shown(one, now, refused),
            "chosen": refused[0].all(one.name) if refused else now[one.name],
            "now": one.text(now[one.name]),
            "fault": _fault(one, problem),
        }
        for one in fields
    ]
    who = now["name"] if side == "scholen" else f"{now['first_name']} {now['last_name']}".strip() or key
    return page(
        call.request,
        "persoon.html",
        status=problem.status if problem else 200,
        cohort=row,
        side=side,
        key=key,
        who=who,
        fields=shown,
        version=told.version,
        stale=problem is not None and problem.status == HTTPStatus.PRECONDITION_FAILED,
        problem=problem,
        changed=now["changed_at"],
        remarks=now["remarks"],
    )


def _shown(one: Field, now: Mapping[str, Any], refused: tuple[Form, Problem] | None) -> str:
    return refused[0][one.name] if refused else one.text(now[one.name])


def _fault(one: Field, problem: Problem | None) -> str:
    faults = problem.faults if problem else ()
    return " ".join(fault.detail for fault in faults if fault.pointer.split("/")[1:2] == [one.name])


async def _change(call: Called, cohort: str, side: str, key: str) -> Response:
    form = await read_form(call.request)
    name, fields = SIDES[side]
    try:
        document = {one.name: one.read(form) for one in fields}
        path = f"/v1/cohorts/{cohort}/{name}/{key}"
        await Inside(call).edit("PATCH", path, document, version=form["versie"])
    except Problem as problem:
        if problem.status in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN) or problem.status >= 500:  # noqa: PLR2004
            raise
        return await _form(call, cohort, side, key, (form, problem))
    return with_message(go(f"/cohorten/{cohort}/{side}"), "Bewaard. Het telt vanaf de volgende ronde.")
