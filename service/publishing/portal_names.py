"""Which names does the portal get beside the numbers? Those of who agreed, as the cohort's setting chooses."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from service.cohorts.portal import store as portal
from service.cohorts.portal.store import Named
from service.database.engine import Transaction
from service.rounds.acceptance import store as acceptance
from service.rounds.questions.store import pseudonyms
from service.web.answers import to_json

Pair = tuple[str, str]

LISTS = ("pairings", "standby")
"""Where pairs stand in what the portal gets."""


@dataclass(frozen=True, slots=True)
class Tellable:
    """What the portal may be told of a cohort, and which pairs (school, pseudonym) were accepted by both."""

    named: Named = Named()  # noqa: RUF009 - frozen
    accepted: frozenset[Pair] = frozenset()


NOTHING = Tellable()


def version(transaction: Transaction, cohort: str) -> str:
    """Give a text that differs once the portal is to be told something else; empty where it is told no names."""
    chosen = portal.version(transaction, cohort)
    return f"{chosen} {acceptance.stamp(transaction, cohort)}" if chosen else ""


def tellable(transaction: Transaction, cohort: str) -> Tellable:
    """Give what the portal may be told of a cohort now."""
    named = portal.named(transaction, cohort)
    if not named.accepted:
        return Tellable(named)
    aliases = pseudonyms(transaction, cohort)
    rows = [one for one in acceptance.listed(transaction, cohort) if is_accepted(one)]
    pairs = frozenset((one.school, aliases[one.mentor]) for one in rows if one.mentor in aliases)
    return Tellable(named, pairs)


def is_accepted(row: acceptance.ProposalRow) -> bool:
    """Tell whether both sides accepted a proposal that still stands."""
    return row.withdrawn_at is None and row.declined_by is None and not row.waiting_for


def mentor_name_may_show(accepted: Collection[Pair], school: str, mentor: str) -> bool:
    """Tell whether a mentor's own name may stand beside this school: only once both accepted the match."""
    return (school, mentor) in accepted


def with_names(body: bytes, told: Tellable) -> bytes:
    """Give what was kept for the portal, with what it may be told of each school and mentor; else the same bytes."""
    if told.named == NOTHING.named:
        return body
    found = json.loads(body)
    for kind in LISTS:
        for one in found.get(kind, ()):
            one.update(_about(one, told))
    return to_json(found)


def _about(one: dict[str, Any], told: Tellable) -> dict[str, Any]:
    school, mentor = one["school"], one["mentor"]
    known = dict(told.named.mentors.get(mentor, {}))
    if mentor_name_may_show(told.accepted, school, mentor):
        known |= told.named.accepted.get(mentor, {})
    about = {"about_school": told.named.schools.get(school), "about_mentor": known}
    return {name: value for name, value in about.items() if value}
