"""What is wrong with the page that is open? Its headings, its width, and WCAG 2.2 AA in light and dark."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCHEMES = {
    "light": {"runOnly": LEVELS, "resultTypes": ["violations"]},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
"""What is held against WCAG 2.2 AA: all of it, and in the other colours what depends on colours."""

SAID = "axe.run(%s).then((told) => told.violations.map((one) => [one.id, ...one.nodes.map((node) => node.html)]))"
WIDTHS = (360, 1280, 1920)
HEIGHT = 900
SETTLED = """Promise.all(document.getAnimations()
  .filter((one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished)).then(() => true)"""
"""Whether what fades in is there: half-way its colours are not those that people read."""


def faults_of(page: Page) -> Iterator[str]:
    """Look at the page that is open; tell what is wrong with it."""
    if (count := page.locator("h1").count()) != 1:
        yield f"{count} h1"
    if not page.title().removesuffix("– in2stem").strip():
        yield "geen titel"
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            yield f"{wide} breed op een scherm van {width}"
    page.set_viewport_size({"width": 1280, "height": HEIGHT})
    page.evaluate(Axe().axe_script)
    page.evaluate(SETTLED)
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        yield from (f"{scheme}: {one}" for one in page.evaluate(SAID % json.dumps(options)))
    page.emulate_media(color_scheme="light")
