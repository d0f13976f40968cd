"""How does a test hand files in, have them read, and look at what was found?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from service.database.tables import job
from service.imports import job as kind
from service.jobs import store as jobs
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI
    from fastapi.testclient import TestClient
    from httpx2 import Response

    from service.database.engine import Database


class Desk:
    """A coordinator's desk: a client, a cohort, and its imports."""

    def __init__(self, database: Database, app: FastAPI | None = None) -> None:
        """Begin a cohort, on an application of its own unless one is given."""
        self.database = database
        self.client: TestClient = a_client(app or an_app(database), "coordinator")
        self.cohort = a_cohort(self.client)
        self.address = f"/v1/cohorts/{self.cohort}"

    def hand_in(self, files: Mapping[str, bytes], **headers: str) -> Response:
        """Hand files in; nothing is read yet."""
        parts = [("files", (name, content)) for name, content in files.items()]
        return self.client.post(f"{self.address}/imports", files=parts, headers=headers)

    def previewed(self, files: Mapping[str, bytes]) -> str:
        """Hand files in and have them read; give the import's address."""
        answer = self.hand_in(files)
        assert answer.status_code == 202, answer.text
        self.read_waiting()
        return answer.headers["location"]

    def look(self, address: str) -> dict[str, Any]:
        """Give what was found."""
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def tag(self, address: str) -> dict[str, str]:
        """Give the header that says which version was read."""
        return {"If-Match": self.client.get(address).headers["etag"]}

    def mend(self, address: str, **body: Any) -> Response:  # noqa: ANN401 - JSON
        """Mend an import and have it read again."""
        answer = self.client.patch(address, json=body, headers=self.tag(address))
        self.read_waiting()
        return answer

    def commit(self, address: str) -> Response:
        """Make an import real."""
        return self.client.post(f"{address}/commit", headers=self.tag(address))

    def committed(self, files: Mapping[str, bytes]) -> dict[str, Any]:
        """Hand files in, have them read, and make them real."""
        address = self.previewed(files)
        answer = self.commit(address)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def school(self, key: str) -> Any:  # noqa: ANN401 - JSON
        """Give a school."""
        return self.client.get(f"{self.address}/schools/{key}").json()

    def change_school(self, key: str, **body: Any) -> None:  # noqa: ANN401 - JSON
        """Change a school by hand."""
        address = f"{self.address}/schools/{key}"
        answer = self.client.patch(address, json=body, headers=self.tag(address))
        assert answer.status_code == 200, answer.text

    def remove_school(self, key: str) -> None:
        """Remove a school by hand."""
        address = f"{self.address}/schools/{key}"
        assert self.client.delete(address, headers=self.tag(address)).status_code == 204

    def schools(self) -> list[str]:
        """Give the numbers of all schools."""
        return [one["id"] for one in self.client.get(f"{self.address}/schools").json()["items"]]

    def read_waiting(self) -> None:
        """Read the imports that wait, in this process."""
        with self.database.read() as transaction:
            query = sa.select(job.c.id).where(job.c.state == "queued", job.c.kind == "read_import")
            waiting = transaction.execute(query.order_by(job.c.id)).scalars().all()
        for one in waiting:
            with self.database.write() as transaction:
                row = jobs.claim(transaction, one, "test")
                assert row is not None
                payload = kind.prepare(transaction, row)
            result = kind.run(payload, lambda _line, _fraction: None, lambda: False)
            with self.database.write() as transaction:
                assert jobs.end(transaction, row.id, row.attempt, "done")
                kind.finish(transaction, row, result)
