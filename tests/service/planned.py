"""How does a page test get a cohort with a plan?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matcher
from tests.builders import a_mentor, a_school
from tests.page_text import as_read
from tests.service_client import a_client, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children


def a_given() -> matcher.Round:
    """Make three schools and four mentors with names; the last school wants two."""
    names = (("Jan", "Wouters"), ("An", "Peeters"), ("Bart", "Claes"), ("Els", "Maes"))
    mentors = [a_mentor(n, first_name=one[0], last_name=one[1]) for n, one in enumerate(names, 1)]
    schools = [a_school(n, name=f"Atheneum {n}", mentors_wanted=2 if n == 3 else 1) for n in (1, 2, 3)]
    return matcher.Round(schools=tuple(schools), mentors=tuple(mentors))


class Pages:
    """A browser on an application with a filled cohort; nothing is solved yet."""

    def __init__(self, database: Database, children: Children, given: matcher.Round | None = None) -> None:
        """Fill the cohort."""
        self.app = an_app(database)
        self.children = children
        self.client = self.browser("coordinator")
        self.cohort = a_filled_cohort(self.client, given or a_given())
        self.here = f"/cohorten/{self.cohort}"

    def browser(self, role: str, *, regions: tuple[str, ...] = ("Limburg",)) -> TestClient:
        """Make a client that asks for pages and stops at each redirect."""
        client = a_client(self.app, role, regions=regions)
        client.headers["Accept"] = "text/html"
        client.follow_redirects = False
        return client

    def work(self) -> None:
        """Do what waits."""
        work(self.app, self.children)

    def solved(self) -> None:
        """Have a round solved and studied."""
        assert self.client.post(f"{self.here}/ronde", data={"eenmaal": ""}).status_code == 303
        self.work()

    def text(self, path: str) -> str:
        """Read a page that must be there, whatever the lines of its template."""
        answer = self.client.get(self.here + path)
        assert answer.status_code == 200, answer.text
        return as_read(answer.text)

    def pairs(self) -> list[dict[str, object]]:
        """Give the pairs of the newest round."""
        found = self.client.get(f"/v1/cohorts/{self.cohort}/rounds/laatste/pairings").json()["items"]
        return list(found)
