"""What if the power fails at one point? A process of its own that backs up, restores or migrates, and dies there."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from service.database import backup as backups
from service.database import migrate as migrations
from service.database.engine import Database


def main(what: str, where: str, count: str, address: str, file: str) -> None:
    """Do `what`; die with SIGKILL when the function `where` has been called `count` times."""
    homes = {"upgrade": (backups, migrations), "create_table": ()}.get(where, (backups,))
    left = [int(count)]

    def dying(work: Any) -> Any:  # noqa: ANN401 - any function
        def worked(*given: Any, **named: Any) -> Any:  # noqa: ANN401
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*given, **named)

        return worked

    if where == "create_table":
        import alembic.op as operations  # noqa: PLC0415 - patched

        homes = (operations,)
    for home in homes:
        setattr(home, where, dying(getattr(home, where)))
    database = Database(address)
    if what == "migrate":
        migrations.migrate(database)
    else:
        getattr(backups, what)(database, Path(file))
