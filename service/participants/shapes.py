"""How do the own pages of schools and mentors look on the wire?"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from service.web.shapes import Note, Shape
from service.web.values import At, MemberKey

Side = Literal["school", "mentor"]


WishKind = Literal["change", "withdraw", "other"]


class ParticipantOf(Shape):
    """Whose page: of a school or of a mentor."""

    side: Side
    subject: MemberKey = Field(description="Nummer van school of mentor.", examples=["034561"])


class ParticipantsIn(Shape):
    """For whom a page is opened; without a list for everybody of the cohort."""

    participants: list[ParticipantOf] | None = Field(None, min_length=1, max_length=5000)


class ParticipantOut(Shape):
    """Somebody of the cohort and the secret address of their own page; null where there is none (any more)."""

    side: Side
    subject: str
    name: str
    url: str | None
    made_at: At | None
    used_at: At | None = Field(description="Wanneer de bladzijde het laatst geopend werd.")


class ParticipantsOut(Shape):
    """Everybody of the cohort, schools first, each in order of names."""

    items: list[ParticipantOut]


class DecisionIn(Shape):
    """Whether what was asked is done, and what is answered to who asked."""

    accept: bool
    answer: Note = Field("", description="Wie het vroeg, leest dit op de eigen bladzijde; verplicht bij een weigering.")


class WishOut(Shape):
    """What a school or mentor asked on their own page, and what was decided."""

    id: str
    side: Side
    subject: str
    kind: WishKind
    document: dict[str, Any] = Field(description="De velden die moeten wijzigen, met hun nieuwe waarde.")
    current: dict[str, Any] = Field(description="Wat daar nu staat; leeg als er beslist is.")
    note: str
    state: Literal["open", "accepted", "refused"]
    answer: str
    created_at: At
    decided_at: At | None


class WishesOut(Shape):
    """All that was asked in a cohort, the newest first."""

    items: list[WishOut]
