"""How do publications, withdrawals and what the portal shows look on the wire?"""

from __future__ import annotations

from pydantic import Field

from service.web.shapes import Shape
from service.web.values import At


class ShiftOut(Shape):
    """A school whose mentors change: who goes and who comes."""

    school: str
    goes: list[str]
    comes: list[str]


class PublicationOut(Shape):
    """What is published, and for whom something changes compared with what was published before."""

    cohort: str
    number: int
    round: str
    at: At
    pairs: int
    before: str | None = Field(description="De ronde die tot dan gepubliceerd was.")
    changes: list[ShiftOut]
    mentors: list[str] = Field(description="Mentoren voor wie iets verandert.")


class PublicPairingOut(Shape):
    """A published pair, the mentor by pseudonym."""

    school: str
    mentor: str
    points: int
    travel_minutes: int
    reasons: list[str]


class PublicPairingsOut(Shape):
    """The published pairs."""

    pairings: list[PublicPairingOut]


class AudienceOut(Shape):
    """What the portal will show of a round once it is published, and for whom something changes."""

    pairings: list[PublicPairingOut]
    changes: list[ShiftOut]
    mentors: list[str]
