"""How do all that is kept about somebody, and its erasure, look on the wire?"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.web.shapes import Shape
from service.web.values import At


class AboutOut(Shape):
    """All that is kept about one mentor or about the contact of one school."""

    cohort: str
    mentor: str | None = None
    school: str | None = None
    now: dict[str, Any] | None = Field(description="De gegevens van nu; null als die er niet meer staan.")
    consent: dict[str, Any] | None = Field(description="Waarmee men instemde om op het portaal te staan.")
    agreements: list[dict[str, Any]]
    pair_notes: list[dict[str, Any]] = Field([], description="Wat coördinatoren over koppels noteerden.")
    proposals: list[dict[str, Any]] = Field(description="Voorgestelde koppels, met wat geantwoord werd.")
    withdrawal: dict[str, Any] | None
    rounds: list[dict[str, Any]] = Field(description="Elke ronde: als wie gekend, en in welke koppels.")
    applications: list[dict[str, Any]] = Field(description="Aanmeldingen, ook die niet aanvaard werden.")
    mails: list[dict[str, Any]] = Field(description="Mails aan deze mentor of school, ook die niet vertrokken.")
    outcomes: list[Any] = Field(description="Wat over de begeleiding genoteerd werd.")
    measurements: list[Any] = Field(description="Nul- en eindmeting van de school, met wie wat invulde.")
    action_plans: list[Any] = Field(description="Het actieplan van de school, of wat de mentor in plannen toezegde.")
    practices: list[Any] = Field([], description="Wat de school voor het label schreef, per kernelement.")
    published_suggestions: list[Any]
    sessions: list[Any]
    wishes: list[Any] = Field(description="Wat op de eigen bladzijde gevraagd werd.")
    attendance: list[Any] = Field(description="Of men zei naar sessies te komen.")
    own_pages: list[Any] = Field(description="De eigen bladzijde: wanneer gemaakt, wanneer laatst geopend.")
    calendars: list[Any]
    files: list[Any] = Field(description="Ingelezen bestanden van de cohorte; daarin kan men ook staan.")
    trail: list[Any]
    made_at: At


class MentionOut(Shape):
    """A place that may still name somebody."""

    what: str = Field(description="Waarvan, zoals `lock` of `paper`.")
    id: str
    part: str = Field(description="Waarin, zoals `document.note`.")


class ErasedOut(Shape):
    """In how much something was erased; noughts where there was nothing left."""

    members: int
    rounds: int
    documents: int
    files: int
    mentions: list[MentionOut] = Field([], description="Plaatsen die de persoon nog kunnen noemen: kijk ze na.")
    copies: list[str] = Field([], description="Kopieën naast de databank waarin de gegevens nog staan.")
