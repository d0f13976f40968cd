"""Is nothing lost when many write at one moment?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.bad_inputs.cohorts import cohort_files
from tests.service_client import a_client
from tests.service_imports import Desk

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.store.database import Database

WRITERS = 8
EDITS = 3


def test_eight_writers_on_one_school_lose_no_update(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    address = f"{desk.address}/schools/034561"

    def write(client: TestClient) -> None:
        done = 0
        while done < EDITS:
            now = client.get(address)
            body = {"extra": {"teller": str(int(now.json()["extra"].get("teller", "0")) + 1)}}
            answer = client.patch(address, json=body, headers={"If-Match": now.headers["etag"]})
            assert answer.status_code in (200, 412), answer.text
            done += answer.status_code == 200

    clients = [a_client(desk.client.app, "coordinator") for _ in range(WRITERS)]  # type: ignore[arg-type]
    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(write, clients))
    school = desk.school("034561")
    assert (school["extra"]["teller"], school["version"]) == (str(WRITERS * EDITS), 1 + WRITERS * EDITS)


def test_import_committed_by_eight_at_once_is_committed_once(database: Database) -> None:
    desk = Desk(database)
    address = desk.previewed(cohort_files())
    tag = desk.tag(address)
    clients = [a_client(desk.client.app, "coordinator") for _ in range(WRITERS)]  # type: ignore[arg-type]
    with ThreadPoolExecutor(WRITERS) as threads:
        answers = list(threads.map(lambda client: client.post(f"{address}/commit", headers=tag), clients))
    assert [answer.status_code for answer in answers].count(200) == 1
    assert {answer.status_code for answer in answers} <= {200, 409, 412}
    assert desk.look(address)["state"] == "committed"
    assert desk.schools() == ["034561", "034562"]


def test_agreements_that_can_not_hold_together_are_never_both_made(database: Database) -> None:
    desk = Desk(database)
    desk.committed(cohort_files())
    bodies = [
        {"school": "034561", "mentor": "M1", "kind": ("required", "forbidden")[number % 2], "reason": "afspraak"}
        for number in range(WRITERS)
    ]
    clients = [a_client(desk.client.app, "coordinator") for _ in bodies]  # type: ignore[arg-type]
    with ThreadPoolExecutor(WRITERS) as threads:
        asked = zip(clients, bodies, strict=True)
        answers = list(threads.map(lambda one: one[0].post(f"{desk.address}/locks", json=one[1]), asked))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (WRITERS - 1)
    assert len(desk.client.get(f"{desk.address}/locks").json()["items"]) == 1
