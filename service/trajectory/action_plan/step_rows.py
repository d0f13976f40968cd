"""Which fields does a step of a plan have on a form: what, who, by when, done; and how does it go in and come out?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.trajectory.action_plan.shapes import DeedShape
from service.web.pages.forms import Form

MOST_STEPS = 50
EMPTY_STEPS = 2
PARTS = ("wat", "wie", "tegen", "klaar", "op", "was")
"""A row's fields: `op` is the day on which a step was done, `was` says that it was kept before."""

PLACES = {"text": "wat", "owner": "wie", "due": "tegen", "done": "klaar"}
"""A step's parts by their name on the wire, with the name of their field."""

Row = dict[str, str]


@dataclass(slots=True)
class Read:
    """Steps as the API takes them, the row in which each stood, and what is wrong by the field's row and name."""

    deeds: list[dict[str, Any]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)


def written(deeds: Iterable[DeedShape]) -> list[Row]:
    """Write steps as rows, with empty ones to add."""
    return with_empty([_row(one) for one in deeds])


def with_empty(rows: list[Row]) -> list[Row]:
    """Add empty rows, as many as may be."""
    return rows + [dict.fromkeys(PARTS, "") for _ in range(min(EMPTY_STEPS, MOST_STEPS - len(rows)))]


def _row(one: DeedShape) -> Row:
    done = one.done.isoformat() if one.done else ""
    due = one.due.isoformat() if one.due else ""
    return {"wat": _plain(one.text), "wie": one.owner, "tegen": due, "klaar": done and "1", "op": done, "was": "1"}


def typed(form: Form, stem: str) -> list[Row]:
    """Give the rows of a form as they were typed; the first one's fields are called `stem-0-wat` and so on."""
    places = (place for place in range(MOST_STEPS) if f"{stem}-{place}-wat" in form)
    return [{part: form[f"{stem}-{place}-{part}"] for part in PARTS} for place in places]


def says_something(row: Row) -> bool:
    """Tell whether a row was filled in."""
    return any(row[part].strip() for part in ("wat", "wie", "tegen", "klaar"))


def read(rows: Sequence[Row], before: Iterable[DeedShape], today: date) -> Read:
    """Read rows as steps; a step that was kept and has no words any more goes.

    A text that stands as it was written is the very text that it was (`before`), line ends and all.
    """
    found = Read()
    same = {_plain(one.text): one.text for one in before}
    for place, row in enumerate(rows):
        text = _plain(row["wat"])
        if not text:
            if says_something(row) and not row["was"]:
                found.wrong[f"{place}-wat"] = "Schrijf hier wat er moet gebeuren."
            continue
        found.places.append(place)
        owner, due = row["wie"].strip(), row["tegen"].strip() or None
        done = _day(row["op"], today) if row["klaar"] else None
        found.deeds.append({"text": same.get(text, text), "owner": owner, "due": due, "done": done})
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


def _day(text: str, today: date) -> date:
    """Give the day on which a step was done: the one that was kept, else today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
