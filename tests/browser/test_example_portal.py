"""Can somebody come from nothing to a suggestion in the example portal, apply there and confirm, in a real browser?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import console_service, login_link
from tests.browser.looking import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Windows

ROOT = Path(__file__).parents[2]
BEGIN = ROOT / "data" / "voorbeeld-portaal" / "begin.py"
SCHOOL = "000102"
PATIENCE = 60_000
KEY = "in2stem_"


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


def test_example_portal_shows_applies_and_confirms(opened: Windows, tmp_path: Path) -> None:
    with console_service(tmp_path) as service, example_portal(login_link(service)) as url:
        page = opened().new_page()
        told: list[str] = []
        page.on("response", lambda answer: told.append(answer.url))
        page.goto(url)
        page.locator("#koppels li").first.wait_for(timeout=PATIENCE)
        assert page.locator("#open").inner_text() == "Aanmelden kan nu."
        assert "Campus Kaaikompas: Autozorg Zuigerstang" in page.locator("#koppels").inner_text()
        assert "Zandoever" not in page.content()  # a mentor's own name waits for the match to be accepted
        assert list(faults_of(page)) == []

        page.fill("#nummer", SCHOOL)
        page.click("#zoek button")
        page.locator("#voorstellen li").first.wait_for(timeout=PATIENCE)
        assert "875 van 1000 punten" in page.locator("#voorstellen li").first.inner_text()

        page.fill("#id", "034561")
        page.fill("#email", "geen adres")
        page.fill("#postcode", "9000")
        page.fill("#name", "Atheneum De Linde")
        page.fill("#contact", "Wendeline Kwikstaart")
        page.get_by_label("TSO").check()
        page.get_by_label("bouw").check()
        page.click("#aanmelden button")
        page.locator("#fouten p").first.wait_for(timeout=PATIENCE)
        assert "toestemming" not in page.locator("#gedaan").inner_text()
        page.get_by_label("Ik ga akkoord").check()
        page.click("#aanmelden button")
        page.locator("#fouten p", has_text="E-mail: Dit is geen e-mailadres.").wait_for(timeout=PATIENCE)
        opened.forgive("422")
        page.fill("#email", "wendeline@linde.example")
        page.click("#aanmelden button")
        link = page.locator("#gedaan a")
        link.wait_for(timeout=PATIENCE)
        assert "Bevestig binnen 30 dagen" in page.locator("#gedaan").inner_text()
        link.click()
        page.get_by_role("button", name="Ja, ik bevestig").click()
        page.get_by_text("uw aanmelding is bevestigd").wait_for(timeout=PATIENCE)
        assert {one.partition("//")[2].partition("/")[0] for one in told} == {
            url.partition("//")[2],
            service.url.partition("//")[2],
        }
        page.goto(url)
        assert KEY not in page.content()
