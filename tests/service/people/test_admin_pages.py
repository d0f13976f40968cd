"""Can an admin invite, change, log out and erase people, and make and end keys, on pages?"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.database.engine import Database

PEOPLE = "/beheer/mensen"
NEW = {"naam": "Lies Wever", "email": "an@example.be", "rol": "coordinator", "kamer": ["Limburg"], "eenmaal": ""}


def pages(app: FastAPI, role: str) -> TestClient:
    """Open a browser of somebody of this role."""
    client = a_client(app, role)
    client.headers["Accept"] = "text/html"
    client.follow_redirects = False
    return client


@pytest.fixture
def app(database: Database) -> FastAPI:
    """Make the application."""
    return an_app(database)


@pytest.fixture
def admin(app: FastAPI) -> TestClient:
    """Open an admin's browser."""
    return pages(app, "admin")


def invited(admin: TestClient) -> str:
    """Invite somebody; give where their page is."""
    text = admin.post(PEOPLE, data=NEW).text
    found = re.search(r'href="(/beheer/mensen/per_[^"]+)"[^>]*>Lies Wever', text)
    assert found, text
    return found[1]


def version(admin: TestClient, place: str) -> str:
    """Give the version that somebody's page holds."""
    found = re.search(r'name="versie" value="([^"]*)"', admin.get(place).text)
    assert found
    return unescape(found[1])


def test_link_of_who_is_invited_is_shown_once_and_opens(app: FastAPI, admin: TestClient) -> None:
    answer = admin.post(PEOPLE, data=NEW | {"eenmaal": "web_1"})
    link = re.search(r'id="inloglink">[^<]*#([^<]+)<', answer.text)
    assert link
    assert answer.headers["cache-control"] == "no-store"
    assert "mailto:an@example.be?subject=Inloggen%20bij%20in2stem" in answer.text
    again = admin.post(PEOPLE, data=NEW | {"eenmaal": "web_1"})
    assert "Deze link werd al getoond." in again.text
    assert TestClient(app).post("/v1/session", json={"link": link[1]}).status_code == 201
    taken = admin.post(PEOPLE, data=NEW)
    assert (taken.status_code, 'value="Lies Wever"' in taken.text) == (409, True)
    assert admin.post(PEOPLE, data=NEW | {"email": "geen adres"}).status_code == 422
    assert admin.post(PEOPLE, data=NEW | {"email": "b@example.be", "rol": "koning"}).status_code == 422


def test_person_is_changed_blocked_and_let_in_again(admin: TestClient) -> None:
    place = invited(admin)
    old = version(admin, place)
    changed = {"naam": "Lies Claes", "rol": "viewer", "kamer": ["Limburg", "Oost-Vlaanderen"]}
    one = admin.post(place, data=changed | {"versie": old})
    assert one.status_code == 303, re.findall(r"alert[^<]*<p>[^<]*", one.text)
    told = admin.get(place.replace(PEOPLE, "/v1/people")).json()
    assert (told["name"], told["role"], told["regions"]) == ("Lies Claes", "viewer", ["Limburg", "Oost-Vlaanderen"])
    late = admin.post(place, data=changed | {"versie": old, "naam": "Te laat"})
    assert (late.status_code, 'value="Te laat"' in late.text) == (412, True)
    for stand, words in (("uit", "geblokkeerd</span>"), ("aan", "Blokkeer</button>")):
        data = {"versie": version(admin, place), "stand": stand}
        assert admin.post(f"{place}/blokkeer", data=data).status_code == 303
        assert words in admin.get(place).text
    assert "staat alleen nu hier" in admin.post(f"{place}/link", data={"eenmaal": ""}).text


def test_person_is_logged_out_and_erased_once_the_address_is_typed(app: FastAPI, admin: TestClient) -> None:
    text = admin.post(PEOPLE, data=NEW).text
    link = re.search(r'id="inloglink">[^<]*#([^<]+)<', text)
    found = re.search(r'href="(/beheer/mensen/per_[^"]+)"[^>]*>Lies Wever', text)
    assert link
    assert found
    place, hers = found[1], TestClient(app)
    assert hers.post("/v1/session", json={"link": link[1]}).status_code == 201
    assert admin.post(f"{place}/afmelden").status_code == 303
    assert hers.get("/v1/session").status_code == 401, (place, hers.get("/v1/session").json())
    assert admin.post(f"{place}/wissen", data={"bevestig": "iets"}).status_code == 422
    assert admin.post(f"{place}/wissen", data={"bevestig": "An@example.be "}).status_code == 303
    told = admin.get(place.replace(PEOPLE, "/v1/people")).json()
    assert (told["name"], told["blocked"], told["regions"]) == ("", True, [])
    assert told["email"].endswith("@gewist.invalid")
    assert "gewist" in admin.get(PEOPLE).text
    assert "zijn gewist" in admin.get(place).text
    assert admin.post(PEOPLE, data=NEW).status_code == 200  # the address is free again


def test_last_admin_stays_and_nobody_erases_themself(app: FastAPI, admin: TestClient) -> None:
    me = admin.get("/v1/session").json()
    place = f"{PEOPLE}/{me['id']}"
    assert "gegevens wissen" not in admin.get(place).text
    last = admin.post(f"{place}/wissen", data={"bevestig": me["email"]})
    assert (last.status_code, "laatste beheerder" in last.text) == (409, True)
    pages(app, "admin")
    alone = admin.post(f"{place}/wissen", data={"bevestig": me["email"]})
    assert (alone.status_code, "U kunt uzelf niet wissen." in alone.text) == (409, True)


def test_key_is_made_shown_once_used_and_ended(app: FastAPI, admin: TestClient) -> None:
    data = {"naam": "portaal", "mag": ["portal"], "cohorte": "", "tot": "2099-12-31", "eenmaal": "web_2"}
    made = admin.post("/beheer/sleutels", data=data)
    secret = re.search(r'id="geheim">([^<]+)<', made.text)
    assert secret
    assert "Deze sleutel werd al getoond." in admin.post("/beheer/sleutels", data=data).text
    assert "nog nooit" in admin.get("/beheer/sleutels").text
    program = TestClient(app, raise_server_exceptions=False)
    program.headers["Authorization"] = f"Bearer {secret[1]}"
    assert program.get("/v1/session").status_code == 200
    (row,) = admin.get("/v1/keys").json()["items"]
    assert row["used_at"]
    assert row["expires_at"].startswith("2099-12-31T23:00")
    text = admin.get("/beheer/sleutels").text
    assert "nog nooit" not in text
    key = re.search(r'name="sleutel" value="([^"]+)"', text)
    assert key
    assert admin.post("/beheer/sleutels/beeindig", data={"sleutel": key[1]}).status_code == 303
    assert program.get("/v1/session").status_code == 401
    assert "beëindigd" in admin.get("/beheer/sleutels").text


@pytest.mark.parametrize(
    "data",
    [
        {"mag": ["portal", "admin"]},
        {"mag": []},
        {"mag": ["coordinator"]},
        {"mag": ["portal"], "tot": "ooit"},
        {"mag": ["portal"], "tot": "2001-01-01"},
        {"mag": ["portal"], "tot": "9999-12-31"},
        {"mag": ["portal"], "cohorte": "coh_ander"},
        {"mag": ["portal"], "naam": ""},
    ],
)
def test_key_that_can_not_be_meant_is_refused_and_what_was_typed_stays(
    admin: TestClient, data: dict[str, str | list[str]]
) -> None:
    answer = admin.post("/beheer/sleutels", data={"naam": "mijn programma", "tot": "", "eenmaal": ""} | data)
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    assert 'value="mijn programma"' in answer.text or data.get("naam") == ""


def test_pages_of_admins_are_for_admins_and_one_s_own_for_all(app: FastAPI) -> None:
    for role in ("viewer", "coordinator"):
        client = pages(app, role)
        for path in (PEOPLE, "/beheer/sleutels", "/beheer/webhooks"):
            assert client.get(path).status_code == 403
        text = client.get("/profiel").text
        assert "Waar u ingelogd bent" in text
        assert "/beheer/mensen" not in text
    assert 'href="/beheer/mensen"' in pages(app, "admin").get("/profiel").text
