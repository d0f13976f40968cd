"""Is the year a calendar to work in, in a real browser: by dragging, by keyboard alone, and without a script?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.web.pages.dutch_format import UNBROKEN
from tests.browser.conftest import logged_in
from tests.browser.looking import faults_of
from tests.browser.test_hour import PATIENCE
from tests.browser.test_workplace import carry
from tests.filling import a_cohort, a_round, a_season, asking, people, told

if TYPE_CHECKING:
    import httpx2
    from playwright.sync_api import Page

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running

ANSWERED = "#antwoord .prijs, #antwoord .fout"
MOST_TABS = 200
SEARCHED = 4 * PATIENCE
"""A price and a repair are searched for up to a minute each, beside other work."""


def planned(client: httpx2.Client) -> str:
    """Make a cohort with a published plan and year; give its id."""
    cohort = a_cohort(client, "Limburg en omstreken")
    people(client, cohort)
    place = a_round(client, cohort)
    for step in ("approve", "publish"):
        told(client, "POST", f"{place}/{step}")
    a_season(client, cohort)
    return cohort


def year_page(page: Page, home: str) -> str:
    """Open the calendar of the newest year by its link; give its address."""
    page.goto(home)
    page.locator("a[href$='/jaar']").first.click()
    page.locator(".jaar .sessie").first.wait_for()
    return page.url


def drafted(page: Page, home: str, held: str) -> None:
    """Wait until what was kept is a draft, and read what it changes."""
    page.locator("#wijzigingen").wait_for(timeout=SEARCHED)
    assert page.url.startswith(home)
    assert page.locator(".merkje", has_text="concept").count() >= 1
    assert held in page.locator("main").inner_text().replace(UNBROKEN, " ")


def dragged(page: Page, home: str) -> None:
    """Drag a school to another group of its round: the price stands in the calendar, and is left; then it is kept."""
    page.set_viewport_size({"width": 1440, "height": 3600})
    address = year_page(page, home)
    groups = page.locator("[data-groep='1']")
    guests = groups.nth(0).locator("li[draggable='true']:not(:has-text('gastheer'))")
    name = guests.first.locator("span").first.inner_text()
    carry(page, guests.first, groups.nth(1))
    page.locator(ANSWERED).first.wait_for(timeout=SEARCHED)
    assert page.url == address
    school = page.locator("#antwoord select#school option:checked").inner_text()
    assert school in name
    assert "Herhaalde ontmoetingen" in page.locator("#antwoord").inner_text()
    assert list(faults_of(page)) == []
    page.locator("#antwoord >> text=Laat het zoals het is").click()
    page.locator(".jaar .sessie").first.wait_for()
    assert page.locator("#antwoord").inner_text() == ""  # nothing was kept
    page.set_viewport_size({"width": 1440, "height": 3600})
    carry(page, guests.first, groups.nth(1))
    page.locator("#houd").click(timeout=SEARCHED)
    drafted(page, home, school)


def tabbed(page: Page, wanted: str) -> None:
    """Go on with the key Tab until what is wanted has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(wanted)


def by_keyboard(page: Page, home: str) -> None:
    """Move a session to another day with the keyboard alone."""
    address = year_page(page, home)
    page.keyboard.press("Home")
    tabbed(page, "a.sessie")
    page.keyboard.press("Enter")
    page.wait_for_url("**/verplaatsen?sessie=*")
    tabbed(page, "#moment")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#moment option:checked").inner_text()
    assert "zelfde dag" not in chosen
    tabbed(page, "#prijs")
    page.keyboard.press("Enter")
    page.locator(ANSWERED).first.wait_for(timeout=SEARCHED)
    assert page.locator("#moment option:checked").inner_text() == chosen
    tabbed(page, "#houd")
    page.keyboard.press("Enter")
    page.wait_for_url(home)
    drafted(page, home, chosen.partition(",")[0])
    assert address not in page.url


def without_script(page: Page, home: str) -> None:
    """Choose a session and another day by links and forms alone, and keep it."""
    year_page(page, home)
    page.locator("a.sessie").last.click()
    page.locator("#moment option").nth(2).wait_for(state="attached")
    page.select_option("#moment", index=1)
    page.click("#prijs")
    page.locator(ANSWERED).first.wait_for(timeout=SEARCHED)  # the page asks for itself again meanwhile
    page.click("#houd")
    page.wait_for_url(home)
    page.locator("#wijzigingen").wait_for(timeout=SEARCHED)


def test_year_is_a_calendar_that_is_worked_in(opened: Windows, service: Running) -> None:
    page = opened().new_page()
    logged_in(page, service)
    with asking(page.context, service.url) as client:
        home = f"{service.url}/cohorten/{planned(client)}/sessies"
    dragged(page, home)
    by_keyboard(page, home)
    bare = opened(storage_state=page.context.storage_state(), java_script_enabled=False).new_page()
    without_script(bare, home)
