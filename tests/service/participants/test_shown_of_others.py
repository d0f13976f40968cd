"""Does a page show of others just what docs/eigen-bladzijde.md lists, in every state?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

import matcher
from service.database import tables
from tests.service.participants.own import Own

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

DOCS = Path(__file__).parents[3] / "docs" / "eigen-bladzijde.md"
ROW = re.compile(
    r"^\| (school|mentor) \| `(\w+)` \| (\w+) \| (\w+) \| (\w+) \| (\w+) \| (\w+) \| (\w+) \| (\w+) \|$", re.MULTILINE
)
STATES = ("not proposed", "proposed", "accepted by both", "declined", "withdrawn", "published unasked", "left")
OF_A_LIST = {"school_types", "finalities", "sectors"}
KINDS = {"school": matcher.School, "mentor": matcher.Mentor}


def listed() -> dict[tuple[str, str], list[str]]:
    """Read which field is shown in which state."""
    found = ROW.findall(DOCS.read_text(encoding="utf-8"))
    return {(side, field): list(shown) for side, field, *shown in found}


def marked(side: str, document: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Put a mark in every field that can hold one; give the document, and each field's mark as a page would show it."""
    marks: dict[str, str] = {}
    values = dict(document)
    for one in (spec.name for spec in matcher.field_specs(KINDS[side])):
        mark = f"Merk{side}{one.replace('_', '')}"
        if isinstance(document.get(one), str) and one not in ("status", "province", "postcode", "id", "chamber"):
            values[one], marks[one] = mark, mark
        elif one == "not_with":
            values[one], marks[one] = [mark], mark
        elif one == "extra":
            values[one], marks[one] = {"kolom": mark}, mark
    return values, marks


class Marked(Own):
    """A stage on which every field of the first pair bears a mark."""

    def __init__(self, database: Database, children: Children) -> None:
        """Put the marks in the rows, past all checks."""
        super().__init__(database, children)
        self.marks: dict[str, dict[str, str]] = {}
        for side in ("school", "mentor"):
            table = getattr(tables, side)
            here = [table.c.cohort == self.cohort, table.c.id == self.pairs[0][side]]
            with database.write() as transaction:
                document = dict(transaction.execute(sa.select(table.c.document).where(*here)).scalar_one())
                values, self.marks[side] = marked(side, document)
                transaction.execute(sa.update(table).where(*here).values(document=values))

    def shown(self, side: str) -> set[str]:
        """Give the marked fields of a side that the other's page shows."""
        text = self.page("mentor" if side == "school" else "school")
        return {field for field, mark in self.marks[side].items() if mark in text}

    def bring_to(self, state: str) -> None:
        """Bring the first pair to a state."""
        place = f"{self.place}/proposals/{self.pairs[0]['proposal']['id']}"
        if state == "accepted by both":
            for side in ("mentor", "school"):
                assert self.say(side, "accepted").status_code == 303
        elif state == "declined":
            assert self.say("mentor", "declined", "te ver").status_code == 303
        elif state == "withdrawn":
            assert self.client.delete(place).status_code == 204
        elif state == "left":
            self.bring_to("accepted by both")
            gone = {"mentor": self.pairs[0]["mentor"], "reason": "no_time"}
            assert self.client.post(f"{self.place}/withdrawals", json=gone).status_code == 201
        elif state in ("not proposed", "published unasked"):
            with self.app.state.database.write() as transaction:
                transaction.execute(sa.delete(tables.proposal))
        if state == "published unasked":  # past the check that nothing changed since: the marks did
            with self.app.state.database.write() as transaction:
                transaction.execute(sa.update(tables.round_).values(state="published"))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("side", ["school", "mentor"])
def test_page_shows_just_what_is_listed(database: Database, children: Children, side: str, state: str) -> None:
    own = Marked(database, children)
    own.bring_to(state)
    wanted = {
        field
        for (whose, field), shown in listed().items()
        if whose == side and field in own.marks[side] and shown[STATES.index(state)] == "ja"
    }
    assert own.shown(side) == wanted
    assert len(own.marks[side]) > 5


def test_every_field_that_is_listed_is_one(database: Database, children: Children) -> None:
    known = {(side, one.name) for side, kind in KINDS.items() for one in matcher.field_specs(kind)}
    assert listed().keys() <= known
    assert len(listed()) == 13
    own = Marked(database, children)
    assert {field for side, field in listed() if field not in own.marks[side]} == OF_A_LIST
    text = own.page("school")
    names = {one.code: one.name for one in matcher.sectors_of(matcher.Policy())}
    sectors = own.client.get(f"{own.place}/mentors/{own.pairs[0]['mentor']}").json()["sectors"]
    assert all(names[one] in text for one in sectors)
    school = own.client.get(f"{own.place}/schools/{own.pairs[0]['school']}").json()
    assert matcher.kind_words(school["school_types"], school["finalities"]) in own.page("mentor")
