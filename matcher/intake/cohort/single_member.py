"""What does the intake say of one school or mentor that does not come from a table?

The same readers and findings as for a spreadsheet; a finding's column is the table's (`postcode`, `gemeente`,
`breedtegraad`, `lengtegraad`, `ondernemingsnummer`), its file is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from matcher.domain.column import Reading
from matcher.domain.finding import Finding
from matcher.domain.policy import Policy
from matcher.intake.cohort.coordinates import locate
from matcher.intake.columns.companies import company_key, read_company_number
from matcher.intake.columns.readers import by_municipality, read_mail, read_postcode
from matcher.intake.places.postcodes import postcodes
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.records import Record

_HERE = Place("")


class Found(NamedTuple):
    """Attributes of a School or Mentor, and what was odd; without errors the attributes can be used."""

    values: dict[str, Any]
    findings: tuple[Finding, ...]


def placed(
    postcode: str, *, municipality: str = "", latitude: float | None = None, longitude: float | None = None
) -> Found:
    """Place somebody: postcode, municipality, province, chamber and position (WGS84).

    Own coordinates go before the postcode's; an empty municipality is the postcode's.
    """
    code, findings = _read(read_postcode, postcode, "postcode")
    if code is None:
        return Found({}, tuple(by_municipality(one, municipality) for one in findings))
    told = {"postcode": code, "municipality": municipality, "latitude": latitude, "longitude": longitude}
    found, more = locate(
        Record(_HERE, {name: value for name, value in told.items() if value is not None}, {}, good=True)
    )
    return Found({"postcode": code, **found}, (*findings, *more))


def centre_of(postcode: str) -> Found:
    """Give what follows from a known postcode alone, without a word on it; empty where it is not known."""
    return Found(placed(postcode).values if postcode in postcodes() else {}, ())


def company_of(name: str, number: str) -> Found:
    """Give a company's number and the key that makes its mentors colleagues."""
    read, findings = _read(read_company_number, number, "ondernemingsnummer") if number else ("", ())
    return Found({"company_number": read or "", "company_key": company_key(name, read or "")}, findings)


def mail_findings(address: str) -> tuple[Finding, ...]:
    """Tell what is odd about an e-mail address."""
    return _read(read_mail, address, "e-mail")[1] if address else ()


def _read(reader: Callable[[str, Policy], Reading], text: str, column: str) -> tuple[Any, tuple[Finding, ...]]:
    reading = reader(text, Policy())
    return reading.value, tuple(_HERE.at(column=column).remark(remark, text) for remark in reading.remarks)
