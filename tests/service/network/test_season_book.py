"""Does a workbook with sheets Locaties, Blokkeringen and Seizoen add to the year that the form asks?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from service.web.answers import XLSX
from tests.intake.test_whole_workbook import AWAY, PLACES, Rows, book
from tests.service.network.test_sessions_page import WISHES, Network

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")

SEASON: Rows = [
    {"soort": "venster", "ronde": 2, "van": date(2027, 3, 1), "tot": date(2027, 3, 26), "thema": "leerplan"},
    {"soort": "vast", "ronde": 1, "scholen": "S001, S002", "locatie": "Provinciehuis", "reden": "beloofd"},
    {"soort": "afwezig", "ronde": 2, "scholen": "S001, S003", "reden": "meerdaagse uitstap"},
]


@pytest.fixture
def pages(database: Database, children: Children) -> Network:
    """Publish a plan."""
    return Network(database, children)


def sent(pages: Network, content: bytes) -> str:
    """Ask a year with the form and a workbook; give the page, or the address that the answer leads to."""
    files = {"werkboek": ("alles.xlsx", content, XLSX)}
    answer = pages.client.post(f"{pages.here}/sessies", data=WISHES, files=files)
    return answer.text if answer.status_code == 422 else str(answer.headers["location"])


def test_rows_of_the_workbook_come_beside_what_is_typed(pages: Network) -> None:
    places = [PLACES[0] | {"naam": "Aula", "straat": "Dorp 1", "halve_dagen": "wo-nm"}]
    away = [AWAY[0] | {"locatie": "Aula"}]
    assert sent(pages, book(Locaties=places, Blokkeringen=away, Seizoen=SEASON)) == f"{pages.here}/sessies"
    asked = pages.season()["asked"]
    assert [one["name"] for one in asked["locations"]] == ["Provinciehuis", "Aula"]
    assert asked["locations"][1] | {"street": "Dorp 1", "half_days": ["wo-nm"], "capacity": 40} == asked["locations"][1]
    assert asked["blackouts"][-1] == {"host": "Aula", "first": "2027-01-13", "reason": "verhuis"}
    assert asked["windows"] == [{"round": 2, "first": "2027-03-01", "last": "2027-03-26", "theme": "leerplan"}]
    assert asked["pins"] == [{"round": 1, "schools": ["S001", "S002"], "host": "Provinciehuis", "reason": "beloofd"}]
    assert asked["absences"] == [
        {"school": key, "round": 2, "reason": "meerdaagse uitstap"} for key in ("S001", "S003")
    ]
    pages.work()
    second = {key for one in pages.season()["year"]["sessions"] if one["round"] == 2 for key in one["schools"]}
    assert second
    assert not second & {"S001", "S003"}
    days = [one["day"] for one in pages.season()["year"]["sessions"] if one["round"] == 2]
    assert days
    assert all("2027-03-01" <= one <= "2027-03-26" for one in days)


def test_row_in_error_is_named_and_nothing_is_planned(pages: Network) -> None:
    places = [PLACES[0] | {"postcode": "9999"}]
    text = sent(pages, book(Locaties=places, Seizoen=[{"soort": "afwezig", "ronde": 1, "scholen": "S001"}]))
    assert "alles.xlsx, blad Locaties, rij 2, kolom postcode: " in text
    assert 'id="fout-werkboek"' in text
    assert pages.client.get(f"/v1/cohorts/{pages.cohort}/seasons").json()["items"] == []


def test_workbook_without_these_sheets_says_which_it_may_have(pages: Network) -> None:
    text = sent(pages, b"naam;postcode\nAula;3500\n")
    assert "Dit bestand heeft geen blad Locaties, Blokkeringen of Seizoen." in text


def test_form_without_a_workbook_is_as_before(pages: Network) -> None:
    assert sent(pages, b"") == f"{pages.here}/sessies"
    assert [one["name"] for one in pages.season()["asked"]["locations"]] == ["Provinciehuis"]
