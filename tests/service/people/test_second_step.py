"""Is a second step asked at each login by each way, once a code, and can it be recovered and taken away?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from service.access import factors, totp
from service.access.logins import make_link
from service.database.ids import now
from service.database.tables import audit, half_login, login, person, second_factor
from service.people.browser_names import browser_name
from tests.service.people.test_session import PASSWORD, a_link
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from service.database.engine import Database

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # noqa: S105 - of RFC 6238
VECTORS = (
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
)
"""Of RFC 6238, appendix B: a moment and the last six digits of its SHA-1 code."""

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:141.0) Gecko/20100101 Firefox/141.0"


@pytest.mark.parametrize(("second", "code"), VECTORS)
def test_codes_are_those_of_the_standard(second: int, code: str) -> None:
    moment = datetime.fromtimestamp(second, UTC)
    assert totp.code_at(SECRET, totp.step_of(moment)) == code
    assert totp.matching_step(SECRET, code, moment, 0) == second // 30
    assert totp.matching_step(SECRET, code, moment + timedelta(seconds=30), 0) == second // 30
    assert totp.matching_step(SECRET, code, moment + timedelta(seconds=61), 0) is None
    assert totp.matching_step(SECRET, code, moment, second // 30) is None


def a_browser(app: FastAPI) -> TestClient:
    """Open a browser that shows pages and stops at each redirect."""
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    client.headers |= {"Accept": "text/html", "User-Agent": FIREFOX}
    return client


class Person:
    """Somebody with a password who set a second step in a browser."""

    def __init__(self, database: Database) -> None:
        """Log in, choose a password, and set the second step."""
        self.app = an_app(database)
        self.database = database
        self.browser = a_browser(self.app)
        assert self.browser.post("/aanmelden", data={"link": a_link(database)}).status_code == 303
        chosen = {"nieuw": PASSWORD, "nog-eens": PASSWORD}
        assert self.browser.post("/profiel/wachtwoord", data=chosen).status_code == 303
        assert self.browser.post("/profiel/tweede-stap").status_code == 303
        with database.read() as transaction:
            row = transaction.execute(sa.select(second_factor)).mappings().one()
        self.id, self.secret = str(row["person"]), str(row["secret"])
        self.step = totp.step_of(now())  # no test hangs on when half a minute ends
        page = self.browser.post("/profiel/tweede-stap/bevestig", data={"code": self.code()})
        self.recovery = re.findall(r"<li><code>([^<]+)</code>", page.text)

    def code(self, steps: int = 0) -> str:
        """Give the code that the app shows, some steps on."""
        return totp.code_at(self.secret, self.step + steps)

    def forgotten(self) -> None:
        """Forget which code was used last."""
        with self.database.write() as transaction:
            transaction.execute(sa.update(second_factor).values(last_step=0))

    def by_password(self, **more: str) -> object:
        """Log in over HTTP with the password."""
        sent = {"email": "an@example.be", "password": PASSWORD} | more
        return TestClient(self.app, raise_server_exceptions=False).post("/v1/session", json=sent)


@pytest.fixture
def who(database: Database) -> Person:
    """Make somebody with a second step."""
    return Person(database)


def test_second_step_is_shown_set_and_told_once(who: Person) -> None:
    assert len(set(who.recovery)) == 10
    text = who.browser.get("/profiel").text
    assert "Herstelcodes over: 10." in text
    assert who.secret not in text
    assert who.recovery[0] not in text
    assert who.browser.post("/profiel/tweede-stap").status_code == 409
    assert who.browser.get("/profiel").headers["cache-control"] == "no-store"


def test_password_and_link_alone_are_half_the_way(who: Person) -> None:
    answer = who.by_password()
    assert (answer.status_code, answer.json()["code"]) == (401, "code_needed")  # type: ignore[attr-defined]
    with who.database.write() as transaction:
        link = make_link(transaction, who.id)
    client = TestClient(who.app, raise_server_exceptions=False)
    assert client.post("/v1/session", json={"link": link}).status_code == 401
    assert client.get("/v1/session").status_code == 401
    who.forgotten()
    assert client.post("/v1/session", json={"code": who.code()}).status_code == 201
    assert client.get("/v1/session").json()["id"] == who.id


def test_code_goes_along_or_comes_after_and_works_once(who: Person) -> None:
    assert who.by_password(code=who.code()).status_code == 401  # type: ignore[attr-defined]  # it confirmed the step
    who.forgotten()
    assert who.by_password(code=who.code()).status_code == 201  # type: ignore[attr-defined]
    assert who.by_password(code=who.code()).status_code == 401  # type: ignore[attr-defined]
    assert who.by_password(code=who.code(-2)).status_code == 401  # type: ignore[attr-defined]
    assert who.by_password(code=who.recovery[0]).status_code == 201  # type: ignore[attr-defined]
    assert who.by_password(code=who.recovery[0]).status_code == 401  # type: ignore[attr-defined]
    assert who.by_password(code=who.recovery[1].upper().replace("-", " ")).status_code == 201  # type: ignore[attr-defined]


def test_page_asks_the_code_after_the_password_and_goes_on(who: Person) -> None:
    browser = a_browser(who.app)
    sent = {"email": "an@example.be", "wachtwoord": PASSWORD, "terug": "/cohorten/abc"}
    asked = browser.post("/aanmelden", data=sent)
    assert (asked.status_code, "Uw code" in asked.text) == (200, True)
    assert PASSWORD not in asked.text
    assert browser.get("/cohorten").status_code == 303
    wrong = browser.post("/aanmelden/code", data={"code": "000000", "terug": "/cohorten/abc"})
    assert (wrong.status_code, "Deze code klopt niet" in wrong.text) == (401, True)
    right = browser.post("/aanmelden/code", data={"code": who.recovery[0], "terug": "/cohorten/abc"})
    assert (right.status_code, right.headers["location"]) == (303, "/cohorten/abc")
    assert browser.get("/cohorten").status_code == 200
    assert browser.post("/aanmelden/code", data={"code": who.recovery[1]}).status_code == 401


def test_half_the_way_ends_after_five_tries_and_after_five_minutes(who: Person) -> None:
    browser = a_browser(who.app)
    sent = {"email": "an@example.be", "wachtwoord": PASSWORD}
    assert browser.post("/aanmelden", data=sent).status_code == 200
    with who.database.write() as transaction:
        transaction.execute(sa.update(half_login).values(tries=factors.MOST_TRIES))
    ended = browser.post("/aanmelden/code", data={"code": who.recovery[0]})
    assert (ended.status_code, "Log opnieuw in." in ended.text) == (401, True)
    with who.database.write() as transaction:
        transaction.execute(sa.update(half_login).values(tries=0, expires_at=now()))
    assert browser.post("/aanmelden/code", data={"code": who.recovery[0]}).status_code == 401
    assert browser.post("/aanmelden/code", data={"code": ""}).status_code == 401


def test_blocked_person_comes_in_with_no_code(who: Person) -> None:
    browser = a_browser(who.app)
    assert browser.post("/aanmelden", data={"email": "an@example.be", "wachtwoord": PASSWORD}).status_code == 200
    with who.database.write() as transaction:
        transaction.execute(sa.update(person).where(person.c.id == who.id).values(blocked=True))
    assert browser.post("/aanmelden/code", data={"code": who.recovery[0]}).status_code == 401


def test_recovery_codes_are_renewed_and_the_step_is_dropped_with_a_code(who: Person) -> None:
    old = who.recovery[0]
    assert who.browser.post("/profiel/tweede-stap/herstelcodes", data={"code": "nee"}).status_code == 422
    page = who.browser.post("/profiel/tweede-stap/herstelcodes", data={"code": old})
    fresh = re.findall(r"<li><code>([^<]+)</code>", page.text)
    assert len(fresh) == 10
    assert who.browser.post("/profiel/tweede-stap/uit", data={"code": who.recovery[1]}).status_code == 422
    assert who.browser.post("/profiel/tweede-stap/uit", data={"code": fresh[0]}).status_code == 303
    assert who.by_password().status_code == 201  # type: ignore[attr-defined]


def test_admin_takes_the_step_away_in_the_trail(who: Person) -> None:
    admin = a_client(who.app, "admin")
    admin.headers["Accept"] = "text/html"
    admin.follow_redirects = False
    assert "geeft ook een code" in admin.get(f"/beheer/mensen/{who.id}").text
    unsaid = admin.post(f"/beheer/mensen/{who.id}/tweede-stap-weg")
    assert (unsaid.status_code, "Kies hoe u naging wie dit vraagt." in unsaid.text) == (422, True)
    assert who.by_password().status_code == 401  # type: ignore[attr-defined]
    sent = {"nagegaan": "called"}
    assert admin.post(f"/beheer/mensen/{who.id}/tweede-stap-weg", data=sent).status_code == 303
    assert who.browser.get("/profiel").status_code == 303  # logged out
    assert who.by_password().status_code == 201  # type: ignore[attr-defined]
    with who.database.read() as transaction:
        found = dict(transaction.execute(sa.select(audit.c.action, audit.c.detail)).all())
    assert {"factor.set", "factor.taken_away"} <= found.keys()
    assert found["factor.taken_away"] == {"checked": "called"}
    assert admin.post(f"/beheer/mensen/{who.id}/tweede-stap-weg", data=sent).status_code == 409


def test_step_is_set_only_shortly_after_logging_in_and_a_wrong_code_confirms_nothing(database: Database) -> None:
    app = an_app(database)
    browser = a_browser(app)
    assert browser.post("/aanmelden", data={"link": a_link(database)}).status_code == 303
    assert browser.post("/profiel/tweede-stap").status_code == 303
    assert browser.post("/profiel/tweede-stap/bevestig", data={"code": "123"}).status_code == 422
    assert "Bevestig en zet aan" in browser.get("/profiel").text
    with database.write() as transaction:
        transaction.execute(sa.update(login).values(proved_at=now() - timedelta(minutes=16)))
    late = browser.post("/profiel/tweede-stap")
    assert (late.status_code, "Bewijs eerst opnieuw dat u het bent" in late.text) == (403, True)


def test_own_logins_are_listed_with_their_browser_and_ended(who: Person) -> None:
    other = a_browser(who.app)
    assert other.post("/aanmelden", data={"email": "an@example.be", "wachtwoord": PASSWORD}).status_code == 200
    assert other.post("/aanmelden/code", data={"code": who.recovery[0]}).status_code == 303
    text = who.browser.get("/profiel").text
    assert text.count("Firefox op Windows") >= 2
    assert text.count("deze browser") == 1
    (short,) = re.findall(r'name="browser" value="([^"]+)"', text)
    assert other.post("/profiel/browsers/weg", data={"browser": "0" * 20}).status_code == 404
    assert who.browser.post("/profiel/browsers/weg", data={"browser": short}).status_code == 303
    assert other.get("/profiel").status_code == 303
    assert who.browser.post("/profiel/browsers/alle-weg").status_code == 303
    assert who.browser.get("/profiel").status_code == 200


def test_password_is_chosen_twice_alike_and_with_the_old_one_later(who: Person) -> None:
    new = "regen trommel citroen vlag"
    unlike = who.browser.post("/profiel/wachtwoord", data={"nieuw": new, "nog-eens": "anders"})
    assert (unlike.status_code, "zijn niet gelijk" in unlike.text) == (422, True)
    with who.database.write() as transaction:
        transaction.execute(sa.update(login).values(proved_at=now() - timedelta(minutes=16)))
    sent = {"nieuw": new, "nog-eens": new}
    assert who.browser.post("/profiel/wachtwoord", data=sent).status_code == 422
    wrong = who.browser.post("/profiel/wachtwoord", data=sent | {"oud": "verkeerd"})
    assert (wrong.status_code, "klopt niet" in wrong.text) == (403, True)
    assert who.browser.post("/profiel/wachtwoord", data=sent | {"oud": PASSWORD}).status_code == 303
    assert who.browser.get("/profiel").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari op iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Linux"),
        ("python-httpx2/1.0", ""),
        ("", ""),
    ],
)
def test_browser_is_named_in_two_words(agent: str, name: str) -> None:
    assert browser_name(agent) == name
