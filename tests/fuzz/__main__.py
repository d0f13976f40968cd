"""Run the campaign: `python -m tests.fuzz`, on SQLite and on PostgreSQL; a few cases fewer than asked for."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path

import structlog

from service.core.settings import Settings
from service.database.engine import Database
from service.database.migrate import migrate
from service.worker.child import Children
from tests.fuzz.cases import fuzz
from tests.postgres import postgres


def main() -> int:
    """Send the cases to both and print what they got."""
    parser = argparse.ArgumentParser(description="Send requests made from the API's own document, good and bad.")
    parser.add_argument("--cases", type=int, default=11_500)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    children, broken = Children(1), 0
    with tempfile.TemporaryDirectory() as place, postgres() as server:
        for settings in (Settings(folder=Path(place)), Settings(database_url=server)):
            database = Database(settings.address)
            migrate(database)
            start = time.monotonic()
            outcome = fuzz(database, children, options.cases, seed=options.seed)
            kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
            print(f"{kind}: {outcome.cases} cases in {time.monotonic() - start:.0f} s, {dict(outcome.statuses)}")
            print(*sorted(set(outcome.broken)), sep="\n")
            broken += len(outcome.broken)
            database.close()
    children.close()
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
