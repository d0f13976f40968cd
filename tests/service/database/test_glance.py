"""Does one look cost one statement, and what is looked at before a route's own work no second look?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from service.access.scope import find
from service.database.engine import CollisionError
from service.database.tables import cohort
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database


@pytest.fixture
def said(database: Database) -> list[str]:
    """Give what the database is told, as it comes."""
    lines: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: lines.append(told[2].split()[0]))
    return lines


def test_glance_is_no_transaction(database: Database) -> None:
    with database.glance() as transaction:
        assert find(transaction, "coh_x") is None
        driver = transaction.connection.connection.driver_connection
        assert driver is not None
        if database.is_sqlite:
            assert not driver.in_transaction
        else:
            assert driver.info.transaction_status.name == "IDLE"


def test_readings_and_writings_after_a_glance_are_whole(database: Database) -> None:
    made = a_cohort(a_client(an_app(database), "admin"))
    with database.glance() as transaction:
        assert find(transaction, made) is not None
    with pytest.raises(CollisionError):
        _written_halfway(database)
    with database.read() as transaction:
        found = find(transaction, made)
        transaction.execute(sa.delete(cohort))  # given up at the end
    assert found is not None
    assert found.name == "Cohorte"
    with database.glance() as transaction:
        assert find(transaction, made) is not None


def _written_halfway(database: Database) -> None:
    with database.write() as transaction:
        transaction.execute(sa.update(cohort).values(name="Anders"))
        transaction.execute(sa.update(cohort).values(id=None))


def test_cohort_of_a_path_is_looked_at_once_before_the_routes_own_work(database: Database, said: list[str]) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    made = a_cohort(client)
    said.clear()
    assert client.get(f"/v1/cohorts/{made}").status_code == 200
    assert said.count("SELECT") == 3, said  # who asks, whose cohort it is, and the answer itself
    other = a_client(app, "coordinator", regions=("Oost-Vlaanderen",))
    assert other.get(f"/v1/cohorts/{made}").status_code == 404
