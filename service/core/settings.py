"""How is this service set up? One frozen value, read once from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import matcher
from service.core.smtp_address import Sender, SmtpServer, sender, smtp_server

YES, NO = {"1", "true", "yes", "ja"}, {"", "0", "false", "no", "nee"}
MOST_PORT, MOST_A_MINUTE, MOST_DIGITS = 65_535, 1_000_000, 7
LONGEST_SHOWN = 60
HOST = re.compile(r"(\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the service keeps its data, where it listens, and what it allows.

    `database_url` is an SQLAlchemy address, empty for a SQLite file in `folder`. `public_url` is the address
    that people type; its scheme tells whether cookies are for HTTPS alone. `trusted_proxies` are the addresses, with
    commas, of which X-Forwarded-For and X-Forwarded-Proto are believed. `webhook_hosts` are the names to which webhooks
    may go, `*.` before one for all below it; none is every public one. `second_step` asks one of every person;
    `oidc_acr` is how the provider says that it asked two. Sizes are in bytes, times in seconds.
    """

    folder: Path = Path("in2stem-gegevens")
    database_url: str = field(default="", repr=False)  # it may hold a password
    host: str = "127.0.0.1"
    port: int = 8000
    metrics_port: int = 9464
    metrics_host: str = "127.0.0.1"
    public_url: str = ""
    embedded_worker: bool = False
    trusted_proxies: str = ""
    allow_private_webhooks: bool = False
    webhook_hosts: tuple[str, ...] = ()
    plain_database: bool = False
    most_body: int = 20_000_000
    requests_a_minute: int = 1200
    logins_a_minute: int = 10
    applications_a_minute: int = 10
    applications_an_hour: int = 60
    heartbeat: float = 2.0
    stalled_after: float = 12.0
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_acr: str = ""
    second_step: bool = False
    smtp_url: str = field(default="", repr=False)  # it may hold a password
    mail_from: str = ""
    backup_passphrase: str = field(default="", repr=False)

    @property
    def can_mail(self) -> bool:
        """Whether there is a server that takes mail; else people send it themselves."""
        return bool(self.smtp_url)

    @property
    def smtp(self) -> SmtpServer:
        """The server that takes mail; raises InvalidValueError where none is named."""
        return smtp_server(self.smtp_url)

    @property
    def sender(self) -> Sender:
        """Who sends mail; raises InvalidValueError where nobody is named."""
        return sender(self.mail_from)

    @property
    def address(self) -> str:
        """The database as SQLAlchemy takes it; PostgreSQL always through psycopg."""
        if not self.database_url:
            return f"sqlite:///{self.folder / 'in2stem.sqlite3'}"
        for short in ("postgres://", "postgresql://"):
            if self.database_url.startswith(short):
                return f"postgresql+psycopg://{self.database_url.removeprefix(short)}"
        return self.database_url

    @property
    def is_sqlite(self) -> bool:
        """Whether the data stands in one file that one service owns."""
        return self.address.startswith("sqlite")

    @property
    def url(self) -> str:
        """The address that people type, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read settings from variables; raises InvalidValueError that names the variable."""
    defaults = Settings()

    def text(name: str, default: str) -> str:
        return environment.get(name, "").strip() or default

    def number(name: str, default: int, least: int, most: int) -> int:
        return _number(name, text(name, str(default)), least, most)

    return Settings(
        folder=Path(text("IN2STEM_FOLDER", str(defaults.folder))),
        database_url=text("DATABASE_URL", ""),
        host=text("IN2STEM_HOST", defaults.host),
        port=number("IN2STEM_PORT", defaults.port, 0, MOST_PORT),
        metrics_port=number("IN2STEM_METRICS_PORT", defaults.metrics_port, 0, MOST_PORT),
        metrics_host=_address("IN2STEM_METRICS_HOST", text("IN2STEM_METRICS_HOST", defaults.metrics_host)),
        public_url=_url("IN2STEM_URL", text("IN2STEM_URL", "")),
        trusted_proxies=_proxies("IN2STEM_PROXY", text("IN2STEM_PROXY", "")),
        allow_private_webhooks=_yes("IN2STEM_PRIVATE_WEBHOOKS", text("IN2STEM_PRIVATE_WEBHOOKS", "")),
        webhook_hosts=_hosts("IN2STEM_WEBHOOK_HOSTS", text("IN2STEM_WEBHOOK_HOSTS", "")),
        plain_database=_yes("IN2STEM_PLAIN_DATABASE", text("IN2STEM_PLAIN_DATABASE", "")),
        requests_a_minute=number("IN2STEM_REQUESTS_A_MINUTE", defaults.requests_a_minute, 1, MOST_A_MINUTE),
        logins_a_minute=number("IN2STEM_LOGINS_A_MINUTE", defaults.logins_a_minute, 1, MOST_A_MINUTE),
        applications_a_minute=number("IN2STEM_APPLICATIONS_A_MINUTE", defaults.applications_a_minute, 1, MOST_A_MINUTE),
        applications_an_hour=number("IN2STEM_APPLICATIONS_AN_HOUR", defaults.applications_an_hour, 1, MOST_A_MINUTE),
        oidc_issuer=text("IN2STEM_OIDC_ISSUER", ""),
        oidc_client_id=text("IN2STEM_OIDC_CLIENT_ID", ""),
        oidc_client_secret=text("IN2STEM_OIDC_CLIENT_SECRET", ""),
        oidc_acr=text("IN2STEM_OIDC_ACR", ""),
        second_step=_yes("IN2STEM_SECOND_STEP", text("IN2STEM_SECOND_STEP", "")),
        smtp_url=_smtp(text("IN2STEM_SMTP_URL", ""), text("IN2STEM_MAIL_FROM", "")),
        mail_from=text("IN2STEM_MAIL_FROM", ""),
        backup_passphrase=text("IN2STEM_BACKUP_PASSPHRASE", ""),
    )


def _smtp(url: str, given: str) -> str:
    """Check whom mail is given to, and who sends it."""
    if url:
        smtp_server(url)
        sender(given)
    return url


def _refused(name: str, given: str, remedy: str) -> matcher.InvalidValueError:
    shown = given if len(given) <= LONGEST_SHOWN else f"{given[:LONGEST_SHOWN]}…"
    return matcher.InvalidValueError(f"{name} is «{shown}»; {remedy}")


def _number(name: str, given: str, least: int, most: int) -> int:
    if not (given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS and least <= int(given) <= most):
        raise _refused(name, given, f"hier hoort een getal van {least} tot {most}.")
    return int(given)


def _url(name: str, given: str) -> str:
    """Check an address that people type; its scheme, in small letters, decides on what cookies travel."""
    if not given:
        return ""
    remedy = "hier hoort een heel adres, zoals https://in2stem.voorbeeld.be."
    try:
        parts = urlsplit(given)
        well = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise _refused(name, given, remedy) from error
    if not well or parts.query or parts.fragment or "@" in parts.netloc or any(one.isspace() for one in given):
        raise _refused(name, given, remedy)
    return parts._replace(netloc=parts.netloc.lower()).geturl()


def _address(name: str, given: str) -> str:
    """Check an IP address to listen on."""
    try:
        return str(ip_address(given))
    except ValueError as error:
        raise _refused(name, given, "hier hoort een IP-adres, zoals 127.0.0.1 of 10.0.0.5.") from error


def _proxies(name: str, given: str) -> str:
    """Check addresses and networks with commas; an asterisk, which believes everybody, is allowed alone."""
    if given in ("", "*"):
        return given
    for one in given.split(","):
        try:
            ip_network(one.strip())
        except ValueError as error:
            raise _refused(name, given, "hier horen IP-adressen met komma's, zoals 127.0.0.1,10.0.0.0/8.") from error
    return given


def _hosts(name: str, given: str) -> tuple[str, ...]:
    """Check names of machines with commas, in small letters; an asterisk stands for all names below one."""
    found = tuple(one.strip().lower() for one in given.split(",")) if given else ()
    if not all(HOST.fullmatch(one) for one in found):
        raise _refused(name, given, "hier horen namen met komma's, zoals haak.voorbeeld.be,*.voorbeeld.org.")
    return found


def _yes(name: str, given: str) -> bool:
    if given.lower() not in YES | NO:
        raise _refused(name, given, "hier hoort «ja» of «nee».")
    return given.lower() in YES
