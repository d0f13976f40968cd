"""How is all that is kept about a person gathered, or erased?"""

from __future__ import annotations

from service.access.action import action
from service.access.work import Work
from service.cohorts.members.store import Side
from service.core.errors import existing
from service.database.engine import Transaction
from service.database.ids import now
from service.database.scrub import copies
from service.records.privacy import erasure, personal
from service.records.privacy.shapes import AboutOut, ErasedOut, MentionOut

NAMES = {"school": "Deze school", "mentor": "Deze mentor"}


@action("coordinator")
def export_person(work: Work, cohort: str, side: Side, key: str) -> AboutOut:
    """Give all that is kept about a mentor, or the contact of a school; that this was read is noted."""
    with work.writing() as transaction:
        shape = _about(work, transaction, cohort, side, key)
        work.audit(transaction, f"{side}.exported", key, cohort)
    return shape


@action("coordinator")
def erase_person(work: Work, cohort: str, side: Side, key: str) -> ErasedOut:
    """Erase names and addresses of a mentor, or of the contact of a school, wherever they stand."""

    def effect(transaction: Transaction) -> ErasedOut:
        _about(work, transaction, cohort, side, key)
        erased = erasure.erase(transaction, cohort, ((side, key),), work.caller.by)
        counted = {name: getattr(erased, name) for name in ("members", "rounds", "documents", "files")}
        if erased.anything:
            work.audit(transaction, f"{side}.erased", key, cohort, **counted, mentions=len(erased.mentions))
        left = [MentionOut(**one._asdict()) for one in erased.mentions]
        return ErasedOut(**counted, mentions=left, copies=copies(work.database) if erased.anything else [])

    return work.once({}, ErasedOut, effect)


def _about(work: Work, transaction: Transaction, cohort: str, side: Side, key: str) -> AboutOut:
    work.cohort(transaction, cohort)
    found = existing(personal.all_about(transaction, cohort, side, key), NAMES[side])
    return AboutOut(**found, made_at=now())
