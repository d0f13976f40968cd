"""Does a list of schools that applied elsewhere come into the queue, whole or not at all, and once?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from service.web.answers import XLSX
from tests.bad_inputs.cohorts import OTHER_SCHOOL, SCHOOL
from tests.intake.test_whole_workbook import Rows, book
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

MORE = {"net": "VRIJ", "ontvangen_op": date(2026, 9, 1), "toestemming": "2026-1"}
ASKED: Rows = [SCHOOL | MORE, OTHER_SCHOOL | MORE | {"aanmelding": "wachtlijst"}]


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Fill a cohort."""
    return Pages(database, children)


def taken(pages: Pages, content: bytes, name: str = "alles.xlsx") -> tuple[int, str]:
    """Hand a list in; give the answer's status, and the page that it leads to."""
    answer = pages.client.post(f"{pages.here}/aanmeldingen", files={"bestand": (name, content, XLSX)})
    return answer.status_code, answer.text if answer.status_code != 303 else pages.text("/aanmeldingen")


def states(pages: Pages) -> dict[str, str]:
    """Give the state of each application, by the number of its school."""
    found = pages.client.get(f"/v1/cohorts/{pages.cohort}/applications").json()["items"]
    return {one["school"]["id"]: one["state"] for one in found}


def test_schools_of_the_sheet_stand_in_the_queue_and_come_in_once(pages: Pages) -> None:
    status, text = taken(pages, book(Aanmeldingen=ASKED))
    assert (status, "2 aanmeldingen ingelezen." in text) == (303, True)
    assert states(pages) == {"034561": "confirmed", "034562": "waiting"}
    status, text = taken(pages, book(Aanmeldingen=ASKED))
    assert (status, "0 aanmeldingen ingelezen; 2 stonden er al." in text) == (303, True)
    assert len(states(pages)) == 2


def test_row_with_a_fault_is_named_and_nothing_comes_in(pages: Pages) -> None:
    status, text = taken(pages, book(Aanmeldingen=[ASKED[0], ASKED[1] | {"net": "katholiekerig"}]))
    assert (status, "alles.xlsx, blad Aanmeldingen, rij 3, kolom net: " in text) == (422, True)
    assert states(pages) == {}


@pytest.mark.parametrize("content", [b"", b"naam;postcode\nAula;3500\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_list_is_refused_in_words(pages: Pages, content: bytes) -> None:
    status, text = taken(pages, content, "lijst.csv")
    assert status in (413, 415, 422)
    assert 'role="alert"' in text


def test_who_is_accepted_already_is_refused_by_name(pages: Pages) -> None:
    status, text = taken(pages, book(Aanmeldingen=[ASKED[0] | {"aanmelding": "aanvaard"}]))
    assert (status, f"{SCHOOL['naam']}: aanvaard een school hier in de rij" in text) == (422, True)
    assert states(pages) == {}


def test_list_as_text_is_read_too(pages: Pages) -> None:
    rows = [{**SCHOOL, "net": "GO!", "ontvangen_op": "01/09/2026", "toestemming": "2026-1"}]
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    assert taken(pages, "\n".join(lines).encode(), "aanmeldingen.csv")[0] == 303
    assert states(pages) == {"034561": "confirmed"}
