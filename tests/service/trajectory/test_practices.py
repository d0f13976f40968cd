"""Is what a school shows per key element written once, by the version that was read, and read in its dossier?"""

from __future__ import annotations

import io
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

import matcher
from tests.builders import a_round
from tests.page_text import as_read
from tests.service.planned import Pages
from tests.service.trajectory.applying import Year

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

VISIT: dict[str, Any] = {
    "element": 6,
    "what": "Elk jaar bezoeken alle derdejaars een bedrijf.",
    "criteria": ["6.1"],
    "evidence": "het verslag van de leerlingen",
    "links": ["https://school.example/bezoek"],
}
PLACE = "/traject/S001/praktijk"


def test_practices_are_replaced_by_version_and_stand_in_the_dossier(database: Database, children: Children) -> None:
    year = Year(database, children, a_round(2, 3))
    empty = year.ok("GET", "/label/practices/S001")
    assert (empty["version"], empty["practices"], empty["has_measurement"]) == (0, [], False)
    assert year.refused("PUT", "/label/practices/S001", json={"practices": [VISIT]}) == (428, "if_match_missing")
    nothing = {"element": 2, "what": " "}
    found = year.put("/label/practices/S001", {"practices": [VISIT, nothing, {"element": 1, "what": "Projecten"}]})
    assert [one["element"] for one in found["practices"]] == [1, 6]
    assert found["practices"][1] == VISIT
    tag = {"If-Match": '"oud"'}
    assert year.refused("PUT", "/label/practices/S001", json={"practices": []}, headers=tag) == (412, "stale")
    assert year.refused("GET", "/label/practices/S404") == (404, "not_found")
    sheet = {"ratings": [{"criterion": code, "value": 2} for code in matcher.LABEL_CRITERIA]}
    sheet["ratings"][0]["evidence"] = ["het projectboek"]
    year.ok("PUT", "/schools/S001/measurements/baseline/sheets/an", json=sheet)
    year.ok("POST", "/schools/S001/measurements/baseline/submit")
    measured = year.ok("GET", "/label/practices/S001")["measured"]
    assert measured[0] == {"element": 1, "evidence": ["1.1 het projectboek"]}
    tables = {one["title"]: one for one in year.ok("GET", "/label/dossier/S001/tables")["tables"]}
    told = tables["Praktijkvoorbeelden"]["rows"][5]
    assert told[2:6] == [
        VISIT["what"],
        "6.1 " + matcher.label_criteria()["6.1"].name,
        VISIT["evidence"],
        *VISIT["links"],
    ]
    book = load_workbook(io.BytesIO(year.client.get(f"{year.place}/label/dossier/S001").content))
    assert book["Praktijkvoorbeelden"]["C7"].value == VISIT["what"]


@pytest.mark.parametrize(
    ("practices", "pointer"),
    [
        ([VISIT, VISIT], "/practices/1/element"),
        ([VISIT | {"element": 8}], "/practices/0/element"),
        ([VISIT | {"criteria": ["1.1"]}], "/practices/0/criteria"),
        ([VISIT | {"links": ["javascript:alert(1)"]}], "/practices/0/links/0"),
        ([VISIT | {"what": "a" * 2001}], "/practices/0/what"),
    ],
)
def test_what_can_not_be_shown_is_refused_by_place(
    database: Database, children: Children, practices: list[dict[str, Any]], pointer: str
) -> None:
    year = Year(database, children, a_round(2, 3))
    answer = year.client.put(f"{year.place}/label/practices/S001", json={"practices": practices})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_application_is_noted_over_the_api_too(database: Database, children: Children) -> None:
    year = Year(database, children, a_round(2, 3))
    assert year.ok("GET", "/label/applications/S001")["version"] == 0
    body = {"sent": "2026-10-01", "asked": "Competent", "answered": "2026-11-02", "given": None, "plan": "meer lezen"}
    found = year.put("/label/applications/S001", body)
    assert {name: found[name] for name in body} == body
    assert year.ok("GET", "/label/applications")["items"] == [found]
    tag = {"If-Match": year.client.get(f"{year.place}/label/applications/S001").headers["etag"]}
    late = body | {"answered": "2026-09-01"}
    assert year.refused("PUT", "/label/applications/S001", json=late, headers=tag) == (422, "invalid")


def test_coordinator_writes_on_a_page_and_keeps_what_was_typed(database: Database, children: Children) -> None:
    pages = Pages(database, children)
    version = re.search(r'name="versie" value="([^"]*)"', pages.text(PLACE))
    assert version
    typed = {"versie": unescape(version[1]), "wat-6": VISIT["what"], "criteria-6": "6.1", "links-6": "school.example"}
    refused = pages.client.post(pages.here + PLACE, data=typed)
    assert (refused.status_code, 'id="links-6-fout"' in refused.text) == (422, True)
    assert "Een link begint met https:// of http://" in as_read(refused.text)
    assert f"{VISIT['what']}</textarea>" in refused.text
    good = typed | {"links-6": "https://school.example\n\n http://school.example/b "}
    assert pages.client.post(pages.here + PLACE, data=good).status_code == 303
    kept = pages.text(PLACE)
    assert "https://school.example\nhttp://school.example/b</textarea>" in kept
    assert re.search(r'value="6.1"\s+checked', kept)
    late = pages.client.post(pages.here + PLACE, data=good | {"wat-6": "te laat"})
    assert (late.status_code, "te laat</textarea>" in late.text) == (412, True)
    viewer = pages.browser("viewer")
    assert viewer.get(pages.here + PLACE).status_code == 403
    assert "School Practice Evidence" in kept
    assert "/traject/S001/praktijk" in pages.text("/traject/S001")
