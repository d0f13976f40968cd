"""Run the campaign of mails: `python -m tests.kills.mails --kills 200`, half on SQLite and half on PostgreSQL."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

from service.core.settings import Settings
from service.database.engine import Database
from tests.kills.mail_lane import RECOVERY_SECONDS, MailLane, run_mails
from tests.kills.service import Service
from tests.post_office import a_post_office
from tests.postgres import postgres


def main() -> int:
    """Run both lanes side by side and print what they counted."""
    parser = argparse.ArgumentParser(description="Kill the service between every two steps of sending a mail.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--patience", type=float, default=RECOVERY_SECONDS, help="seconds for a recovery")
    options = parser.parse_args()
    kills = options.kills
    start = time.monotonic()
    failed: list[str] = []
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="in2stem-mails-")))
        server = stack.enter_context(postgres(durable=True))
        lanes = {name: _lane(stack, place / name, url) for name, url in (("SQLite", ""), ("PostgreSQL", server))}
        for one in lanes.values():
            one.patience = options.patience
        threads = [threading.Thread(target=_run, args=(name, lane, kills // 2, failed)) for name, lane in lanes.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for name, lane in lanes.items():
        print(f"{name}: {lane.deaths.total()} deaths, {lane.mails} mails, {lane.twice} twice,", end=" ")
        print(f"slowest recovery {lane.slowest:.1f} s; {dict(lane.deaths)}")
    minutes = (time.monotonic() - start) / 60
    print(f"{minutes:.1f} minutes; {'; '.join(failed) or 'none lost, none twice but where SMTP allows it'}")
    return 1 if failed else 0


def _lane(stack: ExitStack, folder: Path, server: str) -> MailLane:
    folder.mkdir()
    service = Service(folder, database_url=server, workers=2 if server else 0)
    database = Database(Settings(folder=folder, database_url=server).address)
    lane = MailLane(service, database, stack.enter_context(a_post_office()))
    lane.prepare()  # one after the other: Alembic knows one migration at a time in a process
    return lane


def _run(name: str, lane: MailLane, kills: int, failed: list[str]) -> None:
    try:
        run_mails(lane, kills, lambda line: print(name, line, flush=True))
    except Exception as error:  # noqa: BLE001 - whatever it is, the campaign failed
        failed.append(f"{name}: {type(error).__name__} {error}")


if __name__ == "__main__":
    sys.exit(main())
