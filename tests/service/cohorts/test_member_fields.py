"""Is a field that a school or mentor declares also asked, told and hidden as it says, without another word?"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - a dataclass is asked for its types
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, cast

import pytest
from pydantic import ValidationError

import matcher
from service.cohorts.members.declared_shape import DeclaredShape
from service.cohorts.members.form import FORMS, field_of
from service.cohorts.members.form_field import Cell
from service.cohorts.members.kinds import MENTOR, SCHOOL, Kind, as_seen
from service.cohorts.members.redaction import CONTACT
from service.web.pages.forms import Form

Spec = matcher.FieldSpec


@dataclass(frozen=True, kw_only=True)
class Guide:
    """Somebody with a field of each kind, of which two say that everybody sees them."""

    id: Annotated[str, Spec(shown=True)]
    town: Annotated[str, Spec(label="Stad", required=True, example="Gent")]
    days: Annotated[tuple[str, ...], Spec(label="Dagen", known=("ma", "di"), noun="dag", shown=True, usual=("ma",))]
    age: Annotated[int | None, Spec(label="Leeftijd", low=18, high=99, hint="In jaren.")] = None
    parts: Annotated[tuple[int, ...], Spec(label="Delen", known={1: "een", 2: "twee"}, noun="deel")] = ()
    mood: Annotated[Literal["good", "bad"], Spec(label="Zin", known={"good": "goed", "bad": "slecht"})] = "good"
    marks: Annotated[Mapping[str, int], Spec(label="Punten", known=("1.1",), low=0, high=4)] = field(
        default_factory=dict
    )
    more: Annotated[Mapping[str, str], Spec(label="Meer")] = field(default_factory=dict)
    key: Annotated[str, Spec()] = ""


class GuideParts(DeclaredShape, of=Guide):
    """What may be told."""


class GuideWhole(GuideParts, of=Guide, told="whole"):
    """What is told."""


class GuideChange(DeclaredShape, of=Guide, told="change"):
    """What is changed."""


class GuideOut(DeclaredShape, of=Guide, told="out"):
    """What goes out."""


LEFT_OUT = {"days": ["ma"], "age": None, "parts": [], "mood": "good", "marks": {}, "more": {}}
DECLARED = {one.name: one for one in matcher.field_specs(Guide)}


def test_what_must_be_told_must_and_the_rest_is_as_usual() -> None:
    assert GuideWhole.model_validate({"town": " Gent "}).model_dump() == {"town": "Gent", **LEFT_OUT}
    assert GuideChange().model_dump() == {"town": "", **LEFT_OUT}
    with pytest.raises(ValidationError):
        GuideWhole.model_validate({})


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": ["wo"]},
        {"age": 17},
        {"parts": [3]},
        {"mood": "so"},
        {"marks": {"1.1": 5}},
        {"marks": {"9": 1}},
        {"key": "k"},
    ],
)
def test_what_is_told_is_held_to_its_list_and_its_range(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GuideChange.model_validate(wrong)


def test_description_says_what_the_form_says() -> None:
    told = GuideWhole.model_json_schema()["properties"]
    assert told["age"]["description"] == "In jaren."
    assert (told["town"]["examples"], "examples" in told["age"]) == (["Gent"], False)


def test_new_field_is_hidden_until_it_says_shown() -> None:
    kind = Kind("mentor", "Deze gids", cast("Any", GuideOut), cast("Any", Guide))
    known = {"id": "G1", "town": "Gent", "key": "k", **LEFT_OUT}
    assert GuideOut(**as_seen(kind, known, trusted=True)).model_dump() == known
    seen = GuideOut(**as_seen(kind, known, trusted=False)).model_dump()
    assert {name: value for name, value in seen.items() if value is not None} == {"id": "G1", "days": ["ma"]}


def test_who_only_looks_sees_all_but_contact_data() -> None:
    hidden = {}
    for kind in (SCHOOL, MENTOR):
        known = dict.fromkeys(kind.shape.model_fields, 1)
        hidden[kind.side] = [name for name, value in as_seen(kind, known, trusted=False).items() if value is None]
    assert hidden == {"school": ["contact", "email"], "mentor": ["first_name", "last_name", "email"]}


def test_what_is_hidden_is_erased_with_a_person() -> None:
    assert {
        "mentor": dict.fromkeys(("first_name", "last_name", "email"), ""),
        "school": {"contact": "", "email": ""},
    } == CONTACT


def test_form_asks_a_field_by_its_type() -> None:
    kinds = {name: field_of(one).kind for name, one in DECLARED.items() if one.spec.label}
    assert kinds == {
        "town": "text",
        "days": "choices",
        "age": "number",
        "parts": "choices",
        "mood": "choice",
        "marks": "ratings",
        "more": "pairs",
    }
    assert field_of(DECLARED["parts"]).words == {1: "1 een", 2: "2 twee"}
    assert field_of(DECLARED["mood"]).words == {"good": "goed", "bad": "slecht"}


def test_form_reads_back_what_it_shows() -> None:
    parts, marks, more = (field_of(DECLARED[name]) for name in ("parts", "marks", "more"))
    assert parts.read(Form({"parts": ["2", "x"]})) == [2, "x"]
    assert marks.read(Form({"marks-1.1": ["4"]})) == {"1.1": 4}
    assert marks.cells({"1.1": 0}, None) == [Cell("1.1", "1.1 Leren op maat", "0")]
    sent = Form({"more-naam": ["talen", "", "weg"], "more-waarde": ["nl", "", ""]})
    assert more.read(sent) == {"talen": "nl"}
    assert more.cells({"taal": "fr"}, None) == [Cell("taal", "taal", "fr"), Cell("", "", "")]
    assert [one.is_in(Form({})) for one in (parts, marks, more)] == [True, False, False]


def test_every_field_that_is_asked_can_be_told() -> None:
    for one in FORMS.values():
        assert {each.name for each in one.fields} == set(one.change.model_fields)
        assert {each.name for each in one.fields} | {"id"} == set(one.add.model_fields)
