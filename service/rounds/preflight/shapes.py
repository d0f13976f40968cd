"""How does what is missing before a round look on the wire?"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.web.shapes import Shape


class RemedyOut(Shape):
    """A change that was tried: what, how many more places it fills, how much it asks of people."""

    words: str
    places: int
    effort: int
    claims: list[dict[str, Any]] = Field(description="Wat er gevraagd wordt, en als laatste wat dat samen brengt.")


class ShortageOut(Shape):
    """A smallest group of schools that ask more than their possible mentors can fill."""

    schools: list[str]
    mentors: list[str]
    asked: int
    filled: int
    sentence: str
    claims: list[dict[str, Any]]
    remedies: list[RemedyOut]


class UnmatchableOut(Shape):
    """A mentor who takes part and fits no school."""

    mentor: str
    sentence: str


class CloseCallOut(Shape):
    """A pair that is possible or not by an estimate of travel close to the mentor's limit."""

    school: str
    mentor: str
    minutes: int
    limit: int
    possible: bool


class PreflightOut(Shape):
    """What a round would meet: nothing to do, agreements that quarrel, shortages, mentors without any school."""

    schools: int
    mentors: int = Field(description="Wie meedoet: actief, niet uitgevallen, en met plaats.")
    places: int
    sentence: str
    conflict: dict[str, Any] | None
    shortages: list[ShortageOut]
    unmatchable: list[UnmatchableOut]
    close_calls: list[CloseCallOut] = Field(
        description="Koppels waarover de schatting van de reistijd beslist, hoogstens 50; dicht bij de grens eerst."
    )
    close_call_count: int
    remedies_tried: bool = Field(description="Bij heel grote cohorten worden uitwegen niet geprobeerd.")
