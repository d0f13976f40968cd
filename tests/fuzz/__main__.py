"""Run the campaign: `python -m tests.fuzz`, on SQLite and on PostgreSQL; a few cases fewer than asked for.

With `--of console` pages and forms are asked instead of the API.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import structlog

from service.core.settings import Settings
from service.database.engine import Database
from service.database.migrate import migrate
from service.worker.child import Children
from tests.fuzz.cases import Outcome, fuzz
from tests.fuzz.console import fuzz_console
from tests.postgres import postgres


def main() -> int:
    """Send the cases to both and print what they got."""
    parser = argparse.ArgumentParser(description="Send requests made from the API's own document, good and bad.")
    parser.add_argument("--of", choices=("api", "console"), default="api")
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
            outcome, about = sent(options, database, children)
            kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
            seconds = time.monotonic() - start
            print(f"{kind}: {outcome.cases} cases in {seconds:.0f} s{about}, {dict(outcome.statuses)}")
            print(*sorted(set(outcome.broken)), sep="\n", flush=True)
            broken += len(outcome.broken)
            database.close()
    children.close()
    return 1 if broken else 0


def sent(options: argparse.Namespace, database: Database, children: Children) -> tuple[Outcome, str]:
    """Send the cases to the API or to the console; give what came, and what more there is to say."""
    if options.of == "api":
        return fuzz(database, children, options.cases, seed=options.seed), ""
    outcome, forms = fuzz_console(database, children, options.cases, Random(options.seed))  # noqa: S311 - cases
    return outcome, f", {forms} forms"


if __name__ == "__main__":
    sys.exit(main())
