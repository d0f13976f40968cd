"""Does an import work in a real browser: columns first, one table alone, and all of it without JavaScript?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import kept_lists
from tests.browser.conftest import login_link
from tests.browser.looking import faults_of
from tests.browser.test_hour import PATIENCE, begun

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running


def handed_in(page: Page, home: str, files: Mapping[str, bytes], folder: Path) -> None:
    """Choose files and have them read."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    page.goto(f"{home}/gegevens")
    page.set_input_files("#bestanden", [folder / name for name in files])
    page.get_by_role("button", name="Inlezen").click()
    page.get_by_role("navigation", name="Stappen van het inlezen").wait_for(timeout=PATIENCE)


def answered(page: Page) -> None:
    """Go through both steps: the columns as proposed, and what a person says of a cell."""
    assert page.get_by_role("link", name="Stap 1").get_attribute("aria-current") == "step"
    assert page.get_by_label("Wat staat er in Voorkeur onderwijsvorm?").input_value() == "onderwijsvormen"
    page.click("#kolommen-kiezen")
    page.wait_for_selector("#na-te-kijken", timeout=PATIENCE)
    assert page.get_by_role("link", name="Stap 2").get_attribute("aria-current") == "step"
    box = page.locator("tr", has_text="overleg met An").get_by_role("textbox")
    box.fill("altijd")
    page.click("#verbeter")
    page.wait_for_selector("#overnemen", timeout=PATIENCE)


def test_columns_then_cells_then_one_table_alone(tmp_path: Path, opened: Windows, service: Running) -> None:
    page = opened().new_page()
    home = begun(page, login_link(service))
    handed_in(page, home, kept_lists.workbook(), tmp_path)
    assert list(faults_of(page)) == []
    answered(page)
    assert list(faults_of(page)) == []
    page.click("#overnemen")
    page.wait_for_url("**/controle")
    assert page.locator("#melding").inner_text() == "10 scholen en 10 mentoren overgenomen."
    handed_in(page, home, kept_lists.mentors_alone(), tmp_path)
    page.wait_for_selector("#overnemen", timeout=PATIENCE)  # the columns and the answers are known
    assert page.get_by_text("aan die van de cohorte verandert niets").count()
    assert list(faults_of(page)) == []
    page.click("#overnemen")
    page.wait_for_url("**/controle")
    assert page.locator("#melding").inner_text() == "9 mentoren overgenomen."
    page.goto(f"{home}/gegevens")
    assert page.get_by_role("link", name="10 scholen").count()


@pytest.mark.parametrize("width", [390, 1440])
def test_both_steps_work_without_javascript(tmp_path: Path, opened: Windows, width: int, service: Running) -> None:
    page = opened().new_page()
    home = begun(page, login_link(service))
    state, size = page.context.storage_state(), {"width": width, "height": 900}
    bare = opened(storage_state=state, java_script_enabled=False, viewport=size).new_page()
    handed_in(bare, home, kept_lists.workbook(), tmp_path)
    answered(bare)
    assert bare.evaluate("document.documentElement.scrollWidth") <= width
    bare.click("#overnemen")
    bare.wait_for_url("**/controle")
