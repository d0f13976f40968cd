"""How does a test make a cohort's files with one thing wrong?"""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl

from matcher.intake.cohort.rounds import read_cohort

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from matcher.domain.finding import Finding
    from matcher.intake.cohort.rounds import Cohort

SCHOOL = {
    "schoolnummer": "034561",
    "naam": "Atheneum De Linde",
    "postcode": "9000",
    "onderwijsvormen": "TSO",
    "richtingen": "EM",
    "beschikbaarheid": "ma-vm, di-vm",
}
OTHER_SCHOOL = SCHOOL | {"schoolnummer": "034562", "naam": "Sint-Jozef", "postcode": "3500"}
MENTOR = {
    "mentornummer": "M1",
    "voornaam": "Jan",
    "naam": "Peeters",
    "bedrijf": "Voorbeeld NV",
    "sectoren": "technologie",
    "postcode": "9000",
    "beschikbaarheid": "ma-vm",
}
OTHER_MENTOR = MENTOR | {"mentornummer": "M2", "voornaam": "An", "naam": "Maes", "bedrijf": "Andere BV"}

Row = dict[str, str]


def csv_table(rows: list[Row], separator: str = ";") -> str:
    """Write rows as Belgian Excel does."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def cohort_files(schools: str | bytes | None = None, mentors: str | bytes | None = None) -> dict[str, bytes]:
    """Give the contents of scholen.csv and mentoren.csv; what is not told is good."""
    schools = csv_table([SCHOOL, OTHER_SCHOOL]) if schools is None else schools
    mentors = csv_table([MENTOR, OTHER_MENTOR]) if mentors is None else mentors
    return {
        "scholen.csv": schools.encode() if isinstance(schools, str) else schools,
        "mentoren.csv": mentors.encode() if isinstance(mentors, str) else mentors,
    }


def with_school(**changes: str) -> Cohort:
    """Read a cohort of which the second school (row 3) is changed."""
    schools = [SCHOOL | {key: SCHOOL.get(key, "") for key in changes}, OTHER_SCHOOL | changes]
    return read_cohort(cohort_files(schools=csv_table(schools)))


def with_mentor(**changes: str) -> Cohort:
    """Read a cohort of which the second mentor (row 3) is changed."""
    mentors = [MENTOR | {key: MENTOR.get(key, "") for key in changes}, OTHER_MENTOR | changes]
    return read_cohort(cohort_files(mentors=csv_table(mentors)))


def workbook(edit: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """Make a good workbook, let `edit` break it, and give its bytes."""
    book = openpyxl.Workbook()
    schools = book.worksheets[0]
    schools.title = "Scholen"
    for row in (list(SCHOOL), list(SCHOOL.values()), list(OTHER_SCHOOL.values())):
        schools.append(row)
    mentors = book.create_sheet("Mentoren")
    for row in (list(MENTOR), list(MENTOR.values()), list(OTHER_MENTOR.values())):
        mentors.append(row)
    if edit:
        edit(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rezipped(content: bytes, replace: Mapping[str, tuple[str, str]], add: Mapping[str, bytes] | None = None) -> bytes:
    """Replace a text in parts of a workbook, and add parts."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name in replace:
                before, after = (one.encode() for one in replace[name])
                assert before in text
                text = text.replace(before, after, 1)
            new.writestr(name, text)
        for name, extra in (add or {}).items():
            new.writestr(name, extra)
    return changed.getvalue()


def read_book(content: bytes, name: str = "cohort.xlsx") -> Cohort:
    """Read a workbook's bytes."""
    return read_cohort({name: content})


def the(cohort: Cohort, code: str) -> Finding:
    """Give the one finding with this code; its remedy must say something, and errors must stop."""
    found = [finding for finding in cohort.findings if finding.code == code]
    assert len(found) == 1, [str(finding) for finding in cohort.findings]
    assert found[0].message.endswith((".", "?"))
    assert found[0].remedy.endswith((".", "?"))
    assert (cohort.given is None) == any(finding.severity == "error" for finding in cohort.findings)
    return found[0]
