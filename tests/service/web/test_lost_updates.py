"""Does a form that was refused still tell who came first, and keep what was typed?"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.planned import Pages
from tests.service.trajectory.applying import SCHOOL
from tests.service_client import a_client

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def version_on(text: str) -> str:
    """Read the version that a page's form would send."""
    return html.unescape(re.findall(r'name="versie" value="(&#34;[^"]*|nieuw)"', text)[0])


def beaten(pages: Pages, path: str, slip: dict[str, Any], first: dict[str, Any], action: str = "") -> None:
    """Open a page twice; one saves; the other slips, mends, is told once, and then may save."""
    place, old = pages.here + (action or path), version_on(pages.text(path))
    assert pages.client.post(place, data=first | {"versie": old}).status_code == 303
    refused = pages.client.post(place, data=slip | {"versie": old})
    assert refused.status_code == 422
    assert version_on(refused.text) == old
    told = pages.client.post(place, data=first | {"versie": old})
    assert (told.status_code, version_on(told.text) != old) == (412, True)
    assert pages.client.post(place, data=first | {"versie": version_on(told.text)}).status_code == 303


def test_school_that_was_refused_and_mended_does_not_overwrite_who_came_first(pages: Pages) -> None:
    good = {"name": "Atheneum A", "postcode": "3600", "school_types": "TSO", "fields": "ZO", "half_days": "ma-vm"}
    good |= {"mentors_wanted": "1"}
    beaten(pages, "/scholen/S001", good | {"postcode": "360"}, good)


def test_rules_that_were_refused_and_mended_do_not_overwrite_who_came_first(pages: Pages) -> None:
    told = pages.client.get(f"/v1/cohorts/{pages.cohort}/rules").json()
    goals = {f"doel-{place}": one for place, one in enumerate(told["goals"][1:], 2)}
    good = goals | {"minuten": "80", "halve_dagen": "1", "omweg": "1,3", "snelheid": "60"}
    place, old = f"{pages.here}/regels", version_on(pages.text("/regels"))
    assert pages.client.post(place, data=good | {"versie": old}).status_code == 303
    refused = pages.client.post(place, data=good | {"versie": old, "minuten": "veel"})
    assert (refused.status_code, version_on(refused.text)) == (422, old)
    again = pages.client.post(place, data=good | {"versie": old, "minuten": "70"})
    assert (again.status_code, "Iemand bewaarde intussen versie 1." in again.text) == (412, True)


def test_sheet_that_was_refused_and_mended_does_not_overwrite_who_came_first(pages: Pages) -> None:
    good = {"wie": "directie", "c1.1": "2", "b1.1": "verslag", "c1.2": "", "b1.2": ""}
    path = "/traject/S001/baseline"
    beaten(pages, f"{path}?wie=directie", good | {"b1.2": "foto"}, good, path)


def test_priority_that_was_refused_and_mended_does_not_overwrite_who_came_first(pages: Pages) -> None:
    a_client(pages.app).post(f"/v1/public/cohorts/{pages.cohort}/applications/schools", json=SCHOOL)
    key = pages.client.get(f"/v1/cohorts/{pages.cohort}/applications").json()["items"][0]["id"]
    good, path = {"punten": "5", "waarom": "vorig jaar niets"}, f"/aanmeldingen/{key}"
    beaten(pages, path, good | {"punten": "veel"}, good, f"{path}/voorrang")


def test_selection_that_was_refused_and_mended_does_not_overwrite_who_came_first(pages: Pages) -> None:
    form = {"plaatsen": "2", "wachtlijst": "", "eerst": "priority", "loting": "0", "eenmaal": ""}
    old, place = version_on(pages.text("/selectie")), f"{pages.here}/selectie"
    policy = {"seats": 3, "waiting_places": None, "goals": ["seats", "priority", "balance"], "limits": [], "seed": 0}
    kept = pages.client.put(f"/v1/cohorts/{pages.cohort}/selection/policy", json=policy, headers={"If-Match": old})
    assert kept.status_code == 200, kept.text
    refused = pages.client.post(place, data=form | {"versie": old, "plaatsen": "veel"})
    assert (refused.status_code, version_on(refused.text)) == (422, old)
    again = pages.client.post(place, data=form | {"versie": old})
    assert again.status_code == 412
    unready = pages.client.post(place, data=form | {"versie": version_on(again.text)})
    assert unready.status_code == 409  # nobody applied; how to select is kept, and is hers
    assert pages.client.post(place, data=form | {"versie": version_on(unready.text)}).status_code == 409


def test_day_that_was_refused_is_kept_and_does_not_overwrite_who_came_first(pages: Pages) -> None:
    good = {"bewaren_tot": "2029-08-31"}
    beaten(pages, "/dossier", {"bewaren_tot": "31 aug"}, good)
    refused = pages.client.post(f"{pages.here}/dossier", data={"bewaren_tot": "31 aug", "versie": ""})
    assert 'value="31 aug"' in refused.text


def test_import_that_was_refused_and_mended_does_not_overwrite_who_came_first(pages: Pages) -> None:
    text = "School nr;School;PC;Type school;Studierichtingen;Vrij\n000201;Campus Een;350;TSO;ict;vr\n"
    files = [("bestanden", ("scholen.csv", text.encode(), "text/csv"))]
    place = str(pages.client.post(f"{pages.here}/gegevens", files=files).headers["location"])
    pages.work()
    shown = pages.client.get(place).text
    old, cell = version_on(shown), re.search(r'name="(cel-\d+)" value="([^"]*)"', shown)
    assert cell is not None
    field = cell.group(1).replace("cel", "tekst")
    sent = {cell.group(1): html.unescape(cell.group(2)), field: "3500", "versie": old}
    refused = pages.client.post(place, data=sent | {field: "x" * 5000})
    assert (refused.status_code, version_on(refused.text)) == (422, old)
    assert pages.client.post(place, data=sent).status_code == 303
    pages.work()
    again = pages.client.post(place, data=sent | {field: "x" * 5000})
    assert again.status_code == 422
    assert version_on(again.text) == old
    assert pages.client.post(place, data=sent).status_code == 412
