"""How is the signed record of a plan asked for and checked?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matcher
from service.database.installation import signing_key
from service.jobs.wait_for_answer import Question, accepted, enqueue
from service.rounds.run.actions import solved_round_of

if TYPE_CHECKING:
    from service.access.work import Work
    from service.database.engine import Transaction
    from service.web.answers import Answer


def _asking(work: Work, cohort: str, round_id: str, record: str) -> Any:  # noqa: ANN401 - an effect
    def effect(transaction: Transaction) -> Answer:
        row = solved_round_of(work, transaction, cohort, round_id)
        mine = matcher.public_hex(signing_key(transaction))
        work.audit(transaction, "round.record_checked", row.id, cohort)
        question = Question(row.id, "record", {"record": record, "public_key": mine})
        return accepted(enqueue(transaction, cohort, question))

    return effect
