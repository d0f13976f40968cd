"""Does a phone show of each row what one looks for first, the rest once it is asked, and is its menu reached by Tab?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import logged_in
from tests.browser.looking import faults_of
from tests.browser.test_tab_order import Tabs
from tests.filling import a_cohort, a_trajectory, asking, people

if TYPE_CHECKING:
    from tests.browser.conftest import Windows
    from tests.service.run.running import Running

PHONE = {"width": 390, "height": 844}


def test_rows_of_a_phone_are_short_until_all_is_asked_and_tab_opens_its_menu(opened: Windows, service: Running) -> None:
    window = opened(viewport=PHONE)
    page = window.new_page()
    logged_in(page, service)
    with asking(window, service.url) as client:
        cohort = a_cohort(client, "Onderweg")
        people(client, cohort)
    page.goto(f"{service.url}/cohorten/{cohort}/mentoren")
    box, waiting = page.get_by_label("Toon alle gegevens"), page.locator("td.bij:not([data-niets])")
    short = page.evaluate("document.documentElement.scrollHeight")
    assert not waiting.first.is_visible()
    box.check()
    assert waiting.first.is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") > short * 1.5
    box.uncheck()
    tabs = Tabs(page)
    tabs.press(page.locator(".meer > summary"))
    tabs.press(page.locator(".meer a[href$='/instellingen']"))
    page.wait_for_url("**/instellingen")
    assert page.locator(".groep.hier a[aria-current=page]").inner_text() == "Instellingen"
    assert list(faults_of(page)) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{service.url}/cohorten/{cohort}/mentoren")
    assert (box.is_visible(), waiting.first.is_visible()) == (False, True)


def test_dossier_is_short_on_a_phone_until_all_is_asked_and_whole_on_paper(opened: Windows, service: Running) -> None:
    window = opened(viewport=PHONE)
    page = window.new_page()
    logged_in(page, service)
    with asking(window, service.url) as client:
        cohort = a_cohort(client, "Dossier")
        people(client, cohort)
        school = client.get(f"/v1/cohorts/{cohort}/schools?limit=1").json()["items"][0]["id"]
        a_trajectory(client, cohort, school)
    page.goto(f"{service.url}/cohorten/{cohort}/traject/{school}/dossier")
    question = page.get_by_text("In hoeverre stemmen leraren")
    short = page.evaluate("document.documentElement.scrollHeight")
    assert short < 6_500
    assert not question.is_visible()
    page.get_by_label("Toon alle gegevens").check()
    assert question.is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") > short * 1.5
    page.get_by_label("Toon alle gegevens").uncheck()
    page.emulate_media(media="print")
    assert question.is_visible()
    assert page.locator("main .bij:not([data-niets])").filter(visible=False).count() == 0
    assert page.locator(".bijzaken").filter(visible=True).count() == 0
