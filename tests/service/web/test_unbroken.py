"""Do amounts and days stay on one line of a page, whoever wrote them, and does what is typed stay as it is?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.web.pages.dutch_format import UNBROKEN
from service.web.pages.unbroken import unbroken
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("dat kost 24 punten", "24 punten"),
        ("op 1.000 punten", "1.000 punten"),
        ("di 12 januari 2027", "12 januari"),
        ("1 u 05 en 35 min", "1 u 05"),
        ("35 min rijden", "35 min"),
        ("om 13.30 uur", "13.30 uur"),
        ("40 km verder", "40 km"),
    ],
)
def test_no_line_breaks_between_a_number_and_its_unit(text: str, kept: str) -> None:
    assert kept.replace(" ", UNBROKEN) in unbroken(f"<p>{text}</p>")


@pytest.mark.parametrize(
    "page",
    [
        "<p>3 scholen, 4 unies, 5 minsten, school 3 en u weet</p>",
        '<input value="24 punten"><a title="12 januari">x</a>',
        "<textarea>24 punten op 12 januari</textarea>",
        "<pre>24 punten</pre><option>24 punten</option><title>24 punten</title>",
        "",
    ],
)
def test_other_words_and_what_is_typed_stay_as_they_are(page: str) -> None:
    assert unbroken(page) == page


def test_each_page_keeps_them_together(database: Database, children: Children) -> None:
    pages = Pages(database, children)
    pages.solved()
    text = pages.client.get(f"{pages.here}/plan").text
    assert f"{UNBROKEN}punten" in text
    assert unbroken(text) == text
