"""Is a field of a school or mentor declared once: its column, its check, its words?"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated

import pytest

from matcher.domain.column import read_text
from matcher.domain.declared_column import declared_column
from matcher.domain.errors import InvalidValueError
from matcher.domain.field_spec import FieldSpec, check_fields, field_specs, spec_of
from matcher.domain.mentor import Mentor
from matcher.domain.school import School
from matcher.intake.columns.catalogue import columns

PLACE = {"position"}
"""What is made of other fields, and declared beside the code that makes it."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A value with one field of each kind of check."""

    id: str = "S1"
    colour: Annotated[str, FieldSpec(known=("rood", "blauw"), noun="kleur")] = "rood"
    books: Annotated[int | None, FieldSpec(low=1, high=9, quantity="aantal boeken")] = None
    bare: str = ""


@pytest.mark.parametrize("kind", [School, Mentor])
def test_every_field_is_declared_but_what_is_made_of_others(kind: type) -> None:
    assert {one.name for one in field_specs(kind)} == {one.name for one in fields(kind)} - PLACE


@pytest.mark.parametrize(("kind", "sheet"), [(School, "Scholen"), (Mentor, "Mentoren")])
def test_every_declared_column_is_read_once(kind: type, sheet: str) -> None:
    headers = [one.name for one in columns(sheet)]  # type: ignore[arg-type]
    assert len(headers) == len(set(headers))
    assert {one.spec.column for one in field_specs(kind) if one.spec.column} <= set(headers)


def test_specs_tell_type_default_and_words() -> None:
    name, kind, default, spec = next(one for one in field_specs(Mentor) if one.name == "offer")
    assert (name, kind, default) == ("offer", tuple[int, ...], ())
    assert (spec.column, spec.example) == ("aanbod", "2, 6")


def test_check_names_the_field_and_what_can_be() -> None:
    check_fields(Shelf(colour="blauw", books=9))
    with pytest.raises(InvalidValueError, match=r"^kleur: groen is niet gekend\.$"):
        check_fields(Shelf(colour="groen"))
    with pytest.raises(InvalidValueError, match=r"^aantal boeken van S1 is 10; het moet tussen 1 en 9 liggen\.$"):
        check_fields(Shelf(books=10))


def test_column_of_a_field_says_what_the_field_says() -> None:
    column = declared_column(Mentor, "status", read_text)
    assert (column.sheet, column.name, column.choices) == ("Mentoren", "status", ("actief", "reserve", "uitgevallen"))
    assert (declared_column(School, "mentors_wanted", read_text).low, spec_of(School, "mentors_wanted").high) == (1, 3)


def test_contact_data_of_people_is_not_shown_unless_a_field_says_so() -> None:
    hidden = {kind.__name__: [one.name for one in field_specs(kind) if not one.spec.shown] for kind in (School, Mentor)}
    assert hidden == {"School": ["contact", "email"], "Mentor": ["first_name", "last_name", "email"]}
    assert FieldSpec().shown is False
