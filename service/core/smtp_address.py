"""Which server takes our mail, and who sends it? Read from two settings, checked when the service starts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

import matcher

PORTS = {"smtp": 587, "smtps": 465}
YES, NO = {"1", "true", "yes", "ja"}, {"0", "false", "no", "nee"}
ADDRESS = re.compile(r"[^\s@<>\"(),:;\\\x00-\x1f\x7f]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
LONGEST = 254
LIKE = "hier hoort een adres zoals smtp://naam:wachtwoord@smtp.voorbeeld.be:587 of smtps://…"


def is_mailable(address: str) -> bool:
    """Tell whether a mail can be sent to an address: one of plain letters, at a name of the net."""
    return len(address) <= LONGEST and address.isascii() and ADDRESS.fullmatch(address) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """A server that takes mail; `tls` is from the first byte on, `starttls` before anything else is said."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a name, which may be empty, and an address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


def smtp_server(given: str) -> SmtpServer:
    """Read an address of a server; raises InvalidValueError, which does not repeat it: it may hold a password."""
    try:
        parts = urlsplit(given)
        host, port, more = parts.hostname or "", parts.port, parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise _refused(LIKE) from error
    if parts.scheme not in PORTS or not host or port == 0 or parts.path not in ("", "/") or parts.fragment:
        raise _refused(LIKE)
    asked = (more.pop("starttls", ["ja"])[-1]).lower()
    if more or asked not in YES | NO:
        raise _refused("achter het ? kan alleen starttls=ja of starttls=nee staan.")
    server = SmtpServer(
        host=host,
        port=port or PORTS[parts.scheme],
        tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and asked in YES,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
    if server.user and not (server.tls or server.starttls or _is_here(host)):
        raise _refused("een wachtwoord gaat nooit onversleuteld over het net. Laat starttls=nee weg.")
    return server


def sender(given: str) -> Sender:
    """Read who sends, as `Name <address>` or an address; raises InvalidValueError."""
    name, address = parseaddr(given)
    if not (is_mailable(address) and given.isprintable()):
        remedy = "hier hoort wie de mails stuurt, zoals IN2STEM <in2stem@voorbeeld.be>."
        raise matcher.InvalidValueError(f"IN2STEM_MAIL_FROM is «{given[:60]}»; {remedy}")
    return Sender(name, address)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(remedy: str) -> matcher.InvalidValueError:
    return matcher.InvalidValueError(f"IN2STEM_SMTP_URL klopt niet: {remedy}")
