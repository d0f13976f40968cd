"""Does a page of progress come to its end where no stream of events is opened, and wait before it asks again?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.browser.conftest import logged_in
from tests.browser.test_hour import PATIENCE
from tests.filling import a_cohort, asking, people

if TYPE_CHECKING:
    from playwright.sync_api import Route

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running

FULL = {"status": 503, "headers": {"Retry-After": "5"}, "content_type": "application/problem+json", "body": "{}"}
BUSY = {"status": 503, "content_type": "text/html", "body": "<!doctype html><title>Te druk</title>"}
MOMENT = 300
"""Milliseconds in which a page that asks without end would have asked again."""


def test_progress_comes_to_its_end_where_streams_are_full(opened: Windows, service: Running) -> None:
    page = opened().new_page()
    logged_in(page, service)
    with asking(page.context, service.url) as client:
        cohort = a_cohort(client, "Vol")
        people(client, cohort)
    home = f"{service.url}/cohorten/{cohort}"
    page.goto(f"{home}/ronde")
    refused: list[str] = []

    def full(route: Route) -> None:
        refused.append(route.request.url)
        route.fulfill(**FULL)  # type: ignore[arg-type]

    page.route("**/v1/jobs/*/events*", full)
    page.clock.install()
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))  # no timer of the page ends but when we say so
    with page.expect_response("**/v1/jobs/*/events*") as first:
        page.locator("form[action$='/ronde'] button").first.click()
    assert first.value.status == 503
    page.wait_for_timeout(MOMENT)
    assert len(refused) == 1  # it waits
    proven = page.locator("section", has_text="Ronde 1 concept").get_by_text("bewezen best")
    busy = 0
    page.route("**/ronde", lambda one: one.fulfill(**BUSY) if busy < 1 else one.continue_())
    page.clock.run_for(2_000)  # the page too is too busy at first: nobody is led to that answer
    page.wait_for_timeout(MOMENT)
    assert page.locator("#ronde-stand").count() == 1
    busy = 1
    asked = 0
    while not proven.count():
        page.clock.run_for(15_000)
        page.wait_for_timeout(MOMENT)
        asked += 1
        assert asked < PATIENCE // MOMENT, refused
    opened.forgive("503")
