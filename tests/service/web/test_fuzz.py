"""Does the API keep its word on a few hundred cases? The campaign sends ten thousand: `python -m tests.fuzz`."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.fuzz.cases import fuzz
from tests.fuzz.console import fuzz_console

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_whatever_is_sent_gets_a_documented_answer(database: Database, children: Children) -> None:
    outcome = fuzz(database, children, 300)
    assert outcome.broken == []
    assert outcome.cases > 200
    assert {200, 404, 422} <= set(outcome.statuses)
    assert outcome.statuses[404] < outcome.cases / 2  # most of what is asked for is there


def test_whatever_is_filled_in_gets_an_answer(database: Database, children: Children) -> None:
    outcome, forms = fuzz_console(database, children, 200, Random(7))  # noqa: S311 - cases, no secrets
    assert outcome.broken == []
    assert forms > 45
    assert {200, 303, 404, 409, 412, 422} <= set(outcome.statuses)
