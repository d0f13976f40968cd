"""Is nothing lost when many write at one moment?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.bad_inputs.cohorts import cohort_files
from tests.service_client import a_client, a_filled_cohort, an_app
from tests.service_imports import Desk

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database

WRITERS = 8
EDITS = 3
DONE = (200, 204)


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


def at_once(clients: list[TestClient], address: str, tag: str, bodies: list[dict[str, str] | None]) -> list[int]:
    """Have each client edit with one ETag at one moment; None removes. Give the statuses."""

    def write(client: TestClient, body: dict[str, str] | None) -> int:
        headers = {"If-Match": tag}
        if body is None:
            return client.delete(address, headers=headers).status_code
        return client.patch(address, json=body, headers=headers).status_code

    with ThreadPoolExecutor(len(clients)) as threads:
        return list(threads.map(write, clients, bodies))


@pytest.mark.parametrize(("resource", "field"), [("cohorts", "name"), ("webhooks", "url")])
def test_one_of_eight_edits_of_one_version_is_kept(database: Database, resource: str, field: str) -> None:
    app = an_app(database)
    clients = [a_client(app, "admin") for _ in range(WRITERS)]
    made: dict[str, object] = {"name": "Proef", "region": "Limburg", "school_year": 2026}
    if resource == "webhooks":
        made = {"url": "https://voorbeeld.be/haak", "events": ["round.finished"]}
    address = clients[0].post(f"/v1/{resource}", json=made).headers["location"]
    for turn in range(EDITS):
        bodies = [{field: f"https://voorbeeld.be/{turn}-{number}"} for number in range(WRITERS)]
        tag = clients[0].get(address).headers["etag"]
        statuses = at_once(clients, address, tag, list(bodies))
        assert sorted(statuses) == [200] + [412] * (WRITERS - 1)
        assert clients[0].get(address).json()[field] == bodies[statuses.index(200)][field]


def test_school_is_never_removed_over_an_edit_of_the_same_moment(database: Database) -> None:
    app = an_app(database)
    clients = [a_client(app, "coordinator") for _ in range(WRITERS)]
    cohort = a_filled_cohort(clients[0])
    bodies: list[dict[str, str] | None] = [{"name": "Nieuw"}, None] * (WRITERS // 2)
    for school in ("000101", "000102", "000103", "000104"):
        address = f"/v1/cohorts/{cohort}/schools/{school}"
        statuses = at_once(clients, address, clients[0].get(address).headers["etag"], bodies)
        assert len([one for one in statuses if one in DONE]) == 1
        assert set(statuses) <= {*DONE, 404, 412}
