"""How does a note about a pair look?"""

from __future__ import annotations

from typing import Literal

from service.web.shapes import Note, Shape
from service.web.values import At

Status = Literal["", "to_discuss", "discussed", "agreed", "doubt"]


class NoteIn(Shape):
    """What to note about a pair; neither status nor words: nothing is noted any more."""

    status: Status = ""
    note: Note = ""


class NoteOut(Shape):
    """What is noted about a pair. Version 0: nothing yet."""

    school: str
    mentor: str
    status: str = ""
    note: str = ""
    version: int = 0
    changed_at: At | None = None
