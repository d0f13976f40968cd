"""Does whatever opened something open nothing once secrets are renewed, and is none in a copy that is to have none?"""

from __future__ import annotations

import base64
import json
import re
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pyrage
import pytest
import sqlalchemy as sa
from standardwebhooks import Webhook, WebhookVerificationError

from service.access import audit_trail, factors, logins, participants
from service.access import people as staff
from service.access.callers import COOKIE
from service.cli import main
from service.database import sealing
from service.database.backup import backup, restore
from service.database.engine import Database
from service.database.ids import now, today
from service.database.installation import former_signers, installation_secret
from service.database.tables import mail, person, webhook
from service.mail import store as mails
from service.network.calendars import store as calendars
from service.records.secrets import renewal
from service.trajectory.applications import store as applications
from service.webhooks import store as webhooks
from service.webhooks.job import signed
from tests.service.participants.own import Own
from tests.service.trajectory.applying import MENTOR, SCHOOL
from tests.service_client import a_client, a_key, a_login

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from service.worker.child import Children

    Said = Callable[..., tuple[int, str, str]]

PASSPHRASE = "vier woorden zonder verband"  # noqa: S105 - of a test
HOOK = "https://luister.example/haak"


class Opened(Own):
    """A stage with one of everything that opens something."""

    def __init__(self, database: Database, children: Children) -> None:
        """Open it all, and remember each secret."""
        super().__init__(database, children)
        self.public = a_client(self.app)
        for form, side in ((SCHOOL, "schools"), (MENTOR, "mentors")):
            answer = self.public.post(f"/v1/public/cohorts/{self.cohort}/applications/{side}", json=form)
            assert answer.status_code == 202, answer.text
        self.login = a_login(database, "admin")
        self.key = a_key(database, ("admin",))
        with database.write() as transaction:
            calendars.open_all(transaction, self.cohort, [("all", calendars.WHOLE), ("school", "S001")])
            self.hook = webhooks.add(transaction, url=HOOK, events=["plan.published"], cohort=None).secret
            login = logins.login_row(transaction, self.login)
            assert login is not None
            self.person = login.id
            staff.set_password(transaction, self.person, "$argon2id$v=19$gehakt")
            self.step = factors.begin(transaction, self.person)
            codes = factors.new_codes(self.person)
            self.codes = codes.shown
            factors.confirm(transaction, self.person, codes)
            self.link = logins.make_link(transaction, self.person)
            self.subject = str(self.pairs[0]["school"])
            values = {"side": "school", "who": self.subject, "name": "An", "address": "an@example.be", "subject": ""}
            said = {"body": f"Kijk op https://x.example/mijn/{self.secret('school')}.", "calendar": ""}
            facts = {"link": f"https://x.example/mijn/{self.secret('school')}"}
            of = {"cohort": self.cohort, "kind": "measurement_reminder", "facts": facts}
            mails.add_all(transaction, ["een"], "test", [{**values, **said, **of, "state": "proposed"}])
            confirming = dict(applications.each_with_secret(transaction))
            self.confirming = confirming
            body = {"body": f"Bevestig: {next(iter(confirming.values()))}", "calendar": ""}
            mails.add_all(transaction, ["twee"], "test", [{**values, **body, **of, "state": "proposed"}])
            self.calendar = calendars.each_with_secret(transaction)[0][1]
            self.own = installation_secret(transaction)

    def secrets(self) -> list[str]:
        """Give all that must be in no copy without secrets."""
        found = [*self.urls.values(), *self.confirming.values(), self.calendar, self.login, self.link, self.hook]
        return [*found, self.step, self.own.hex(), "$argon2id$v=19$gehakt"]

    def page_status(self, secret: str) -> int:
        """Open a page of somebody's own."""
        return int(self.nobody.get(f"/mijn/{secret}").status_code)


def page_of(database: Database, cohort: str, subject: str) -> str:
    """Give the secret of a school's page as it is now."""
    with database.write() as transaction:
        return participants.address_of(transaction, "", cohort, "school", subject).rpartition("/")[2]


def bodies(database: Database) -> str:
    """Give what the mails say, and what they are made of."""
    with database.read() as transaction:
        rows = transaction.execute(sa.select(mail)).mappings().all()
    return "\n".join(f"{one['body']} {json.dumps(one['facts'])}" for one in rows)


def test_whatever_opened_something_opens_nothing_once_renewed(database: Database, children: Children) -> None:
    stage = Opened(database, children)
    old, client = stage.secret("school"), a_client(stage.app)
    client.cookies.set(COOKIE, stage.login)
    assert (stage.page_status(old), client.get("/v1/cohorts").status_code) == (200, 200)
    with database.write() as transaction:
        number = applications.number_of(transaction, stage.cohort, MENTOR["email"])
        done = renewal.renew(transaction)
    new = page_of(database, stage.cohort, stage.subject)
    assert new != old
    assert (stage.page_status(old), stage.page_status(new)) == (404, 200)
    assert client.get("/v1/cohorts").status_code == 401
    assert client.post("/v1/session", json={"link": stage.link}).status_code == 401
    confirm = "/v1/public/applications/confirm"
    for key, secret in stage.confirming.items():
        assert stage.public.post(confirm, json={"secret": secret}).json()["code"] == "unknown_link"
        with database.write() as transaction:
            again = applications.secret_of(transaction, key)
        assert stage.public.post(confirm, json={"secret": again}).status_code == 200
    with database.write() as transaction:
        assert calendars.by_secret(transaction, stage.calendar) is None
        assert all(calendars.by_secret(transaction, one) for _, one in calendars.each_with_secret(transaction))
        assert applications.number_of(transaction, stage.cohort, MENTOR["email"]) == number
        assert len(former_signers(transaction)) == 1
    said = bodies(database)
    assert (new in said, old in said) == (True, False)
    assert not any(one in said for one in stage.confirming.values())
    assert a_client(stage.app).get("/v1/cohorts", headers={"Authorization": f"Bearer {stage.key}"}).status_code == 200
    assert (done.pages, done.calendars, done.applications) == (len(stage.urls), 2, 2)
    assert [url for url, _ in done.webhooks] == [HOOK]


def test_renewed_webhook_is_signed_with_both_secrets_for_a_week(database: Database, children: Children) -> None:
    stage = Opened(database, children)
    with database.write() as transaction:
        ((_, new),) = renewal.renew(transaction).webhooks
        row = webhooks.listed(transaction, None, 1)[0]
    assert (row.secret, row.old_secret, row.paused) == (new, stage.hook, False)
    assert webhooks.secrets_of(row) == [new, stage.hook]
    body = b'{"type":"x"}'
    headers = signed("msg_1", webhooks.secrets_of(row), body)
    assert [Webhook(one).verify(body, headers) for one in (new, stage.hook)] == [{"type": "x"}] * 2
    with pytest.raises(WebhookVerificationError):
        Webhook(base64.b64encode(b"x" * 32).decode()).verify(body, headers)
    with database.write() as transaction:
        transaction.execute(sa.update(webhook).values(old_until=now() - timedelta(seconds=1)))
        assert webhooks.secrets_of(webhooks.listed(transaction, None, 1)[0]) == [new]


def test_what_was_signed_before_says_so_by_its_day(database: Database, children: Children) -> None:
    stage = Opened(database, children)
    place = stage.round
    record = stage.client.get(f"{place}/record").text
    assert stage.asked("POST", f"{place}/record/check", json={"record": record})["sound"] is True
    with database.write() as transaction:
        renewal.renew(transaction)
    stage.client = a_client(stage.app, "coordinator")  # the one before is logged out
    again = stage.asked("POST", f"{place}/record/check", json={"record": record})
    sentence = f"Dit draagt een sleutel die deze dienst op {today():%d/%m/%Y} verving, en telt niet meer."
    assert again == {"sound": False, "sentence": f"{sentence} Maak het opnieuw."}
    made = stage.client.get(f"{place}/record").text
    assert stage.asked("POST", f"{place}/record/check", json={"record": made})["sound"] is True


@pytest.fixture
def said(address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Give a way to run a command on the database: its code, what it printed, and what went wrong."""
    monkeypatch.setenv("DATABASE_URL", address)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_command_tells_what_stops_before_it_does_it(database: Database, children: Children, said: Said) -> None:
    stage = Opened(database, children)
    code, told, _ = said("secrets", "renew", "--people")
    assert (code, "Er is niets gewijzigd." in told, stage.hook in told) == (0, True, False)
    assert stage.page_status(stage.secret("school")) == 200
    with database.read() as transaction:
        assert factors.is_asked(transaction, stage.person)
    code, done, _ = said("secrets", "renew", "--people", "--yes")
    assert (code, stage.page_status(stage.secret("school"))) == (0, 404)
    rows = told[told.index("Wat ") : told.index("Er is niets gewijzigd.")]
    assert ("Tweede stappen" in rows, rows.rstrip() in done) == (True, True)
    with database.read() as transaction:
        assert not factors.is_asked(transaction, stage.person)
        assert transaction.execute(sa.select(person.c.password).where(person.c.password != "")).all() == []
        assert webhooks.listed(transaction, None, 1)[0].secret in done
        assert audit_trail.has(transaction, "secrets.renewed", "installation")


@pytest.fixture
def fresh(empty_address: Callable[[str], str]) -> Iterator[Database]:
    """Open a new, empty database in a file."""
    database = Database(empty_address("sqlite"))
    yield database
    database.close()


def test_copy_without_secrets_holds_none_and_comes_back_with_new_ones(
    database: Database, children: Children, fresh: Database, tmp_path: Path
) -> None:
    stage = Opened(database, children)
    copy = tmp_path / "kopie.zip"
    made = backup(database, copy, secrets=False)
    with zipfile.ZipFile(copy) as archive:
        raw = b"".join(archive.read(one) for one in archive.namelist())
    assert [one for one in stage.secrets() if one.encode() in raw] == []
    assert b"Wendeline" in raw
    whole = backup(database, tmp_path / "alles.zip")
    with zipfile.ZipFile(tmp_path / "alles.zip") as archive:
        everything = b"".join(archive.read(one) for one in archive.namelist())
    assert [
        one for one in (stage.secret("school"), stage.hook, stage.own.hex()) if one.encode() not in everything
    ] == []
    assert (made.has_secrets, whole.has_secrets) == (False, True)
    told: list[Any] = []
    assert restore(fresh, copy, without_any=lambda one: told.append(renewal.make_after_restore(one))) == made
    new = page_of(fresh, stage.cohort, stage.subject)
    assert (new in bodies(fresh), new == stage.secret("school")) == (True, False)
    caller = participants.caller_of_page(fresh, new)
    assert (caller.cohort, caller.key) == (stage.cohort, stage.subject)
    with fresh.write() as transaction:
        confirming = dict(applications.each_with_secret(transaction))
        assert confirming.keys() == stage.confirming.keys()
        assert all(applications.by_secret(transaction, one) for one in confirming.values())
        row = webhooks.listed(transaction, None, 1)[0]
        assert (row.paused, [(HOOK, row.secret)]) == (True, told[0].webhooks)
        assert not factors.is_asked(transaction, stage.person)
        key = staff.key_row(transaction, stage.key)
    assert next(iter(confirming.values())) in bodies(fresh)
    assert key is not None


def test_sealed_copy_opens_with_its_passphrase_alone(
    database: Database, tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_login(database, "admin")
    copy, folder = tmp_path / "kopie.age", tmp_path / "terug"
    code, _, wrong = said("backup", str(copy), "--encrypt")
    assert (code, copy.exists(), "IN2STEM_BACKUP_PASSPHRASE" in wrong) == (2, False, True)
    monkeypatch.setenv("IN2STEM_BACKUP_PASSPHRASE", "kort")
    assert said("backup", str(copy))[2] == "De wachtzin is te kort: neem er een van minstens 12 tekens.\n"
    monkeypatch.setenv("IN2STEM_BACKUP_PASSPHRASE", PASSPHRASE)
    code, told, _ = said("backup", str(copy))
    assert (code, "Zonder de wachtzin opent niemand dit bestand nog" in told) == (0, True)
    assert copy.read_bytes().startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert b"example.be" not in copy.read_bytes()
    assert zipfile.is_zipfile(copy) is False
    monkeypatch.setenv("IN2STEM_BACKUP_PASSPHRASE", "vier andere woorden")
    monkeypatch.setenv("DATABASE_URL", "")
    code, _, wrong = said("restore", str(copy), "--folder", str(folder))
    assert (code, "opent de reservekopie niet" in wrong) == (2, True)
    monkeypatch.setenv("IN2STEM_BACKUP_PASSPHRASE", PASSPHRASE)
    assert said("restore", str(copy), "--folder", str(folder))[::2] == (0, "")
    back = Database(f"sqlite:///{folder / 'in2stem.sqlite3'}")
    with back.read() as transaction:
        assert len(staff.list_people(transaction)) == 1
    back.close()


def test_machine_that_is_too_slow_for_a_passphrase_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "PAUSE_SECONDS", 0.0)
    hard = re.sub(rb"(-> scrypt \S+) \d+", rb"\1 40", sealing.Seal(PASSPHRASE).close(b"iets"), count=1)
    with pytest.raises(sealing.SealError, match="te traag"):
        sealing.opened_by_passphrase(hard, PASSPHRASE)


def test_copy_for_a_key_opens_with_that_key_alone(
    database: Database, tmp_path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_login(database, "admin")
    own, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    for name, one in (("eigen", own), ("ander", other)):
        (tmp_path / name).write_text(f"# een sleutel\n{one}\n", encoding="utf-8")
    (tmp_path / "geen").write_text("niets\n", encoding="utf-8")
    copy, folder = tmp_path / "kopie.age", tmp_path / "terug"
    code, _, wrong = said("backup", str(copy), "--recipient", "age1nietecht")
    assert (code, copy.exists(), "geen publieke sleutel van age" in wrong) == (2, False, True)
    assert said("backup", str(copy), "--recipient", str(own.to_public()))[0] == 0
    monkeypatch.setenv("DATABASE_URL", "")
    into = ("restore", str(copy), "--folder", str(folder))
    assert "geef --identity BESTAND" in said(*into)[2]
    assert "opent de reservekopie niet" in said(*into, "--identity", str(tmp_path / "ander"))[2]
    assert "staat geen sleutel van age" in said(*into, "--identity", str(tmp_path / "geen"))[2]
    assert said(*into, "--identity", str(tmp_path / "eigen"))[0] == 0
