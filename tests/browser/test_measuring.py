"""Does a measurement take 21 clicks and one submit, is it kept meanwhile, and does the next school follow?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.browser.conftest import LONGEST, logged_in
from tests.browser.looking import faults_of
from tests.filling import a_cohort, asking, people, told

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running

CODES = 21
PATIENCE = LONGEST


def rated(page: Page) -> list[str]:
    """Give the ratings that the page shows as chosen."""
    return [str(one.get_attribute("value")) for one in page.locator(".schaal input:checked").all()]


def begun(page: Page, home: str) -> list[str]:
    """Open the sheet of the first school of the trajectory; give the schools by name."""
    page.goto(f"{home}/traject")
    names = page.locator("tr[data-rij] th a").all_inner_texts()
    page.get_by_role("link", name=f"Vul de eindmeting van {names[0]} in", exact=True).click()
    page.wait_for_url("**/final")  # and until all of it is there
    return names


def test_measurement_is_21_clicks_and_one_submit_that_goes_to_the_next_school(
    opened: Windows, service: Running
) -> None:
    window = opened()
    page = window.new_page()
    logged_in(page, service)
    with asking(window, service.url) as client:
        cohort = a_cohort(client, "Limburg")
        people(client, cohort)
        names = begun(page, f"{service.url}/cohorten/{cohort}")
        rows = page.locator(".schaal")
        assert rows.count() == CODES
        for n in range(CODES):
            rows.nth(n).get_by_role("radio", name=str(n % 5), exact=False).first.click()
        page.locator("#voortgang", has_text="21 van 21").wait_for(timeout=PATIENCE)
        page.locator("#voortgang", has_text="bewaard als ontwerp").wait_for(timeout=PATIENCE)
        assert list(faults_of(page)) == []
        page.reload()
        assert rated(page) == [str(n % 5) for n in range(CODES)]
        page.locator("#dien-in-en-verder").click()
        page.get_by_role("heading", name=f"Eindmeting van {names[1]}").wait_for(timeout=PATIENCE)
        assert page.locator("#melding").inner_text() == f"De eindmeting van {names[0]} is ingediend en ligt vast."
        lines = told(client, "GET", f"/v1/cohorts/{cohort}/measurements?moment=final").json()["items"]
        (done,) = (one["school"] for one in lines if one["counts"])
        place = f"/v1/cohorts/{cohort}/schools/{quote(done)}/measurements/final"
        (sheet,) = told(client, "GET", place).json()["submitted"][0]["sheets"]
        assert [one["value"] for one in sheet["ratings"]] == [n % 5 for n in range(CODES)]


def test_school_measures_itself_on_a_phone_and_what_is_typed_is_kept(opened: Windows, service: Running) -> None:
    window = opened()
    logged_in(window.new_page(), service)
    phone = opened(viewport={"width": 390, "height": 844}).new_page()
    with asking(window, service.url) as client:
        cohort = a_cohort(client, "Limburg")
        people(client, cohort)
        made = told(client, "POST", f"/v1/cohorts/{cohort}/participants", json={}).json()["items"]
        home = next(one["url"] for one in made if one["side"] == "school")
        phone.goto(f"{home}/meting/baseline?wie=directie")
        phone.locator(".schaal").first.get_by_role("radio", name="3", exact=False).first.click()
        phone.locator("#voortgang", has_text="1 van 21").wait_for(timeout=PATIENCE)
        phone.locator("#voortgang", has_text="bewaard als ontwerp").wait_for(timeout=PATIENCE)
        assert list(faults_of(phone)) == []
        phone.reload()
        assert rated(phone)[0] == "3"
        assert phone.locator("#melding").inner_text() == ""
