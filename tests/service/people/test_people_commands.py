"""Can an operator let people and programs in, and keep them out, from the command line?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.access import keys, logins, people
from service.access.audit_trail import lines
from service.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.database.engine import Database

    Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Give a way to run a command on the database: its code, what it printed, and what went wrong."""
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("IN2STEM_URL", "https://in2stem.example/")

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_user_added_gets_a_link_that_opens_once(said: Said, database: Database) -> None:
    code, printed, _ = said("users", "add", "An@Voka.be", "--name", "An Peeters", "--region", "Limburg")
    link = next(line.strip() for line in printed.splitlines() if "/aanmelden#" in line)
    assert (code, link.split("#")[0]) == (0, "https://in2stem.example/aanmelden")
    with database.write() as transaction:
        (person,) = people.list_people(transaction)
        assert (person.email, person.role, person.regions) == ("an@voka.be", "coordinator", ["Limburg"])
        assert logins.use_link(transaction, link.split("#")[1]) == person.id
        (line,) = lines(transaction, None, None, 10)
    assert (line["actor"], line["action"], line["target"]) == ("command", "person.added", person.id)
    assert "an@voka.be  An Peeters  coördinator  Limburg" in said("users", "list")[1]


def test_user_blocked_comes_in_again_only_when_unblocked(said: Said, database: Database) -> None:
    said("users", "add", "an@voka.be", "--role", "admin")
    code, _, wrong = said("users", "block", "an@voka.be")
    assert (code, wrong) == (2, "Dit is de laatste beheerder. Voeg eerst een andere toe.\n")
    said("users", "add", "jo@voka.be", "--role", "admin")
    assert said("users", "block", "an@voka.be")[:2] == (0, "an@voka.be mag niet meer binnen.\n")
    assert "geblokkeerd" in said("users", "list")[1]
    assert said("users", "link", "an@voka.be")[0] == 2
    assert said("users", "unblock", "an@voka.be")[:2] == (0, "an@voka.be mag weer binnen.\n")
    assert said("users", "link", "an@voka.be")[0] == 0
    with database.read() as transaction:
        assert [one.blocked for one in people.list_people(transaction)] == [False, False]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("users", "add", "an@voka.be"), "Zonder --region ziet deze persoon niets."),
        (("users", "add", "an", "--role", "admin"), "Dit is geen e-mailadres."),
        (("users", "add", "an@voka.be", "--region", "Limbrug"), "Bedoelde u «Limburg»?"),
        (("users", "add", "an@voka.be", "--region", "Limburg", "--region", "LIMBURG"), "en «LIMBURG» zijn dezelfde"),
        (("keys", "add", "x", "--region", "Limburg", "--region", "LIMBURG"), "en «LIMBURG» zijn dezelfde"),
        (("users", "link", "wie@voka.be"), "Niemand heeft het adres wie@voka.be."),
        (("keys", "add", "x", "--cohort", "coh_1"), "De cohorte coh_1 bestaat niet."),
        (("keys", "add", "x", "--role", "viewer"), "Zonder kamer of cohorte ziet deze sleutel niets."),
        (("keys", "revoke", "key_1"), "De sleutel key_1 bestaat niet."),
    ],
)
def test_command_with_a_wrong_value_changes_nothing(
    said: Said, database: Database, words: tuple[str, ...], told: str
) -> None:
    code, printed, wrong = said(*words)
    assert (code, printed, told in wrong) == (2, "", True)
    with database.read() as transaction:
        assert (people.list_people(transaction), keys.list_keys(transaction)) == ([], [])
        assert lines(transaction, None, None, 10) == []


def test_key_is_shown_once_and_ends_on_its_last_day_or_when_revoked(said: Said, database: Database) -> None:
    code, printed, _ = said("keys", "add", "portaal", "--until", "30/06/2027")
    secret = printed.splitlines()[-1]
    with database.read() as transaction:
        found = keys.key_row(transaction, secret)
    assert found is not None
    assert (code, found.scopes, f"{found.expires_at}") == (0, ["portal"], "2027-06-30 22:00:00+00:00")
    shown = said("keys", "list")[1]
    assert (found.id in shown, secret in shown, "01/07/2027 00:00" in shown) == (True, False, True)
    assert said("keys", "revoke", found.id)[0] == 0
    assert "ingetrokken" in said("keys", "list")[1]
