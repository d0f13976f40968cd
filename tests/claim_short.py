"""What is said where places stay open whatever the plan? Gathered for the oracle: the shortages and their remedies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.questions.shortage import shortfall
from tests.claim_asking import world_of
from tests.claim_remedy_checks import most_filled
from tests.claim_said import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matcher.domain.round import Round


def said_of_shortages(given: Round) -> Iterator[tuple[Said, bool]]:
    """Give what is said of each shortage, and of each remedy, with whether a place that stays open is passed over."""
    world, found = world_of(given), shortfall(given)
    said = Said((), world, frozenset())
    if found.conflict is not None:
        claims = tuple(one.claim for one in found.conflict.claims)
        sentence = " ".join(one.sentence for one in found.conflict.claims)
        told = sentence == found.conflict.sentence and found.places is None and not found.shortages
        yield replace(said, claims=claims), not told or said.any_plan
        return
    open_places = sum(one.mentors_wanted for one in given.schools) - most_filled(world, list(world.school))
    yield said, found.places != open_places or bool(open_places) != bool(found.shortages)
    for one in found.shortages:
        yield replace(said, claims=tuple(each.claim for each in one.claims)), False
        for remedy in one.remedies:
            yield replace(said, claims=tuple(each.claim for each in remedy.claims)), False
