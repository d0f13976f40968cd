"""Does a webhook hear what it asked for, signed, tried again when it fails, and left alone when it is dead?"""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from standardwebhooks import Webhook, WebhookVerificationError
from structlog.testing import capture_logs

from service.database.ids import now
from service.database.tables import delivery
from service.webhooks import deliveries_store
from service.webhooks import store as webhooks
from service.worker.worker import Worker
from tests.builders import a_round
from tests.service.publish_steps import Stage
from tests.service.webhooks.receiver import Receiver, a_receiver
from tests.service_client import a_client, a_filled_cohort, an_app, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

EVENTS = ["round.finished", "plan.published", "mentor.withdrawn"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Receive on loopback."""
    with a_receiver() as one:
        yield one


def an_open_app(database: Database) -> FastAPI:
    """Make an application that may send to loopback."""
    return an_app(database, allow_private_webhooks=True)


def a_webhook(client: TestClient, receiver: Receiver, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - fields
    """Add a webhook; give it with its secret."""
    answer = client.post("/v1/webhooks", json={"url": receiver.url, "events": EVENTS} | changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def sent(client: TestClient, hook: dict[str, Any]) -> list[dict[str, Any]]:
    """Give what was sent to a webhook, the oldest first."""
    return list(reversed(client.get(f"/v1/webhooks/{hook['webhook']['id']}/deliveries").json()["items"]))


def pass_time(database: Database, app: FastAPI, children: Children) -> None:
    """Let the moment come at which what failed is tried again."""
    with database.write() as transaction:
        waiting = sa.update(delivery).where(delivery.c.state == "waiting")
        transaction.execute(waiting.values(next_at=now() - timedelta(seconds=1)))
    Worker(app.state.settings, database).recover()
    work(app, children)


def test_webhook_hears_of_a_round_a_plan_and_a_withdrawal(
    database: Database, children: Children, receiver: Receiver
) -> None:
    stage = Stage(database, children)
    stage.app = an_open_app(database)
    hook = a_webhook(a_client(stage.app, "admin"), receiver)
    place = stage.published()
    stage.client.post(f"{stage.place}/withdrawals", json={"mentor": "M001", "reason": "other"})
    stage.work()
    checked = [Webhook(hook["secret"]).verify(body, headers) for _, headers, body in receiver.got]
    told = {one["type"]: one["data"] for one in checked[:3]}
    mentor = a_client(stage.app, "coordinator").get(f"{stage.place}/mentors/M001").json()
    round_id = place.rpartition("/")[2]
    assert told == {
        "round.finished": {"cohort": stage.cohort, "round": round_id, "status": "proven"},
        "plan.published": {"cohort": stage.cohort, "round": round_id, "number": 1},
        "mentor.withdrawn": {"cohort": stage.cohort, "mentor": mentor["pseudonym"]},
    }
    assert [one["type"] for one in checked] == [
        "round.finished",
        "plan.published",
        "mentor.withdrawn",
        "round.finished",
    ]
    listed = sent(a_client(stage.app, "admin"), hook)
    assert [headers["webhook-id"] for _, headers, _ in receiver.got] == [one["id"] for one in listed]
    assert {(one["state"], one["attempt"], one["answer"]) for one in listed} == {("delivered", 1, 204)}


def test_signature_of_another_secret_or_body_does_not_hold(
    database: Database, children: Children, receiver: Receiver
) -> None:
    app = an_open_app(database)
    client = a_client(app, "admin")
    hook = a_webhook(client, receiver)
    client.post(f"/v1/webhooks/{hook['webhook']['id']}/test")
    work(app, children)
    _, headers, body = receiver.got[0]
    assert headers["content-type"] == "application/json"
    assert json.loads(body)["type"] == "webhook.test"
    with pytest.raises(WebhookVerificationError):
        Webhook(hook["secret"]).verify(body.replace(b"test", b"best"), headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(base64.b64encode(b"x" * 32).decode()).verify(body, headers)


def test_webhook_hears_only_what_it_asked_of_its_cohort(database: Database, receiver: Receiver) -> None:
    app = an_open_app(database)
    client = a_client(app, "admin")
    mine, other = (a_filled_cohort(client, a_round(2, 3)) for _ in range(2))
    hook = a_webhook(client, receiver, cohort=mine, events=["mentor.withdrawn"])
    everything = a_webhook(client, receiver)
    for cohort in (mine, other):
        answer = client.post(f"/v1/cohorts/{cohort}/withdrawals", json={"mentor": "M001", "reason": "other"})
        assert answer.status_code == 201, answer.text
    assert [one["payload"]["data"]["cohort"] for one in sent(client, hook)] == [mine]
    assert [one["payload"]["data"]["cohort"] for one in sent(client, everything)] == [mine, other]


def test_nothing_is_announced_of_what_is_undone(database: Database, receiver: Receiver) -> None:
    client = a_client(an_open_app(database), "admin")
    hook = a_webhook(client, receiver)
    with database.read() as transaction:  # whatever is written here is given up
        webhooks.announce(transaction, "plan.published", "coh", {})
        assert len(deliveries_store.listed(transaction, hook["webhook"]["id"], None, 9)) == 1
    assert sent(client, hook) == []


def test_message_that_fails_is_tried_again_ever_later_and_given_up(
    database: Database, children: Children, receiver: Receiver
) -> None:
    app = an_open_app(database)
    client = a_client(app, "admin")
    hook = a_webhook(client, receiver)
    receiver.status = 500
    with database.write() as transaction:
        webhooks.announce(transaction, "plan.published", "coh", {})
    work(app, children)
    for number, delay in enumerate(deliveries_store.DELAYS, 1):
        with database.read() as transaction:
            row = deliveries_store.find(transaction, sent(client, hook)[0]["id"])
        assert row is not None
        assert (row.state, row.attempt, row.answer) == ("waiting", number, 500)
        assert row.next_at is not None
        assert timedelta(seconds=-30) < row.next_at - now() - delay <= timedelta()
        Worker(app.state.settings, database).recover()
        assert work(app, children) == 0  # not before its time
        pass_time(database, app, children)
    assert [(one["state"], one["attempt"], one["next_at"]) for one in sent(client, hook)] == [("given_up", 7, None)]
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    assert len(receiver.got) == 7


def test_message_that_arrives_in_the_end_is_delivered(
    database: Database, children: Children, receiver: Receiver
) -> None:
    app = an_open_app(database)
    client = a_client(app, "admin")
    hook = a_webhook(client, receiver)
    receiver.status = 302
    with database.write() as transaction:
        webhooks.announce(transaction, "plan.published", "coh", {})
    work(app, children)
    receiver.status = 200
    pass_time(database, app, children)
    assert [(one["state"], one["attempt"], one["answer"]) for one in sent(client, hook)] == [("delivered", 2, 200)]


@pytest.mark.parametrize("status", [410, 500])
def test_webhook_that_is_gone_or_dead_is_paused_until_resumed(
    database: Database, children: Children, receiver: Receiver, status: int
) -> None:
    app = an_open_app(database)
    client = a_client(app, "admin")
    hook = a_webhook(client, receiver)
    path = f"/v1/webhooks/{hook['webhook']['id']}"
    receiver.status = status
    messages = 1 if status == 410 else deliveries_store.PAUSED_AFTER
    with database.write() as transaction:
        for _ in range(messages):
            webhooks.announce(transaction, "plan.published", "coh", {})
    work(app, children)
    for _ in range(0 if status == 410 else len(deliveries_store.DELAYS)):
        assert not client.get(path).json()["paused"]
        pass_time(database, app, children)
    shown = client.get(path)
    assert shown.json()["paused"]
    with database.write() as transaction:
        webhooks.announce(transaction, "plan.published", "coh", {})
    assert len(sent(client, hook)) == messages
    tag = shown.headers["etag"]
    assert client.patch(path, json={"paused": False}, headers={"If-Match": tag}).json()["paused"] is False
    with database.write() as transaction:
        webhooks.announce(transaction, "plan.published", "coh", {})
    assert len(sent(client, hook)) == messages + 1


def test_paused_webhook_can_be_tried_and_the_rest_waits(
    database: Database, children: Children, receiver: Receiver
) -> None:
    app = an_open_app(database)
    client = a_client(app, "admin")
    hook = a_webhook(client, receiver)
    path = f"/v1/webhooks/{hook['webhook']['id']}"
    receiver.status = 500
    with database.write() as transaction:
        webhooks.announce(transaction, "plan.published", "coh", {})
    work(app, children)
    client.patch(path, json={"paused": True}, headers={"If-Match": client.get(path).headers["etag"]})
    answer = client.post(f"{path}/test")
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    work(app, children)
    pass_time(database, app, children)
    assert [(one["event"], one["state"]) for one in sent(client, hook)] == [
        ("plan.published", "waiting"),
        ("webhook.test", "given_up"),
    ]


def test_closed_network_is_refused_unless_allowed(database: Database, children: Children, receiver: Receiver) -> None:
    app = an_app(database)
    client = a_client(app, "admin")
    refused = client.post("/v1/webhooks", json={"url": receiver.url, "events": EVENTS})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/url")
    hook = a_webhook(a_client(an_open_app(database), "admin"), receiver)
    client.post(f"/v1/webhooks/{hook['webhook']['id']}/test")
    work(app, children)
    assert [(one["state"], one["answer"]) for one in sent(client, hook)] == [("given_up", None)]
    assert receiver.got == []


def test_secret_is_shown_once_and_stands_in_no_log(database: Database, children: Children, receiver: Receiver) -> None:
    app = an_open_app(database)
    client = a_client(app, "admin")
    body = {"url": receiver.url, "events": EVENTS}
    with capture_logs() as lines:
        first, again = (
            client.post("/v1/webhooks", json=body, headers={"Idempotency-Key": "een"}).json() for _ in range(2)
        )
        client.post(f"/v1/webhooks/{first['webhook']['id']}/test")
        work(app, children)
    assert first["secret"].startswith("whsec_")
    assert len(base64.b64decode(first["secret"].removeprefix("whsec_"))) == 32
    assert again == first | {"secret": None}
    for path in ("/v1/webhooks", f"/v1/webhooks/{first['webhook']['id']}"):
        assert first["secret"] not in client.get(path).text
    assert len(receiver.got) == 1
    assert first["secret"] not in str(lines)
    assert receiver.url not in str(lines)


def test_change_asks_for_the_version_that_was_read(database: Database, receiver: Receiver) -> None:
    client = a_client(an_open_app(database), "admin")
    hook = a_webhook(client, receiver)
    path = f"/v1/webhooks/{hook['webhook']['id']}"
    assert client.patch(path, json={"events": ["plan.published"]}).status_code == 428
    tag = client.get(path).headers["etag"]
    changed = client.patch(path, json={"events": ["plan.published"]}, headers={"If-Match": tag})
    assert (changed.json()["events"], changed.json()["version"]) == (["plan.published"], 2)
    assert client.patch(path, json={"paused": True}, headers={"If-Match": tag}).status_code == 412
    bad = client.patch(path, json={"url": "https://10.0.0.1:0/"}, headers={"If-Match": changed.headers["etag"]})
    assert bad.json()["code"] == "invalid"
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_unknown_event_or_cohort_is_refused(database: Database, receiver: Receiver) -> None:
    client = a_client(an_open_app(database), "admin")
    for change in ({"events": ["iets"]}, {"events": []}, {"cohort": "coh_x"}, {"url": "https://a b/"}):
        assert client.post("/v1/webhooks", json={"url": receiver.url, "events": EVENTS} | change).status_code == 422
    assert a_client(an_open_app(database), "coordinator").get("/v1/webhooks").status_code == 403
