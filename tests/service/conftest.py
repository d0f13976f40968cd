"""What do these tests share? A file of the second revision, with rows in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.database.engine import Database
from service.database.migrate import migrate, revisions
from tests.service.database.any_rows import filled

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def fill() -> Callable[[str], None]:
    """Give a way to make a database of an earlier revision with two rows in every table."""

    def make(address: str) -> None:
        database = Database(address)
        migrate(database, revisions()[1])
        filled(database)
        database.close()

    return make
