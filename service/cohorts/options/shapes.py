"""How do the lists from which a form chooses look on the wire?"""

from __future__ import annotations

from pydantic import Field

from service.web.shapes import Shape


class OptionOut(Shape):
    """One value of a list: what a request holds, and what people read."""

    value: str
    label: str


class DirectionOut(Shape):
    """A study direction of today's official list, with the STEM field that we read in it."""

    name: str
    domain: str
    finality: str
    grades: list[str] = Field(description="Graden waarin men haar volgt; 7 is een zevende jaar.")


class FieldOut(OptionOut):
    """A STEM field, with the study directions that it holds."""

    directions: list[DirectionOut]


class KeyElementOut(Shape):
    """A key element of the label that a mentor can offer help with."""

    value: int
    label: str


class OptionsOut(Shape):
    """Every list from which a form chooses."""

    sectors: list[OptionOut]
    fields: list[FieldOut]
    half_days: list[OptionOut]
    school_types: list[OptionOut]
    finalities: list[OptionOut]
    networks: list[OptionOut]
    provinces: list[OptionOut]
    elements: list[KeyElementOut]
