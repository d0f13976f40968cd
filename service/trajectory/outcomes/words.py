"""What are the kinds of contact and the reasons to stop called on a page?"""

from __future__ import annotations

KINDS = {"visit": "bezoek", "call": "gesprek op afstand", "session": "sessie", "other": "ander contact"}
REASONS = {
    "job_change": "ander werk",
    "no_time": "geen tijd",
    "school_stopped": "school stopte",
    "no_click": "het klikte niet",
    "other": "een andere reden",
}
