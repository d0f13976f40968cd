"""Does a database ask what another of its kind had compiled, and nothing else?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from service.database.engine import Database

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ONE = sa.Table("eentje", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("wat", sa.JSON))


def filled(path: Path, value: int) -> Database:
    """Make a file with one row."""
    database = Database(f"sqlite:///{path}")
    with database.write() as transaction:
        ONE.create(transaction.connection)
        transaction.execute(sa.insert(ONE).values(id=value, wat={"n": value}))
    return database


def test_each_database_answers_its_own_of_statements_compiled_for_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[object] = []
    usual = sa.Select._compiler
    monkeypatch.setattr(
        sa.Select, "_compiler", lambda self, *words, **more: compiled.append(self) or usual(self, *words, **more)
    )
    databases = [filled(tmp_path / f"{value}.sqlite3", value) for value in (7, 8)]
    for value, one in zip((7, 8), databases, strict=True):
        with one.read() as transaction:
            assert transaction.execute(sa.select(ONE.c.wat).where(ONE.c.id == value)).scalar_one() == {"n": value}
            assert transaction.execute(sa.select(ONE.c.id).where(ONE.c.id == value + 1)).first() is None
        one.close()
    assert len(compiled) == 2
