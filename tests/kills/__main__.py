"""Run the campaign: `python -m tests.kills --kills 500`, half on SQLite and half on PostgreSQL."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from pathlib import Path

from service.core.settings import Settings
from service.database.engine import Database
from tests.kills.campaign import RECOVERY_SECONDS, Lane, run
from tests.kills.service import Service
from tests.postgres import postgres


def main() -> int:
    """Run both lanes side by side and print what they counted."""
    parser = argparse.ArgumentParser(description="Kill the service at every named point, over and over.")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--patience", type=float, default=RECOVERY_SECONDS, help="seconds for a recovery")
    options = parser.parse_args()
    kills = options.kills
    start = time.monotonic()
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="in2stem-kills-") as place, postgres(durable=True) as server:
        lanes = {"SQLite": _lane(Path(place), "sqlite", ""), "PostgreSQL": _lane(Path(place), "postgresql", server)}
        for one in lanes.values():
            one.patience = options.patience
            one.prepare()  # one after the other: Alembic knows one migration at a time in a process
        threads = [threading.Thread(target=_run, args=(name, lane, kills // 2, failed)) for name, lane in lanes.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    minutes = (time.monotonic() - start) / 60
    for name, lane in lanes.items():
        print(f"{name}: {lane.deaths.total()} deaths, {lane.rounds} rounds, {lane.publications} publications,", end=" ")
        print(f"{lane.accepted} proposals, slowest recovery {lane.slowest:.1f} s; {dict(lane.deaths)}")
    print(f"{minutes:.1f} minutes; {'; '.join(failed) or 'nothing lost, nothing twice'}")
    return 1 if failed else 0


def _lane(place: Path, name: str, server: str) -> Lane:
    folder = place / name
    folder.mkdir()
    service = Service(folder, database_url=server, workers=2 if server else 0)
    return Lane(service, Database(Settings(folder=folder, database_url=server).address))


def _run(name: str, lane: Lane, kills: int, failed: list[str]) -> None:
    try:
        run(lane, kills, lambda line: print(name, line, flush=True))
    except Exception as error:  # noqa: BLE001 - whatever it is, the campaign failed
        failed.append(f"{name}: {type(error).__name__} {error}")


if __name__ == "__main__":
    sys.exit(main())
