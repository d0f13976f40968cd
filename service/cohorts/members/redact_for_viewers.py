"""What may be read by who may see no names of people? The same sentences, with a number where a name stood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.access.work import Work
from service.cohorts.members.redaction import EVERYONE, Redaction

Kept = Mapping[str, Any] | None


def unnamed(work: Work, people: Kept, document: Kept) -> Kept:
    """Give a document as this caller may read it; `people` is the document that knows who is called how."""
    if document is None or work.is_trusted:
        return document
    redaction = Redaction(EVERYONE)
    redaction.learn((people,))
    cleaned: Mapping[str, Any] = redaction.clean(dict(document))
    return cleaned
