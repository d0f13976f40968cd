"""Are the keys that the script knows those of the list, and can a person switch them off?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.web.pages.help_pages import PLACES
from service.web.pages.static_addresses import content_of
from tests.service.overview.test_login_and_cohorts import browser
from tests.service_client import an_app

if TYPE_CHECKING:
    from service.database.engine import Database


def test_script_goes_where_the_list_says(database: Database) -> None:
    script = (content_of("console.js") or b"").decode()
    held = re.search(r"const PLACES = \{(.*?)\};", script, re.DOTALL)
    assert held is not None
    assert re.findall(r"(\w): \"\w+\"", held.group(1)) == list(PLACES)
    text = browser(an_app(database)).get("/sneltoetsen").text
    assert text.count("<kbd>g</kbd>") == len(PLACES)


def test_keys_are_switched_off_and_on(database: Database) -> None:
    client = browser(an_app(database))
    assert "data-zonder-toetsen" not in client.get("/sneltoetsen").text
    client.post("/sneltoetsen", data={"stand": "uit"})
    text = client.get("/sneltoetsen").text
    assert "<body data-zonder-toetsen>" in text
    assert "Zet ze aan</button>" in text
    client.post("/sneltoetsen", data={"stand": "aan"})
    assert "data-zonder-toetsen" not in client.get("/sneltoetsen").text
