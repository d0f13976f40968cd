"""Which fields does the form of a school or mentor have, and how does a value go in and come out?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import matcher
from service.cohorts.members import kinds
from service.cohorts.members.shapes import MentorChange, MentorIn, SchoolChange, SchoolIn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.core.errors import Problem
    from service.web.pages.forms import Form

Side = Literal["scholen", "mentoren"]
Kind = Literal["text", "number", "texts", "choice", "choices"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the form: its name on the wire, its label, its kind, what can be chosen (with words), a hint."""

    name: str
    label: str
    kind: Kind = "text"
    options: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""

    def text(self, value: Any) -> str:  # noqa: ANN401 - JSON
        """Write a value as it stands in the form."""
        if value is None:
            return ""
        return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)

    def said(self, value: Any) -> str:  # noqa: ANN401 - JSON
        """Write a value for who only reads it."""
        if isinstance(value, list):
            return "; ".join(self.words[one] for one in value) if self.words else self.text(value)
        told = self.text(value)
        return self.words.get(told, told)

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
STATUSES = {"active": "ja", "reserve": "achter de hand, als reserve", "withdrawn": "nee, afgehaakt"}
NOT_WITH = {
    side: Field(name="not_with", label=label, kind="texts", hint=f"{what}, met een komma ertussen.")
    for side, label, what in (
        ("school", "Deze mentoren niet", "Bedrijven of mentornummers"),
        ("mentor", "Niet naar deze scholen", "Schoolnummers"),
    )
}
FIELDS = Field(
    name="fields", label="Richtingen", kind="choices", options=tuple(matcher.FIELDS), words=dict(matcher.FIELDS)
)
SCHOOL = (
    Field(name="name", label="Naam"),
    Field(name="postcode", label="Postcode"),
    Field(name="municipality", label="Gemeente"),
    Field(name="street", label="Straat en nummer"),
    Field(name="contact", label="Contactpersoon"),
    Field(name="email", label="E-mail"),
    TYPES,
    FIELDS,
    HALF_DAYS,
    Field(name="mentors_wanted", label="Hoeveel mentoren", kind="number"),
    NOT_WITH["school"],
)
MENTOR = (
    Field(name="first_name", label="Voornaam"),
    Field(name="last_name", label="Naam"),
    Field(name="email", label="E-mail"),
    Field(name="company", label="Bedrijf"),
    Field(name="sectors", label="Sectoren", kind="texts", hint="Met een komma ertussen, zoals bouw, ict."),
    Field(name="postcode", label="Postcode"),
    Field(name="municipality", label="Gemeente"),
    Field(name="provinces", label="Provincies", kind="choices", options=tuple(matcher.PROVINCES), hint="Niets: alle."),
    Field(name="max_minutes", label="Hoogstens minuten rijden", kind="number", hint="Leeg: de grens van de cohorte."),
    TYPES,
    HALF_DAYS,
    Field(name="max_schools", label="Hoeveel scholen", kind="number"),
    Field(name="status", label="Doet mee", kind="choice", options=tuple(STATUSES), words=STATUSES),
    NOT_WITH["mentor"],
)
NUMBER = Field(
    name="id", label="Nummer", hint="Zoals in uw Excel: een schoolnummer, of M001. Het blijft altijd hetzelfde."
)


@dataclass(frozen=True, slots=True)
class MemberForm:
    """What the console asks of a side: its kind, its word, its fields, and the shapes of a new one and of a change."""

    kind: kinds.Kind[Any]
    noun: str
    fields: tuple[Field, ...]
    add: type[SchoolIn | MentorIn]
    change: type[SchoolChange | MentorChange]


FORMS: Mapping[Side, MemberForm] = {
    "scholen": MemberForm(kinds.SCHOOL, "school", SCHOOL, SchoolIn, SchoolChange),
    "mentoren": MemberForm(kinds.MENTOR, "mentor", MENTOR, MentorIn, MentorChange),
}


def rows(
    fields: Iterable[Field], now: Mapping[str, Any], sent: Form | None = None, problem: Problem | None = None
) -> list[dict[str, Any]]:
    """Give each field with what stands in it: what was just sent, else what is known; and what is wrong with it."""
    return [
        {
            "field": one,
            "value": sent[one.name] if sent else one.text(now.get(one.name)),
            "chosen": sent.all(one.name) if sent else now.get(one.name) or [],
            "now": one.text(now.get(one.name)),
            "said": one.said(now.get(one.name)) or "leeg",
            "fault": _fault(one, problem),
        }
        for one in fields
    ]


def _fault(one: Field, problem: Problem | None) -> str:
    faults = problem.faults if problem else ()
    mine = (fault for fault in faults if one.name in (fault.pointer.removeprefix("#"), *fault.pointer.split("/")[1:2]))
    return " ".join(fault.detail for fault in mine)
