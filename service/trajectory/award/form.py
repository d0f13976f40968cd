"""Which fields does the form of the Award have: criteria, schools, jurors with ties; and how does it go in and out?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.core.errors import Problem
from service.trajectory.award.shapes import AwardOut
from service.web.pages.forms import Form

MOST_CRITERIA, MOST_JURORS, MOST_TIES = 20, 50, 100
EMPTY_CRITERIA, EMPTY_JURORS, EMPTY_TIES = 2, 3, 1
LONGEST_KEY = 40
PROPOSED = ("Lesaanpak", "Leerplan", "Professionalisering van het team", "Samenwerking met bedrijven")
"""What a new Award begins with, each as heavy as the others; a jury changes it as it likes."""

Row = dict[str, Any]


@dataclass(slots=True)
class Typed:
    """An Award as its form shows it."""

    name: str
    criteria: list[Row]
    schools: list[str]
    jurors: list[Row]
    places: dict[str, list[int]] = field(default_factory=dict)
    """By `criteria` and `jurors`: in which row of the form each one that counts stands."""

    def document(self) -> dict[str, Any]:
        """Give the Award as the API takes it, with a key or number for each that is new."""
        criteria = self._counting("criteria", ("name", "weight"))
        jurors = self._counting("jurors", ("name", "ties"))
        keys, numbers = {one["key"] for one in criteria}, {one["id"] for one in jurors}
        for one in criteria:
            one["key"] = one["key"] or _new_key(one["name"], keys)
            one["weight"] = int(one["weight"]) if re.fullmatch(r"\d{1,6}", one["weight"]) else one["weight"]
        for one in jurors:
            one["id"] = one["id"] or _new_number(numbers)
            one["ties"] = {tie["school"]: tie["what"] for tie in one["ties"] if tie["school"] or tie["what"]}
        return {"name": self.name, "criteria": criteria, "schools": self.schools, "jurors": jurors}

    def _counting(self, kind: str, parts: Sequence[str]) -> list[Row]:
        rows: list[Row] = getattr(self, kind)
        self.places[kind] = [place for place, row in enumerate(rows) if _says_something(row, parts)]
        return [dict(rows[place]) for place in self.places[kind]]

    def faults(self, problem: Problem | None) -> dict[str, str]:
        """Give what is wrong by the field where it stands; under an empty name what has no field."""
        found: dict[str, str] = {}
        for one in problem.faults if problem else ():
            name = self._place(one.pointer.removeprefix("/").split("/"))
            found[name] = f"{found[name]} {one.detail}" if name in found else one.detail
        return found

    def _place(self, parts: Sequence[str]) -> str:
        kind, rest = parts[0], parts[1:]
        if kind in ("name", "schools"):
            return {"name": "naam", "schools": "school"}[kind]
        rows = self.places.get(kind, [])
        if not rest or not rest[0].isdecimal() or int(rest[0]) >= len(rows):
            return {"criteria": "criterium-0", "jurors": "jurylid-0"}.get(kind, "")
        place = rows[int(rest[0])]
        if kind == "criteria":
            return f"gewicht-{place}" if rest[1:] == ["weight"] else f"criterium-{place}"
        return f"jurylid-{place}"


def _says_something(row: Row, parts: Iterable[str]) -> bool:
    return any(
        any(tie["school"] or tie["what"] for tie in row[part]) if part == "ties" else row[part] for part in parts
    )


def _new_key(name: str, taken: set[str]) -> str:
    """Make the key of a new criterion out of its name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_KEY - 4] or "criterium"
    key = next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, MOST_CRITERIA + 2))) if one not in taken)
    taken.add(key)
    return key


def _new_number(taken: set[str]) -> str:
    number = next(one for n in range(1, MOST_JURORS + len(taken) + 1) if (one := f"J{n}") not in taken)
    taken.add(number)
    return number


def kept(award: AwardOut) -> Typed:
    """Show an Award as it is kept, with empty rows to add."""
    criteria = [{"key": one.key, "name": one.name, "weight": str(one.weight)} for one in award.criteria]
    jurors = [
        {"id": one.id, "name": one.name, "ties": [{"school": key, "what": what} for key, what in one.ties.items()]}
        for one in award.jurors
    ]
    return with_empty(Typed(award.name, criteria, list(award.schools), jurors))


def proposed(year: int, schools: Sequence[str]) -> Typed:
    """Show an Award that nobody began yet: four criteria that weigh alike, and all schools."""
    criteria = [{"key": "", "name": one, "weight": "25"} for one in PROPOSED]
    return with_empty(Typed(f"Award Voka School of the Future {year}", criteria, list(schools), []))


def with_empty(typed: Typed) -> Typed:
    """Add empty rows, as many as may be."""
    more = min(EMPTY_CRITERIA, MOST_CRITERIA - len(typed.criteria))
    typed.criteria += [{"key": "", "name": "", "weight": ""} for _ in range(more)]
    more = min(EMPTY_JURORS, MOST_JURORS - len(typed.jurors))
    typed.jurors += [{"id": "", "name": "", "ties": []} for _ in range(more)]
    for one in typed.jurors:
        one["ties"] = [*one["ties"], *[{"school": "", "what": ""}] * min(EMPTY_TIES, MOST_TIES - len(one["ties"]))]
    return typed


def read(form: Form) -> Typed:
    """Read the form as it was typed."""
    criteria = [
        {"key": form[f"sleutel-{n}"], "name": form[f"criterium-{n}"].strip(), "weight": form[f"gewicht-{n}"].strip()}
        for n in range(MOST_CRITERIA)
        if f"criterium-{n}" in form
    ]
    jurors = [
        {"id": form[f"nummer-{n}"], "name": form[f"jurylid-{n}"].strip(), "ties": _ties(form, n)}
        for n in range(MOST_JURORS)
        if f"jurylid-{n}" in form
    ]
    return Typed(form["naam"].strip(), criteria, form.all("school"), jurors)


def _ties(form: Form, juror: int) -> list[Mapping[str, str]]:
    stems = (f"band-{juror}-{m}" for m in range(MOST_TIES))
    return [
        {"school": form[f"{stem}-school"], "what": form[f"{stem}-wat"].strip()}
        for stem in stems
        if f"{stem}-school" in form
    ]
