"""How does a test call the service? A client for each kind of caller, on an application in this process."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.access.callers import COOKIE
from service.app import create_app
from service.core.settings import Settings
from service.database.ids import digest, new_id, new_secret, now
from service.database.tables import api_key, job, login, person
from service.rounds.given.round_of_rows import save_people
from service.worker.worker import Worker
from tests.the_sample import the_sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    import matcher
    from service.database.engine import Database, Queue
    from service.worker.child import Children


def an_app(database: Database, **changes: Any) -> FastAPI:  # noqa: ANN401 - settings
    """Make the application on an open database, with limits out of the way."""
    address = database.engine.url.render_as_string(hide_password=False)
    values: dict[str, Any] = {"requests_a_minute": 1_000_000, "logins_a_minute": 1_000_000, "database_url": address}
    values |= {"applications_a_minute": 1_000_000, "applications_an_hour": 1_000_000}
    return create_app(Settings(**(values | changes)), database=database)


def a_client(app: FastAPI, role: str = "nobody", *, regions: tuple[str, ...] = ("Limburg",)) -> TestClient:
    """Make a client that calls as a person of this role, as the portal, or as nobody."""
    client = TestClient(app, raise_server_exceptions=False)
    if role == "portal":
        client.headers["Authorization"] = f"Bearer {a_key(app.state.database, ('portal',))}"
    elif role != "nobody":
        client.cookies.set(COOKIE, a_login(app.state.database, role, regions))
    return client


def a_login(database: Database, role: str, regions: tuple[str, ...] = ("Limburg",)) -> str:
    """Make a person who has logged in; give the cookie's value."""
    secret, who = new_secret("login"), new_id("per")
    moment = now()
    values = {"id": who, "email": f"{who}@example.be", "name": "An Peeters", "role": role, "regions": list(regions)}
    with database.write() as transaction:
        transaction.execute(sa.insert(person).values(**values, created_at=moment))
        times = {"created_at": moment, "seen_at": moment, "expires_at": moment.replace(year=moment.year + 1)}
        times |= {"proved_at": moment}
        transaction.execute(sa.insert(login).values(digest=digest(secret), person=who, **times))
    return secret


def a_key(database: Database, scopes: tuple[str, ...], cohort: str | None = None) -> str:
    """Make a key; give its secret."""
    secret = new_secret("in2stem")
    values = {"id": new_id("key"), "digest": digest(secret), "name": "sleutel", "scopes": list(scopes)}
    with database.write() as transaction:
        transaction.execute(sa.insert(api_key).values(**values, cohort=cohort, created_at=now()))
    return secret


def a_cohort(client: TestClient, **changes: Any) -> str:  # noqa: ANN401 - fields
    """Begin a cohort in Limburg; give its id."""
    values = {"name": "Cohorte", "region": "Limburg", "school_year": 2026} | changes
    answer = client.post("/v1/cohorts", json=values)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def work(app: FastAPI, children: Children) -> int:
    """Do all jobs that wait, and those that follow from them, in real child processes; give how many."""
    database = app.state.database
    worker = Worker(app.state.settings, database)
    worker.children = children
    done = 0
    while True:
        with database.read() as transaction:
            waiting = (
                transaction.execute(sa.select(job.c.id).where(job.c.state == "queued").order_by(job.c.id))
                .scalars()
                .all()
            )
        if not waiting:
            return done
        for one in waiting:
            worker.do(one)
            done += 1


def a_filled_cohort(client: TestClient, given: matcher.Round | None = None, **changes: Any) -> str:  # noqa: ANN401
    """Begin a cohort with the people of a round, the sample's unless said; give its id."""
    cohort = a_cohort(client, **changes)
    if given is None:
        given = the_sample()
    database = client.app.state.database  # type: ignore[attr-defined]
    with database.write() as transaction:
        save_people(transaction, cohort, given, "test")
    return cohort


class _Heard:
    """A queue of which somebody in this process hears too that there is a job."""

    def __init__(self, usual: Queue, heard: threading.Event) -> None:
        self._usual, self._heard = usual, heard
        self.offer = usual.offer

    def wake(self, job: str) -> None:
        self._usual.wake(job)
        self._heard.set()


@contextmanager
def worker_beside(app: FastAPI, children: Children) -> Iterator[None]:
    """Do whatever jobs come, in a thread, as a worker does beside the web; it sleeps while there are none."""
    ended, heard, database = threading.Event(), threading.Event(), app.state.database
    usual = database.queue

    def loop() -> None:
        while not ended.is_set():
            work(app, children)
            heard.wait()
            heard.clear()

    database.queue = _Heard(usual, heard)
    thread = threading.Thread(target=loop)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        heard.set()
        thread.join()
        database.queue = usual
