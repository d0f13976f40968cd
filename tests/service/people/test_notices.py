"""Is a person told by mail what a thief would do with the account, and of the own browser nothing?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.access.logins import make_link
from service.access.passwords import check_strength
from service.core.errors import Problem
from tests.service.mail.sending import mails
from tests.service.people.test_second_step import FIREFOX
from tests.service.people.test_session import PASSWORD
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database

MAIL = {"smtp_url": "smtp://127.0.0.1:1?starttls=nee", "mail_from": "in2stem@voorbeeld.be"}
ELS = {"email": "els@voka.example", "name": "Els Claes", "role": "coordinator", "regions": ["Limburg"]}
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


class Els:
    """Somebody who logs in with one browser and another."""

    def __init__(self, database: Database, **settings: str) -> None:
        """Invite them."""
        self.database, self.app = database, an_app(database, **settings)
        self.admin = a_client(self.app, "admin")
        self.id = self.admin.post("/v1/people", json=ELS).json()["person"]["id"]

    def comes_in(self, agent: str) -> TestClient:
        """Log in with a link."""
        with self.database.write() as transaction:
            link = make_link(transaction, self.id)
        client = a_client(self.app)
        client.headers["User-Agent"] = agent
        assert client.post("/v1/session", json={"link": link}).status_code == 201
        return client

    def told(self) -> list[str]:
        """Give what was said, the oldest first."""
        return [one.body for one in mails(self.database) if one.kind == "account_notice" and one.who == self.id]


def test_login_with_a_browser_that_never_came_is_told_once(database: Database) -> None:
    els = Els(database, **MAIL)
    for agent in (FIREFOX, FIREFOX):
        els.comes_in(agent)
    assert els.told() == []
    for agent in (CHROME, CHROME, FIREFOX):
        els.comes_in(agent)
    (body,) = els.told()
    assert "Er werd ingelogd met een browser die we van u nog niet kenden: Chrome op Linux. Dat was op " in body
    (row,) = (one for one in mails(database) if one.kind == "account_notice")
    assert (row.state, row.address, row.cohort) == ("waiting", "els@voka.example", None)


def test_changed_password_and_lost_step_are_told(database: Database) -> None:
    els = Els(database, **MAIL)
    client = els.comes_in(FIREFOX)
    assert client.put("/v1/session/password", json={"password": PASSWORD}).status_code == 200
    assert [one for one in els.told() if "Uw wachtwoord is gewijzigd. Dat was op " in one] == els.told()
    assert len(els.told()) == 1
    assert PASSWORD not in str(els.told())


def test_nothing_is_kept_where_no_mail_can_go(database: Database) -> None:
    els = Els(database)
    els.comes_in(FIREFOX)
    els.comes_in(CHROME)
    assert mails(database) == []


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop[]",
        "1q2w3e4r5t6y",
        "trustno1trustno1",
        "Passw0rd!2026",
        "zaq12wsxcde3",
        "els.claes-voka",
    ],
)
def test_password_that_programs_try_first_is_refused(password: str) -> None:
    with pytest.raises(Problem) as told:
        check_strength(password, ELS["email"], ELS["name"])  # type: ignore[arg-type]
    assert told.value.status == 422


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "rivier kast maandag tulp", "x7#Kd9!mQz2p", "onze kat eet graag tulpen"],
)
def test_password_of_words_that_have_nothing_together_is_taken(password: str) -> None:
    check_strength(password, ELS["email"], ELS["name"])  # type: ignore[arg-type]
