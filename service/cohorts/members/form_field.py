"""How does one field of the form of a school or mentor go in and come out? By its kind, as its type has it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal, NamedTuple

from service.core.errors import Fault, Problem
from service.web.pages.forms import Form, whole_of

Kind = Literal["text", "number", "decimal", "texts", "choice", "choices", "ratings", "pairs"]

NAMES, VALUES = "-naam", "-waarde"
"""What follows the name of a field of pairs: the names that were filled in, and the values in their order."""


class Cell(NamedTuple):
    """One line of a field with several: what it is, how a person calls it, and what stands there."""

    name: str
    words: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of the form: its name on the wire, its label, its kind, what can be chosen (with words), a hint.

    `options` of ratings are what is rated, `levels` what each can be; those of pairs are names that are always asked.
    """

    name: str
    label: str
    kind: Kind = "text"
    options: tuple[Any, ...] = ()
    words: Mapping[Any, str] = field(default_factory=dict)
    hint: str = ""
    levels: tuple[int, ...] = ()

    def text(self, value: Any) -> str:  # noqa: ANN401 - JSON
        """Write a value as it stands in the form."""
        if value is None:
            return ""
        if isinstance(value, dict):
            return ", ".join(f"{name}: {one}" for name, one in value.items())
        if self.kind == "decimal":
            return str(value).replace(".", ",")
        return ", ".join(_in_list(str(one)) for one in value) if isinstance(value, list) else str(value)

    def said(self, value: Any) -> str:  # noqa: ANN401 - JSON
        """Write a value for who only reads it."""
        if isinstance(value, list):
            return "; ".join(self.words[one] for one in value) if self.words else self.text(value)
        told = self.text(value)
        return self.words.get(told, told)

    def cells(self, value: Mapping[str, Any], sent: Form | None) -> list[Cell]:
        """Give the lines of ratings or pairs with what was just sent, else with what is known; pairs have one more."""
        if self.kind == "ratings":
            rated = {one: sent[f"{self.name}-{one}"] if sent else self.text(value.get(one)) for one in self.options}
            return [Cell(one, self.words.get(one, one), text) for one, text in rated.items()]
        known = _pairs(self.name, sent) if sent else list({**dict.fromkeys(self.options, ""), **value}.items())
        told = [Cell(name, self.words.get(name, name), text) for name, text in known if name or text]
        return [*told, Cell("", "", "")]

    def is_in(self, form: Form) -> bool:
        """Tell whether a form asked this; of boxes that can be ticked nothing is sent when none is."""
        if self.kind == "ratings":
            return any(f"{self.name}-{one}" in form for one in self.options)
        return self.kind == "choices" or (f"{self.name}{NAMES}" if self.kind == "pairs" else self.name) in form

    def read(self, form: Form) -> Any:  # noqa: ANN401, PLR0911 - JSON, one way a kind
        """Read what was filled in, as the API takes it; raises Problem 422 that names the field."""
        if self.kind == "choices":
            numbers = {str(one): one for one in self.options if isinstance(one, int)}
            return [numbers.get(one, one) for one in form.all(self.name)]
        if self.kind == "ratings":
            values = {one: form[f"{self.name}-{one}"].strip() for one in self.options}
            return {one: text if (read := whole_of(text)) is None else read for one, text in values.items() if text}
        if self.kind == "pairs":
            return self._read_pairs(form)
        if self.kind == "number":
            return form.whole(self.name)
        if self.kind == "decimal":
            return form.decimal(self.name)
        if self.kind == "texts":
            return self._listed(form[self.name])
        return form[self.name].strip()

    def _listed(self, text: str) -> list[str]:
        """Read texts with commas between, quoted where one has a comma in it; raises Problem 422 for half a quote."""
        try:
            (found,) = csv.reader([" ".join(text.split())], skipinitialspace=True, strict=True)
        except csv.Error as error:
            detail = 'Zet een naam met een komma tussen aanhalingstekens, en schrijf " daarbinnen dubbel.'
            raise self._wrong(detail, "bad_list") from error
        return [one.strip() for one in found if one.strip()]

    def _read_pairs(self, form: Form) -> dict[str, str]:
        """Read names with their value; who leaves the value empty takes the name away."""
        told = [(name.strip(), text.strip()) for name, text in _pairs(self.name, form) if text.strip()]
        names = [name for name, _ in told]
        if "" in names:
            raise self._wrong("Geef elke waarde een naam.")
        if len(set(names)) < len(names):
            raise self._wrong("Een naam staat er twee keer.")
        return dict(told)

    def _wrong(self, detail: str, code: str = "pairs") -> Problem:
        return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, (Fault(f"#{self.name}", code, detail),))


def _in_list(text: str) -> str:
    """Write one of several texts, quoted as CSV does where it would be read as something else."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if "," in text or text.startswith('"') else text


def _pairs(name: str, form: Form) -> list[tuple[str, str]]:
    return list(zip(form.all(f"{name}{NAMES}"), form.all(f"{name}{VALUES}"), strict=False))
