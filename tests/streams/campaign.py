"""What do reads take beside many streams of events? One lane: a real service, and a job that says something."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from service.access.limits import MOST_STREAMS
from service.access.people import make_key
from service.cohorts.cohort import store as cohorts
from service.database.ids import new_id, now
from service.database.migrate import migrate
from service.database.tables import job
from service.jobs import store as jobs
from tests.kills.campaign import KEPT
from tests.kills.service import until

if TYPE_CHECKING:
    from service.database.engine import Database
    from tests.kills.service import Service

MOST_RATIO = 3.0
"""Reads beside the streams may take so many times what they take alone, at the median."""

EVENTS, EVENT_SECONDS = 20, 0.5
AGAIN_SECONDS = 3.0
"""What `Retry-After` says where there is no room."""

WAIT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Times:
    """What reads took, in milliseconds."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured: reads alone and beside the streams, and how many streams heard every event."""

    streams: int
    heard_all: int
    refused: int
    alone: Times
    beside: Times

    @property
    def ratio(self) -> float:
        """How many times as long a read takes beside the streams, at the median."""
        return self.beside.p50 / self.alone.p50


class StreamLane:
    """A service with a job that nobody does, which many follow."""

    def __init__(self, service: Service, database: Database, streams: int, reads: int) -> None:
        """Make the database with a job, and as many keys as so many streams need; start."""
        self.service, self.database, self.streams, self.reads = service, database, streams, reads
        migrate(database)
        with database.write() as transaction:
            row = cohorts.add(transaction, name="C", region="Limburg", school_year=2026, keep_until=KEPT)
            count = -(-streams // MOST_STREAMS)
            self.keys = [make_key(transaction, name=f"k{one}", scopes=("admin",))[1] for one in range(count)]
            self.job, self.cohort = new_id("job"), row.id
        self.over, self.refused = threading.Event(), 0
        self.beating = threading.Thread(target=self._beat)
        service.key = self.keys[0]
        if database.is_sqlite:  # its one process takes back at its start what it finds being done: ours comes after
            self._running(left := new_id("job"))
            service.start()
            until(lambda: self._state(left) != "running", "what was left is taken back")
        else:
            service.start()
        self._running(self.job)
        self.beating.start()

    def _running(self, key: str) -> None:
        """Add a job that somebody else does."""
        values = {"id": key, "kind": "x", "cohort": self.cohort, "state": "running", "created_at": now()}
        values |= {"worker": "campaign", "started_at": now(), "payload": {}}
        with self.database.write() as transaction:
            transaction.execute(sa.insert(job).values(**values))

    def _state(self, key: str) -> str:
        with self.database.read() as transaction:
            return str(transaction.execute(sa.select(job.c.state).where(job.c.id == key)).scalar_one())

    def run(self) -> Outcome:
        """Measure reads alone, then beside all streams while events come."""
        self._read(self.reads // 4)
        alone = self._read(self.reads)
        heard = [0] * self.streams
        threads = [threading.Thread(target=self._follow, args=(one, heard), daemon=True) for one in range(self.streams)]
        for one in threads:
            one.start()
        self._until_followed(threads, heard)
        saying = threading.Thread(target=self._say)
        saying.start()
        beside = self._read(self.reads)
        saying.join()
        with self.database.write() as transaction:
            ended = sa.update(job).where(job.c.id == self.job)
            transaction.execute(ended.values(state="stopped", finished_at=now()))
            jobs.add_event(transaction, self.job, "stopped", {})
        for one in threads:
            one.join(WAIT_SECONDS)
        return Outcome(self.streams, sum(one >= EVENTS for one in heard), self.refused, alone, beside)

    def end(self) -> None:
        """Stop the service."""
        self.over.set()
        self.beating.join()
        self.service.stop()
        self.database.close()

    def _beat(self) -> None:
        """Say that the job's worker lives: nobody else is to take it over."""
        while not self.over.wait(2.0):
            with self.database.write() as transaction:
                transaction.execute(sa.update(job).where(job.c.id == self.job).values(beats=job.c.beats + 1))

    def _read(self, count: int) -> Times:
        took = []
        for _ in range(count):
            start = time.perf_counter()
            assert self.service.ask("GET", f"/v1/cohorts/{self.cohort}").status == 200
            took.append((time.perf_counter() - start) * 1000)
        return Times(statistics.median(took), statistics.quantiles(took, n=100)[98])

    def _follow(self, number: int, heard: list[int]) -> None:
        """Follow with one stream; who is told to come again a little later does so."""
        end = time.monotonic() + WAIT_SECONDS
        while self._is_refused(number, heard) and time.monotonic() < end:
            self.refused += 1
            time.sleep(AGAIN_SECONDS)

    def _is_refused(self, number: int, heard: list[int]) -> bool:
        """Count the events of the campaign that one stream hears; tell whether there was no room for it now."""
        key = self.keys[number // MOST_STREAMS]
        head = f"GET /v1/jobs/{self.job}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.service.port), timeout=WAIT_SECONDS) as one:
            one.sendall(head.encode())
            rest = b""
            while content := one.recv(65536):
                rest += content
                heard[number] = rest.count(b"event: campaign\n")
                if rest.startswith(b"HTTP/1.1 503") and b"\nretry-after:" in rest.lower():
                    return True
                if rest.endswith(b"0\r\n\r\n") or not rest.startswith(b"HTTP/1.1 200"):
                    break
        return False

    def _until_followed(self, threads: list[threading.Thread], heard: list[int]) -> None:
        """Wait until a first event reached every stream that lives; who began later misses nothing."""
        with self.database.write() as transaction:
            jobs.add_event(transaction, self.job, "campaign", {})
        end = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < end and not all(heard[at] or not one.is_alive() for at, one in enumerate(threads)):
            time.sleep(0.1)

    def _say(self) -> None:
        for number in range(EVENTS - 1):
            with self.database.write() as transaction:
                jobs.add_event(transaction, self.job, "campaign", {"number": number})
            time.sleep(EVENT_SECONDS)
