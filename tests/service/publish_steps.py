"""How does a test get a round solved, approved and published?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.builders import a_round
from tests.service_client import a_client, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children


class Stage:
    """An application with a coordinator and a filled cohort."""

    def __init__(self, database: Database, children: Children, *, sample: bool = False) -> None:
        """Fill the cohort, with the sample or with three schools and five mentors; solve nothing yet."""
        self.app: FastAPI = an_app(database)
        self.children = children
        self.client: TestClient = a_client(self.app, "coordinator")
        self.cohort = a_filled_cohort(self.client, None if sample else a_round(3, 5))
        self.place = f"/v1/cohorts/{self.cohort}"

    def work(self) -> int:
        """Do what waits."""
        return work(self.app, self.children)

    def solved(self, **body: Any) -> str:  # noqa: ANN401 - what a round asks
        """Have a round solved and studied; give its address."""
        place = self.client.post(f"{self.place}/rounds", json=body).headers["location"]
        self.work()
        return str(place)

    def published(self, place: str | None = None) -> str:
        """Have a round approved and published, a new one unless said; give its address."""
        place = place or self.solved()
        assert self.client.post(f"{place}/approve").status_code == 200
        answer = self.client.post(f"{place}/publish")
        assert answer.status_code == 200, answer.text
        return place

    def asked(self, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401 - JSON
        """Ask something that a job answers: first a 202, then, once the job is done, the answer."""
        headers = {"Prefer": "wait=0"}
        waiting = self.client.request(method, path, headers=headers, **more)
        assert waiting.status_code == 202, waiting.text
        self.work()
        answer = self.client.request(method, path, headers=headers, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()
