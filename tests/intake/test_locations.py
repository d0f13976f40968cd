"""Are places and blackouts read as their writers mean them, and is everything else pointed at?"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from matcher.domain.period import Period
from matcher.intake.season.hosts import Blackouts, read_blackouts, read_locations
from tests.builders import a_mentor, a_round, a_school
from tests.season_builders import a_host

if TYPE_CHECKING:
    from matcher.domain.finding import Finding
    from matcher.domain.season import Host

GIVEN = a_round(
    [a_school("034561"), a_school("S002")], [a_mentor(1, company="Staal nv", company_key="staal"), a_mentor(2)]
)


def locations(*lines: str) -> tuple[tuple[Host, ...], list[Finding]]:
    return read_locations(GIVEN, "\n".join(lines).encode())


def blackouts(*lines: str) -> tuple[Blackouts, list[Finding]]:
    hosts = [a_host("Provinciehuis", name="Provinciehuis")]
    return read_blackouts(GIVEN, hosts, "\n".join(lines).encode(), 2026)


def troubles(findings: list[Finding]) -> list[tuple[str, str, int | None, str | None]]:
    return [(one.severity, one.code, one.row, one.column) for one in findings if one.severity != "note"]


def test_location_has_place_capacity_and_times() -> None:
    (host,), findings = locations("naam;postcode;straat;capaciteit;hoe vaak", "Provinciehuis;9000;Woodrow 1;20;3")
    assert (host.id, host.kind, host.municipality, host.capacity, host.max_times) == (
        "Provinciehuis",
        "other",
        "Gent",
        20,
        3,
    )
    assert troubles(findings) == []
    assert findings[-1].message == "1 locatie gelezen, 0 fouten."


def test_location_without_numbers_receives_eight_schools_once() -> None:
    (host,), _ = locations("naam;postcode", "Provinciehuis;9000")
    assert (host.capacity, host.max_times, host.half_days) == (8, 1, ())


def test_row_can_speak_of_a_school_or_a_company_of_the_cohort() -> None:
    hosts, _ = locations(
        "naam;schoolnummer;mentornummer;capaciteit;hoe_vaak;halve_dagen",
        "Onze school;034561;;12;2;wo-nm",
        "Staal;;M001;30;0;",
    )
    assert [(one.id, one.kind, one.name, one.capacity, one.max_times, one.half_days) for one in hosts] == [
        ("034561", "school", "School 034561", 12, 2, ("wo-nm",)),
        ("staal", "company", "Staal nv", 30, 0, ()),
    ]


@pytest.mark.parametrize(
    ("row", "trouble"),
    [
        ("Huis;9000;x;", ("error", "not_a_whole_number", 2, "capaciteit")),
        ("Huis;0999;;", ("error", "unknown_postcode", 2, "postcode")),
        ("Huis;;;", ("error", "empty_cell", 2, "postcode")),
        (";9000;;", ("error", "empty_cell", 2, "naam")),
        ("Huis;;;S009", ("error", "unknown_school", 2, "schoolnummer")),
    ],
)
def test_wrong_location_is_pointed_at(row: str, trouble: tuple[str, str, int, str]) -> None:
    hosts, findings = locations("naam;postcode;capaciteit;schoolnummer", row)
    assert hosts == ()
    assert troubles(findings) == [trouble]
    assert findings[-1].message == "0 locaties gelezen, 1 fout."


def test_lost_leading_zero_is_seen_through() -> None:
    _, findings = locations("naam;schoolnummer", "Onze school;34561")
    (error,) = [one for one in findings if one.severity == "error"]
    assert error.remedy == "Bedoelde u «034561»?"


def test_same_place_twice_is_refused_whatever_its_capitals() -> None:
    hosts, findings = locations("naam;postcode", "Provinciehuis;9000", "PROVINCIEHUIS;9000")
    assert len(hosts) == 1
    assert troubles(findings) == [("error", "duplicate_id", 3, None)]


def test_unknown_column_is_named() -> None:
    _, findings = locations("naam;postcode;capasiteit", "Provinciehuis;9000;3")
    assert [one.remedy for one in findings if one.code == "unknown_column"] == ["Bedoelde u «capaciteit»?"]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a;b\n1;2\n", b"PK\x03\x04 broken"])
def test_file_that_is_no_table_is_refused(content: bytes) -> None:
    for file in ("locaties.csv", "locaties.xlsx"):
        hosts, findings = read_locations(GIVEN, content, file)
        assert hosts == ()
        assert any(one.severity == "error" for one in findings)


@pytest.mark.parametrize(
    "text",
    ["13/01/2027", "13/1/2027", "13-1-27", "13.01.2027", "2027-01-13", "13 januari 2027", "woensdag 13 jan 2027"],
)
def test_day_is_read_day_first(text: str) -> None:
    found, _ = blackouts("schoolnummer;van", f"S002;{text}")
    assert found.schools == {"S002": (Period(date(2027, 1, 13), date(2027, 1, 13)),)}


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("01/13/2027", "De dag komt eerst: bedoelde u 13/01/2027?"),
        ("31/02/2027", "De dag komt eerst, dan de maand."),
        ("gisteren", "Schrijf dag/maand/jaar, zoals 13/01/2027."),
        ("2027", "Schrijf dag/maand/jaar, zoals 13/01/2027."),
    ],
)
def test_day_that_can_not_be_is_refused(text: str, remedy: str) -> None:
    found, findings = blackouts("schoolnummer;van", f"S002;{text}")
    assert found.schools == {}
    assert [(one.code, one.column, one.remedy) for one in findings if one.severity == "error"] == [
        ("not_a_date", "van", remedy)
    ]


def test_blackouts_of_schools_mentors_and_places_are_kept_apart() -> None:
    found, findings = blackouts(
        "schoolnummer;mentornummer;locatie;van;tot;halve dag;soort;reden",
        "S002;;;13/01/2027;15/01/2027;;;studiedagen",
        "S002;;;20/01/2027;;namiddag;;",
        "S002;;;15/03/2027;19/03/2027;;examens;paasexamens",
        ";M001;;13/01/2027;;wo-vm;;",
        ";;provinciehuis;13/01/2027;;;;raadszitting",
        "alle;;;17/02/2027;;;;carnaval",
    )
    assert troubles(findings) == []
    assert found == Blackouts(
        schools={
            "S002": (
                Period(date(2027, 1, 13), date(2027, 1, 15), "", "studiedagen"),
                Period(date(2027, 1, 20), date(2027, 1, 20), "nm"),
            )
        },
        mentors={"M001": (Period(date(2027, 1, 13), date(2027, 1, 13), "vm"),)},
        hosts={"Provinciehuis": (Period(date(2027, 1, 13), date(2027, 1, 13), "", "raadszitting"),)},
        exams={"S002": (Period(date(2027, 3, 15), date(2027, 3, 19), "", "paasexamens"),)},
        everybody=(Period(date(2027, 2, 17), date(2027, 2, 17), "", "carnaval"),),
    )


@pytest.mark.parametrize(
    ("row", "trouble"),
    [
        (";;;13/01/2027;;;", ("error", "who_is_meant", 2, None)),
        ("S002;M001;;13/01/2027;;;", ("error", "who_is_meant", 2, None)),
        ("S009;;;13/01/2027;;;", ("error", "unknown_school", 2, "schoolnummer")),
        (";M009;;13/01/2027;;;", ("error", "unknown_mentor", 2, "mentornummer")),
        (";;Stadhuis;13/01/2027;;;", ("error", "unknown_host", 2, "locatie")),
        ("S002;;;13/01/2027;12/01/2027;;", ("error", "ends_before_start", 2, "tot")),
        ("S002;;;13/01/2027;;avond;", ("error", "unknown_day_part", 2, "halve_dag")),
        (";M001;;13/01/2027;;;examens", ("error", "exams_of_whom", 2, "soort")),
        ("S002;;;;;;", ("error", "empty_cell", 2, "van")),
        ("S002;;;13/01/2028;;;", ("warning", "outside_year", 2, "van")),
        ("S002;;;13/01/2027;;;;x", ("error", "ragged_row", 2, None)),
    ],
)
def test_wrong_blackout_is_pointed_at(row: str, trouble: tuple[str, str, int, str | None]) -> None:
    _, findings = blackouts("schoolnummer;mentornummer;locatie;van;tot;halve_dag;soort", row)
    assert troubles(findings)[:1] == [trouble]


def test_workbook_keeps_days_as_excel_means_them() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Blokkeringen"
    sheet.append(["Blokkeringen 2026-2027"])
    sheet.append(["Schoolnummer", "Van", "Tot", "Reden"])
    sheet.append(["S002", date(2027, 3, 4), date(2027, 3, 5), "uitstap"])
    stream = io.BytesIO()
    book.save(stream)
    found, findings = read_blackouts(GIVEN, [], stream.getvalue(), 2026, "cohorte.xlsx")
    assert troubles(findings) == []
    assert found.schools == {"S002": (Period(date(2027, 3, 4), date(2027, 3, 5), "", "uitstap"),)}
