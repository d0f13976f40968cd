"""Does the report of a cohort add up what was noted, leave open what was not, and read alike as page and workbook?"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

SHORT = "In het kort"


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def sheet(pages: Pages, title: str) -> list[list[object]]:
    """Give a sheet of the workbook."""
    answer = pages.client.get(f"{pages.here}/rapport/rapport.xlsx")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[cell.value for cell in row] for row in book[title].iter_rows(min_row=2)]


def figures(pages: Pages) -> dict[object, object]:
    """Give the figures of the whole."""
    return {row[0]: row[1] for row in sheet(pages, SHORT)}


def test_nothing_noted_is_left_open_and_not_called_nothing(pages: Pages) -> None:
    told = figures(pages)
    assert (told["Scholen"], told["Scholen met een mentor in het gepubliceerde plan"]) == (3, 0)
    for name in ("Contacten", "Uren contact", "Tevredenheid van scholen, van 1 tot 5", "Winnaar van de Award"):
        assert told[name] is None
    text = pages.text("/rapport")
    assert "Wat nergens genoteerd werd, is leeg; dat is geen nul." in text
    assert '<td class="cijfer">–</td>' in text.partition(">Uren contact</th>")[2].partition("</tr>")[0]
    assert '<th scope="col" class="cijfer">Waarde</th>' in text
    assert "Rapport voor wie betaalt" in pages.text("/traject")


def test_report_adds_up_contacts_measurements_and_the_award(pages: Pages) -> None:
    pages.solved()
    found = pages.client.get(f"/v1/cohorts/{pages.cohort}/rounds/laatste").json()["id"]
    assert pages.client.post(f"{pages.here}/publiceren", data={"ronde": found, "eenmaal": ""}).status_code == 303
    first, *_ = pages.client.get(f"/v1/cohorts/{pages.cohort}/outcomes").json()["items"]
    place = f"/v1/cohorts/{pages.cohort}/outcomes/{first['school']}/{first['mentor']}"
    tag = pages.client.get(place).headers["etag"]
    noted = {"contacts": [{"day": "2026-11-02", "minutes": 45}, {"day": "2026-11-09", "minutes": 60}]}
    sent = pages.client.put(place, json=noted | {"school_satisfaction": 4}, headers={"If-Match": tag})
    assert sent.status_code == 200, sent.text
    rated = {"wie": "school", "versie": "nieuw", "eenmaal": "", "c1.1": "2"}
    assert pages.client.post(f"{pages.here}/traject/S001/baseline/indienen", data=rated).status_code == 303
    award = {"name": "Award", "criteria": [{"key": "idee", "name": "Idee", "weight": 1}], "schools": ["S001"]}
    jury = {"jurors": [{"id": "J1", "name": "Mieke Torenvalk"}]}
    assert pages.client.put(f"/v1/cohorts/{pages.cohort}/award", json=award | jury).status_code == 201
    scored = pages.client.put(f"/v1/cohorts/{pages.cohort}/award/scores/J1/S001", json={"scores": {"idee": 7.5}})
    assert scored.status_code == 200
    told = figures(pages)
    assert (told["Contacten"], told["Uren contact"], told["Tevredenheid van scholen, van 1 tot 5"]) == (2, 1.8, 4)
    assert (told["Scholen met een nulmeting"], told["Scholen met een eindmeting"]) == (1, 0)
    assert told["Winnaar van de Award"] == "Atheneum 1 (nog niet ondertekend)"
    assert told["Mentoren in het gepubliceerde plan"] == len(sheet(pages, "Mentoren"))
    (row,) = (row for row in sheet(pages, "Scholen") if row[0] == "Atheneum 1")
    assert (row[5:7], row[-1]) == (["ja", "nee"], 1)
    text = pages.text("/rapport")
    assert "1,8</td>" in text
    assert "Atheneum 1 (nog niet ondertekend)" in text


def test_report_is_for_coordinators(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    assert viewer.get(f"{pages.here}/rapport").status_code == 403
    assert viewer.get(f"{pages.here}/rapport/rapport.xlsx").status_code == 403
    assert "/rapport" not in viewer.get(f"{pages.here}/traject").text
