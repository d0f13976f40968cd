"""Does an open page survive the service being killed under it, say so in Dutch, and go on when it is back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import console_service, free_port, logged_in
from tests.browser.test_hour import PATIENCE
from tests.filling import a_cohort, a_round, asking, people

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Windows


GONE = "De dienst antwoordt niet. Er ging niets verloren"


def test_kill_under_an_open_page_loses_nothing_and_is_told(opened: Windows, tmp_path: Path) -> None:
    port, context = free_port(), opened()
    page = context.new_page()
    with console_service(tmp_path, port) as service:
        logged_in(page, service)
        with asking(context, service.url) as client:
            cohort = a_cohort(client, "Limburg")
            people(client, cohort)
            a_round(client, cohort)
        page.goto(f"{service.url}/cohorten/{cohort}/plan")
        buttons = page.locator("button[id^='v-']").filter(has_text="Vastzetten")
        button = page.locator(f"#{buttons.first.get_attribute('id')}")
        page.locator("[data-zoom]").wait_for(timeout=PATIENCE)
        page.wait_for_load_state("networkidle")  # nothing is asked for any more, the drawing of the land neither
        service.process.kill()
        service.process.wait()
        button.click()
        page.wait_for_function("document.getElementById('verbinding').textContent !== ''")
        assert GONE in page.locator("#verbinding").inner_text()
        assert button.inner_text() == "Vastzetten"
    opened.forgive("ERR_CONNECTION_REFUSED", "ERR_SOCKET_NOT_CONNECTED")
    with console_service(tmp_path, port) as again:
        button.click()
        page.wait_for_selector("#melding >> text=/vast/")
        assert page.locator("#verbinding").inner_text() == ""
        assert button.inner_text() == "Losmaken"
        with asking(context, again.url) as client:
            locks = client.get(f"/v1/cohorts/{cohort}/locks").json()["items"]
        assert len(locks) == 3  # two of the sample, and this one, once
