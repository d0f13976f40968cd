"""Can a person log in, see their cohorts, begin one, and read what goes wrong?"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.access.callers import COOKIE
from service.access.people import make_link
from service.database.tables import person
from tests.page_text import as_read
from tests.service_client import a_client, a_filled_cohort, a_login, an_app

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from service.database.engine import Database


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
    asked = client.get("/cohorten/onbekend/dossier?alles=1&na=x")
    assert 'value="/cohorten/onbekend/dossier?alles=1&amp;na=x"' in client.get(asked.headers["location"]).text


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
    assert "U bent uitgelogd." in client.get("/aanmelden").text
    assert "U bent uitgelogd." not in client.get("/aanmelden").text  # told once
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
    assert "<h1>Geen toegang</h1>" in told.text


def test_page_of_another_site_changes_nothing(app: FastAPI) -> None:
    client = browser(app, "coordinator")
    told = client.post("/cohorten", data={"naam": "Lente"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert told.status_code == 403
    assert "Deze vraag komt van een andere site." in told.text


def test_cohort_says_the_next_step(app: FastAPI) -> None:
    client = browser(app, "coordinator")
    text = as_read(client.get(f"/cohorten/{a_filled_cohort(client)}").text)
    assert "20 scholen en 45 mentoren" in text
    assert "<h2>Volgende stap: controle</h2>" in text
    assert ">Ga naar Controle</a>" in text
    assert re.findall(r'<li class="(\w*)">\s*<div><a href="[^"]*/(\w+)"', text)[:3] == [
        ("klaar", "gegevens"),
        ("nu", "controle"),
        ("", "ronde"),
    ]


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


OWN = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


def a_link(database: Database) -> str:
    """Make a coordinator with a link to log in; give its secret."""
    a_login(database, "coordinator")
    with database.write() as transaction:
        return make_link(transaction, transaction.execute(sa.select(person.c.id)).scalars().first() or "")


def hidden(text: str, form: str) -> list[tuple[str, str]]:
    """Read the hidden fields of the form that has this in it."""
    (found,) = (one for one in re.findall(r"<form.*?</form>", text, re.DOTALL) if form in one)
    fields = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', found)
    return [(name, html.unescape(value)) for name, value in fields]


def test_what_was_typed_when_the_login_had_ended_is_sent_again(app: FastAPI, database: Database) -> None:
    client, secret = browser(app), a_link(database)
    typed = {"naam": "Lente «één»\r\n<b>", "kamer": "Limburg", "schooljaar": "2026", "soort": ["a", "b"]}
    ended = client.post("/cohorten", data=typed, headers=OWN | {"Referer": "http://testserver/cohorten?x=1"})
    assert (ended.status_code, "U was uitgelogd." in ended.text) == (401, True)
    sent = dict(hidden(ended.text, 'id="link"'))
    assert sent["terug"] == "/cohorten?x=1"
    wrong = client.post("/aanmelden", data=sent | {"link": "fout"}, headers=OWN)
    assert wrong.status_code == 401
    assert dict(hidden(wrong.text, 'id="link"')) == sent
    told = client.post("/aanmelden", data=sent | {"link": secret}, headers=OWN)
    assert told.status_code == 200
    assert "Het is nog niet bewaard." in told.text
    assert '<form method="post" action="/cohorten">' in told.text
    fields = hidden(told.text, "Verstuur opnieuw")
    assert fields == [
        (name, one) for name, value in typed.items() for one in ([value] if isinstance(value, str) else value)
    ]
    assert fields == hidden(ended.text, "Verstuur opnieuw")  # for who logs in in another tab
    assert client.post("/cohorten", data=dict(fields), headers=OWN).status_code == 303


def test_long_form_goes_along_through_the_login_too(app: FastAPI, database: Database) -> None:
    client, secret = browser(app), a_link(database)
    typed = {"naam": "Lente", "tekst": 'Wij «leren» "samen"\n' * 6000}
    ended = client.post("/cohorten", data=typed, headers=OWN)
    sent = dict(hidden(ended.text, 'id="link"'))
    told = client.post("/aanmelden", data=sent | {"link": secret}, headers=OWN)
    assert told.status_code == 200
    assert [name for name, _ in hidden(told.text, "Verstuur opnieuw")] == ["naam", "tekst"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "https://elders.example"}],
)
def test_form_of_another_site_is_not_carried_through_the_login(app: FastAPI, headers: dict[str, str]) -> None:
    more = {"Referer": "https://elders.example/cohorten/x"}
    ended = browser(app).post("/cohorten", data={"naam": "Lente"}, headers=headers | more)
    assert ended.status_code == 401
    assert "Dit is niet bewaard." in ended.text
    assert "Lente" not in ended.text
    assert 'name="terug" value="/cohorten"' in ended.text


@pytest.mark.parametrize("action", ["https://elders.example/", "//elders.example", "/v1/cohorts", "/cohorten\\..", 5])
def test_what_is_sent_again_goes_nowhere_else(app: FastAPI, database: Database, action: object) -> None:
    secret, text = a_link(database), json.dumps({"action": action, "fields": [["naam", "Lente"]]})
    told = browser(app).post("/aanmelden", data={"link": secret, "terug": "", "opnieuw": text}, headers=OWN)
    assert (told.status_code, told.headers["location"]) == (303, "/cohorten")


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "5", "{", '{"action": "/cohorten", "fields": 5}', '{"action": "/cohorten"}', "[" * 100_000),
        '{"action": "/cohorten", "fields": [["naam", "\\ud800"]]}',
    ],
)
def test_unreadable_rest_of_a_form_is_left(app: FastAPI, database: Database, text: str) -> None:
    told = browser(app).post("/aanmelden", data={"link": a_link(database), "opnieuw": text}, headers=OWN)
    assert told.status_code == 303


def test_login_comes_back_to_a_page_and_not_to_what_only_takes_forms(app: FastAPI) -> None:
    client, here = browser(app), "/cohorten/coh_1"
    for before, back in (
        (f"{here}/traject/S001/baseline?wie=directie", f"{here}/traject/S001/baseline?wie=directie"),
        (f"{here}/traject/S001/baseline/indienen", here),
        ("/v1/cohorts", here),
        ("", here),
    ):
        headers = OWN | {"Referer": f"http://testserver{before}" if before else ""}
        text = client.post(f"{here}/traject/S001/baseline", data={"wie": "directie"}, headers=headers).text
        assert dict(hidden(text, 'id="link"'))["terug"] == back, before


def test_files_do_not_go_along_and_a_script_is_sent_to_log_in(app: FastAPI) -> None:
    client, here = browser(app), "/cohorten/coh_1"
    files = {"bestanden": ("scholen.csv", b"School\nLente", "text/csv")}
    ended = client.post(f"{here}/gegevens", files=files, headers=OWN | {"Referer": f"http://testserver{here}/gegevens"})
    assert (ended.status_code, "Lente" in ended.text) == (401, False)
    assert f'name="terug" value="{here}/gegevens"' in ended.text
    asked = client.post(f"{here}/plan/vast", data={"school": "S001"}, headers=OWN | {"Sec-Fetch-Mode": "cors"})
    assert (asked.status_code, asked.headers["location"]) == (303, "/aanmelden?terug=%2Fcohorten%2Fcoh_1")
