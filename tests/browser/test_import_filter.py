"""Does what was typed in an import survive a filter, in a real browser?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import login_link
from tests.browser.test_hour import PATIENCE, begun
from tests.untidy import untidy_files

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running


def test_typed_answers_survive_a_filter(opened: Windows, tmp_path: Path, service: Running) -> None:
    page = opened().new_page()
    home = begun(page, login_link(service))
    read(page, home, tmp_path)
    page.click("#kolommen-kiezen")
    page.wait_for_selector("#na-te-kijken", timeout=PATIENCE)
    field = page.get_by_label("Verbeterde tekst voor max scholen op rij 7")
    field.fill("3")
    for shown in ("ter info", "alles"):
        page.get_by_role("navigation", name="Filter op ernst").get_by_role("button", name=shown).click()
        page.wait_for_load_state()
    assert page.get_by_label("Verbeterde tekst voor max scholen op rij 7").input_value() == "3"


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
