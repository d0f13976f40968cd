"""Which fields does the form of a school or mentor have? Those that they declare, with their own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_origin

import matcher
from service.cohorts.members import kinds
from service.cohorts.members.form_field import Field, Kind
from service.cohorts.members.shapes import MentorChange, MentorIn, SchoolChange, SchoolIn
from service.core.errors import Problem
from service.web.pages.forms import Form

Side = Literal["scholen", "mentoren"]

SCHOOL_FIRST: tuple[str, ...] = (
    *("name", "postcode", "municipality", "street", "contact", "email"),
    *("school_types", "finalities", "fields", "half_days", "mentors_wanted", "not_with"),
)
MENTOR_FIRST: tuple[str, ...] = (
    *("first_name", "last_name", "email", "company", "sectors", "postcode", "municipality"),
    *("provinces", "max_minutes", "school_types", "half_days", "max_schools", "status", "not_with"),
)
"""What is asked first, in this order; what else there is follows as it is declared."""

STATUSES = {"active": "ja", "reserve": "achter de hand, als reserve", "withdrawn": "nee, afgehaakt"}
OWN_WORDS: Mapping[str, Mapping[Any, str]] = {"status": STATUSES}
"""What can be chosen, where the form asks it in other words than a spreadsheet."""

HOW: Mapping[str, str] = {"texts": "Met een komma ertussen.", "pairs": "Maak ze leeg om ze weg te laten."}
"""What stands below a field of this kind besides."""

DEGREES = "In graden, zoals {}. Leeg: volgens de postcode."
PLACE = (
    Field(name="latitude", label="Breedtegraad", kind="decimal", hint=DEGREES.format("51,0543")),
    Field(name="longitude", label="Lengtegraad", kind="decimal", hint=DEGREES.format("3,7174")),
)
"""The position is made of two numbers that no field is declared for."""

NUMBER = Field(
    name="id", label="Nummer", hint="Zoals in uw Excel: een schoolnummer, of M001. Het blijft altijd hetzelfde."
)


def kind_of(declared: matcher.Declared) -> Kind:
    """Tell how a field is asked, by its type and by what it can be."""
    if declared.type in (int, int | None):
        return "number"
    origin, known = get_origin(declared.type), bool(declared.spec.known)
    if origin is tuple:
        return "choices" if known else "texts"
    if origin is Mapping:
        return "ratings" if declared.spec.low is not None else "pairs"
    return "choice" if known else "text"


def field_of(declared: matcher.Declared) -> Field:
    """Make the field of the form of a declared field."""
    spec, kind = declared.spec, kind_of(declared)
    words = OWN_WORDS.get(declared.name) or (spec.known if isinstance(spec.known, Mapping) else {})
    words = {one: f"{one} {word}" if isinstance(one, int) else word for one, word in words.items()}
    made = Field(
        name=declared.name,
        label=spec.label,
        kind=kind,
        options=tuple(spec.known),
        words=words,
        hint=f"{spec.hint} {HOW.get(kind, '')}".strip(),
    )
    if made.kind != "ratings" or spec.low is None or spec.high is None:
        return made
    named = {one: matcher.criterion_name(one) for one in made.options}
    return replace(made, words=named, levels=tuple(range(spec.low, spec.high + 1)))


def fields_of(kind: type[matcher.School | matcher.Mentor], first: tuple[str, ...]) -> tuple[Field, ...]:
    """Give every field that is asked: `first` in that order, then the others, and last where they are and own columns.

    The columns of criteria that have no field of their own are asked by name.
    """
    declared = matcher.field_specs(kind)
    asked = {one.name: field_of(one) for one in declared if one.spec.label}
    theirs = own_columns(kind, {one.name for one in declared})
    own = [replace(one, options=tuple(theirs), words=theirs) for one in asked.values() if one.kind == "pairs"]
    rest = [one for name, one in asked.items() if name not in first and one.kind != "pairs"]
    return (*(asked[name] for name in first), *rest, *PLACE, *own)


def own_columns(kind: type[matcher.School | matcher.Mentor], fields: set[str]) -> dict[str, str]:
    """Give the columns of criteria that are kept under their own name, with what people call them."""
    sheet = "Scholen" if kind is matcher.School else "Mentoren"
    columns = [one for criterion in matcher.all_criteria() for one in criterion.columns if one.sheet == sheet]
    return {one.field: one.name for one in columns if one.field not in fields and "." not in one.field}


SCHOOL = fields_of(matcher.School, SCHOOL_FIRST)
MENTOR = fields_of(matcher.Mentor, MENTOR_FIRST)


@dataclass(frozen=True, slots=True)
class MemberForm:
    """What the console asks of a side: its kind, its word, its fields, and the shapes of a new one and of a change."""

    kind: kinds.Kind[Any]
    noun: str
    fields: tuple[Field, ...]
    add: type[SchoolIn | MentorIn]
    change: type[SchoolChange | MentorChange]

    @property
    def usual(self) -> dict[str, Any]:
        """Give what each is when nothing is said."""
        declared = matcher.field_specs(self.kind.made)
        return {one.name: one.default for one in declared if isinstance(one.default, str | int)}


FORMS: Mapping[Side, MemberForm] = {
    "scholen": MemberForm(kinds.SCHOOL, "school", SCHOOL, SchoolIn, SchoolChange),
    "mentoren": MemberForm(kinds.MENTOR, "mentor", MENTOR, MentorIn, MentorChange),
}


def rows(
    fields: Iterable[Field], now: Mapping[str, Any], sent: Form | None = None, problem: Problem | None = None
) -> list[dict[str, Any]]:
    """Give each field with what stands in it: what was just sent, else what is known; and what is wrong with it."""
    return [_row(one, now.get(one.name), sent, problem) for one in fields]


def _row(one: Field, now: Any, sent: Form | None, problem: Problem | None) -> dict[str, Any]:  # noqa: ANN401 - JSON
    chosen = sent.all(one.name) if sent else [str(each) for each in now or ()] if one.kind == "choices" else []
    value = sent[one.name] if sent else one.text(now)
    cells = one.cells(now or {}, sent) if one.kind in ("ratings", "pairs") else []
    typed = ", ".join(chosen) if one.kind == "choices" else value
    if cells:
        typed = ", ".join(f"{cell.name}: {cell.value}" for cell in cells if cell.value)
    return {
        "field": one,
        "value": value,
        "chosen": chosen,
        "cells": cells,
        "said": one.said(now) or "leeg",
        "differs": sent is not None and typed != one.text(now),
        "fault": _fault(one, problem),
    }


def _fault(one: Field, problem: Problem | None) -> str:
    faults = problem.faults if problem else ()
    mine = (fault for fault in faults if one.name in (fault.pointer.removeprefix("#"), *fault.pointer.split("/")[1:2]))
    return " ".join(fault.detail for fault in mine)
