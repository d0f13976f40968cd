"""From where is something asked, as limits count it? An address; of IPv6 the network, for anybody has all of that."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import IPv6Address, IPv6Network, ip_address

from service.access.callers import Caller
from service.core.errors import Problem

ADDRESS_HEADER = "In2stem-Client-Address"
"""With this header a trusted key tells for whom it asks: the address of the person before the portal."""

OF_ONE = 64
"""Bits of an IPv6 address that a provider gives to one customer."""


def source_of(address: str) -> str:
    """Give what limits count: an IPv4 address, also inside an IPv6 one, or the /64 of another; other texts as such."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    mapped = found.ipv4_mapped
    return str(mapped) if mapped is not None else str(IPv6Network((found, OF_ONE), strict=False))


def client_of(host: str, headers: Mapping[str, str], caller: Caller) -> str:
    """Give the source of a request: what a trusted key says of it, else where the request comes from.

    Raises Problem 400 for what a trusted key says and is no address.
    """
    told = headers.get(ADDRESS_HEADER.lower(), "")
    if not caller.trusted or not told:
        return source_of(host)
    try:
        return source_of(str(ip_address(told.strip())))
    except ValueError as error:
        detail = f"{ADDRESS_HEADER} is geen IP-adres. Geef het adres van wie het portaal gebruikt."
        raise Problem(HTTPStatus.BAD_REQUEST, "bad_client_address", detail) from error
