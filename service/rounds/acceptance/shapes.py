"""How do proposals and the answers to them look on the wire?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from service.rounds.acceptance.store import Answer, Side, State
from service.web.shapes import Shape
from service.web.values import At, Day, MemberKey

Why = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]


class ProposedPair(Shape):
    """A pair of the plan."""

    school: MemberKey = Field(examples=["034561"])
    mentor: MemberKey = Field(examples=["M001"])


class ProposeIn(Shape):
    """Which pairs of the plan are proposed, and by which day an answer is asked."""

    pairs: list[ProposedPair] | None = Field(
        None, min_length=1, max_length=5000, description="Weg: alle koppels die nog niet voorgesteld zijn."
    )
    answer_by: Day = Field(description="De laatste dag om te antwoorden.", examples=["2099-12-31"])


class ProposalAnswerIn(Shape):
    """What a mentor or school answered."""

    side: Side
    answer: Answer
    reason: Why = Field("", description="Verplicht bij «declined»; wordt de reden van het verbod.")


class ProposalAnswerOut(Shape):
    """An answer; `noted` is `self` where that side gave it on its own page. The reason is for coordinators."""

    answer: Answer
    reason: str | None
    noted: Literal["self", "coordinator"]
    at: At


class PairProposalOut(Shape):
    """A proposal to a mentor and a school, and how it stands today."""

    id: str
    round: str
    school: str
    mentor: str
    state: State
    answer_by: Day
    waiting_for: list[Side]
    mentor_answer: ProposalAnswerOut | None
    school_answer: ProposalAnswerOut | None
    proposed_at: At


class PairStateOut(Shape):
    """A pair of a plan with its proposal, null where it was not proposed."""

    school: str
    mentor: str
    proposal: PairProposalOut | None


class ProposalsOut(Shape):
    """Each pair of a plan with its proposal, and proposals that stand for pairs that are not in this plan."""

    pairs: list[PairStateOut]
    outside: list[PairProposalOut]
    unsettled: int = Field(description="Koppels van het plan zonder ja van beide kanten.")


class RemindedOut(Shape):
    """For how many people a reminder is in the outbox, where it waits for a coordinator."""

    people: int


class ProposalAnsweredOut(Shape):
    """A proposal after an answer; a decline forbids the pair from the next round on, by this agreement."""

    proposal: PairProposalOut
    ban: str | None = Field(description="De afspraak die het koppel vanaf de volgende ronde verbiedt.")
