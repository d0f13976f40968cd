"""Which policy holds in a cohort, and which held before? Versions that are added and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

import matcher
from service.database.engine import Transaction
from service.database.ids import now
from service.database.tables import rules


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesRow:
    """A version of a policy; version 0 is the product's own, of a cohort that chose none."""

    cohort: str
    version: int
    document: Mapping[str, Any]
    created_at: datetime | None = None
    created_by: str = ""

    @property
    def policy(self) -> matcher.Policy:
        """The policy as the matcher knows it, with the goals that have come since it was made."""
        policy = matcher.policy_from_document(self.document)
        return replace(policy, goals=matcher.with_later_goals(policy.goals))


def newest(transaction: Transaction, cohort: str) -> RulesRow:
    """Give the policy that holds."""
    rows = listed(transaction, cohort, None, 1)
    document = matcher.policy_to_document(matcher.Policy())
    return rows[0] if rows else RulesRow(cohort=cohort, version=0, document=document)


def listed(transaction: Transaction, cohort: str, before: int | None, limit: int) -> list[RulesRow]:
    """Give versions from the newest back."""
    query = sa.select(rules).where(rules.c.cohort == cohort).order_by(rules.c.version.desc()).limit(limit)
    query = query.where(rules.c.version < before) if before is not None else query
    return transaction.rows(query, RulesRow)


def add(transaction: Transaction, cohort: str, policy: matcher.Policy, version: int, by: str) -> RulesRow:
    """Add a version. Raises IntegrityError where somebody added it first."""
    document = matcher.policy_to_document(policy)
    row = RulesRow(cohort=cohort, version=version, document=document, created_at=now(), created_by=by)
    transaction.add(rules, row)
    return row
