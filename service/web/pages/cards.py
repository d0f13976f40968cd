"""How can a table be read on a phone? Each row as a card, in which every cell bears the words above its column.

The words are put in here, once for all tables of all pages, when a page is written; the style sheet shows them where
a table does not fit. No template does anything for it: a heading in `thead` is enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

BEGIN, OVER = re.compile(r"<table\b"), "</table>"
HEADING = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.DOTALL)
CELL = re.compile(r"<(tr|t[dh])\b([^>]*)>(\s*–?\s*</td>)?")
TAG = re.compile(r"<[^>]*>")
SPANS = re.compile(r'colspan="(\d+)"')
END = "</thead>"
LABEL = 'data-kop="'
"""Stands in no text: a quote of a text is written otherwise."""
NOTHING = "data-niets"
"""Bears a cell that is empty or holds a dash alone: a column needs it, a card is shorter without."""


def with_labels(page: str) -> str:
    """Give a page whose cells bear the words above their column (`data-kop`), as attributes of escaped text.

    A cell without anything to read says so too. A part that was filled in ahead has its words already.
    """
    told, place = list[str](), 0
    while (begin := BEGIN.search(page, place)) is not None:
        over = page.find(OVER, begin.start())
        if over < 0:
            break
        table = page[begin.start() : over]
        told += (page[place : begin.start()], table if LABEL in table else _labelled(table))
        place = over
    return "".join((*told, page[place:]))


def _labelled(table: str) -> str:
    head, end, body = table.partition(END)
    if not end:
        return table
    words = headings(head)
    column = 0

    def cell(found: re.Match[str]) -> str:
        nonlocal column
        name, told, nothing = found.groups()
        if name == "tr":
            column = 0
            return found.group()
        place, wide = column, _columns(told)
        column += wide
        if name == "th" or wide > 1 or place >= len(words) or not words[place]:
            return found.group()
        return f'<td {LABEL}{words[place]}"{f" {NOTHING}{told}>{nothing}" if nothing else f"{told}>"}'

    return head + end + CELL.sub(cell, body)


def headings(head: str) -> Sequence[str]:
    """Give the words above each column, of the last row of headings; a heading over several counts for each."""
    told: list[str] = []
    for attributes, inside in HEADING.findall(head[head.rfind("<tr") :]):
        words = " ".join(TAG.sub(" ", inside).split()).replace('"', "&quot;")
        told += [words] * _columns(attributes)
    return told


def _columns(attributes: str) -> int:
    wide = SPANS.search(attributes)
    return int(wide[1]) if wide else 1
