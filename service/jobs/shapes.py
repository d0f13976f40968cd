"""How do a job and its events look in the API?"""

from __future__ import annotations

from typing import Any, Literal

from service.web.shapes import Shape
from service.web.values import At

JobState = Literal["queued", "running", "done", "failed", "stopped"]


class EventOut(Shape):
    """Something that happened to a job."""

    number: int
    kind: str
    data: dict[str, Any]
    at: At


class JobOut(Shape):
    """Something that is computed."""

    id: str
    kind: str
    state: JobState
    attempt: int
    cohort: str | None
    target: str | None
    failure: str
    result: Any | None = None
    created_at: At
    started_at: At | None
    finished_at: At | None
