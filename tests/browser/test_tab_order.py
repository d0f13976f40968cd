"""Can a coordinator do her hour with Tab alone: is what has the focus seen, in the order that one sees, and kept?"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error as PageLeft
from playwright.sync_api import TimeoutError as NothingCame

from tests.browser.conftest import console_service, login_link
from tests.browser.test_hour import PATIENCE
from tests.untidy import untidy_files

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import ElementHandle, FileChooser, Locator, Page

    from tests.browser.conftest import Windows

MOST_TABS = 400
WINDOW = {"width": 1440, "height": 900}
HERE = """(wanted) => {
  const one = document.activeElement;
  const place = one.getBoundingClientRect();
  const look = getComputedStyle(one);
  return {
    there: one === wanted, held: Boolean(wanted?.isConnected),
    lost: one === document.body,
    name: one.outerHTML.slice(0, 160),
    ring: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    seen: place.width > 2 && place.height > 2 && place.bottom > 0 && place.right > 0 && place.top < innerHeight &&
      place.left < innerWidth,
    top: place.top + scrollY, bottom: place.bottom + scrollY, left: place.left, right: place.right,
  };
}"""
"""What has the focus: whether it is wanted, its ring shows within the window, and where on the page it stands."""


def is_over(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether one stands over the other, in a column that they share."""
    shared = one["left"] < other["right"] and other["left"] < one["right"]
    return bool(shared and one["bottom"] <= other["top"])


@dataclass
class Tabs:
    """A hand that knows one key to get anywhere: Tab. What it passes is looked at."""

    page: Page

    def to(self, what: Locator) -> None:
        """Press Tab until this has the focus; each stop is seen, and none stands over one before it."""
        what.wait_for(timeout=PATIENCE)
        before: list[dict[str, Any]] = []
        held = what.element_handle()
        if held.evaluate("(one) => one === document.activeElement"):
            return
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            held, here = self._stop(what, held)
            if here["lost"]:  # past the last stop the browser's own controls come, then the first again
                before = []
                continue
            assert here["ring"], f"no ring: {here['name']} on {self.page.url}"
            assert here["seen"], f"out of sight: {here['name']} on {self.page.url}"
            back = next((one for one in before if is_over(here, one)), None)
            assert back is None, f"{back} then {here} on {self.page.url}"
            if here["there"]:
                return
            before.append(here)
        raise AssertionError(f"no Tab leads to {what}")

    def _stop(self, what: Locator, held: ElementHandle) -> tuple[ElementHandle, dict[str, Any]]:
        """Tell what has the focus; an element that is held is asked once, where a locator looks for it first."""
        with suppress(PageLeft):
            here = held.evaluate(HERE)
            if here["held"]:
                return held, here
        held = what.element_handle()  # another page, or another element in its place
        return held, held.evaluate(HERE)

    def press(self, what: Locator) -> None:
        """Go to a link, a button or a box, and press it."""
        self.to(what)
        kind = what.evaluate("(one) => one.type || one.tagName")
        self.page.keyboard.press("Space" if kind in ("checkbox", "radio") else "Enter")

    def type(self, what: Locator, text: str) -> None:
        """Go to a field and type in it, over what was there."""
        self.to(what)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, what: Locator, words: str) -> None:
        """Go to a list, and type the beginning of what is chosen."""
        self.to(what)
        self.page.keyboard.type(words)

    def go(self, part: str) -> None:
        """Go to a page of the cohort by the navigation."""
        self.press(self.page.locator(f"nav.stappen a[href$='/{part}']:visible").first)
        self.page.wait_for_url(f"**/{part}*")

    def kept(self) -> None:
        """See that where a part of the page was swapped, something of it or the page's content has the focus."""
        here = self.page.evaluate(HERE)
        assert not here["lost"], self.page.url


def begun(tabs: Tabs, link: str) -> None:
    """Log in and begin a cohort."""
    page = tabs.page
    page.goto(link)
    tabs.press(page.locator("#met-link button"))
    page.wait_for_url("**/cohorten")
    tabs.type(page.locator("#naam"), "Met Tab")
    tabs.choose(page.locator("#kamer"), "Limburg")
    tabs.press(page.get_by_role("button", name="Cohorte maken"))
    page.wait_for_url("**/cohorten/coh_*")


def chosen(tabs: Tabs, field: Locator) -> FileChooser:
    """Open the window in which files are chosen; a browser opens it only for a press that it has just heard of."""
    for patience in (20_000, 20_000, PATIENCE):
        tabs.to(field)
        with suppress(NothingCame):
            with tabs.page.expect_file_chooser(timeout=patience) as chooser:
                tabs.page.keyboard.press("Space")
            return chooser.value
    raise AssertionError(f"no window for files on {tabs.page.url}")


def brought_in(tabs: Tabs, folder: Path) -> None:
    """Choose files, say what the columns are, mend what is odd, and take them over."""
    page, paths = tabs.page, []
    for name, content in untidy_files().items():
        (folder / name).write_bytes(content)
        paths.append(folder / name)
    tabs.go("gegevens")
    chosen(tabs, page.locator("#bestanden")).set_files(paths)
    tabs.press(page.get_by_role("button", name="Inlezen"))
    tabs.press(page.locator("#kolommen-kiezen"))
    field = "Verbeterde tekst voor {} op rij {}"
    for column, row, text in (("max scholen", 7, "2"), ("postcode", 6, "2000"), ("e-mail", 11, "jan@firma.example")):
        tabs.type(page.get_by_label(field.format(column, row)), text)
    tabs.press(page.locator("#verbeter"))
    tabs.press(page.locator("#overnemen"))
    page.wait_for_url("**/controle")


def planned(tabs: Tabs, number: int) -> None:
    """Have the best plan searched for; the page tells by itself when it is there, and keeps the focus."""
    page = tabs.page
    tabs.go("ronde")
    tabs.press(page.locator("form[action$='/ronde'] button").first)
    page.locator("section", has_text=f"Ronde {number} concept").get_by_text("bewezen best").wait_for(timeout=PATIENCE)
    page.wait_for_selector("text=Ook uitgezocht", timeout=PATIENCE)


def locked(tabs: Tabs) -> None:
    """Lock a pair from the list by its button, take it back, and look for a school: each swaps a part of the page."""
    page = tabs.page
    tabs.go("plan")
    page.locator("svg.kaartje").wait_for(timeout=PATIENCE)
    lock = page.locator("tr[data-school] button", has_text="Vastzetten").first
    tabs.press(lock)
    page.locator("#melding", has_text="vastgezet").wait_for(timeout=PATIENCE)
    tabs.kept()
    tabs.type(page.locator("#zoek"), "atheneum")
    page.wait_for_url("**zoek=atheneum*")
    tabs.kept()
    assert page.locator("#zoek").evaluate("(one) => one === document.activeElement")


def test_hour_is_done_with_tab_alone(opened: Windows, tmp_path: Path) -> None:
    with console_service(tmp_path) as service:
        tabs = Tabs(opened(viewport=WINDOW).new_page())
        begun(tabs, login_link(service))
        brought_in(tabs, tmp_path)
        planned(tabs, 1)
        locked(tabs)
        planned(tabs, 2)
        tabs.go("plan")
        tabs.press(tabs.page.locator("#naar-publiceren"))
        tabs.press(tabs.page.locator("#publiceer"))
        tabs.page.wait_for_selector("text=Gepubliceerd: versie 1.", timeout=PATIENCE)
