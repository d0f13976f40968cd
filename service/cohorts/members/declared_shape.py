"""Which shape does a declared field of a school or mentor have on the wire? Made of its type, its list and its range.

A shape names the value that it is `of`, and is `told` in one of four ways: `more` are fields that may be left out,
`whole` adds those that must be told, `change` are all of them and every one may be left out, `out` is what goes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING
from inspect import get_annotations
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import AfterValidator, Field

import matcher
from service.cohorts.members.values import MOST_IN_A_LIST, Postcode
from service.web.shapes import Shape
from service.web.values import Extra, FullLine, Line, Lines, of_list

Way = Literal["more", "whole", "change", "out"]

FOR_THE_TRUSTED = "Alleen voor coördinatoren."
EXAMPLES = {"half_days": ["ma-vm", "di-vm"], "company_number": "0123.456.749"}
"""Where what stands in a spreadsheet is written in another way, or is good to see for what may be left out."""


class DeclaredShape(Shape):
    """A shape whose fields follow from what a school or mentor declares; its own come besides."""

    def __init_subclass__(cls, *, of: type | None = None, told: Way = "more", **others: Any) -> None:  # noqa: ANN401
        """Add the fields that `of` declares; those of parents stay theirs."""
        super().__init_subclass__(**others)
        notes: dict[str, Any] = {}
        for one in matcher.field_specs(of) if of is not None else ():
            if told == "out":
                notes[one.name] = type_out(one)
            elif one.spec.label and told in _ways(one):
                notes[one.name] = type_in(one, shows_example=told != "change" or not one.spec.required)
                if told != "whole":
                    setattr(cls, one.name, empty(one) if one.spec.required else left_out(one))
        cls.__annotations__ = {**notes, **get_annotations(cls)}


def _ways(one: matcher.Declared) -> tuple[Way, ...]:
    return ("whole", "change") if one.spec.required else ("more", "change")


def type_in(one: matcher.Declared, *, shows_example: bool = True) -> Any:  # noqa: ANN401 - a type
    """Give the type of a field as it is told: cleaned, and held to its list and its range."""
    spec = one.spec
    example = EXAMPLES.get(one.name) or (_example(one) if spec.required else None)
    said: dict[str, Any] = {
        "description": spec.hint or None,
        "examples": [example] if example and shows_example else None,
    }
    if one.type in (int, int | None):
        return Annotated[one.type, Field(ge=spec.low, le=spec.high, **said)]
    return Annotated[_inner(one), Field(**said)]


def _inner(one: matcher.Declared) -> Any:  # noqa: ANN401 - a type, by its kind
    spec, origin = one.spec, get_origin(one.type)
    if one.type is str:
        lines: Any = FullLine if spec.required else Line
        return Postcode if spec.reader == "postcode" else lines
    if origin is Literal:
        return one.type
    if origin is tuple and get_args(one.type)[0] is int:
        number = Annotated[int, Field(ge=min(spec.known), le=max(spec.known))]
        return Annotated[list[number], Field(max_length=MOST_IN_A_LIST)]
    if origin is tuple:
        return Annotated[list[str], AfterValidator(of_list(spec.known, spec.noun))] if spec.known else Lines
    if spec.low is None:
        return Extra
    rating = Annotated[int, Field(ge=spec.low, le=spec.high)]
    return Annotated[dict[str, rating], AfterValidator(_of_names(of_list(spec.known, spec.noun)))]


def _of_names(check: Callable[[list[str]], list[str]]) -> Callable[[dict[str, int]], dict[str, int]]:
    def checked(values: dict[str, int]) -> dict[str, int]:
        check(list(values))
        return values

    return checked


def _example(one: matcher.Declared) -> Any:  # noqa: ANN401 - JSON
    return one.spec.example.split(", ") if get_origin(one.type) is tuple else one.spec.example


def left_out(one: matcher.Declared) -> Any:  # noqa: ANN401 - JSON
    """Give what a field is when nothing is told."""
    usual = one.spec.usual if one.default is MISSING else one.default
    if one.default is MISSING and usual is None:
        return empty(one)
    return list(usual) if isinstance(usual, tuple) else usual


def empty(one: matcher.Declared) -> Any:  # noqa: ANN401 - JSON
    """Give what stands for nothing in a field that must be told: its change leaves it as it is."""
    return [] if get_origin(one.type) is tuple else ""


def type_out(one: matcher.Declared) -> Any:  # noqa: ANN401 - a type
    """Give the type of a field as it goes out; what not everybody sees may be null."""
    inner = _out(one.type)
    return inner if one.spec.shown else Annotated[inner | None, Field(description=FOR_THE_TRUSTED)]


def _out(kind: Any) -> Any:  # noqa: ANN401 - a type
    origin, parts = get_origin(kind), get_args(kind)
    if origin is tuple:
        return list[parts[0]]  # type: ignore[valid-type]
    if origin is Mapping:
        return dict[parts[0], parts[1]]  # type: ignore[valid-type]
    return str if origin is Literal else kind


def shown_to_all(kind: type) -> Iterator[str]:
    """Give the fields that anybody who may open the cohort sees: those alone that say so."""
    return (one.name for one in matcher.field_specs(kind) if one.spec.shown)
