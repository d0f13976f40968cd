"""How is a question about a year of sessions asked?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.jobs.wait_for_answer import Question, accepted, enqueue
from service.network.season.actions import planned_season_of

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.web.answers import Answer


def _asking(work: Work, cohort: str, season: str, name: str, arguments: dict[str, Any]) -> Any:  # noqa: ANN401 - an effect
    def effect(transaction: Transaction) -> Answer:
        row = planned_season_of(work, transaction, cohort, season)
        work.audit(transaction, f"season.asked.{name}", row.id, cohort)
        return accepted(enqueue(transaction, cohort, Question(row.id, name, arguments, of="season")))

    return effect
