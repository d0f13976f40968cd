"""Can a person log in, see their cohorts, begin one, and read what goes wrong?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.access.callers import COOKIE
from service.store.people import make_link
from service.store.schema import person
from tests.service_client import a_client, a_filled_cohort, a_login, an_app

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.store.database import Database


def browser(app: FastAPI, role: str = "nobody") -> TestClient:
    """Make a client that asks for pages, as a browser does, and stops at each redirect."""
    client = a_client(app, role)
    client.headers["Accept"] = "text/html"
    client.follow_redirects = False
    return client


@pytest.fixture
def app(database: Database) -> FastAPI:
    """Make the application with the console."""
    return an_app(database)


def test_nobody_is_sent_to_log_in_and_comes_back(app: FastAPI) -> None:
    client = browser(app)
    sent = client.get("/cohorten/onbekend")
    assert (sent.status_code, sent.headers["location"]) == (303, "/aanmelden?terug=%2Fcohorten%2Fonbekend")
    assert 'value="/cohorten/onbekend"' in client.get(sent.headers["location"]).text


@pytest.mark.parametrize("back", ["https://elders.example/", "//elders.example", "/cohorten\\..", "/v1/cohorts"])
def test_login_never_leads_elsewhere(app: FastAPI, back: str) -> None:
    assert 'name="terug" value="/cohorten"' in browser(app).get("/aanmelden", params={"terug": back}).text


def test_link_logs_in_once(app: FastAPI, database: Database) -> None:
    a_login(database, "coordinator")
    with database.write() as transaction:
        who = transaction.execute(sa.select(person.c.id)).scalar_one()
        secret = make_link(transaction, who)
    client = browser(app)
    first = client.post("/aanmelden", data={"link": f"http://testserver/aanmelden#{secret}", "terug": ""})
    assert (first.status_code, first.headers["location"]) == (303, "/cohorten")
    assert "Er is nog geen cohorte." in client.get("/cohorten").text
    client.cookies.delete(COOKIE)
    again = client.post("/aanmelden", data={"link": secret})
    assert again.status_code == 401
    assert "Deze link is al gebruikt of te oud." in again.text


def test_logging_out_ends_the_login(app: FastAPI) -> None:
    client = browser(app, "viewer")
    secret = client.cookies[COOKIE]
    assert client.post("/afmelden").headers["location"] == "/aanmelden"
    assert "U bent afgemeld." in client.get("/aanmelden").text
    assert "U bent afgemeld." not in client.get("/aanmelden").text  # told once
    client.cookies.set(COOKIE, secret)
    assert client.get("/cohorten").status_code == 303


def test_cohort_is_begun_once_and_told(app: FastAPI) -> None:
    client = browser(app, "coordinator")
    fields = {"naam": "Lente", "kamer": "Limburg", "schooljaar": "2026", "eenmaal": "web_1"}
    first, again = client.post("/cohorten", data=fields), client.post("/cohorten", data=fields)
    assert (first.status_code, first.headers["location"]) == (303, again.headers["location"])
    assert "Cohorte «Lente» is gemaakt." in client.get(first.headers["location"]).text
    assert client.get("/cohorten").text.count("<strong>Lente</strong>") == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"schooljaar": "morgen"}, "«morgen» is geen geheel getal."), ({"kamer": "Antwerpen"}, "Antwerpen")],
)
def test_refused_cohort_is_shown_again_as_typed(app: FastAPI, changes: dict[str, str], words: str) -> None:
    fields = {"naam": "Lente <b>", "kamer": "Limburg", "schooljaar": "2026"} | changes
    told = browser(app, "coordinator").post("/cohorten", data=fields)
    assert 400 <= told.status_code < 500
    assert words in told.text
    assert 'value="Lente &lt;b&gt;"' in told.text


def test_viewer_sees_no_form_and_may_not_post(app: FastAPI) -> None:
    client = browser(app, "viewer")
    assert "<h2>Nieuwe cohorte</h2>" not in client.get("/cohorten").text
    told = client.post("/cohorten", data={"naam": "Lente"})
    assert told.status_code == 403
    assert "<h1>Dit mag u niet</h1>" in told.text


def test_page_of_another_site_changes_nothing(app: FastAPI) -> None:
    client = browser(app, "coordinator")
    told = client.post("/cohorten", data={"naam": "Lente"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert told.status_code == 403
    assert "Deze vraag komt van een andere site." in told.text


def test_cohort_says_the_next_step(app: FastAPI) -> None:
    client = browser(app, "coordinator")
    text = client.get(f"/cohorten/{a_filled_cohort(client)}").text
    assert "20 scholen en 45 mentoren" in text
    assert text.index('class="klaar"') < text.index('class="nu"') < text.index("Zie vooraf")


@pytest.mark.parametrize("path", ["/niets", "/cohorten/onbekend", "/static/console.000000000000.css"])
def test_what_is_not_there_is_a_page_for_people_and_json_for_programs(app: FastAPI, path: str) -> None:
    client = browser(app, "coordinator")
    told = client.get(path)
    assert (told.status_code, told.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>Niet gevonden</h1>" in told.text
    program = client.get(path, headers={"Accept": "application/json"})
    assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")


def test_broken_form_is_said(app: FastAPI) -> None:
    client = browser(app, "coordinator")
    told = client.post("/cohorten", content=b"kapot", headers={"Content-Type": "multipart/form-data"})
    assert told.status_code == 400
    assert "Deze vraag is onleesbaar." in told.text


def test_forged_message_is_not_shown(app: FastAPI) -> None:
    client = browser(app, "viewer")
    client.cookies.set("in2stem-melding", "geen-base64")
    assert client.get("/cohorten").status_code == 200
