"""Is a person told by mail what a thief would do with the account, and of the own browser nothing?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.access import totp
from service.access.logins import make_link
from service.access.passwords import check_strength, slow_digest
from service.core.errors import Problem
from service.database.ids import digest, now
from service.database.tables import recovery_code, second_factor
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


class WithStep(Els):
    """Somebody who set a second step in a browser, and what was said of it."""

    def __init__(self, database: Database, **settings: str) -> None:
        """Set the step by a code of the app."""
        super().__init__(database, **settings)
        self.client = self.comes_in(FIREFOX)
        assert self.client.put("/v1/session/password", json={"password": PASSWORD}).status_code == 200
        self.secret = self.client.post("/v1/profile/factor").json()["secret"]
        assert self.said() == ["Uw wachtwoord is gewijzigd."]  # begun is nothing yet
        assert self.client.post("/v1/profile/factor/confirmation", json={"code": "1"}).status_code == 422
        code = totp.code_at(self.secret, totp.step_of(now()))
        answer = self.client.post("/v1/profile/factor/confirmation", json={"code": code})
        self.recovery: list[str] = answer.json()["codes"]

    def said(self) -> list[str]:
        """Give what happened, as each mail tells it, the oldest first."""
        return [one.split("\n\n")[1].split(" Dat was op ")[0] for one in self.told()]

    def logs_in(self, code: str) -> int:
        """Log in by password and a code, with the browser that is known."""
        client = a_client(self.app)
        client.headers["User-Agent"] = FIREFOX
        sent = {"email": ELS["email"], "password": PASSWORD, "code": code}
        return int(client.post("/v1/session", json=sent).status_code)


def test_second_step_that_is_set_renewed_and_dropped_is_told_each_time(database: Database) -> None:
    els = WithStep(database, **MAIL)
    told = ["Uw wachtwoord is gewijzigd.", "De tweede stap bij het inloggen is aangezet."]
    assert els.said() == told
    assert els.client.post("/v1/profile/factor/recovery-codes", json={"code": "nee"}).status_code == 422
    assert els.said() == told
    answer = els.client.post("/v1/profile/factor/recovery-codes", json={"code": els.recovery[0]})
    assert els.said() == [*told, "Er zijn nieuwe herstelcodes gemaakt; de vorige werken niet meer."]
    assert els.client.post("/v1/profile/factor/removal", json={"code": els.recovery[1]}).status_code == 422
    fresh = answer.json()["codes"]
    assert els.client.post("/v1/profile/factor/removal", json={"code": fresh[0]}).status_code == 204
    assert els.said()[3:] == ["De tweede stap bij het inloggen is uitgezet."]
    rows = [one for one in mails(database) if one.kind == "account_notice"]
    assert {(one.state, one.address) for one in rows} == {("waiting", ELS["email"])}
    for secret in (els.secret, *els.recovery, *fresh):
        assert secret not in str(rows)


def test_step_that_an_admin_takes_away_is_told_to_whose_it_was(database: Database) -> None:
    els = WithStep(database, **MAIL)
    els.admin.headers["Accept"] = "text/html"
    sent = {"nagegaan": "called"}
    taken = els.admin.post(f"/beheer/mensen/{els.id}/tweede-stap-weg", data=sent, follow_redirects=False)
    assert taken.status_code == 303
    assert els.said()[2:] == ["Een beheerder nam de tweede stap bij het inloggen weg."]
    assert els.admin.post(f"/beheer/mensen/{els.id}/tweede-stap-weg", data=sent).status_code == 409
    assert len(els.said()) == 3


def test_login_with_a_code_to_recover_is_told_with_what_is_left(database: Database) -> None:
    els = WithStep(database, **MAIL)
    before = len(els.said())
    assert els.logs_in("00000-00000") == 401
    assert len(els.said()) == before
    assert els.logs_in(els.recovery[0]) == 201
    assert els.said()[before:] == ["Er werd ingelogd met een herstelcode. U hebt er nog 9 over."]
    with database.write() as transaction:  # one is left
        others = recovery_code.c.used_at.is_(None)
        left = transaction.execute(sa.select(recovery_code.c.digest).where(others)).scalars().all()
        salt = transaction.execute(sa.select(second_factor.c.salt)).scalar_one()
        mine = slow_digest(digest(f"{els.id}:{els.recovery[1].replace('-', '')}"), salt)
        gone = recovery_code.c.digest.in_([one for one in left if one != mine])
        transaction.execute(sa.update(recovery_code).where(gone).values(used_at=now()))
    half = a_client(els.app)
    half.headers["User-Agent"] = FIREFOX
    assert half.post("/v1/session", json={"email": ELS["email"], "password": PASSWORD}).status_code == 401
    assert half.post("/v1/session", json={"code": els.recovery[1]}).status_code == 201
    assert els.said()[before + 1 :] == ["Er werd ingelogd met uw laatste herstelcode."]


def test_login_with_a_code_of_the_app_is_told_to_nobody(database: Database) -> None:
    els = WithStep(database, **MAIL)
    before = els.said()
    with database.write() as transaction:
        transaction.execute(sa.update(second_factor).values(last_step=0))
    assert els.logs_in(totp.code_at(els.secret, totp.step_of(now()))) == 201
    assert els.said() == before


def test_second_step_is_set_where_no_mail_can_go_and_nothing_is_kept(database: Database) -> None:
    els = Els(database)
    client = els.comes_in(FIREFOX)
    secret = client.post("/v1/profile/factor").json()["secret"]
    code = totp.code_at(secret, totp.step_of(now()))
    assert client.post("/v1/profile/factor/confirmation", json={"code": code}).status_code == 200
    assert mails(database) == []


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
