"""Is PostgreSQL on this machine, or is the line to it enciphered and does it prove who it is? Else it is not used."""

from __future__ import annotations

from ipaddress import ip_address

import matcher

PROVEN = ("verify-ca", "verify-full")
"""What libpq's `sslmode` must be for a server that is elsewhere: enciphered, and with a certificate that is checked."""

NOT_PROVEN = (
    "DATABASE_URL wijst naar «{}», een andere machine, zonder dat de lijn versleuteld is en het certificaat nagekeken "
    "wordt. Zet achter het adres ?sslmode=verify-full (en &sslrootcert=BESTAND voor een eigen uitgever). Is het "
    "netwerk ertussen alleen van u, zet dan IN2STEM_PLAIN_DATABASE=ja."
)
NO_ADDRESS = "DATABASE_URL is geen adres dat hier kan. Bijvoorbeeld: postgresql://naam:wachtwoord@machine/in2stem."


def check_line(address: str) -> None:
    """Refuse an address of PostgreSQL (as libpq takes it) elsewhere without TLS that is checked.

    What the address leaves open is as libpq's own variables say (`PGHOST`, `PGSSLMODE` and the like).
    Raises InvalidValueError, also for what is no address.
    """
    import psycopg  # noqa: PLC0415 - heavy, and SQLite needs none
    from psycopg.pq import Conninfo  # noqa: PLC0415

    try:
        given = {one.keyword: one.val for one in Conninfo.parse(address.encode()) if one.val}
    except psycopg.Error as error:
        raise matcher.InvalidValueError(NO_ADDRESS) from error
    known = {one.keyword: one.val for one in Conninfo.get_defaults() if one.val} | given
    told = {name.decode(): value.decode() for name, value in known.items()}
    if not all(one.isdecimal() for one in told.get("port", "").split(",") if one):
        raise matcher.InvalidValueError(NO_ADDRESS)
    hosts = (told.get("hostaddr") or told.get("host") or "").split(",")
    away = [one for one in hosts if not _is_here(one)]
    if away and told.get("sslmode") not in PROVEN:
        raise matcher.InvalidValueError(NOT_PROVEN.format(away[0]))


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine: a socket's folder, its own name, or an address that never leaves it."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]").partition("%")[0]).is_loopback
    except ValueError:
        return False
