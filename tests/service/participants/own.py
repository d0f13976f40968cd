"""How does a test open the page of a school or mentor?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.page_text import as_read
from tests.service.rounds.test_acceptance import Asked
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

BASE = "http://127.0.0.1:8000"


class Own(Asked):
    """A stage on which pairs were proposed and everybody has a page."""

    def __init__(self, database: Database, children: Children) -> None:
        """Open everybody's page, and find whose the first pair is."""
        super().__init__(database, children)
        made = self.client.post(f"{self.place}/participants", json={})
        assert made.status_code == 200, made.text
        self.urls = {(one["side"], one["subject"]): one["url"].partition("/mijn/")[2] for one in made.json()["items"]}
        self.nobody = a_client(self.app)
        self.nobody.headers["Accept"] = "text/html"
        self.nobody.follow_redirects = False

    def secret(self, side: str, pair: int = 0) -> str:
        """Give the secret of who is on a side of a pair."""
        return self.urls[side, self.pairs[pair][side]]

    def page(self, side: str, pair: int = 0) -> str:
        """Read a page that must be there."""
        answer = self.nobody.get(f"/mijn/{self.secret(side, pair)}")
        assert answer.status_code == 200, answer.text
        return as_read(answer.text)

    def say(self, side: str, answer: str, reason: str = "", pair: int = 0) -> Any:  # noqa: ANN401 - a response
        """Answer on one's own page."""
        form = {"voorstel": self.pairs[pair]["proposal"]["id"], "antwoord": answer, "reden": reason}
        return self.nobody.post(f"/mijn/{self.secret(side, pair)}/antwoord", data=form)
