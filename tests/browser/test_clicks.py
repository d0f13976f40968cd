"""How many clicks does a coordinator's hour take, and a drop-out? And can it be done by keys, and without a script?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser.conftest import login_link
from tests.browser.test_hour import LEAVES, PATIENCE
from tests.untidy import UNKNOWN, untidy_files

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running

MOST_FOR_THE_HOUR, MOST_FOR_A_DROP_OUT = 40, 8
UNKNOWN_COLUMNS, ODD_CELLS = 5, 12
MEANINGS = {"Waar ik wil helpen": "onderwijsvormen", "Lukt hoe vaak": "max_scholen"}
"""What is chosen for a column of which nothing is proposed."""
ANSWERS = {"max scholen": "2", "postcode": "2000", "e-mail": "iemand@firma.example"}
"""What is typed in an odd cell of such a column."""
BEFORE = "Verbeterde tekst voor "
WINDOW = {"width": 1440, "height": 900}
FIELD = f"[aria-label^='{BEFORE}']"


@dataclass
class Hand:
    """A hand on the mouse: a click is one, a choice in a list two, a text that is typed in a field one."""

    page: Page
    clicks: int = 0

    def click(self, selector: str) -> None:
        """Click, once it is there."""
        self.page.locator(selector).first.click(timeout=PATIENCE)
        self.clicks += 1

    def choose(self, selector: str, value: str) -> None:
        """Open a list and choose."""
        self.page.select_option(selector, value, timeout=PATIENCE)
        self.clicks += 2

    def type(self, selector: str, text: str) -> None:
        """Click in a field and type."""
        self.page.locator(selector).first.fill(text, timeout=PATIENCE)
        self.clicks += 1

    def go(self, part: str) -> None:
        """Go to a page of the cohort by the navigation."""
        self.click(f"nav.stappen a[href$='/{part}']:visible")
        self.page.wait_for_url(f"**/{part}*")


class Keys(Hand):
    """The same by keys alone: what has the focus is pressed, chosen in or typed in."""

    def click(self, selector: str) -> None:
        """Come to it, and press Enter, or the space bar where something is chosen."""
        here = self._reached(selector)
        self.page.keyboard.press("Space" if here.get_attribute("type") in ("radio", "checkbox") else "Enter")

    def choose(self, selector: str, value: str) -> None:
        """Come to the list, and type what is wanted."""
        words = "(one, value) => [...one.options].find((each) => each.value === value).label"
        self.page.keyboard.type(self._reached(selector).evaluate(words, value))
        assert self.page.locator(selector).input_value() == value

    def type(self, selector: str, text: str) -> None:
        """Come to the field, and type over what stands there."""
        self._reached(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def _reached(self, selector: str) -> Locator:
        one = self.page.locator(selector).first
        one.wait_for(timeout=PATIENCE)
        one.focus()
        assert one.evaluate("one => one === document.activeElement && one.tabIndex >= 0"), selector
        return one


def begun(hand: Hand, service: Running, *, script: bool = True) -> None:
    """Log in by the link, and begin a cohort."""
    link = login_link(service)
    hand.page.goto(link)
    if not script:
        hand.type("#link", link)
    hand.click("#met-link button")
    hand.type("#naam", "Cohorte 2026")
    hand.choose("#kamer", "Limburg")
    hand.click("button:has-text('Cohorte maken')")
    hand.page.wait_for_url("**/cohorten/coh_*")


def brought_in(hand: Hand, folder: Path) -> tuple[int, int]:
    """Import two untidy workbooks, tell what their columns are and mend cells; give how many of both were asked."""
    page, paths = hand.page, []
    for name, content in untidy_files(headers=UNKNOWN, more=True).items():
        (folder / name).write_bytes(content)
        paths.append(folder / name)
    hand.go("gegevens")
    page.set_input_files("#bestanden", paths)
    hand.clicks += 1  # the button that opens the list of files
    hand.click("button:has-text('Inlezen')")
    page.wait_for_selector("#kolommen-kiezen", timeout=PATIENCE)
    columns = page.locator("select[name*='|?|']").all()
    for one in columns:
        if not one.input_value():  # nothing was proposed
            header = str(one.get_attribute("name")).rpartition("|")[2]
            hand.choose(f"select[name$='|{header}']", MEANINGS[header])
    hand.click("#kolommen-kiezen")
    page.wait_for_selector("#na-te-kijken", timeout=PATIENCE)
    cells = page.locator(FIELD)
    cells.first.wait_for(timeout=PATIENCE)
    for one in cells.all():
        label = str(one.get_attribute("aria-label"))
        column = label.removeprefix(BEFORE).partition(" op rij ")[0]
        if column in ANSWERS:  # of the others what is proposed is right
            hand.type(f"[aria-label='{label}']", ANSWERS[column])
    asked = len(columns), cells.count()
    hand.click("#verbeter")
    hand.click("#overnemen")
    page.wait_for_url("**/controle")
    return asked


def solved(hand: Hand, number: int) -> None:
    """Wait until the best plan is proven and studied."""
    told = hand.page.locator("section", has_text=f"Ronde {number} concept").get_by_text("bewezen best")
    told.wait_for(timeout=PATIENCE)
    hand.page.wait_for_selector("text=Ook uitgezocht", timeout=PATIENCE)


def kept(hand: Hand, reason: str) -> None:
    """Read the price, give a reason, and keep the agreement."""
    hand.page.locator("#proef p.groot").first.wait_for(timeout=PATIENCE)
    hand.type("#proef input[name=reden]", reason)
    hand.click("#doorgaan")
    hand.page.wait_for_selector("#melding >> text=/Het telt vanaf de volgende ronde/", timeout=PATIENCE)


def planned_and_published(hand: Hand) -> None:
    """Have the plan made, keep one agreement for a mentor and one against, search again and publish."""
    hand.go("ronde")
    hand.click("form[action$='/ronde'] button")
    solved(hand, 1)
    hand.go("plan")
    hand.click("tr[data-school] a[data-eerst]")
    hand.click("[aria-label='Wie nog kan'] a")
    kept(hand, "kent de school al")
    hand.click("a:has-text('Verbieden: wat kost dat?')")
    kept(hand, "zelfde bedrijf als vorig jaar")
    hand.click("#zoek-opnieuw")
    solved(hand, 2)
    hand.go("plan")
    hand.click("#naar-publiceren")
    hand.click("#publiceer")
    hand.page.wait_for_selector("text=Gepubliceerd: versie 1.", timeout=PATIENCE)


def repaired_and_published(hand: Hand, *, script: bool = True) -> None:
    """Hear that a mentor leaves, read what happens then, note it, and publish the repaired plan."""
    page = hand.page
    hand.go("uitval")
    hand.choose("#mentor", LEAVES)  # acts at once
    if not script:
        hand.click("#bekijk")
    page.wait_for_selector("text=/Als Tom Raderstraete afhaakt/", timeout=PATIENCE)
    hand.click("input[name=reden][value=job_change]")
    hand.click("#noteer")
    page.wait_for_selector("text=/Alleen .* blijven zoals gepubliceerd/", timeout=PATIENCE)
    hand.click("a.knop:has-text('Naar publiceren')")
    page.wait_for_selector("#publiceer", timeout=PATIENCE)
    hand.click("#publiceer")
    page.wait_for_selector("text=Gepubliceerd: versie 2.", timeout=PATIENCE)


def test_hour_and_drop_out_take_few_clicks(opened: Windows, tmp_path: Path, service: Running) -> None:
    hand = Hand(opened(viewport=WINDOW).new_page())
    begun(hand, service)
    columns, cells = brought_in(hand, tmp_path)
    assert (columns, cells) == (UNKNOWN_COLUMNS, ODD_CELLS)
    planned_and_published(hand)
    hour = hand.clicks
    assert hour <= MOST_FOR_THE_HOUR, hour
    repaired_and_published(hand)
    assert hand.clicks - hour <= MOST_FOR_A_DROP_OUT, hand.clicks - hour


def test_hour_is_done_by_keys(opened: Windows, tmp_path: Path, service: Running) -> None:
    hand = Keys(opened(viewport=WINDOW).new_page())
    begun(hand, service)
    brought_in(hand, tmp_path)
    planned_and_published(hand)
    repaired_and_published(hand)


def test_hour_is_done_without_script(opened: Windows, tmp_path: Path, service: Running) -> None:
    hand = Hand(opened(viewport=WINDOW, java_script_enabled=False).new_page())
    begun(hand, service, script=False)
    brought_in(hand, tmp_path)
    planned_and_published(hand)
    repaired_and_published(hand, script=False)
