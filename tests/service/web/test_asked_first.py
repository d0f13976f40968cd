"""Is nothing lost by one mistaken click? What can't be taken back stands in a fold that is opened first."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[3] / "service").rglob("templates/*.html"))
TAKES_AWAY = re.compile(
    r"/(weg|wissen|sluit|intrekken|trek-in|beeindig|onbevestigd|tweede-stap-weg|verwijder|vernieuw|account-los)(\{|$)"
)
"""Where a form goes that takes something away."""

OTHERWISE = {
    "/cohorten/{{ cohort.id }}/afspraken/{{ one.id }}/weg": "the next page offers to take it back",
    "{{ here }}/tweede-stap-weg": "who does it first says how they made sure of it",
    "/profiel/browsers/weg": "who is logged out logs in again",
}
"""What is not asked first, and why."""

STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)


class Forms(HTMLParser):
    """Find the forms that take something away, and whether a fold has to be opened for the button of each."""

    def __init__(self) -> None:
        super().__init__()
        self.found = dict[str, bool]()
        self._folds, self._form = 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a fold, a form or a button."""
        has = {name: value or "" for name, value in attrs}
        if tag == "details":
            self._folds += 1
        elif tag == "form":
            self._form = has.get("action", "")
        elif tag == "button" and TAKES_AWAY.search(has.get("formaction") or self._form):
            self.found[has.get("formaction") or self._form] = self._folds > 0

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a fold or a form."""
        if tag == "details":
            self._folds -= 1
        elif tag == "form":
            self._form = ""


def forms_in(text: str) -> dict[str, bool]:
    reader = Forms()
    reader.feed(STATEMENT.sub("", text))
    return reader.found


def test_whatever_takes_something_away_is_asked_first() -> None:
    found = {name: folded for one in TEMPLATES for name, folded in forms_in(one.read_text(encoding="utf-8")).items()}
    assert len(found) > 14
    assert {name for name, folded in found.items() if not folded} == set(OTHERWISE)


@pytest.mark.parametrize(
    ("begin", "end", "asked"), [("", "", False), ("<details><summary>Weg</summary>", "</details>", True)]
)
def test_form_without_a_fold_is_seen(begin: str, end: str, asked: bool) -> None:  # noqa: FBT001 - a case
    form = '<form action="{{ here }}/{% if x %}{{ one.id }}{% endif %}/weg"><button>Weg</button></form>'
    assert forms_in(f"{begin}{form}{end}<form action='/x'><button>x</button></form>") == {
        "{{ here }}/{{ one.id }}/weg": asked
    }
