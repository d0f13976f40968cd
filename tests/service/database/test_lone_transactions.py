"""Does the guard of the tests see a transaction within another?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from service.database.engine import Database


def test_second_transaction_of_a_thread_is_refused(database: Database) -> None:
    with database.read(), pytest.raises(AssertionError, match="has one open"), database.read():
        pass
    with database.write():
        pass
