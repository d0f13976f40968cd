"""How does a mail about a published plan say who somebody's match is?"""

from __future__ import annotations

from service.access.participants import Side
from service.mail.kinds import Kind
from service.mail.outbox import person_name
from service.rounds.acceptance.mails import Known

TOLD: tuple[Kind, ...] = ("plan_published", "match_changed")


def told_of(known: Known, side: Side, key: str) -> dict[str, str]:
    """Say who somebody is; who is not in the cohort any more, by number."""
    document = known[side].get(key)
    if document is None:
        return {"naam": key, "organisatie": "", "gemeente": ""}
    if side == "school":
        return {"naam": document["name"], "organisatie": "", "gemeente": document["municipality"]}
    name = person_name(document)
    return {
        "naam": name or document["company"],
        "organisatie": document["company"] if name else "",
        "gemeente": "",
    }
