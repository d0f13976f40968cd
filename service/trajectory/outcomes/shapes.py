"""How do selection, action plan, label, outcomes and progress look on the wire?"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from service.web.shapes import Note, Shape, Stamped
from service.web.values import Day


class ContactShape(Shape):
    """A contact of a pair."""

    day: Day
    kind: Literal["visit", "call", "session", "other"] = "visit"
    minutes: int = Field(60, ge=1, le=1440)


class OutcomeIn(Shape):
    """How the mentoring of a pair went."""

    contacts: list[ContactShape] = Field(default=[], max_length=200)
    school_satisfaction: int | None = Field(None, ge=1, le=5)
    mentor_satisfaction: int | None = Field(None, ge=1, le=5)
    stopped: Day | None = None
    stop_reason: Literal["", "job_change", "no_time", "school_stopped", "no_click", "other"] = ""
    stop_note: Note = Field("", description="Alleen voor coördinatoren.")
    replaced: bool = False


class OutcomeOut(OutcomeIn, Stamped):
    """What became of a pair."""

    school: str
    mentor: str
    points: int
    in_plan: bool = Field(description="Of het koppel in het gepubliceerde plan staat.")


class OutcomeSummaryOut(Shape):
    """How the mentoring of a cohort went, added up."""

    pairs: int
    contacts: int
    without_contact: int
    school_satisfaction: float | None
    mentor_satisfaction: float | None
    stopped: dict[str, int]
    sentence: str


class LedgerOut(Shape):
    """A school's priority in the next cohort."""

    school: str
    priority: int
    reason: str
