"""What is to be computed, by whom, and what came out? The job's row is the truth; the queue only carries its id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from service.database.engine import Transaction
from service.database.ids import new_id, now
from service.database.tables import event, job

Progress = Callable[[str, float | None], None]
"""Tells how far a computation is: which part, and how much of it (0 to 1) where that is known."""

Stop = Callable[[], bool]
"""Tells a computation whether it should end with the best so far."""

State = Literal["queued", "running", "done", "failed", "stopped"]
ENDED = ("done", "failed", "stopped")
AT_ONCE = 500
"""Jobs in one statement."""

MOST_ATTEMPTS = 4
"""A job that brought its process down this often is given up: it may be the job that kills."""

GIVEN_UP = "De berekening is telkens afgebroken. Probeer het met minder gegevens, of vraag de beheerder."

MOST_TAKEN_OVER = 20
"""As often may a worker fall silent that had a job: a machine that sleeps or a network that fails is no crash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A job as it is kept. `target` is what it is for, `parent` the job of which it is a part."""

    id: str
    kind: str
    cohort: str | None
    target: str | None
    parent: str | None
    payload: Mapping[str, Any]
    state: State
    attempt: int
    worker: str
    beats: int
    crashes: int
    taken_over: int
    heartbeat_at: datetime | None
    stop_asked: bool
    result: Any
    failure: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more happens."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """Something that happened to a job; numbers count from 1."""

    job: str
    number: int
    kind: str
    document: Mapping[str, Any]
    at: datetime


def enqueue(  # noqa: PLR0913 - a job's members, all by name
    transaction: Transaction,
    kind: str,
    *,
    cohort: str | None = None,
    target: str | None = None,
    payload: Mapping[str, Any] | None = None,
    parent: str | None = None,
) -> str:
    """Ask for something to be computed; no worker sees it before the commit. Gives the job's id."""
    key = new_id("job")
    values = {"id": key, "kind": kind, "cohort": cohort, "target": target, "parent": parent}
    transaction.execute(sa.insert(job).values(**values, payload=dict(payload or {}), state="queued", created_at=now()))
    add_event(transaction, key, "accepted", {})
    transaction.offer(key)
    return key


FIND = sa.select(job).where(job.c.id == sa.bindparam("key"))
PROGRESS = (
    sa.select(job.c.id, job.c.state)
    .where(job.c.target == sa.bindparam("of"), job.c.kind == sa.bindparam("what"))
    .order_by(job.c.id)
)


def find(transaction: Transaction, key: str) -> JobRow | None:
    """Find a job."""
    return transaction.first(FIND, JobRow, {"key": key})


def of_target(transaction: Transaction, target: str, kind: str) -> JobRow | None:
    """Find the newest job of a kind for something."""
    query = sa.select(job).where(job.c.target == target, job.c.kind == kind).order_by(job.c.id.desc()).limit(1)
    return transaction.first(query, JobRow)


def unfinished(transaction: Transaction, target: str, kind: str) -> str | None:
    """Give the first job of a kind for something that is not done, else the newest; None where there is none."""
    return progress(transaction, target, kind)[0]


def progress(transaction: Transaction, target: str, kind: str) -> tuple[str | None, bool]:
    """Give the job that is `unfinished`, and whether there are jobs of the kind and all of them are done."""
    rows = transaction.execute(PROGRESS, {"of": target, "what": kind})
    found = [(str(row.id), row.state) for row in rows]
    waiting = [key for key, state in found if state != "done"]
    return waiting[0] if waiting else found[-1][0] if found else None, bool(found) and not waiting


def claim(transaction: Transaction, key: str, worker: str) -> JobRow | None:
    """Take a queued job for one more attempt; None where somebody else has it, or it ended."""
    moment = now()
    statement = sa.update(job).where(job.c.id == key, job.c.state == "queued").returning(job)
    values = {"state": "running", "attempt": job.c.attempt + 1, "worker": worker, "heartbeat_at": moment}
    values["beats"] = job.c.beats + 1
    started = sa.func.coalesce(job.c.started_at, sa.literal(moment, job.c.started_at.type))
    row = transaction.execute(statement.values(**values, started_at=started)).mappings().first()
    if row is None:
        return None
    add_event(transaction, key, "started", {"attempt": row["attempt"]})
    return JobRow(**row)


def beat(transaction: Transaction, key: str, attempt: int) -> bool | None:
    """Say that an attempt lives; tell whether it should stop, None where the job is no longer this attempt's."""
    statement = sa.update(job).where(job.c.id == key, job.c.state == "running", job.c.attempt == attempt)
    row = transaction.execute(
        statement.values(beats=job.c.beats + 1, heartbeat_at=now()).returning(job.c.stop_asked)
    ).first()
    return None if row is None else bool(row[0])


def end(  # noqa: PLR0913 - how a job ended
    transaction: Transaction, key: str, attempt: int, state: State, *, result: object = None, failure: str = ""
) -> bool:
    """End an attempt; False, and nothing written, where the job is no longer this attempt's."""
    statement = sa.update(job).where(job.c.id == key, job.c.state == "running", job.c.attempt == attempt)
    values = {"state": state, "failure": failure, "finished_at": now()}
    kept = values | ({"result": result} if result is not None else {})
    if transaction.execute(statement.values(**kept)).rowcount != 1:
        return False
    add_event(transaction, key, state, {"failure": failure} if failure else {})
    return True


def keep_result(transaction: Transaction, key: str, result: object) -> None:
    """Keep what came out with the job itself."""
    transaction.execute(sa.update(job).where(job.c.id == key).values(result=result))


def release(transaction: Transaction, key: str, attempt: int) -> bool:
    """Give an attempt's job back, for a worker that must stop."""
    statement = sa.update(job).where(job.c.id == key, job.c.state == "running", job.c.attempt == attempt)
    back = transaction.execute(statement.values(state="queued", attempt=attempt - 1)).rowcount == 1
    if back:
        transaction.offer(key)
    return back


def give_again(transaction: Transaction, key: str, attempt: int) -> bool:
    """Put an attempt that crashed back in the queue."""
    statement = sa.update(job).where(job.c.id == key, job.c.state == "running", job.c.attempt == attempt)
    back = transaction.execute(statement.values(state="queued", crashes=job.c.crashes + 1)).rowcount == 1
    if back:
        add_event(transaction, key, "offered_again", {})
        transaction.offer(key)
    return back


def ask_stop(transaction: Transaction, key: str) -> State | None:
    """Ask a job to end with the best so far; one that nobody began ends at once. Gives its state, None if unknown."""
    queued = sa.update(job).where(job.c.id == key, job.c.state == "queued")
    if transaction.execute(queued.values(state="stopped", finished_at=now(), stop_asked=True)).rowcount == 1:
        add_event(transaction, key, "stopped", {})
        return "stopped"
    transaction.execute(sa.update(job).where(job.c.id == key, job.c.state == "running").values(stop_asked=True))
    row = find(transaction, key)
    return None if row is None else row.state


def running(transaction: Transaction) -> dict[str, tuple[int, int]]:
    """Give what is being done, each with its attempt and how often a worker said that it lives."""
    query = sa.select(job.c.id, job.c.attempt, job.c.beats).where(job.c.state == "running")
    return {str(row.id): (row.attempt, row.beats) for row in transaction.execute(query)}


def waiting(transaction: Transaction) -> dict[str, int]:
    """Give what waits for a worker, each with its attempts so far."""
    query = sa.select(job.c.id, job.c.attempt).where(job.c.state == "queued").order_by(job.c.id)
    return {str(row.id): row.attempt for row in transaction.execute(query)}


def take_over(transaction: Transaction, silent: Mapping[str, tuple[int, int]], *, died: bool) -> Sequence[JobRow]:
    """Offer again what its worker left behind, give up what did so too often; gives those given up.

    `silent` has what was last seen of each job: one that beat since is left alone. `died` says that the workers are
    known to be gone, and not only silent.
    """
    counted, most = (job.c.crashes, MOST_ATTEMPTS) if died else (job.c.taken_over, MOST_TAKEN_OVER)
    lost = []
    for key, (attempt, beats) in silent.items():
        here = sa.and_(job.c.id == key, job.c.state == "running", job.c.attempt == attempt, job.c.beats == beats)
        once_more = {counted.name: counted + 1}
        again = sa.update(job).where(here, counted < most - 1).values(state="queued", **once_more)
        if transaction.execute(again).rowcount == 1:
            add_event(transaction, key, "offered_again", {})
            transaction.offer(key)
            continue
        values = {"state": "failed", "failure": GIVEN_UP, "finished_at": now()} | once_more
        row = transaction.execute(sa.update(job).where(here).values(**values).returning(job)).mappings().first()
        if row is not None:
            add_event(transaction, key, "failed", {"failure": GIVEN_UP})
            lost.append(JobRow(**row))
    return lost


def offer_waiting(transaction: Transaction, keys: Sequence[str]) -> None:
    """Offer again what waits too long: its offer may be lost. A second offer does no harm."""
    for key in keys:
        transaction.offer(key)


def add_event(transaction: Transaction, key: str, kind: str, document: Mapping[str, Any]) -> None:
    """Note what happened to a job."""
    last = sa.select(sa.func.coalesce(sa.func.max(event.c.number), 0) + 1).where(event.c.job == key).scalar_subquery()
    values = {"job": key, "number": last, "kind": kind, "document": dict(document), "at": now()}
    transaction.execute(sa.insert(event).values(**values))


def events_after(transaction: Transaction, key: str, number: int) -> list[EventRow]:
    """Give what happened to a job after an event."""
    query = sa.select(event).where(event.c.job == key, event.c.number > number).order_by(event.c.number)
    return transaction.rows(query, EventRow)


def progress_of(transaction: Transaction, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Give of each job how many events there are, and its state; nothing of a job that is gone."""
    counted = sa.func.coalesce(sa.func.max(event.c.number), 0)
    query = sa.select(job.c.id, counted, job.c.state).outerjoin(event, event.c.job == job.c.id)
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(keys), AT_ONCE):
        here = query.where(job.c.id.in_(keys[start : start + AT_ONCE])).group_by(job.c.id, job.c.state)
        found |= {str(row[0]): (int(row[1]), str(row[2])) for row in transaction.execute(here)}
    return found


def all_done(transaction: Transaction, target: str, kind: str) -> bool:
    """Tell whether there are jobs of a kind for something, and all of them are done."""
    return progress(transaction, target, kind)[1]


def counts(transaction: Transaction) -> dict[tuple[str, str], int]:
    """Count jobs by kind and state."""
    query = sa.select(job.c.kind, job.c.state, sa.func.count()).group_by(job.c.kind, job.c.state)
    return {(row[0], row[1]): int(row[2]) for row in transaction.execute(query).all()}
