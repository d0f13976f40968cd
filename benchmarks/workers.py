"""How much do one, two and four workers do of two hundred rounds and years that wait, and how long does one job wait?

All stand on one PostgreSQL, as `in2stem work` does on several machines. One cohort hands in a hundred imports before
any other asks anything; a hundred cohorts ask a round and a year of sessions each; then one more asks a single round.
How many jobs begin before that one? Workers are up and listen before the first job is theirs to take; throughput is
from the first that begins to the last that ends, with what follows from a round (its study) counted as a job too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matcher
from benchmarks.size import START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.database.engine import Database

SAMPLE = Path(__file__).parent.parent / "data" / "voorbeeld"
WORKERS = (1, 2, 4)
MANY, OTHERS = 100, 100
"""Imports of the one cohort, and the cohorts that ask a round and a year each."""

KEPT = datetime(2032, 1, 1, tzinfo=UTC)
PATIENCE = 3_600.0
HELD = "held"
"""A state that no worker knows: what has it waits for all workers to be up."""


def run(many: int = MANY, others: int = OTHERS) -> dict[str, Any]:
    """Measure each number of workers on the same jobs, each on a database of its own."""
    from tests.postgres import postgres, run_sql  # noqa: PLC0415 - a server as the tests start it

    rows = []
    with postgres(own=True) as server:
        run_sql(server, "CREATE DATABASE filled")
        last = _filled(_address(server, "filled"), many, others)
        for workers in WORKERS:
            run_sql(server, f"CREATE DATABASE with_{workers} TEMPLATE filled")
            rows.append({"workers": workers} | _measured(_address(server, f"with_{workers}"), workers, last))
            print(f"  {rows[-1]}", flush=True)
    return {"asked": many + 2 * others + 1, "imports": many, "cohorts": others + 2, "rows": rows}


def _address(server: str, name: str) -> str:
    return f"{server.rsplit('/', 1)[0]}/{name}"


@contextmanager
def _opened(address: str) -> Iterator[Database]:
    from service.core.settings import Settings  # noqa: PLC0415 - only here
    from service.database.engine import Database  # noqa: PLC0415
    from service.jobs.queue import queue_for  # noqa: PLC0415

    settings = Settings(database_url=address)
    database = Database(settings.address)
    database.queue = queue_for(settings)
    try:
        yield database
    finally:
        database.close()


def _filled(address: str, many: int, others: int) -> str:
    """Make the cohorts and ask everything over HTTP, in order; give the last one's job. All of it is held."""
    import sqlalchemy as sa  # noqa: PLC0415 - only here
    from fastapi.testclient import TestClient  # noqa: PLC0415

    from service.access.callers import COOKIE  # noqa: PLC0415
    from service.app import create_app  # noqa: PLC0415
    from service.core.settings import Settings  # noqa: PLC0415
    from service.database.migrate import migrate  # noqa: PLC0415
    from service.database.tables import job  # noqa: PLC0415

    with _opened(address) as database:
        migrate(database)
        settings = Settings(database_url=address, requests_a_minute=1_000_000)
        client = TestClient(create_app(settings, database=database))
        client.cookies.set(COOKIE, _login(database))
        one, *several, last = (_cohort(database) for _ in range(others + 2))
        for _ in range(many):
            files = [("files", (file.name, file.read_bytes())) for file in sorted(SAMPLE.glob("*.csv"))]
            _accepted(client.post(f"/v1/cohorts/{one}/imports", files=files))
        for cohort in several:
            _ask(client, f"/v1/cohorts/{cohort}/rounds", {})
            _ask(client, f"/v1/cohorts/{cohort}/seasons", {"rounds": 2, "seconds": 2})
        key = _ask(client, f"/v1/cohorts/{last}/rounds", {})
        with database.write() as transaction:
            transaction.execute(sa.update(job).where(job.c.state == "queued").values(state=HELD))
            transaction.execute(sa.text("DELETE FROM procrastinate_jobs"))
        return key


def _ask(client: Any, path: str, body: dict[str, object]) -> str:  # noqa: ANN401 - a test client
    return str(_accepted(client.post(path, json=body))["job"])


def _accepted(answer: Any) -> Any:  # noqa: ANN401 - of a test client
    if answer.status_code != 202:  # noqa: PLR2004 - accepted
        raise RuntimeError(f"{answer.url}: {answer.status_code} {answer.text}")
    return answer.json()


def _login(database: Database) -> str:
    """Make a coordinator of everything straight in the store; give the cookie."""
    import sqlalchemy as sa  # noqa: PLC0415 - only here

    from service.database.ids import digest, new_id, new_secret, now  # noqa: PLC0415
    from service.database.tables import login, person  # noqa: PLC0415

    secret, who, moment = new_secret("login"), new_id("per"), now()
    row = {"id": who, "email": "an@voorbeeld.be", "name": "An", "role": "admin", "regions": [], "created_at": moment}
    times = {"created_at": moment, "seen_at": moment, "expires_at": moment.replace(year=moment.year + 1)}
    with database.write() as transaction:
        transaction.execute(sa.insert(person).values(**row))
        transaction.execute(sa.insert(login).values(digest=digest(secret), person=who, **times))
    return secret


def _cohort(database: Database) -> str:
    """Make a cohort with the sample's people and a published plan, straight in the store; give its id."""
    import sqlalchemy as sa  # noqa: PLC0415 - only here

    from service.cohorts.cohort import store as cohorts  # noqa: PLC0415
    from service.database.json_text import Written  # noqa: PLC0415
    from service.database.tables import round_  # noqa: PLC0415
    from service.rounds.given.round_of_rows import save_people  # noqa: PLC0415
    from service.rounds.run import store as rounds  # noqa: PLC0415

    given, plan = _solved()
    document = matcher.round_to_document(given)
    with database.write() as transaction:
        row = cohorts.add(transaction, name="C", region="Limburg", school_year=2026, keep_until=KEPT)
        save_people(transaction, row.id, given, "benchmark")
        made = rounds.add(transaction, row.id, given=document, inputs_hash="", previous=None, by="benchmark")
        rounds.keep_plan(transaction, made.id, Written(matcher.dumps(matcher.plan_to_document(plan))))
        transaction.execute(sa.update(round_).where(round_.c.id == made.id).values(state="published"))
        return str(row.id)


@cache
def _solved() -> tuple[matcher.Round, matcher.Plan]:
    given = matcher.read_cohort(SAMPLE).given
    if given is None:
        raise RuntimeError("the sample cohort has errors")
    return given, matcher.assign(given)


def _measured(address: str, workers: int, last: str) -> dict[str, Any]:
    """Let so many workers do all that waits; the one that came last is looked at by itself."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = os.environ | {"DATABASE_URL": address, "IN2STEM_FOLDER": str(folder)}
        log = stack.enter_context((folder / "log").open("wb"))
        database = stack.enter_context(_opened(address))
        started = [
            subprocess.Popen([sys.executable, "-c", START, "work"], env=environment, stdout=log, stderr=log)  # noqa: S603
            for _ in range(workers)
        ]
        try:
            _until(lambda: _count(database, "SELECT count(*) FROM procrastinate_workers") == workers)
            _release(database)
            _until(lambda: not _count(database, "SELECT count(*) FROM job WHERE state IN ('queued', 'running')"))
        finally:
            for one in started:
                one.terminate()
            seconds = sum(_ended(one) for one in started)
        return _told(database, last) | {"processor_seconds": round(seconds, 1)}


def _release(database: Database) -> None:
    """Let the held jobs wait, and offer them in the order in which they were asked."""
    import sqlalchemy as sa  # noqa: PLC0415 - only here

    from service.database.tables import job  # noqa: PLC0415
    from service.jobs import store as jobs  # noqa: PLC0415

    with database.write() as transaction:
        transaction.execute(sa.update(job).where(job.c.state == HELD).values(state="queued"))
        jobs.offer_waiting(transaction, list(jobs.waiting(transaction)))


def _told(database: Database, last: str) -> dict[str, Any]:
    """Give what was done, how soon, and how many jobs began before the last one asked."""
    import sqlalchemy as sa  # noqa: PLC0415 - only here

    from service.database.tables import job  # noqa: PLC0415

    with database.read() as transaction:
        query = sa.select(job.c.id, job.c.state, job.c.cohort, job.c.started_at, job.c.finished_at)
        rows = list(transaction.execute(query.order_by(job.c.started_at, job.c.id)))
    begun = min(one.started_at for one in rows)
    seconds = (max(one.finished_at for one in rows) - begun).total_seconds()
    asked = sorted(str(one.id) for one in rows)
    place = [str(one.id) for one in rows].index(last)
    return {
        "jobs": len(rows),
        "failed": sum(one.state != "done" for one in rows),
        "seconds": round(seconds, 1),
        "jobs_a_second": round(len(rows) / seconds, 2),
        "asked_before_the_last": asked.index(last),
        "begun_before_the_last": place,
        "seconds_until_the_last_began": round((rows[place].started_at - begun).total_seconds(), 1),
    }


def _count(database: Database, query: str) -> int:
    import sqlalchemy as sa  # noqa: PLC0415 - only here

    with database.read() as transaction:
        return int(transaction.execute(sa.text(query)).scalar_one())


def _ended(process: subprocess.Popen[bytes]) -> float:
    """Wait for a worker; give the processor seconds that it and its children took."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime


def _until(holds: Any) -> None:  # noqa: ANN401 - a question without arguments
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(f"not done after {PATIENCE:.0f} s, at {datetime.now(tz=UTC):%H:%M}")
        time.sleep(0.5)


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:])), indent=1))
