"""Is it noted how far a school's application for the label is, and shown where one looks for it?"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.service.planned import Pages

if TYPE_CHECKING:
    from httpx2 import Response

    from service.database.engine import Database
    from service.worker.child import Children

GOOD = {"verstuurd": "2026-10-01", "gevraagd": "Competent", "antwoord": "2026-11-02", "gekregen": "Competent"}
PLACE = "/traject/S001/label"


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def sent(pages: Pages, data: dict[str, str]) -> Response:
    """Send the form."""
    version = re.search(r'name="versie" value="([^"]*)"', pages.text(PLACE))
    assert version
    return pages.client.post(pages.here + PLACE, data={"versie": unescape(version[1]), "plan": ""} | data)


def test_application_is_noted_changed_and_shown(pages: Pages) -> None:
    assert "Noteer dat de aanvraag vertrok" in pages.text("/traject/S001")
    assert sent(pages, {"verstuurd": "2026-10-01", "gevraagd": "Competent"}).status_code == 303
    text = pages.text("/traject/S001")
    assert "Aanvraag voor Competent verstuurd op do 1 oktober 2026." in text
    assert "Nog geen antwoord genoteerd." in text
    assert sent(pages, GOOD | {"plan": "Meer bedrijven in de klas"}).status_code == 303
    text = pages.text("/traject/S001")
    assert "Antwoord op ma 2 november 2026: Competent." in text
    assert "Meer bedrijven in de klas" in text
    assert "Aanvragen van het label verstuurd" in pages.text("/rapport")
    late = pages.client.post(pages.here + PLACE, data=GOOD | {"versie": '"oud"', "plan": "mijn tekst"})
    assert (late.status_code, "mijn tekst</textarea>" in late.text) == (412, True)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"verstuurd": "2099-01-01"}, "verstuurd"),
        ({"verstuurd": "ooit"}, "verstuurd"),
        ({"antwoord": "2026-09-01"}, "antwoord"),
        ({"verstuurd": ""}, "antwoord"),
        ({"antwoord": ""}, "antwoord"),
        ({"gevraagd": "Wereldtop"}, "gevraagd"),
        ({"plan": "a" * 3000}, "plan"),
    ],
)
def test_what_can_not_be_is_refused_beside_its_field(pages: Pages, data: dict[str, str], name: str) -> None:
    answer = sent(pages, GOOD | {"plan": "wat ik typte"} | data)
    assert (answer.status_code, f'id="{name}-fout"' in answer.text) == (422, True), answer.text


def test_viewer_reads_and_notes_nothing(pages: Pages) -> None:
    assert sent(pages, GOOD).status_code == 303
    viewer = pages.browser("viewer")
    assert "Antwoord op" in viewer.get(f"{pages.here}/traject/S001").text
    assert viewer.get(pages.here + PLACE).status_code == 403
    assert viewer.post(pages.here + PLACE, data=GOOD).status_code == 403
    assert pages.client.get(f"{pages.here}/traject/S999/label").status_code == 404
