"""Is the plan a place to work in, in a real browser: searched while typing, moved by dragging, the hour in few clicks?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import console_service, login_link
from tests.browser.looking import faults_of
from tests.browser.test_hour import LEAVES, PATIENCE, begun, brought_in, solved
from tests.untidy import untidy_files

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Windows

MOST_CLICKS, MOST_FOR_A_DROP_OUT = 40, 8


@dataclass
class Hand:
    """A hand on the mouse: a click is one, a choice in a list two, a text typed in a field one."""

    page: Page
    clicks: int = 0

    def click(self, selector: str) -> None:
        """Click."""
        self.page.locator(selector).first.click(timeout=PATIENCE)
        self.clicks += 1

    def choose(self, selector: str, value: str) -> None:
        """Open a list and choose."""
        self.page.select_option(selector, value)
        self.clicks += 2

    def type(self, label: str, text: str) -> None:
        """Click in a field and type."""
        self.page.get_by_label(label).first.fill(text)
        self.clicks += 1

    def go(self, part: str) -> None:
        """Go to a page of the cohort by the navigation."""
        self.click(f"nav a[href$='/{part}']")
        self.page.wait_for_url(f"**/{part}*")


def test_plan_is_searched_while_typing_and_a_mentor_is_dragged(opened: Windows, tmp_path: Path) -> None:
    with console_service(tmp_path) as service:
        page = opened().new_page()
        home = begun(page, login_link(service))
        brought_in(page, home, tmp_path)
        solved(page, home, 1)
        page.goto(f"{home}/plan")
        assert list(faults_of(page)) == []
        rows = page.locator("#lijst tr[data-school]")
        every = rows.count()
        page.fill("#zoek", "atheneum")
        page.wait_for_url("**zoek=atheneum*")
        page.wait_for_function(f"document.querySelectorAll('#lijst tr[data-school]').length < {every}")
        few = rows.count()
        assert 0 < few < every
        page.reload()
        assert (rows.count(), page.input_value("#zoek")) == (few, "atheneum")
        page.goto(f"{home}/plan")
        dragged = page.locator("td[data-mentor]").first
        mentor = dragged.get_attribute("data-mentor")
        dragged.drag_to(page.locator("tr[data-school]").nth(6))
        page.locator("#proef h2").wait_for(timeout=PATIENCE)
        page.locator("#proef p.groot").first.wait_for(timeout=PATIENCE)  # the price, or why it can't be
        assert page.url == f"{home}/plan"
        assert page.locator("span.merkje", has_text="vanaf nu vast").count() == 0
        bare = opened(storage_state=page.context.storage_state(), java_script_enabled=False).new_page()
        for part in (f"verzet?mentor={mentor}", "plan?weergave=mentoren", "recent"):  # choose and place, by links alone
            bare.goto(f"{home}/{part}")
            assert bare.locator("h1").count() == 1
        for part in (f"verzet?mentor={mentor}", "plan?weergave=mentoren", "recent", f"naast/{first_school(page)}"):
            page.goto(f"{home}/{part}")
            assert list(faults_of(page)) == [], part


def first_school(page: Page) -> str:
    """Give the school of the first row."""
    return str(page.locator("tr[data-school]").first.get_attribute("data-school"))


def test_typed_answers_survive_a_filter(opened: Windows, tmp_path: Path) -> None:
    with console_service(tmp_path) as service:
        page = opened().new_page()
        home = begun(page, login_link(service))
        read(page, home, tmp_path)
        page.click("#kolommen-kiezen")
        page.wait_for_selector("#na-te-kijken", timeout=PATIENCE)
        field = page.get_by_label("Verbeterde tekst voor max_scholen op rij 7")
        field.fill("3")
        for shown in ("ter info", "alles"):
            page.get_by_role("navigation", name="Filter op ernst").get_by_role("button", name=shown).click()
            page.wait_for_load_state()
        assert page.get_by_label("Verbeterde tekst voor max_scholen op rij 7").input_value() == "3"


def read(page: Page, home: str, folder: Path) -> None:
    """Hand the untidy workbooks in."""
    files = []
    for name, content in untidy_files().items():
        (folder / name).write_bytes(content)
        files.append(folder / name)
    page.goto(f"{home}/gegevens")
    page.set_input_files("#bestanden", files)
    page.get_by_role("button", name="Inlezen").click()
    page.wait_for_selector("#kolommen", timeout=PATIENCE)


@pytest.fixture
def hand(opened: Windows) -> Hand:
    """Open a window."""
    return Hand(opened().new_page())


def test_hour_takes_few_clicks(hand: Hand, tmp_path: Path) -> None:
    with console_service(tmp_path) as service:
        page = hand.page
        home = begun(page, login_link(service))
        hand.clicks += 2  # log in, make the cohort
        hand.go("gegevens")
        read(page, home, tmp_path)
        hand.clicks += 1  # read the files
        hand.click("#kolommen-kiezen")
        page.wait_for_selector("#na-te-kijken", timeout=PATIENCE)
        for label, text in (
            ("max_scholen op rij 7", "2"),
            ("postcode op rij 6", "2000"),
            ("e-mail op rij 11", "j@f.be"),
        ):
            hand.type(f"Verbeterde tekst voor {label}", text)
        hand.click("#verbeter")
        hand.click("#overnemen")
        page.wait_for_url("**/controle")
        hand.go("ronde")
        hand.click("form[action$='/ronde'] button")
        page.wait_for_selector("text=Ook uitgezocht", timeout=PATIENCE)
        hand.go("plan")
        hand.click("tr[data-school] a[data-eerst]")
        hand.click("[aria-label='Wie nog kan'] a")
        kept(hand, "kent de school al")
        hand.click("a:has-text('Verbieden: wat kost dat?')")
        kept(hand, "te ver")
        hand.click("#zoek-opnieuw")
        page.locator("section", has_text="Ronde 2 concept").get_by_text("bewezen best").wait_for(timeout=PATIENCE)
        page.wait_for_selector("text=Ook uitgezocht", timeout=PATIENCE)
        hand.go("plan")
        hand.click("#naar-publiceren")
        hand.click("#publiceer")
        page.wait_for_selector("text=Gepubliceerd: versie 1.", timeout=PATIENCE)
        before = hand.clicks
        hand.go("uitval")
        hand.choose("#mentor", LEAVES)
        hand.click("#bekijk")
        hand.click("#noteer")
        page.wait_for_selector("text=/blijven zoals gepubliceerd/", timeout=PATIENCE)
        page.wait_for_selector("text=/Meer verschuiven/", timeout=PATIENCE)
        hand.go("publiceren")
        hand.click("#publiceer")
        page.wait_for_selector("text=Gepubliceerd: versie 2.", timeout=PATIENCE)
        assert hand.clicks - before <= MOST_FOR_A_DROP_OUT
        hand.click("a:has-text('Plan als werkboek')")
        print(f"clicks: {hand.clicks}, of them for the drop-out and its export: {hand.clicks - before}")
        assert hand.clicks <= MOST_CLICKS


def kept(hand: Hand, reason: str) -> None:
    """Give a reason, and keep the agreement whose price is told."""
    hand.page.locator("#proef #reden").wait_for(timeout=PATIENCE)
    hand.type("Reden", reason)
    hand.click("#doorgaan")
    hand.page.wait_for_selector("#melding >> text=/Het telt vanaf de volgende ronde/")
