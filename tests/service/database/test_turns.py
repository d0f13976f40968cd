"""Do the writers of one process wait for one another in turn, and not for ever?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.database import engine
from service.database.engine import BusyError, Database

if TYPE_CHECKING:
    from pathlib import Path


def test_writers_of_one_process_count_each_other(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.write() as transaction:
        transaction.connection.exec_driver_sql("CREATE TABLE told (number INTEGER)")
        transaction.connection.exec_driver_sql("INSERT INTO told VALUES (0)")

    def add(_: int) -> None:
        with database.write() as transaction:
            transaction.execute(sa.text("UPDATE told SET number = number + 1"))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(80)))
    with database.read() as transaction:
        assert transaction.execute(sa.text("SELECT number FROM told")).scalar_one() == 80
    database.close()


def test_a_writer_gives_up_where_another_does_not_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")

    def write() -> None:
        with database.write():
            pass

    with ThreadPoolExecutor(1) as threads:
        with database.write(), pytest.raises(BusyError):
            threads.submit(write).result(30)
        threads.submit(write).result(30)  # and it can once the other is done
    database.close()
