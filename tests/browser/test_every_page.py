"""Is every page sound? Walks all pages of the console: complaints, policy, widths, headings, WCAG 2.2, no script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import LONGEST, console_service, logged_in
from tests.browser.console_addresses import STATES, addresses, is_page, patterns
from tests.browser.looking import faults_of
from tests.filling import a_cohort, a_year_so_far, asking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

    from tests.browser.conftest import Windows


CODES = re.compile(r"\b(?:mtr|sch|coh|rnd|ssn|job|mem|req|lok|pub|mea|usr)_[0-9a-z]{6,}")
"""What the service calls things by: words of nobody, and shown only in what programs are sent."""
A4 = 690
"""Pixels between the margins of a sheet that stands."""
READ = """(() => {
  const seen = (one) => one.getBoundingClientRect().width > 0 && one.checkVisibility({visibilityProperty: true});
  return [[...document.querySelectorAll("h1")].map(seen), document.body.innerText,
    [...document.querySelectorAll("pre")].map((one) => one.innerText)];
})()"""
"""What a reader finds: whether each heading shows, all words, and of these what is sent to programs."""
HTML = "text/html"
HEADS = "[...document.querySelectorAll('.tabel > table > thead')].map((one) => getComputedStyle(one).display)"


def opened_at(page: Page, url: str) -> None:
    """Open a page, which must be there and be one."""
    answer = page.goto(url)
    assert answer is not None
    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (HTTPStatus.OK, HTML), url


def faults(windows: Windows, page: Page, urls: Iterable[str]) -> list[str]:
    """Look at pages one after the other; tell what is wrong with each, also what the browser complains of.

    A page that is to the letter one that was looked at, such as a search where nothing is, is opened only.
    """
    found: list[str] = []
    known: set[str] = set()
    for url in urls:
        opened_at(page, url)
        whole = page.content()
        seen = [] if whole in known else [*faults_of(page)]
        known.add(whole)
        found += [f"{url}: {one}" for one in (*seen, *windows.complaints)]
        windows.complaints.clear()
    return found


@dataclass(frozen=True, slots=True)
class Visit:
    """A service with a login (as a file), and the pages of a full and of an empty cohort."""

    url: str
    login: Path
    full: list[str]
    empty: list[str]


@pytest.fixture(scope="module")
def visit(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Run the program once for these tests, fill it, and find all its pages."""
    folder = tmp_path_factory.mktemp("dienst")
    with console_service(folder) as service:
        context = chrome.new_context()
        context.set_default_timeout(LONGEST)
        logged_in(context.new_page(), service)
        with asking(context, service.url) as client:
            empty, full = {"cohort": a_cohort(client, "Nog leeg")}, a_year_so_far(client)
        assert len(list(addresses(full))) == len(patterns())  # none is left out
        pages = [
            [url for path in addresses(known, *STATES) if is_page(context, url := service.url + path)]
            for known in (full, empty)
        ]
        context.storage_state(path=folder / "login.json")
        context.close()
        yield Visit(service.url, folder / "login.json", pages[0], [one for one in pages[1] if empty["cohort"] in one])


def test_every_page_of_a_full_cohort_is_sound(opened: Windows, visit: Visit) -> None:
    assert len(visit.full) > 30
    assert faults(opened, opened(storage_state=visit.login).new_page(), visit.full) == []


def test_every_page_of_an_empty_cohort_is_sound(opened: Windows, visit: Visit) -> None:
    assert len(visit.empty) > 10
    assert faults(opened, opened(storage_state=visit.login).new_page(), visit.empty) == []


def test_each_page_that_differs_is_looked_at_and_all_complaints_are_told(opened: Windows) -> None:
    page, texts = opened().new_page(), {"a": "Een", "b": "Een", "c": "Twee"}
    place, blank = "http://127.0.0.1:9/", "<html lang=nl><title>{0}</title><h1>{0}</h1><h1>{0}</h1>"
    page.route(f"{place}*", lambda one: one.fulfill(body=blank.format(texts[one.request.url[-1]]), content_type=HTML))
    page.add_init_script("if (location.pathname === '/b') console.error('stuk')")
    told = faults(opened, page, [f"{place}{one}" for one in texts])
    assert [one[len(place) :].partition(" (")[0] for one in told] == ["a: 2 h1", "b: error: stuk", "c: 2 h1"]


def test_page_of_what_is_not_there_is_sound(opened: Windows, visit: Visit) -> None:
    page = opened(storage_state=visit.login).new_page()
    page.goto(f"{visit.url}/cohorten/onbekend")
    assert list(faults_of(page)) == []
    opened.forgive("status of 404")


def test_every_page_can_be_read_without_script(opened: Windows, visit: Visit) -> None:
    page = opened(storage_state=visit.login, java_script_enabled=False).new_page()
    for url in (*visit.full, *visit.empty):
        opened_at(page, url)
        heads, told, texts = page.evaluate(READ)
        assert heads == [True], url
        for sent in texts:
            told = told.replace(sent, "")
        assert "undefined" not in told, url
        assert CODES.findall(told) == [], url


def test_tables_stay_tables_on_paper(opened: Windows, visit: Visit) -> None:
    page = opened(storage_state=visit.login, viewport={"width": A4, "height": 1000}).new_page()
    page.emulate_media(media="print")
    for part in ("/plan", "/dossier", "/sessies"):
        page.goto(next(one for one in visit.full if one.endswith(part)))
        assert set(page.evaluate(HEADS)) == {"table-header-group"}, part
        assert not page.locator("nav.stappen, .voet").filter(visible=True).count(), part


def test_complaint_of_each_kind_is_heard(opened: Windows, visit: Visit) -> None:
    page = opened().new_page()
    page.goto(f"{visit.url}/aanmelden")
    for script in (
        "console.warn('let op')",
        "setTimeout(() => { throw new Error('stuk') })",
        "document.body.append(Object.assign(new Image(), {src: 'http://elders.invalid/x.png'}))",
        "document.querySelector('main').setAttribute('style', 'color: red')",
        "try { document.body.innerHTML = '<p>' } catch {}",
        "fetch('/bestaat-niet').then(() => 1)",
    ):
        page.evaluate(script)
    page.wait_for_timeout(200)
    told = "\n".join(opened.complaints)
    for words in ("let op", "fout: stuk", "img-src weigert", "style-src-attr weigert", "require-trusted-types", "404"):
        assert words in told, (words, told)
    opened.complaints.clear()


def test_page_is_sound_while_its_map_is_still_to_come(opened: Windows, visit: Visit) -> None:
    page = opened(storage_state=visit.login).new_page()
    page.route(re.compile(r"/kaart(\?|$)"), lambda _: None)  # never answered
    page.goto(next(one for one in visit.full if one.endswith("/plan")))
    assert page.locator("[data-haal]").count() == 1
    assert list(faults_of(page)) == []


def test_answer_that_comes_after_a_newer_one_is_dropped(opened: Windows, visit: Visit) -> None:
    page = opened(storage_state=visit.login).new_page()
    page.goto(next(one for one in visit.full if one.endswith("/uitval")))
    first, last = page.locator("#mentor option").evaluate_all("(all) => all.slice(1, 3).map((one) => one.value)")
    held: list[Route] = []
    page.route(re.compile(rf"mentor={first}"), lambda one: held.append(one))  # noqa: PLW0108 - Playwright takes no builtin
    page.select_option("#mentor", first)
    page.select_option("#mentor", last)
    page.wait_for_url(f"**mentor={last}*")
    told = page.locator("#wat-als").inner_text()
    with page.expect_response(re.compile(rf"mentor={first}")):
        held[0].continue_()
    page.wait_for_timeout(500)
    assert (page.locator("#wat-als").inner_text(), f"mentor={last}" in page.url) == (told, True)


def test_map_comes_nearer_moves_and_goes_back(opened: Windows, visit: Visit) -> None:
    page = opened(storage_state=visit.login).new_page()
    page.goto(next(one for one in visit.full if one.endswith("/plan")))
    whole = seen(page)
    page.get_by_label("Dichterbij").click()
    page.get_by_label("Naar het oosten").click()
    near = seen(page)
    assert near[2] < whole[2]
    assert near[0] > whole[0]
    assert near[0] + near[2] <= whole[2]
    page.get_by_label("Verder weg").press("Enter")
    assert seen(page) == whole


def test_map_follows_wheel_mouse_and_keys_and_a_press_opens_the_pair(opened: Windows, visit: Visit) -> None:
    page = opened(storage_state=visit.login).new_page()
    page.goto(next(one for one in visit.full if one.endswith("/plan")))
    drawn, whole = page.locator("svg.kaartje"), seen(page)
    drawn.scroll_into_view_if_needed()
    box = drawn.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function("() => document.querySelector('svg.kaartje').classList.contains('dichtbij')")
    near = seen(page)
    assert near[2] < whole[2]
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    dragged = seen(page)
    assert dragged[0] > near[0]
    assert page.url.endswith("/plan")
    drawn.press("ArrowLeft")
    assert seen(page)[0] < dragged[0]
    drawn.press("0")
    assert seen(page) == whole
    page.locator("svg.kaartje a:has(.open)").first.click(force=True)
    page.wait_for_url("**/plan/*")


def seen(page: Page) -> list[float]:
    """Give the part of the map that shows: left, top, width, height."""
    return [float(one) for one in str(page.locator("svg.kaartje").get_attribute("viewBox")).split()]


def test_what_is_chosen_without_a_new_page_stands_in_the_address(opened: Windows, visit: Visit) -> None:
    page = opened(storage_state=visit.login).new_page()
    page.goto(next(one for one in visit.full if one.endswith("/uitval")))
    form = page.locator("form[method=get][data-swap]").first
    choice = form.locator("select").first
    before = choice.input_value()
    other = next(one for one in choice.locator("option").all() if one.get_attribute("value") not in {before, ""})
    wanted = str(other.get_attribute("value"))
    choice.select_option(wanted)
    if "data-meteen" not in str(choice.evaluate("one => one.outerHTML")):
        form.locator("button").first.click()
    page.wait_for_url(f"**/uitval?*={wanted}*")
    page.reload()
    assert page.locator("form[method=get][data-swap] select").first.input_value() == wanted
    page.go_back()
    page.wait_for_url("**/uitval")
    page.wait_for_function(  # the address is there before what belongs to it
        "wanted => document.querySelector('form[method=get][data-swap] select').value === wanted", arg=before
    )
