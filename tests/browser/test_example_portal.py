"""Can somebody come from nothing to a suggestion in the example portal, apply there and confirm, in a real browser?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import LONGEST, login_link
from tests.browser.looking import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page, Request

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running

ROOT = Path(__file__).parents[2]
BEGIN = ROOT / "data" / "voorbeeld-portaal" / "begin.py"
SCHOOL = "000102"
PATIENCE = LONGEST
KEY = "in2stem_"
FORM = {
    "id": "034561",
    "name": "Atheneum De Linde",
    "postcode": "9000",
    "contact": "Wendeline Kwikstaart",
    "email": "geen adres",
}


@contextmanager
def example_portal(link: str) -> Iterator[str]:
    """Do what the README says after `make serve`; give where the portal is."""
    words = [sys.executable, str(BEGIN), link, "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline(), process.stdout.readline()]
            assert SCHOOL in lines[0], lines
            yield lines[1].split()[-1]
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def read(page: Page, url: str) -> None:
    """Read what is published, and the suggestions for one school."""
    page.goto(url)
    page.locator("#koppels li").first.wait_for(timeout=PATIENCE)
    page.get_by_text("Aanmelden kan nu.").wait_for(timeout=PATIENCE)
    assert "Campus Kaaikompas: Autozorg Zuigerstang" in page.locator("#koppels").inner_text()
    assert "Zandoever" not in page.content()  # a mentor's own name waits for the match to be accepted
    assert list(faults_of(page)) == []
    page.fill("#nummer", SCHOOL)
    page.click("#zoek button")
    page.locator("#voorstellen li").first.wait_for(timeout=PATIENCE)
    assert "875 op 1.000 punten" in page.locator("#voorstellen li").first.inner_text()


def apply(page: Page) -> None:
    """Fill in the form, badly first, and send it."""
    for name, value in FORM.items():
        page.fill(f"#{name}", value)
    page.get_by_label("TSO").check()
    page.get_by_label("bouw").check()
    page.click("#aanmelden button")
    page.locator("#fouten p", has_text="Akkoord: Dit ontbreekt.").wait_for(timeout=PATIENCE)
    page.get_by_label("Ik ga akkoord").check()
    page.click("#aanmelden button")
    page.locator("#fouten p", has_text="E-mail: Dit is geen e-mailadres.").wait_for(timeout=PATIENCE)
    page.fill("#email", "wendeline@linde.example")
    page.click("#aanmelden button")


def confirm(page: Page) -> None:
    """Follow the link that would be mailed, and confirm."""
    link = page.locator("#gedaan a")
    link.wait_for(timeout=PATIENCE)
    assert "Bevestig binnen 30 dagen" in page.locator("#gedaan").inner_text()
    link.click()
    page.get_by_role("button", name="Ja, ik bevestig").click()
    page.get_by_text("uw aanmelding is bevestigd").wait_for(timeout=PATIENCE)


def test_example_portal_shows_applies_and_confirms(opened: Windows, service: Running) -> None:
    with example_portal(login_link(service)) as url:
        page = opened().new_page()
        asked: list[Request] = []
        page.on("request", lambda one: asked.append(one))  # noqa: PLW0108 - Playwright takes no builtin
        read(page, url)
        apply(page)
        opened.forgive("422")
        of_portal = [one for one in asked if one.url.startswith(url)]
        assert len(of_portal) == len(asked) > 5
        assert not any(KEY in str(one.all_headers()) + (one.post_data or "") for one in asked)
        confirm(page)
