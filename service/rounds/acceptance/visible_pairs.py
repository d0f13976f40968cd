"""Which pairs is a school or mentor shown? Those that were proposed, and those that are public without that."""

from __future__ import annotations

from service.database.engine import Transaction
from service.rounds.acceptance import store as proposals
from service.rounds.acceptance.store import Side
from service.rounds.run import store as rounds

Pair = tuple[str, str]


def shown_to(transaction: Transaction, cohort: str, side: Side, key: str) -> list[tuple[proposals.ProposalRow, bool]]:
    """Give the proposals that still stand for one school or mentor, each with whether the pair is published.

    What was proposed before the plan that is public now, and is not in it, stands no more.
    """
    rows = [one for one in proposals.of_member(transaction, cohort, side, key) if one.withdrawn_at is None]
    public = rounds.of_state(transaction, cohort, "published") if rows else None
    if public is None:
        return [(one, False) for one in rows]
    pairs = set(public.pairs)
    found = [(one, (one.school, one.mentor) in pairs) for one in rows]
    return [(one, now) for one, now in found if now or rounds.number_of(transaction, one.round) > public.number]


def published_unasked(transaction: Transaction, cohort: str, side: Side, key: str) -> list[Pair]:
    """Give the published pairs of a school or mentor that are proposed to nobody: (school, mentor)."""
    public = rounds.of_state(transaction, cohort, "published")
    rows = proposals.of_member(transaction, cohort, side, key) if public is not None else []
    asked = {(one.school, one.mentor) for one in rows if one.withdrawn_at is None}
    mine = [one for one in public.pairs if key == one[side == "mentor"]] if public is not None else []
    return [one for one in mine if one not in asked]
