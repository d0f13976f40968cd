"""How does a line of the audit trail look in the API?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from service.web.shapes import Shape


class AuditOut(Shape):
    """A line of the trail: ids, never names."""

    id: str
    at: datetime
    actor: str
    action: str
    target: str
    cohort: str | None
    detail: dict[str, Any]
    request: str
