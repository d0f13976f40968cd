"""Where may a line of a page not break? Between a number and its unit, nor between a day and its month."""

from __future__ import annotations

from collections.abc import Iterator

from service.web.pages.dutch_format import MONTHS, UNBROKEN

UNITS = ("punten", "punt", "minuten", "minuut", "min", "uur", "u", "km", *MONTHS)
KEPT = ("<textarea", "<pre", "<option", "<title")
"""What is in these is typed, copied or sent as it stands."""


def unbroken(page: str) -> str:
    """Give a page on which amounts and days stay on one line, whoever wrote their sentence; tags stay as they are."""
    told, place = list[str](), 0
    for space in sorted(_spaces(page)):
        told += (page[place:space], UNBROKEN)
        place = space + 1
    return "".join((*told, page[place:]))


def _spaces(page: str) -> Iterator[int]:
    """Give where a space stands between a number and a unit that is a whole word; 1 u 05 has two.

    Each unit is looked for by itself: over a long page that takes a tenth of what one pattern of all takes.
    """
    for unit in UNITS:
        word, place = f" {unit}", -1
        while (place := page.find(word, place + 1)) >= 0:
            after = place + len(word)
            if page[place - 1 : place].isdecimal() and not page[after : after + 1].isalpha() and _read(page, place):
                yield place
                if unit == "u" and page[after : after + 1] == " " and page[after + 1 : after + 2].isdecimal():
                    yield after


def _read(page: str, place: int) -> bool:
    """Tell whether this is text that is read: no attribute of a tag, nothing typed."""
    begin = page.rfind("<", 0, place)
    return page.find(">", begin, place) >= 0 and not page.startswith(KEPT, begin)
