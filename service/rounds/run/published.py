"""Which plan is there to work on, and which is published?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.access.action import action
from service.rounds.run.actions import list_rounds, published_of, shape_of

if TYPE_CHECKING:
    from service.access.work import Work
    from service.rounds.run.shapes import RoundOut

SOLVED = ("proven", "feasible")
"""What a plan's status says where there is one."""

LOOKED_AT = 20
"""So many rounds back a plan is looked for."""


@action("viewer")
def published_round(work: Work, cohort: str) -> RoundOut | None:
    """Give the round whose plan is public now, None where none is."""
    with work.reading() as transaction:
        row = published_of(work, transaction, cohort)
        return None if row is None else shape_of(transaction, row)


@action("viewer")
def newest_with_plan(work: Work, cohort: str) -> RoundOut | None:
    """Give the newest round that has a plan, among the newest; usually that is the very newest."""
    return next((one for one in list_rounds(work, cohort, LOOKED_AT).items if has_plan(one)), None)


def has_plan(one: RoundOut) -> bool:
    """Tell whether a round has a plan: solved, and no conflict."""
    return one.plan_status in SOLVED
