"""Does a service with too much to do say so at once, and does the portal get its answers meanwhile?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from service.core.errors import Problem
from service.web.concurrency_limit import Room
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database


def test_who_comes_when_all_places_are_taken_is_told_to_come_again() -> None:
    room = Room(2)
    with room.place("viewer"), room.place("anyone"):
        with pytest.raises(Problem) as refused, room.place("viewer"):
            raise AssertionError
        assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "3"})
        with room.place("portal"):
            pass
    with pytest.raises(RuntimeError), room.place("viewer"):
        raise RuntimeError
    assert room.taken == 0


def test_a_full_service_sheds_pages_and_the_portal_goes_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    app = an_app(database)
    client, portal = a_client(app, "coordinator"), a_client(app, "portal")
    cohort = a_cohort(client)
    path = f"/v1/portal/cohorts/{cohort}/pairings"
    before = portal.get(path).status_code
    app.state.room.most, held, go = 3, threading.Semaphore(0), threading.Event()

    def slow(*_: object) -> None:
        held.release()
        go.wait(30)
        raise RuntimeError

    monkeypatch.setattr("service.rounds.given.locks_store.listed", slow)
    waiting = [threading.Thread(target=client.get, args=(f"/v1/cohorts/{cohort}/locks",)) for _ in range(3)]
    for one in waiting:
        one.start()
    for _ in waiting:
        assert held.acquire(timeout=30)
    for accept in ("text/html", "application/json"):
        answer = client.get("/cohorten", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
        assert "te veel vragen tegelijk" in answer.text
    assert client.get("/livez").status_code == client.get("/readyz").status_code == 200
    assert portal.get(path).status_code == before
    go.set()
    for one in waiting:
        one.join()
    assert client.get("/cohorten").status_code == 200
