"""Can contacts, satisfaction and why a pair stopped be noted on pages, and does the cohort's page add them up?"""

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


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort and publish a plan."""
    made = Pages(database, children)
    assert "Er is nog geen plan gepubliceerd." in made.text("/contacten")
    made.solved()
    place = f"/v1/cohorts/{made.cohort}/rounds/laatste"
    found = made.client.get(place).json()["id"]
    assert made.client.post(f"{made.here}/publiceren", data={"ronde": found, "eenmaal": ""}).status_code == 303
    return made


def pair(pages: Pages) -> str:
    """Give the address of the first pair's page."""
    found = re.search(rf'href="{pages.here}(/contacten/[^"]+)"', pages.text("/contacten"))
    assert found
    return found[1]


def sent(pages: Pages, data: dict[str, str]) -> Response:
    """Send the form of the first pair."""
    path = pair(pages)
    version = re.search(r'name="versie" value="([^"]*)"', pages.text(path))
    assert version
    return pages.client.post(pages.here + path, data={"versie": unescape(version[1])} | data)


GOOD = {
    "dag-0": "2026-11-02",
    "soort-0": "call",
    "minuten-0": "45",
    "dag-1": "2026-11-16",
    "soort-1": "visit",
    "minuten-1": "",
    "dag-2": "",
    "soort-2": "visit",
    "minuten-2": "",
    "tevreden-school": "4",
    "tevreden-mentor": "",
    "nota": "",
}


def test_contacts_are_noted_and_added_up(pages: Pages) -> None:
    assert sent(pages, GOOD).status_code == 303
    _, _, school, mentor = pair(pages).split("/")
    kept = pages.client.get(f"/v1/cohorts/{pages.cohort}/outcomes/{school}/{mentor}").json()
    assert [(one["day"], one["kind"], one["minutes"]) for one in kept["contacts"]] == [
        ("2026-11-02", "call", 45),
        ("2026-11-16", "visit", 60),
    ]
    assert (kept["school_satisfaction"], kept["mentor_satisfaction"], kept["stopped"]) == (4, None, None)
    text = pages.text("/contacten")
    assert 'class="cijfer">1,8</td>' in text
    assert "ma 16 november 2026" in text
    assert 'value="2026-11-02"' in pages.text(pair(pages))


def test_pair_that_stopped_says_why(pages: Pages) -> None:
    stopped = {"gestopt": "2026-11-20", "reden": "no_time", "nota": "te druk", "vervangen": "1"}
    assert sent(pages, GOOD | stopped).status_code == 303
    text = pages.text("/contacten")
    assert "gestopt vr 20 november 2026" in text
    assert "geen tijd" in text
    assert "checked> De school kreeg een andere mentor" in pages.text(pair(pages))


CASES = (
    ({"dag-1": "morgen"}, "dag-1"),
    ({"dag-2": "", "minuten-2": "30"}, "dag-2"),
    ({"minuten-0": "veel"}, "minuten-0"),
    ({"minuten-0": "9999"}, "minuten-0"),
    ({"tevreden-school": "6"}, "tevreden-school"),
    ({"gestopt": "ooit"}, "gestopt"),
    ({"reden": "zomaar"}, "reden"),
)
"""What is typed, and the field where the fault stands."""


@pytest.mark.parametrize(("data", "name"), CASES)
def test_fault_stands_beside_its_field_and_what_was_typed_is_there(
    pages: Pages, data: dict[str, str], name: str
) -> None:
    answer = sent(pages, GOOD | {"nota": "wat ik typte"} | data)
    assert (answer.status_code, f'id="{name}-fout"' in answer.text) == (422, True), answer.text
    assert "wat ik typte</textarea>" in answer.text


def test_row_of_which_those_before_it_are_emptied_stays_where_it_was(pages: Pages) -> None:
    assert sent(pages, GOOD).status_code == 303
    rows = {f"{part}-{n}": "" for part in ("dag", "minuten") for n in range(5)}
    answer = sent(pages, GOOD | rows | {"minuten-4": "30"})
    assert answer.status_code == 422
    assert re.findall(r'id="(\S+-fout)"', answer.text) == ["dag-4-fout"]
    assert re.search(r'name="minuten-4"[^>]* value="30"', answer.text)


def test_who_was_first_is_told(pages: Pages) -> None:
    old = pages.text(pair(pages))
    version = re.search(r'name="versie" value="([^"]*)"', old)
    assert version
    assert sent(pages, GOOD).status_code == 303
    late = pages.client.post(pages.here + pair(pages), data={"versie": unescape(version[1])} | GOOD)
    assert (late.status_code, "Iemand heeft dit intussen gewijzigd" in late.text) == (412, True)


def test_pair_that_never_was_is_not_found_and_a_viewer_is_refused(pages: Pages) -> None:
    assert pages.client.get(f"{pages.here}/contacten/S001/M999").status_code == 404
    viewer = pages.browser("viewer")
    assert viewer.get(f"{pages.here}/contacten").status_code == 403
    assert viewer.post(pages.here + pair(pages), data={}).status_code == 403
