"""Can a cohort be renamed, its last day moved, and be removed on its page, each once it is confirmed?"""

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


def shown(pages: Pages, client: TestClient) -> dict[str, str]:
    """Give the fields of the form."""
    text = client.get(f"{pages.here}/instellingen").text
    found = re.findall(r'name="(versie|naam|tot)"[^>]*?value="([^"]*)"', text, re.DOTALL)
    return {name: unescape(value) for name, value in found}


def test_cohort_is_renamed_and_its_last_day_stays_as_it_was(pages: Pages) -> None:
    place, now = f"{pages.here}/instellingen", shown(pages, pages.client)
    before = pages.client.get(f"/v1/cohorts/{pages.cohort}").json()
    assert "/instellingen" in pages.text("")
    assert pages.client.post(place, data=now | {"naam": "Nieuwe naam"}).status_code == 303
    after = pages.client.get(f"/v1/cohorts/{pages.cohort}").json()
    assert (after["name"], after["keep_until"][:10]) == ("Nieuwe naam", before["keep_until"][:10])
    late = pages.client.post(place, data=now | {"naam": "Te laat"})
    assert (late.status_code, 'value="Te laat"' in late.text) == (412, True)
    assert pages.client.post(place, data=shown(pages, pages.client) | {"naam": ""}).status_code == 422
    assert pages.client.post(place, data=shown(pages, pages.client) | {"tot": "ooit"}).status_code == 422


def test_day_that_is_past_erases_only_once_that_is_confirmed(pages: Pages) -> None:
    place = f"{pages.here}/instellingen"
    asked = pages.client.post(place, data=shown(pages, pages.client) | {"tot": "2020-01-01"})
    assert (asked.status_code, 'name="wis-nu"' in asked.text) == (409, True)
    sent = shown(pages, pages.client) | {"tot": "2020-01-01", "wis-nu": "1"}
    assert pages.client.post(place, data=sent).status_code == 303


def test_cohort_is_removed_by_an_admin_who_types_its_name(pages: Pages) -> None:
    place, name = f"{pages.here}/instellingen/verwijder", shown(pages, pages.client)["naam"]
    assert pages.client.post(place, data={"bevestig": name}).status_code == 403
    assert "Verwijder de cohorte" not in pages.text("/instellingen")
    admin = pages.browser("admin")
    sent = {"versie": shown(pages, admin)["versie"]}
    refused = admin.post(place, data=sent | {"bevestig": "iets anders"})
    assert (refused.status_code, "Er is niets verwijderd." in refused.text) == (422, True)
    assert admin.post(place, data=sent | {"bevestig": name}).status_code == 303
    assert admin.get(pages.here).status_code == 404
