"""How is this service set up? One frozen value, read once from the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import matcher

if TYPE_CHECKING:
    from collections.abc import Mapping

YES = {"1", "true", "yes", "ja"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the service keeps its data, where it listens, and what it allows.

    `database_url` is an SQLAlchemy address, empty for a SQLite file in `folder`. `public_url` is the address
    that people type; its scheme tells whether cookies are for HTTPS alone. `trusted_proxies` are the addresses, with
    commas, of which X-Forwarded-For and X-Forwarded-Proto are believed. Sizes are in bytes, times in seconds.
    """

    folder: Path = Path("in2stem-gegevens")
    database_url: str = field(default="", repr=False)  # it may hold a password
    host: str = "127.0.0.1"
    port: int = 8000
    metrics_port: int = 9464
    public_url: str = ""
    embedded_worker: bool = False
    trusted_proxies: str = ""
    allow_private_webhooks: bool = False
    most_body: int = 20_000_000
    requests_a_minute: int = 1200
    logins_a_minute: int = 10
    heartbeat: float = 2.0
    stalled_after: float = 12.0
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)

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
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read settings from variables; raises InvalidValueError that names the variable."""
    defaults = Settings()

    def text(name: str, default: str) -> str:
        return environment.get(name, default).strip()

    return Settings(
        folder=Path(text("IN2STEM_FOLDER", str(defaults.folder))),
        database_url=text("DATABASE_URL", ""),
        host=text("IN2STEM_HOST", defaults.host),
        port=_number(environment, "IN2STEM_PORT", defaults.port),
        metrics_port=_number(environment, "IN2STEM_METRICS_PORT", defaults.metrics_port),
        public_url=text("IN2STEM_URL", ""),
        trusted_proxies=text("IN2STEM_PROXY", ""),
        allow_private_webhooks=text("IN2STEM_PRIVATE_WEBHOOKS", "").lower() in YES,
        requests_a_minute=_number(environment, "IN2STEM_REQUESTS_A_MINUTE", defaults.requests_a_minute),
        logins_a_minute=_number(environment, "IN2STEM_LOGINS_A_MINUTE", defaults.logins_a_minute),
        oidc_issuer=text("IN2STEM_OIDC_ISSUER", ""),
        oidc_client_id=text("IN2STEM_OIDC_CLIENT_ID", ""),
        oidc_client_secret=text("IN2STEM_OIDC_CLIENT_SECRET", ""),
    )


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    given = environment.get(name, "").strip()
    if given and not given.isdecimal():
        raise matcher.InvalidValueError(f"{name} is «{given}»; hier hoort een getal.")
    return int(given) if given else default
