"""Is a database of a newer program refused with words, and left as it is?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.core.errors import Problem
from service.database.migrate import check_newest, migrate, revision
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from service.database.engine import Database


def test_a_database_of_a_newer_program_is_refused_with_words_and_left_alone(database: Database) -> None:
    with database.write() as transaction:
        transaction.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for refused in (migrate, check_newest):
        with pytest.raises(Problem, match="newer_database") as told:
            refused(database)
        assert "Werk het programma bij, of zet een reservekopie terug" in told.value.detail
    answer = a_client(an_app(database)).get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "newer_database")
    with database.read() as transaction:
        assert revision(transaction.connection) == "9999"
