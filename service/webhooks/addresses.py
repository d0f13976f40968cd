"""Where may the service send something of its own accord? Never inside the operator's network, unless allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

VISIBLE = re.compile(r"[!-~]+")
NO_ADDRESS = "Dit is geen adres. Schrijf bijvoorbeeld https://voorbeeld.be/haak."
INSIDE_ALLOWED = " Mag het wel, zet dan IN2STEM_PRIVATE_WEBHOOKS=ja; zie docs/beheer.md."
"""Said where a setting of the operator would allow it."""

NOT_LISTED = "Naar «{}» wordt hier niets gestuurd: de beheerder van de dienst noemt het niet in IN2STEM_WEBHOOK_HOSTS."

NAT64 = IPv6Network("64:ff9b::/96")
"""Addresses whose last 32 bits are the IPv4 address where a translator brings what is sent (RFC 6052)."""

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Tell whether an address is of the open internet, and so is every address that hides in it."""
    if address in NAT64:
        return is_public(IPv4Address(address.packed[-4:]))
    here = address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)
    return here and all(is_public(one) for one in _hidden(address))


def _hidden(address: Address) -> list[IPv4Address]:
    """Give the IPv4 addresses to which an IPv6 address may lead."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    return [one for one in found if one is not None]


def url_fault(url: str, *, allow_private: bool, hosts: Sequence[str] = ()) -> str | None:
    """Say in Dutch why nothing can be sent to an address; None where it can, as far as its text tells.

    `hosts` are the only names that are allowed, `*.` before one for all below it; none allows every name.
    """
    if VISIBLE.fullmatch(url) is None or "\\" in url:
        return "Schrijf het adres met gewone tekens, zonder spaties of accenten."
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return NO_ADDRESS
    if parts.scheme not in (("https", "http") if allow_private else ("https",)):
        return "Het adres begint met https://." + ("" if parts.scheme != "http" else INSIDE_ALLOWED)
    if parts.username is not None or parts.fragment:
        return "In het adres horen geen naam, wachtwoord of #."
    return NO_ADDRESS if not host or port == 0 else _host_fault(host, hosts, allow_private=allow_private)


def _host_fault(host: str, hosts: Sequence[str], *, allow_private: bool) -> str | None:
    if hosts and not any(_fits(host, one) for one in hosts):
        return NOT_LISTED.format(host)
    return _literal_fault(host, allow_private=allow_private)


def _fits(host: str, allowed: str) -> bool:
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed


def _literal_fault(host: str, *, allow_private: bool) -> str | None:
    """Refuse numbers of a closed network; a name is looked up when something is sent."""
    try:
        literal = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    inside = not allow_private and not is_public(literal)
    return (
        f"Dit adres ligt niet op het open internet. Daarheen wordt niets gestuurd.{INSIDE_ALLOWED}" if inside else None
    )
