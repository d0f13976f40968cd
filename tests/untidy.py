"""What does a coordinator's own pair of workbooks look like? Her headers, her spelling, and odd cells."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook

from tests.the_sample import the_sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import matcher

SCHOOL_HEADERS = ("School nr", "School", "PC", "Stad", "Contact", "Mail", "Type school", "Studierichtingen", "Vrij")
MENTOR_HEADERS = (
    "Mentor nr",
    "Voornaam",
    "Familienaam",
    "Mail",
    "Firma",
    "Sector",
    "Plek",
    "Regio",
    "Niveau",
    "Vrij",
    "Capaciteit",
)


UNKNOWN = {
    "Type school": "Wat voor school",
    "Studierichtingen": "Wat ze doen",
    "Niveau": "Waar ik wil helpen",
    "Capaciteit": "Lukt hoe vaak",
}
"""Headers that nobody uses, for four columns; with `Plek` they are five that must be told."""


def untidy_files(*, headers: Mapping[str, str] = {}, more: bool = False) -> dict[str, bytes]:
    """Give two workbooks that hold the sample's people, and what is odd in them: seven cells, or `more`: twelve.

    `headers` calls columns otherwise.
    """
    given = the_sample()
    schools, mentors = [_school(one) for one in given.schools], [_mentor(one) for one in given.mentors]
    schools[2][2] = "9999"  # no such postcode
    schools[4][6] = "TSSO"
    schools.append([*schools[0]])  # the same school twice
    mentors[3][5] = "bouww"
    mentors[5][10] = "veel"
    mentors[7][7] = "West-Vl."
    mentors[9][3] = "geen adres"
    if more:
        schools[6][2] = "B-ergens"
        schools[8][5] = "geen"
        mentors[11][6] = "99999"
        mentors[13][10] = "soms"
        mentors[15][3] = "bel mij"
    named = [[headers.get(one, one) for one in side] for side in (SCHOOL_HEADERS, MENTOR_HEADERS)]
    return {
        "Scholenlijst 2026.xlsx": _book("Blad1", ["Scholen IN2STEM cohorte"], named[0], schools),
        "mentoren (def).xlsx": _book("Mentoren", [], named[1], mentors),
    }


def _school(one: matcher.School) -> list[object]:
    who = (one.id, f" {one.name} ", one.postcode, one.municipality, one.contact, one.email)
    return [*who, ", ".join(one.school_types), "; ".join(one.fields), ", ".join(one.half_days)]


def _mentor(one: matcher.Mentor) -> list[object]:
    who = (one.id, one.first_name, one.last_name, one.email, one.company, "; ".join(one.sectors), one.postcode)
    where = ("; ".join(one.provinces), ", ".join(one.school_types), ", ".join(one.half_days))
    return [*who, *where, one.max_schools]


def _book(sheet: str, above: list[str], headers: Iterable[str], rows: list[list[object]]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    if above:
        page.append(above)
        page.append([])
    page.append(list(headers))
    for row in rows:
        page.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
