"""Is a plan published once, by who may, when it is right, and not otherwise?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from service.database.tables import publication, round_
from service.worker.child import Child
from tests.service.publish_steps import Stage
from tests.service_client import a_client

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from service.database.engine import Database
    from service.worker.child import Children


def states(database: Database) -> list[str]:
    """Give the state of every round, the oldest first."""
    with database.read() as transaction:
        return list(transaction.execute(sa.select(round_.c.state).order_by(round_.c.number)).scalars())


def code(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]  # type: ignore[attr-defined]


def test_plan_goes_from_draft_to_published_and_is_superseded_by_the_next(
    database: Database, children: Children
) -> None:
    stage = Stage(database, children)
    first = stage.published()
    second = stage.solved()
    assert states(database) == ["published", "draft"]
    stage.client.post(f"{second}/approve")
    assert states(database) == ["published", "approved"]
    told = stage.client.post(f"{second}/publish").json()
    assert states(database) == ["superseded", "published"]
    assert (told["number"], told["before"], told["changes"]) == (2, first.rpartition("/")[2], [])
    shown = stage.client.get(f"{stage.place}/publication").json()
    assert shown == told
    assert code(stage.client.post(f"{first}/publish")) == (409, "already_superseded")
    assert code(stage.client.post(f"{first}/approve")) == (409, "already_superseded")


def test_first_publication_matters_to_everybody(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    assert code(stage.client.get(f"{stage.place}/publication")) == (404, "not_published")
    stage.published()
    told = stage.client.get(f"{stage.place}/publication").json()
    assert (told["number"], told["before"], told["pairs"], len(told["mentors"])) == (1, None, 3, 3)
    assert sum(len(one["comes"]) for one in told["changes"]) == 3


def test_publish_asks_for_approval_first(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    assert code(stage.client.post(f"{place}/publish")) == (409, "not_approved")
    viewer = a_client(stage.app, "viewer")
    assert viewer.post(f"{place}/approve").status_code == 403
    assert states(database) == ["draft"]


def test_publish_waits_for_what_follows_from_the_plan(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.client.post(f"{stage.place}/rounds", json={}).headers["location"]
    assert code(stage.client.post(f"{place}/approve")) == (409, "no_plan")
    stage.work()
    stage.client.post(f"{place}/approve")
    with database.write() as transaction:
        transaction.execute(sa.text("UPDATE job SET state = 'queued' WHERE kind = 'study_round'"))
    assert code(stage.client.post(f"{place}/publish")) == (409, "not_studied")


def test_publish_refuses_a_plan_of_data_that_changed(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    stage.client.post(f"{place}/approve")
    lock = {"school": "S001", "mentor": "M001", "kind": "forbidden", "reason": "liever niet"}
    assert stage.client.post(f"{stage.place}/locks", json=lock).status_code == 201
    answer = stage.client.post(f"{place}/publish")
    assert code(answer) == (409, "stale")
    assert "Reken een nieuwe ronde uit." in answer.json()["detail"]


def test_publish_refuses_a_repair_of_what_is_no_longer_published(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    stage.published()
    repair, other = stage.solved(), stage.solved()
    stage.published(other)
    stage.client.post(f"{repair}/approve")
    assert code(stage.client.post(f"{repair}/publish")) == (409, "other_published")


def test_publish_twice_is_refused_but_with_one_key_answered_alike(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    stage.client.post(f"{place}/approve")
    key = {"Idempotency-Key": "publiceer-1"}
    first = stage.client.post(f"{place}/publish", headers=key)
    again = stage.client.post(f"{place}/publish", headers=key)
    assert (first.status_code, again.status_code, first.content) == (200, 200, again.content)
    assert code(stage.client.post(f"{place}/publish")) == (409, "already_published")


def test_approve_of_another_version_than_was_read_is_refused(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    assert code(stage.client.post(f"{place}/approve", headers={"If-Match": '"old"'})) == (412, "stale")
    tag = stage.client.get(place).headers["etag"]
    assert stage.client.post(f"{place}/approve", headers={"If-Match": tag}).json()["state"] == "approved"


def test_eight_who_publish_at_once_publish_one(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    first, second = stage.solved(), stage.solved()
    for place in (first, second):
        stage.client.post(f"{place}/approve")
    answers = []

    def publish(place: str) -> None:
        answers.append(a_client(stage.app, "coordinator").post(f"{place}/publish").status_code)

    threads = [threading.Thread(target=publish, args=(place,)) for place in (first, second) * 4]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [200, 200, *[409] * 6]
    with database.read() as transaction:
        numbers = transaction.execute(sa.select(publication.c.number).order_by(publication.c.number)).scalars().all()
    assert numbers == [1, 2]
    assert sorted(states(database)) == ["published", "superseded"]


def test_audience_is_what_the_portal_shows_afterwards(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    audience = stage.client.get(f"{place}/audience").json()
    school = stage.client.get(f"{place}/audience?school=S001").content
    mentor = stage.client.get(f"{place}/audience?mentor=M001").content
    stage.published(place)
    portal, here = a_client(stage.app, "portal"), f"/v1/portal/cohorts/{stage.cohort}"
    assert portal.get(f"{here}/pairings").json()["pairings"] == audience["pairings"]
    assert portal.get(f"{here}/schools/S001/suggestions").content == school
    pseudonym = stage.client.get(f"{stage.place}/mentors/M001").json()["pseudonym"]
    assert portal.get(f"{here}/mentors/{pseudonym}/suggestions").content == mentor
    assert len(audience["changes"]) == 3


def test_plan_whose_study_was_stopped_is_not_published(
    database: Database, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Child.ask

    def ask_and_stop(self: Child, kind: str, payload: Mapping[str, Any]) -> None:
        ask(self, kind, payload)
        if kind == "study_round":
            self.stop()

    monkeypatch.setattr(Child, "ask", ask_and_stop)
    stage = Stage(database, children, sample=True)
    place = stage.solved()
    found = stage.client.get(place).json()
    assert not found["studied"]
    assert stage.client.get(f"/v1/jobs/{found['study_job']}").json()["state"] == "stopped"
    stage.client.post(f"{place}/approve")
    answer = stage.client.post(f"{place}/publish")
    assert code(answer) == (409, "not_studied")
    assert answer.json()["detail"].endswith("is gestopt of mislukt. Reken een nieuwe ronde uit.")
