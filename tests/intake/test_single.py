"""Does one school or mentor get the same place and the same findings as a row of a table?"""

from __future__ import annotations

import pytest

from matcher.domain.position import Position
from matcher.intake.cohort.single_member import centre_of, company_of, mail_findings, placed


def codes(found: object) -> list[tuple[str, str, str | None]]:
    return [(one.severity, one.code, one.column) for one in found.findings]  # type: ignore[attr-defined]


def test_postcode_places_somebody() -> None:
    found = placed("9000")
    assert found.findings == ()
    assert (found.values["municipality"], found.values["province"]) == ("Gent", "Oost-Vlaanderen")
    assert found == placed("B-9000")
    assert centre_of("9000").values == found.values


def test_own_coordinates_go_before_the_postcode() -> None:
    found = placed("9000", latitude=51.05, longitude=3.73)
    assert (found.values["position"], found.findings) == (Position(51.05, 3.73), ())


@pytest.mark.parametrize(
    ("arguments", "severity", "code", "column"),
    [
        ({"postcode": "9001"}, "error", "unknown_postcode", "postcode"),
        ({"postcode": "1000"}, "warning", "outside_flanders", "postcode"),
        ({"postcode": "9000", "latitude": 3.7, "longitude": 51.0}, "error", "coordinates_swapped", "breedtegraad"),
        ({"postcode": "9000", "latitude": 40.4, "longitude": 3.7}, "error", "outside_belgium", "breedtegraad"),
        ({"postcode": "9000", "latitude": 51.0}, "error", "half_coordinates", "lengtegraad"),
        ({"postcode": "3500", "municipality": "Gent"}, "warning", "municipality_mismatch", "gemeente"),
    ],
)
def test_odd_place_is_told(arguments: dict[str, object], severity: str, code: str, column: str) -> None:
    assert codes(placed(**arguments)) == [(severity, code, column)]  # type: ignore[arg-type]


def test_unknown_postcode_is_nowhere() -> None:
    assert (placed("9001").values, centre_of("9001").values) == ({}, {})


def test_company_is_known_by_its_number_else_by_its_name() -> None:
    assert company_of("Voorbeeld NV", "0123.456.749").values["company_key"] == "0123456749"
    assert company_of("Voorbeeld NV", "").values == {"company_number": "", "company_key": "voorbeeld"}
    assert codes(company_of("Voorbeeld NV", "0123.456.748")) == [("error", "company_number", "ondernemingsnummer")]


def test_mail_that_is_none_is_told() -> None:
    assert [one.code for one in mail_findings("jan bij voorbeeld")] == ["email"]
    assert mail_findings("jan@voorbeeld.be") == mail_findings("") == ()
