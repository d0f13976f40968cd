"""Which fields does the form of a school or mentor have, and how does a value go in and come out?"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import matcher
from service.core.errors import Fault, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.web.pages.forms import Form

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
        return ", ".join(_in_list(str(one)) for one in value) if isinstance(value, list) else str(value)

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
            return self._listed(form[self.name])
        return form[self.name].strip()

    def _listed(self, text: str) -> list[str]:
        """Read texts with commas between, quoted where one has a comma in it; raises Problem 422 for half a quote."""
        try:
            (found,) = csv.reader([" ".join(text.split())], skipinitialspace=True, strict=True)
        except csv.Error as error:
            detail = 'Zet een naam met een komma tussen aanhalingstekens, en schrijf " daarbinnen dubbel.'
            fault = Fault(f"#{self.name}", "bad_list", detail)
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, (fault,)) from error
        return [one.strip() for one in found if one.strip()]


def _in_list(text: str) -> str:
    """Write one of several texts, quoted as CSV does where it would be read as something else."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if "," in text or text.startswith('"') else text


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
SIDES: Mapping[str, tuple[str, tuple[Field, ...]]] = {"scholen": ("schools", SCHOOL), "mentoren": ("mentors", MENTOR)}


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
