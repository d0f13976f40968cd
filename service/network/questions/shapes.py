"""How do questions about a year of sessions, and their answers, look on the wire?"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from service.network.season.change_shapes import SessionChangeOut, ToldDay
from service.network.season.shapes import Day, GroupMoveIn, HalfDay, RoundNumber, Schools, Seconds, ShiftIn
from service.rounds.run.shapes import ConflictOut
from service.web.shapes import Shape
from service.web.values import Line, MemberKey


class WhyMeetingOut(Shape):
    """A session and why it is so."""

    round: int
    day: ToldDay
    half_day: str
    host: str
    schools: list[str]
    mentors: list[str]
    reasons: list[str]


class WhyOut(Shape):
    """Why these schools meet, there and then."""

    sessions: list[WhyMeetingOut]


class NoDateIn(Shape):
    """A group that looks for a date in a round."""

    round: RoundNumber
    schools: Schools = Field(min_length=1, max_length=200)
    host: Line | None = Field(None, description="Bij wie; anders eender waar.")


class MomentOut(Shape):
    """A half-day."""

    day: ToldDay
    half_day: str


class ProposalOut(MomentOut):
    """A moment to propose to a group that has no date, and who could come."""

    schools: list[str]
    missing: list[str]
    mentors: list[str]
    absent_mentors: list[str]
    host_free: bool
    words: str


class NoDateOut(Shape):
    """When a group can meet beside the other sessions, or the smallest reason why it can't."""

    schools: list[str]
    dates: list[MomentOut]
    proposals: list[ProposalOut] = Field([], description="Zonder datum: drie momenten met wie er kan komen.")
    conflict: ConflictOut | None


class PinPriceIn(Shape):
    """A session that would be fixed; say at least one thing about it."""

    round: RoundNumber
    schools: Schools = Field(default=[])
    host: Line | None = None
    day: Day | None = None
    half_day: HalfDay | None = None
    seconds: Seconds = 60


class GroupMovePriceIn(GroupMoveIn):
    """A move that is only asked for."""

    seconds: Seconds = 60


class ShiftPriceIn(ShiftIn):
    """A session that would go to another day or host; it is only asked for."""

    seconds: Seconds = 60


class MovedOut(Shape):
    """A school whose session of a round becomes another."""

    school: MemberKey
    round: int
    words: str


class KeptAwayOut(Shape):
    """A school that can't come to its session any more, and why."""

    school: MemberKey
    reason: str


class PinPriceOut(Shape):
    """What it costs to fix a session: per goal what it becomes less what it is, and who must move."""

    possible: bool
    losses: dict[str, int]
    changed_sessions: Any
    fewest_proven: bool = Field(description="Of bewezen is dat het niet met minder wijzigingen kan.")
    moved: list[MovedOut]
    conflict: ConflictOut | None
    changes: list[SessionChangeOut] = Field(default=[], description="Wat er aan elke sessie verandert.")
    kept_away: list[KeptAwayOut] = Field(default=[], description="Wie van de groep dan niet kan.")
