"""How do publications, withdrawals and what the portal shows look on the wire?"""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from service.store.withdrawals import Reason
from service.wire.rounds import RoundOut
from service.wire.shapes import Key, Note, Shape


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
    at: datetime
    pairs: int
    before: str | None = Field(description="De ronde die tot dan gepubliceerd was.")
    changes: list[ShiftOut]
    mentors: list[str] = Field(description="Mentoren voor wie iets verandert.")


class SuggestionOut(Shape):
    """A possible pair: what it would cost and why it suits. The portal gets pseudonyms, staff mentor numbers."""

    school: str
    mentor: str
    in_plan: bool
    points: int
    travel_minutes: int
    price: dict[str, int | list[int]] = Field(description="Verlies per doel tegenover het plan; 0 kost niets.")
    moves: int
    reasons: list[str]


class SuggestionsOut(Shape):
    """All possible pairs of a school or mentor, the best first, and apart those with mentors in reserve."""

    pairings: list[SuggestionOut]
    standby: list[SuggestionOut]


class BesidesOut(Shape):
    """Who would come in the place of a school's mentor, and who stands by."""

    school: str
    second: SuggestionOut | None
    standby: SuggestionOut | None


class AllBesidesOut(Shape):
    """Of every school of a round."""

    items: list[BesidesOut]


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


class WithdrawalIn(Shape):
    """A mentor who drops out."""

    mentor: Key = Field(examples=["M028"])
    reason: Reason = Field(examples=["job_change"])
    note: Note = Field("", description="Alleen voor coördinatoren; komt niet in het plan.")


class WithdrawalOut(Shape):
    """A mentor who dropped out, and the round that repairs the plan if one was begun."""

    mentor: str
    reason: Reason
    note: str
    at: datetime
    round: RoundOut | None = None
    next_step: str = Field("", description="Wat er nu gebeurt, of wat u best doet.")
