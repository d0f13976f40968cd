"""Which pages and files has the console? The address of each, filled in with what a cohort has."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.routing import iter_route_contexts

from service.app import create_app
from service.core.settings import Settings
from tests.browser.conftest import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import BrowserContext

STATES = (
    "/cohorten/{cohort}/plan?zoek=niemand",
    "/cohorten/{cohort}/plan?volgorde=-punten",
    "/cohorten/{cohort}/plan/{school}?mentor={mentor}",
    "/cohorten/{cohort}/plan/{school}?verbied={mentor}",
    "/cohorten/{cohort}/mentoren?zoek=niemand",
    "/cohorten/{cohort}/uitval?mentor={mentor}",
    "/cohorten/{cohort}/sessies/{season}/bestanden/jaaroverzicht.svg",
    "/cohorten/{cohort}/sessies/{season}/bestanden/wie-ontmoet-wie.svg",
    "/cohorten/{cohort}/sessies/{season}/vragen?vraag=datum&ronde=1&school={school}",
    "/cohorten/{cohort}/traject/{school}/final?wie=directie",
    "/cohorten/{cohort}/toevoegen/scholen",
    "/cohorten/{cohort}/aanmeldingen?soort=mentor",
    "/aanmelden/bevestigen?geheim={confirm}",
    "/mijn/{mentor_secret}",
    "/mijn/{secret}/meting/baseline?wie=directie",
    "/cohorten/{cohort}/berichten?stand=sent",
    "/cohorten/{cohort}/berichten/teksten/session_invited",
)
"""Addresses of pages that look different with what was asked."""
FILE = re.compile(r"\.(csv|ico|json|svg|toml|xlsx)$")
"""How addresses of files end: a browser keeps them, and what it shows while one is made is no page to come back to."""
ASKED = {"/cohorten/{cohort}/bedrijf": "?bedrijf=Tandradius&bij={school}"}
"""What a page must be asked, where it shows nothing by itself."""


def patterns() -> list[str]:
    """Give the address of every page, of all that the application answers."""
    app = create_app(Settings(database_url="sqlite://"))
    routes = [(one.path or one.original_route.path, one.original_route) for one in iter_route_contexts(app.routes)]
    app.state.database.close()
    outside = ("/v1", "/static", "/livez", "/readyz")
    return [path for path, route in routes if "GET" in (route.methods or ()) and not path.startswith(outside)]


def addresses(known: Mapping[str, str], *more: str) -> Iterator[str]:
    """Fill in what is known; pages of something that is not there are left out, unknown words are not."""
    names = {"import_id": "", "of_round": "", "season": "", "school": "", "mentor": "", "moment": "baseline"}
    names |= {
        "application": "",
        "mail": "",
        "mentor_secret": "",
        "confirm": "",
        "side": "",
        "secret": "",
        "juror": "",
        "person": "",
        "webhook": "",
        "kind": "match_proposed",
        "tag": "portaal",
    }
    names |= known
    for pattern in (one + ASKED.get(one, "") for one in (*patterns(), *more)):
        names["name"] = "sessies.xlsx" if "{season}" in pattern else "plan.xlsx"
        key = names["school"] if "/scholen/" in pattern else names["mentor"]
        if all(value for name, value in (names | {"key": key}).items() if f"{{{name}}}" in pattern):
            yield pattern.format(**names, key=key)


def is_page(context: BrowserContext, url: str) -> bool:
    """Tell a page from a file by its name; a file must be there, and a page is when it is opened.

    A file that is being made is a page that says so.
    """
    if not FILE.search(url):
        return True
    answer = context.request.get(url, timeout=LONGEST)
    while answer.status == HTTPStatus.SERVICE_UNAVAILABLE:  # a file that is being made says when to ask again
        time.sleep(min(5, int(answer.headers["retry-after"])))
        answer = context.request.get(url, timeout=LONGEST)
    assert answer.status == HTTPStatus.OK, (url, answer.status, answer.text())
    return False
