"""Can a coordinator do her hour in a real browser: import, mend, run, lock, publish, withdraw, repair, export?"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from tests.browser.conftest import LONGEST, console_service, login_link
from tests.browser.looking import faults_of
from tests.untidy import untidy_files

if TYPE_CHECKING:
    from playwright.sync_api import Download, Page

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running


STEPS = ("gegevens", "controle", "ronde", "plan", "publiceren", "uitval", "vergelijken", "dossier")
PATIENCE = LONGEST
PAUSE, BOOK = 200, "Plan als werkboek"
LOCKED, LEAVES = "000102", "M009"


def sound(page: Page) -> None:
    """Look at the page that is open: nothing is wrong with it."""
    assert list(faults_of(page)) == [], page.url


def begun(page: Page, link: str) -> str:
    """Log in by the link and begin a cohort; give its address."""
    page.goto(link)
    page.click("#met-link button")
    page.wait_for_url("**/cohorten")
    page.fill("#naam", "Cohorte 2026")
    page.select_option("#kamer", "Limburg")
    page.click("text=Cohorte maken")
    page.wait_for_url("**/cohorten/coh_*")
    return page.url


def brought_in(page: Page, home: str, folder: Path) -> None:
    """Import the untidy workbooks, mend what is odd, and take them over."""
    files = []
    for name, content in untidy_files().items():
        (folder / name).write_bytes(content)
        files.append(folder / name)
    page.goto(f"{home}/gegevens")
    page.set_input_files("#bestanden", files)
    page.get_by_role("button", name="Inlezen").click()
    page.wait_for_selector("#kolommen", timeout=PATIENCE)
    sound(page)
    assert page.locator("select[name='kop|Mentoren|?|Plek']").input_value() == "postcode"
    page.click("#kolommen-kiezen")
    page.wait_for_selector("#na-te-kijken", timeout=PATIENCE)
    page.get_by_label("Verbeterde tekst voor max scholen op rij 7").wait_for(timeout=PATIENCE)
    sound(page)
    page.get_by_label("Verbeterde tekst voor max scholen op rij 7").fill("2")
    page.get_by_label("Verbeterde tekst voor postcode op rij 6").fill("2000")
    page.get_by_label("Verbeterde tekst voor e-mail op rij 11").fill("jan@firma.example")
    page.click("#verbeter")
    page.wait_for_selector("#overnemen", timeout=PATIENCE)
    sound(page)
    page.click("#overnemen")
    page.wait_for_url("**/controle")
    assert page.locator("#melding").inner_text() == "20 scholen en 45 mentoren overgenomen."


def solved(page: Page, home: str, number: int) -> None:
    """Have the best plan searched for, and wait until it is proven and studied."""
    page.goto(f"{home}/ronde")
    page.locator("form[action$='/ronde'] button").first.click()
    page.locator("section", has_text=f"Ronde {number} concept").get_by_text("bewezen best").wait_for(timeout=PATIENCE)
    page.wait_for_selector("text=Ook uitgezocht", timeout=PATIENCE)


def locked_after_its_price(page: Page, home: str) -> str:
    """Ask what another mentor costs for a school, and have that mentor all the same; give the name."""
    page.goto(f"{home}/plan/{LOCKED}")
    page.wait_for_selector("text=Wie nog kan")
    link = page.get_by_role("region", name="Wie nog kan").get_by_role("link").first
    name = link.inner_text()
    link.click()
    asked = page.locator("#proef")
    asked.get_by_role("heading", name=f"Waarom niet {name}?").wait_for()
    assert asked.locator("p.groot").inner_text().strip(". ")  # the price, before the button
    sound(page)
    page.fill("#reden", "kent de school al")
    page.click("#doorgaan")
    page.wait_for_selector("#melding >> text=/vastgezet. Het telt vanaf de volgende ronde/")
    return name


def published(page: Page, home: str, version: int) -> None:
    """Publish, as soon as what follows from the plan is worked out."""
    page.goto(f"{home}/publiceren")
    page.wait_for_selector("#publiceer", timeout=PATIENCE)
    page.click("#publiceer")
    page.wait_for_selector(f"text=Gepubliceerd: versie {version}.", timeout=PATIENCE)


def repaired(page: Page, home: str) -> None:
    """Let a mentor leave after seeing what happens, and read the repaired plan."""
    page.goto(f"{home}/uitval")
    page.select_option("#mentor", LEAVES)
    page.wait_for_selector("text=/Als Tom Raderstraete afhaakt/")
    page.check("input[name=reden][value=job_change]")
    page.click("#noteer")
    page.wait_for_selector("text=/Alleen .* blijven zoals gepubliceerd/", timeout=PATIENCE)


def workbook(page: Page, home: str) -> list[str]:
    """Download the plan, and ask again where the page says so; give the names of its sheets."""
    kept: list[Download] = []
    page.on("download", lambda one: kept.append(one))  # noqa: PLW0108 - Playwright takes no builtin
    busy, link = page.locator("#melding", has_text="wordt nog gemaakt"), page.get_by_role("link", name=BOOK)
    page.goto(f"{home}/publiceren")
    link.click()
    for _ in range(PATIENCE // PAUSE):
        if kept:
            break
        if busy.count():
            page.goto(f"{home}/publiceren")
            link.click()
        page.wait_for_timeout(PAUSE)
    assert kept, page.locator("#melding").inner_text()
    return load_workbook(io.BytesIO(Path(kept[0].path()).read_bytes())).sheetnames


def test_hour_of_a_coordinator(opened: Windows, tmp_path: Path) -> None:
    with console_service(tmp_path) as service:
        page = opened().new_page()
        page.goto(login_link(service))
        sound(page)
        home = begun(page, login_link(service))
        for step in STEPS:  # every page says what to do while there is nothing yet
            page.goto(f"{home}/{step}")
            assert page.locator("h1").count() == 1
        brought_in(page, home, tmp_path)
        solved(page, home, 1)
        name = locked_after_its_price(page, home)
        solved(page, home, 2)
        page.goto(f"{home}/plan")
        assert f"{name} vast" in page.locator("tr", has_text=LOCKED).inner_text()
        published(page, home, 1)
        repaired(page, home)
        published(page, home, 2)
        page.goto(f"{home}/vergelijken")
        page.wait_for_selector("text=/scholen veranderen|school verandert/", timeout=PATIENCE)
        for step in STEPS:
            page.goto(f"{home}/{step}")
            sound(page)
        assert "Samenvoegen" in workbook(page, home)


def test_cohort_is_begun_without_script(opened: Windows, service: Running) -> None:
    page = opened(java_script_enabled=False).new_page()
    link = login_link(service)
    page.goto(link)
    page.fill("#link", link)
    page.click("#met-link button")
    page.wait_for_url("**/cohorten")
    page.fill("#naam", "Zonder script")
    page.select_option("#kamer", "Limburg")
    page.click("text=Cohorte maken")
    page.wait_for_url("**/cohorten/coh_*")
    assert page.locator("h1").inner_text() == "Zonder script"
