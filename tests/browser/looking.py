"""What is wrong with the page that is open? Its headings, its width, and WCAG 2.2 AA in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tests.browser.accessibility import broken_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import CDPSession, Page

WIDTHS = (320, 390, 640, 1920, 1280)
"""A window of 1280 pixels at 200 % has room for 640, at 400 % for 320. At the last the rest is looked at."""
PHONE = 390
LARGE = {"fontSizes": {"standard": 32, "fixed": 26}}
USUAL = {"fontSizes": {"standard": 16, "fixed": 13}}
"""Letters twice as large, as a browser's own setting gives them, and as they are."""
CUT = """[...document.querySelectorAll("body *")].flatMap((one) => {
  const look = getComputedStyle(one);
  const clipped = (way) => look["overflow-" + way] === "hidden" || look["overflow-" + way] === "clip";
  if (one.clientWidth < 2 || one.closest("svg, .weg, select, input, textarea") || !one.textContent.trim()) return [];
  const wide = clipped("x") && one.scrollWidth > one.clientWidth + 1;
  const high = clipped("y") && one.scrollHeight > one.clientHeight + 1;
  return wide || high ? [one.outerHTML.slice(0, 80)] : [];
})"""
"""Words that do not fit where they stand, and of which what is over does not show."""
SMALLEST = 12
"""Letters of fewer pixels are hard to read for many."""
HEIGHT = 900

SMALL = """(least) => [...document.querySelectorAll("body *")].flatMap((one) => {
  const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const place = words && one.getBoundingClientRect();
  if (!place || place.width < 2) return [];
  const drawn = one.ownerSVGElement;
  const scale = drawn ? drawn.getScreenCTM().a : 1;
  const size = parseFloat(getComputedStyle(one).fontSize) * scale;
  return size < least - 0.01 ? [`${size.toFixed(1)} pixels: ${one.textContent.trim().slice(0, 30)}`] : [];
})"""
"""Words in letters that are too small, as shown; what only a screen reader says is left out."""
SLIDING = """[...document.querySelectorAll(".tabel")].filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.getAttribute("aria-label") || one.innerText.slice(0, 40))"""
NAMELESS = """[...document.querySelectorAll(".tabel > table:has(thead) > tbody > tr")].flatMap((row) => {
  const heads = [...[...row.closest("table").tHead.rows].at(-1).cells];
  const columns = heads.flatMap((one) => Array(one.colSpan).fill(one.textContent.replace(/\\s+/g, "")));
  let place = 0;
  return [...row.cells].flatMap((cell) => {
    const words = columns[place];
    place += cell.colSpan;
    const alone = cell.tagName === "TD" && cell.colSpan === 1;
    return alone && words && cell.dataset.kop?.replace(/\\s+/g, "") !== words ? [words] : [];
  });
})"""
"""Cells of a table that do not say above which column they stand: there a card of a row would have no words."""


TWICE = """[...document.querySelectorAll(".tabel > table:has(thead) td.geen-druk:not([data-niets])")]
  .filter((one) => getComputedStyle(one, "::before").content !== "none").map((one) => one.dataset.kop)"""
"""Actions in a card before which the words of their column stand, though their button says what it does."""
HEAD = """(() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true });
  return [document.querySelectorAll("h1").length, document.title];
})()"""
"""What is folded is opened, before the rest is asked; then how many headings there are, and the title."""
GROWN = """new Promise((grown, failed) => {
  const look = (left) => {
    if (parseFloat(getComputedStyle(document.documentElement).fontSize) >= 32) return grown(%s);
    return left ? requestAnimationFrame(() => look(left - 1)) : failed(new Error("letters do not grow"));
  };
  look(3000);
})"""


def _shape(**more: str) -> str:
    """Give one question about the page as it lies now: each question to the browser costs as much as its answer."""
    asked = more | {"wide": "document.documentElement.scrollWidth", "cut": CUT}
    return f"({{{', '.join(f'{name}: {script}' for name, script in asked.items())}}})"


LETTERS = f"({SMALL})({SMALLEST})"
WIDE = _shape(head=HEAD, small=LETTERS, sliding="[]", nameless="[]", twice="[]")
NARROW = _shape(head=HEAD, small=LETTERS, sliding=SLIDING, nameless=NAMELESS, twice=TWICE)
GROWN_SHAPE = GROWN % _shape(sliding=SLIDING)


def faults_of(page: Page) -> Iterator[str]:
    """Look at the page that is open; tell what is wrong with it."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        shape = page.evaluate(NARROW if width <= PHONE else WIDE)
        if width == WIDTHS[0]:
            yield from _faults_in_head(*shape["head"])
        if (wide := shape["wide"]) > width:
            yield f"{wide} breed op een scherm van {width}"
        yield from (f"letters van {one} op een scherm van {width}" for one in shape["small"])
        yield from (f"afgesneden op een scherm van {width}: {one}" for one in shape["cut"])
        yield from (f"tabel schuift op een scherm van {width}: {one}" for one in shape["sliding"])
        yield from (f"dubbel op een scherm van {width}: {one}" for one in shape["twice"])
        yield from (f"geen kop bij een cel: {one}" for one in shape["nameless"])
    yield from broken_rules(page)
    yield from _faults_in_large_letters(page)
    page.emulate_media(color_scheme="light")


def _faults_in_head(headings: int, title: str) -> Iterator[str]:
    """Tell what is wrong with how the page names itself."""
    if headings != 1:
        yield f"{headings} h1"
    if not title.removesuffix("– in2stem").strip():
        yield "geen titel"


def _faults_in_large_letters(page: Page) -> Iterator[str]:
    """Have letters alone twice as large in a window of 1280 pixels; tell what is cut off or slides sideways then."""
    if (browser := _sessions.get(page)) is None:
        browser = _sessions[page] = page.context.new_cdp_session(page)
        browser.send("Page.enable")
    browser.send("Page.setFontSizes", LARGE)
    shape = page.evaluate(GROWN_SHAPE)
    if (wide := shape["wide"]) > WIDTHS[-1]:
        yield f"{wide} breed met grote letters"
    yield from (f"afgesneden met grote letters: {one}" for one in shape["cut"])
    yield from (f"tabel schuift met grote letters: {one}" for one in shape["sliding"])
    browser.send("Page.setFontSizes", USUAL)


_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()
