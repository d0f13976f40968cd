"""Run the campaign: `python -m tests.streams --streams 510`, on SQLite and on PostgreSQL.

Follows one job with so many streams at once, and compares what a read takes beside them with what it takes alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from service.core.settings import Settings
from service.database.engine import Database
from tests.kills.service import Service
from tests.postgres import postgres
from tests.streams.campaign import MOST_RATIO, Outcome, StreamLane


def main() -> int:
    """Run both and print what they measured; the exit code is 1 where reads became too slow, or a stream heard less."""
    parser = argparse.ArgumentParser(description="Follow a job with many streams of events while others read.")
    parser.add_argument("--streams", type=int, default=510)
    parser.add_argument("--reads", type=int, default=400)
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory(prefix="in2stem-streams-") as place, postgres() as server:
        for name, url in (("SQLite", ""), ("PostgreSQL", server)):
            folder = Path(place) / name
            folder.mkdir()
            service = Service(folder, database_url=url)
            database = Database(Settings(folder=folder, database_url=url).address)
            lane = StreamLane(service, database, options.streams, options.reads)
            try:
                outcome = lane.run()
            finally:
                lane.end()
            print(f"{name}: {told(outcome)}", flush=True)
            bad += outcome.ratio > MOST_RATIO or outcome.heard_all < options.streams
    return 1 if bad else 0


def told(outcome: Outcome) -> str:
    """Say what was measured on one line."""
    alone, beside = outcome.alone, outcome.beside
    return (
        f"{outcome.streams} streams, {outcome.heard_all} heard all ({outcome.refused} times told to come later); "
        f"reads p50 {alone.p50:.1f} ms alone and {beside.p50:.1f} ms beside them ({outcome.ratio:.2f} times), "
        f"p99 {alone.p99:.1f} and {beside.p99:.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main())
