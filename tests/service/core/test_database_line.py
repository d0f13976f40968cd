"""Is PostgreSQL on another machine reached by a line that is enciphered and proven alone, unless a setting says so?"""

from __future__ import annotations

from argparse import Namespace

import pytest

from matcher import InvalidValueError
from service.core.database_line import NO_ADDRESS, check_line
from service.database.setup import settings_of

AWAY = "postgresql://an:geheim@databank.voorbeeld.be/in2stem"


@pytest.fixture(autouse=True)
def nothing_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have libpq know nothing but the address."""
    for name in ("PGHOST", "PGHOSTADDR", "PGSSLMODE", "PGSERVICE", "IN2STEM_PLAIN_DATABASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "address",
    [
        *("postgresql:///in2stem", "postgresql://an@localhost/in2stem", "postgresql://an:x@127.0.0.1:5433/in2stem"),
        *("postgresql://an@[::1]/in2stem", "postgresql:///in2stem?host=/run/postgresql", "postgresql://an@127.8.8.8/a"),
        *(f"{AWAY}?sslmode=verify-full", f"{AWAY}?sslmode=verify-ca&sslrootcert=/etc/ca.pem"),
    ],
)
def test_server_here_or_by_a_proven_line_is_taken(address: str) -> None:
    check_line(address)


@pytest.mark.parametrize(
    "address",
    [
        *(AWAY, f"{AWAY}?sslmode=disable", f"{AWAY}?sslmode=prefer", f"{AWAY}?sslmode=require"),
        *("postgresql://an@10.0.0.5/in2stem", "postgresql:///in2stem?host=10.0.0.5", "postgresql://an@[fd00::1]/a"),
        *("postgresql://an@localhost,10.0.0.5/in2stem", "postgresql://an@localhost/a?hostaddr=10.0.0.5"),
        "postgresql://an@127.0.0.1.voorbeeld.be/in2stem",
    ],
)
def test_server_elsewhere_by_another_line_is_refused_and_no_secret_told(address: str) -> None:
    with pytest.raises(InvalidValueError, match=r"DATABASE_URL wijst naar «.*sslmode=verify-full") as refused:
        check_line(address)
    assert "geheim" not in str(refused.value)


def test_what_the_address_leaves_open_is_as_the_variables_of_libpq_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "databank.voorbeeld.be")
    with pytest.raises(InvalidValueError, match=r"«databank\.voorbeeld\.be»"):
        check_line("postgresql:///in2stem")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    check_line("postgresql:///in2stem")


def test_every_command_asks_it_and_a_setting_allows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", AWAY.replace("postgresql", "postgres"))
    with pytest.raises(InvalidValueError, match="IN2STEM_PLAIN_DATABASE=ja"):
        settings_of(Namespace())
    monkeypatch.setenv("IN2STEM_PLAIN_DATABASE", "ja")
    assert settings_of(Namespace()).plain_database
    monkeypatch.delenv("IN2STEM_PLAIN_DATABASE")
    monkeypatch.setenv("DATABASE_URL", "postgresql://an@localhost/in2stem?onzin=1")
    with pytest.raises(InvalidValueError, match=NO_ADDRESS[:40]):
        settings_of(Namespace())
