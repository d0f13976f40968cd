"""How does a line of the audit trail look in the API?"""

from __future__ import annotations

from typing import Any

from service.web.shapes import Shape
from service.web.values import At


class AuditOut(Shape):
    """A line of the trail: ids, never names."""

    id: str
    at: At
    actor: str
    action: str
    target: str
    cohort: str | None
    detail: dict[str, Any]
    request: str
