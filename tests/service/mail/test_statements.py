"""Do a thousand people who are told something at once cost a few statements, and not a few each?"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from service.database.ids import today
from tests.service.mail.sending import mails
from tests.service.publish_steps import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.database.engine import Database
    from service.worker.child import Children

SAME = 3
"""So many statements more are no statement a person: what follows from the deed differs a little between cohorts."""

LATER = str(today() + timedelta(days=9))


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """Gather the statements that are run."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)


def asked(database: Database, stage: Stage, place: str, **body: object) -> int:
    """Ask something that tells people; give how many statements it took."""
    with counting(database) as found:
        answer = stage.client.post(place, json=body or None)
    assert answer.status_code in {200, 201}, answer.text
    return len(found)


def costs(database: Database, stage: Stage) -> tuple[list[int], int]:
    """Have a plan approved, published, proposed to all, and all reminded: statements of each, and mails."""
    before, place = len(mails(database)), stage.solved()
    assert stage.client.post(f"{place}/approve").status_code == 200
    found = [
        asked(database, stage, f"{place}/publish"),
        asked(database, stage, f"{place}/proposals", answer_by=LATER),
        asked(database, stage, f"{place}/proposals/reminders"),
        asked(database, stage, f"{stage.place}/measurements/reminders", moment="baseline"),
    ]
    return found, len(mails(database)) - before


def test_telling_many_costs_as_many_statements_as_telling_few(database: Database, children: Children) -> None:
    few, told = costs(database, Stage(database, children))
    many, told_more = costs(database, Stage(database, children, sample=True))
    assert told_more > 5 * told > 0
    assert [more - one for more, one in zip(many, few, strict=True) if more > one + SAME] == []
