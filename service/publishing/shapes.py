"""How do publications, withdrawals and what the portal shows look on the wire?"""

from __future__ import annotations

from pydantic import Field

from service.rounds.questions.shapes import SuggestionOut
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


class AboutSchoolOut(Shape):
    """What the portal is told of a school that agreed; what the cohort does not show is left out."""

    name: str | None = None
    municipality: str | None = None


class AboutMentorOut(Shape):
    """What the portal is told of a mentor who agreed; the name only once the match was accepted."""

    company: str | None = None
    sectors: list[str] | None = None
    municipality: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class NamedOut(Shape):
    """Who a school and a mentor are, as far as the portal may tell."""

    about_school: AboutSchoolOut | None = None
    about_mentor: AboutMentorOut | None = None


class PublicSuggestionOut(SuggestionOut, NamedOut):
    """A pair that could be, the mentor by pseudonym."""


class PublicSuggestionsOut(Shape):
    """Who fits a school or a mentor, the best first, and who stands by."""

    pairings: list[PublicSuggestionOut]
    standby: list[PublicSuggestionOut]


class PublicPairingOut(NamedOut):
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
