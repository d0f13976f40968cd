"""Is what is kept of a plan page shown to nobody who may see less, and never once it is old?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from service.core.content_cache import Newest
from service.database.ids import today
from service.rounds.plan import plan_snapshot as seen_plan
from service.rounds.run import actions as rounds
from tests.service.planned import Pages

if TYPE_CHECKING:
    import pytest
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

ROLES = ("coordinator", "viewer", "admin")
SHOWN = ("", "?volgorde=-punten", "?toon=los", "?zoek=wouters", "?weergave=mentoren", "?blad=2")
NAMES = ("Jan", "Wouters", "Johan", "Peeters", "Bart", "Claes", "Els", "Maes")
ONCE = re.compile(r"web_\w+")
KEPT = ((seen_plan, "SEEN"), (rounds, "UNNAMED"))


class Readers:
    """Three who look at the plan, and one who changes what it is made of."""

    def __init__(self, database: Database, children: Children) -> None:
        """Have a round solved and studied."""
        self.pages = Pages(database, children)
        self.pages.solved()
        self.browsers = {role: self.pages.browser(role) for role in ROLES}
        self.api = f"/v1/cohorts/{self.pages.cohort}"

    @property
    def client(self) -> TestClient:
        """Who changes something."""
        return self.pages.client

    def look(self) -> dict[tuple[str, str], str]:
        """Read every page as everybody, in turn."""
        found = {}
        for shown in SHOWN:
            for role, browser in self.browsers.items():
                answer = browser.get(f"{self.pages.here}/plan{shown}")
                assert answer.status_code == 200
                found[role, shown] = ONCE.sub("", answer.text)
        return found


def lock(readers: Readers) -> None:
    """Make an agreement."""
    pair = readers.pages.pairs()[0]
    body = {"school": pair["school"], "mentor": pair["mentor"], "kind": "required", "reason": "goed"}
    assert readers.client.post(f"{readers.api}/locks", json=body).status_code == 201


def rename(readers: Readers) -> None:
    """Write a mentor's name otherwise."""
    found = next(
        one for one in readers.client.get(f"{readers.api}/mentors").json()["items"] if one["first_name"] == "Jan"
    )
    tag = {"If-Match": readers.client.get(f"{readers.api}/mentors/{found['id']}").headers["etag"]}
    answer = readers.client.patch(f"{readers.api}/mentors/{found['id']}", json={"first_name": "Johan"}, headers=tag)
    assert answer.status_code == 200, answer.text


def note(readers: Readers) -> None:
    """Note something at a pair."""
    pair = readers.pages.pairs()[0]
    data = {"mentor": pair["mentor"], "status": "agreed", "notitie": "belt in januari", "versie": ""}
    form = readers.client.get(f"{readers.pages.here}/plan/{pair['school']}").text
    data["versie"] = re.findall(r'name="versie" value="([^"]*)"', form)[0]
    data["versie"] = data["versie"].replace("&#34;", '"')
    browser = readers.pages.browser("coordinator")
    assert browser.post(f"{readers.pages.here}/plan/{pair['school']}/notitie", data=data).status_code == 303


def propose(readers: Readers) -> None:
    """Ask everybody."""
    assert readers.client.post(f"{readers.api}/rounds/laatste/approve").status_code == 200
    body = {"answer_by": str(today() + timedelta(days=9))}
    answer = readers.client.post(f"{readers.api}/rounds/laatste/proposals", json=body)
    assert answer.status_code in (200, 201), answer.text


def leave(readers: Readers) -> None:
    """Have a mentor with an agreement drop out: it rests."""
    body = {"mentor": readers.pages.pairs()[0]["mentor"], "reason": "no_time"}
    assert readers.client.post(f"{readers.api}/withdrawals", json=body).status_code == 201


def again(readers: Readers) -> None:
    """Have another round solved."""
    readers.pages.solved()


DEEDS = (lock, rename, note, propose, leave, again)


def test_page_that_was_kept_is_the_page_that_is_made_anew(
    database: Database, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = Readers(database, children)
    before = readers.look()
    for deed in DEEDS:
        deed(readers)
        warm = readers.look()
        with monkeypatch.context() as cold:
            for place, name in KEPT:
                cold.setattr(place, name, Newest(1))
            assert readers.look() == warm, deed.__name__
        assert warm["coordinator", ""] != before["coordinator", ""], deed.__name__
        before = warm


def test_viewer_after_a_coordinator_sees_no_names_and_no_forms(database: Database, children: Children) -> None:
    readers = Readers(database, children)
    lock(readers)
    note(readers)
    for _ in range(2):
        found = readers.look()
        for shown in SHOWN:
            mine, theirs = found["viewer", shown], found["coordinator", shown]
            words = re.sub(r"<[^>]*>", " ", mine.partition("<main")[2])
            assert [name for name in NAMES if re.search(rf"\b{name}\b", words)] == []
            assert ("data-mentor" in mine, "/plan/vast" in mine, "belt in januari" in mine) == (False, False, False)
            assert mine != theirs
        assert "Jan Wouters" in found["coordinator", ""]
        assert "belt in januari" in found["admin", ""]


def test_coordinator_of_another_region_is_refused_what_was_kept(database: Database, children: Children) -> None:
    readers = Readers(database, children)
    readers.look()
    theirs = readers.pages.browser("coordinator", regions=("Mechelen-Kempen",))
    assert theirs.get(f"{readers.pages.here}/plan").status_code == 404
