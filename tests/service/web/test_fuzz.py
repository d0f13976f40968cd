"""Does the API keep its word on a few hundred cases? The campaign sends ten thousand: `python -m tests.fuzz`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fuzz.cases import fuzz

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_whatever_is_sent_gets_a_documented_answer(database: Database, children: Children) -> None:
    outcome = fuzz(database, children, 300)
    assert outcome.broken == []
    assert outcome.cases > 200
    assert {200, 404, 422} <= set(outcome.statuses)
    assert outcome.statuses[404] < outcome.cases / 2  # most of what is asked for is there
