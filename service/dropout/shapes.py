"""How does a drop-out look in the API?"""

from __future__ import annotations

from pydantic import Field

from service.cohorts.members.withdrawn_store import Reason
from service.rounds.run.shapes import RoundOut
from service.web.shapes import Key, Note, Shape
from service.web.values import At


class WithdrawalIn(Shape):
    """A mentor who drops out."""

    mentor: Key = Field(examples=["M028"])
    reason: Reason = Field(examples=["job_change"])
    note: Note = Field("", description="Alleen voor coördinatoren; komt niet in het plan.")


class ActivationIn(Shape):
    """A mentor in reserve who is put in service."""

    mentor: Key = Field(examples=["M040"])


class ActivationOut(Shape):
    """A mentor who is in service from now on, and the round that lets the published plan use that."""

    mentor: str
    round: RoundOut | None = None
    next_step: str = Field("", description="Wat er nu gebeurt, of wat u best doet.")


class WithdrawalOut(Shape):
    """A mentor who dropped out, and the round that repairs the plan if one was begun."""

    mentor: str
    reason: Reason
    note: str
    at: At
    round: RoundOut | None = None
    next_step: str = Field("", description="Wat er nu gebeurt, of wat u best doet.")
