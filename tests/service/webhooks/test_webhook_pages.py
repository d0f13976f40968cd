"""Can an admin add, try, pause and remove a webhook on pages, see why a message failed, and send it again?"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from service.webhooks.store import Event
from service.webhooks.words import EVENTS, REASONS, reason_words
from tests.page_text import as_read
from tests.service.webhooks.receiver import Receiver, a_receiver
from tests.service_client import a_client, an_app, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

HOME = "/beheer/webhooks"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Receive on loopback."""
    with a_receiver() as one:
        yield one


def an_admin(app: FastAPI) -> TestClient:
    """Open an admin's browser."""
    client = a_client(app, "admin")
    client.headers["Accept"] = "text/html"
    client.follow_redirects = False
    return client


def added(admin: TestClient, url: str) -> str:
    """Add a webhook; give where its page is."""
    made = admin.post(HOME, data={"adres": url, "wat": ["plan.published"], "cohorte": "", "eenmaal": "web_1"})
    assert re.search(r'id="geheim">whsec_[^<]+<', made.text), made.text
    assert made.headers["cache-control"] == "no-store"
    found = re.search(r'href="(/beheer/webhooks/whk_[^"]+)"', made.text)
    assert found
    return found[1]


def version(admin: TestClient, place: str) -> str:
    """Give the version that the page holds."""
    found = re.search(r'name="versie" value="([^"]*)"', admin.get(place).text)
    assert found
    return unescape(found[1])


def test_message_to_try_arrives_and_is_sent_again(database: Database, children: Children, receiver: Receiver) -> None:
    app = an_app(database, allow_private_webhooks=True)
    admin = an_admin(app)
    place = added(admin, receiver.url)
    assert admin.post(f"{place}/probeer", data={"eenmaal": "web_2"}).status_code == 303
    assert "wacht</span>" in as_read(admin.get(place).text)
    assert "Stuur opnieuw" not in admin.get(place).text
    work(app, children)
    text = as_read(admin.get(place).text)
    assert "een proefbericht" in text
    assert "aangekomen</span>" in text
    key = re.search(r'name="bericht" value="([^"]+)"', text)
    assert key
    assert admin.post(f"{place}/opnieuw", data={"bericht": key[1]}).status_code == 303
    still = admin.post(f"{place}/opnieuw", data={"bericht": key[1]})
    assert (still.status_code, "wordt al verstuurd" in still.text) == (409, True)
    work(app, children)
    assert [headers["webhook-id"] for _, headers, _ in receiver.got] == [key[1], key[1]]
    assert admin.post(f"{place}/opnieuw", data={"bericht": "msg_ander"}).status_code == 404


def test_why_a_message_did_not_arrive_is_told(database: Database, children: Children) -> None:
    app = an_app(database, allow_private_webhooks=True)
    admin = an_admin(app)
    place = added(admin, "http://127.0.0.1:9/")
    assert admin.post(f"{place}/probeer", data={"eenmaal": ""}).status_code == 303
    work(app, children)
    text = as_read(admin.get(place).text)
    assert "opgegeven</span>" in text
    assert "de verbinding werd geweigerd" in text
    (told,) = admin.get(place.replace(HOME, "/v1/webhooks") + "/deliveries").json()["items"]
    assert (told["reason"], told["answer"]) == ("ConnectionRefusedError", None)


def test_webhook_is_changed_paused_and_removed(database: Database) -> None:
    admin = an_admin(an_app(database))
    place = added(admin, "https://example.com/in2stem")
    old = version(admin, place)
    new = {"adres": "https://example.com/anders", "wat": ["mentor.withdrawn", "plan.published"]}
    assert admin.post(place, data=new | {"versie": old}).status_code == 303
    late = admin.post(place, data=new | {"versie": old})
    assert (late.status_code, "Iemand heeft dit intussen gewijzigd" in late.text) == (412, True)
    refused = admin.post(place, data=new | {"versie": version(admin, place), "adres": "http://127.0.0.1/"})
    assert (refused.status_code, 'value="http://127.0.0.1/"' in refused.text) == (422, True)
    for stand, words in (("uit", "pauzeert</span>"), ("aan", "Pauzeer</button>")):
        data = {"versie": version(admin, place), "stand": stand}
        assert admin.post(f"{place}/pauze", data=data).status_code == 303
        assert words in admin.get(place).text
    assert admin.post(f"{place}/weg").status_code == 303
    assert admin.get(place).status_code == 404


@pytest.mark.parametrize("data", [{"wat": []}, {"adres": "ftp://example.com"}, {"cohorte": "coh_ander"}])
def test_webhook_that_can_not_be_meant_is_refused(database: Database, data: dict[str, str | list[str]]) -> None:
    admin = an_admin(an_app(database))
    good = {"adres": "https://example.com/x", "wat": ["plan.published"], "cohorte": "", "eenmaal": ""}
    answer = admin.post(HOME, data=good | data)
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)


def test_every_event_has_words_and_every_answer_a_reason() -> None:
    assert set(EVENTS) == {*Event.__args__, "webhook.test"}  # type: ignore[attr-defined]
    assert [reason_words("", one) for one in (None, 200, 204)] == ["", "", ""]
    assert reason_words("", 410) == "het programma zegt dat dit adres niet meer bestaat"
    assert reason_words("", 302).startswith("het adres stuurt door")
    assert reason_words("", 500) == "het programma antwoordde 500"
    assert reason_words("too_slow", None) == REASONS["too_slow"]
    assert reason_words("OSError", None) == "de verbinding lukte niet (OSError)"
