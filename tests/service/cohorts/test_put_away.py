"""Can a cohort be put away and taken back, on its page and over HTTP alike, and does the list keep it apart?"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from tests.service.planned import Pages

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def form_of(text: str) -> dict[str, str]:
    """Give the fields of the last form on a page that puts a cohort away or takes it back."""
    form = re.findall(r'action="[^"]*/opbergen".*?</form>', text, re.DOTALL)[-1]
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}


def deeds(client: TestClient, cohort: str) -> list[str]:
    """Give what the trail tells of the cohort itself, the newest first."""
    lines = client.get(f"/v1/audit?cohort={cohort}").json()["items"]
    return [one["action"] for one in lines if one["action"].startswith("cohort.")]


def test_cohort_is_put_away_and_taken_back_by_who_did_it(pages: Pages) -> None:
    place, api = f"{pages.here}/instellingen", f"/v1/cohorts/{pages.cohort}"
    before = pages.text("/instellingen")
    assert "De cohorte opbergen</summary>" in before
    assert "u kunt ze altijd terughalen" in before
    assert "Opgeborgen" not in pages.client.get("/cohorten").text
    assert pages.client.post(f"{place}/opbergen", data=form_of(before)).status_code == 303
    told = pages.text("/instellingen")
    assert "is opgeborgen." in told
    assert pages.client.get(api).json()["archived_at"] is not None
    listed = pages.client.get("/cohorten").text
    assert "Opgeborgen: 1 cohorte</summary>" in listed
    assert listed.index("Opgeborgen: 1") < listed.index(f'href="{pages.here}"')
    assert "Alle cohorten zijn opgeborgen." in listed
    assert "Deze cohorte is opgeborgen sinds" in pages.text("")
    undo = form_of(told[: told.index("</form>", told.index("Ongedaan maken"))] + "</form>")
    assert pages.client.post(f"{place}/opbergen", data=undo).status_code == 303
    assert pages.client.get(api).json()["archived_at"] is None
    assert "opgeborgen sinds" not in pages.text("")
    assert deeds(pages.client, pages.cohort)[:2] == ["cohort.taken_back", "cohort.archived"]


def test_it_is_the_same_over_http_and_only_the_version_that_was_read_is_moved(pages: Pages) -> None:
    api, place = f"/v1/cohorts/{pages.cohort}", f"{pages.here}/instellingen/opbergen"
    old = form_of(pages.text("/instellingen"))
    version = pages.client.get(api).headers["etag"]
    answer = pages.client.patch(api, json={"archived": True}, headers={"If-Match": version})
    assert (answer.status_code, answer.json()["archived_at"] is None) == (200, False)
    again = pages.client.patch(api, json={"archived": True}, headers={"If-Match": answer.headers["etag"]})
    assert again.json()["archived_at"] == answer.json()["archived_at"]
    assert pages.client.post(place, data=old).status_code == 412
    assert form_of(pages.text("/instellingen"))["terug"] == "1"
    both = {"archived": False, "name": "Nieuw jaar"}
    assert (
        pages.client.patch(api, json=both, headers={"If-Match": again.headers["etag"]}).json()["name"] == "Nieuw jaar"
    )
    assert deeds(pages.client, pages.cohort)[:4] == [
        "cohort.taken_back",
        "cohort.changed",
        "cohort.changed",
        "cohort.archived",
    ]


def test_who_only_reads_puts_nothing_away(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    assert viewer.post(f"{pages.here}/instellingen/opbergen", data={}).status_code == 403
    pages.client.post(f"{pages.here}/instellingen/opbergen", data=form_of(pages.text("/instellingen")))
    text = viewer.get(pages.here).text
    assert ("is opgeborgen sinds" in text, "Haal ze terug" in text) == (True, False)
    assert "Haal de cohorte terug" not in text
