"""How is a claim said in Dutch? One function for each kind, in one table; a sentence has no other origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from matcher.domain import claim as kinds
from matcher.domain.claim import Told
from matcher.matching import absence_words as absences
from matcher.matching import conflict_words as conflicts
from matcher.matching import consequence_words as consequences
from matcher.matching import remedy_words as remedies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from matcher.domain.claim import Claim
    from matcher.matching.rules import Facts


def tell(facts: Facts, claims: Iterable[Claim]) -> tuple[Told, ...]:
    """Put the sentence of each claim beside it."""
    return tuple(Told(one, claim_words(facts, one)) for one in claims)


def claim_words(facts: Facts, claim: Claim) -> str:
    """Say a claim in one Dutch sentence, with the names of the round; who is not in it keeps the number."""
    return RENDERERS[type(claim)](facts, claim)


RENDERERS: Final[Mapping[type, Callable[[Facts, Any], str]]] = {
    kinds.Withdrawn: absences.withdrawn,
    kinds.Reserve: absences.reserve,
    kinds.NoCapacity: absences.no_capacity,
    kinds.Forbidden: absences.forbidden,
    kinds.Vetoed: absences.vetoed,
    kinds.NotFitting: absences.not_fitting,
    kinds.NobodyElse: absences.nobody_else,
    kinds.SameCompany: absences.same_company,
    kinds.CompanyFull: absences.company_full,
    kinds.SectorMissing: absences.sector_missing,
    kinds.NoSharedHalfDay: absences.no_shared_half_day,
    kinds.PlacesLocked: absences.places_locked,
    kinds.RoomLocked: absences.room_locked,
    kinds.CompanyLocked: absences.company_locked,
    kinds.ColleagueLocked: absences.colleague_locked,
    kinds.AgreementsInTheWay: absences.agreements_in_the_way,
    kinds.StandsElsewhere: absences.stands_elsewhere,
    kinds.BusyElsewhere: absences.busy_elsewhere,
    kinds.Unproven: absences.unproven,
    kinds.NeededElsewhere: absences.needed_elsewhere,
    kinds.EquallyGood: absences.equally_good,
    kinds.NotChosen: absences.not_chosen,
    kinds.Costs: consequences.costs,
    kinds.Gains: consequences.gains,
    kinds.Moves: consequences.moves,
    kinds.WouldFit: consequences.would_fit,
    kinds.Locked: consequences.locked,
    kinds.LockedAgainst: consequences.locked_against,
    kinds.NoLongerFits: consequences.no_longer_fits,
    kinds.OverrideGone: consequences.override_gone,
    kinds.RowGone: consequences.row_gone,
    kinds.SchoolLeft: consequences.school_left,
    kinds.MovesAlong: consequences.moves_along,
    kinds.TakesOver: consequences.takes_over,
    kinds.StaysOpen: consequences.stays_open,
    kinds.ChangesToo: consequences.changes_too,
    kinds.PointsAfter: consequences.points_after,
    kinds.ShortOf: remedies.short_of,
    kinds.AskWider: remedies.asked,
    kinds.AskMore: remedies.asked,
    kinds.AskCompany: remedies.asked,
    kinds.PutInService: remedies.asked,
    kinds.LiftBan: remedies.asked,
    kinds.LiftLock: remedies.asked,
    kinds.LiftNotWith: remedies.asked,
    kinds.FindMentor: remedies.asked,
    kinds.FillsMore: remedies.fills_more,
    kinds.BothWays: conflicts.both_ways,
    kinds.LockedAway: conflicts.locked_away,
    kinds.LockedUnfit: conflicts.locked_unfit,
    kinds.TooManyLocked: conflicts.too_many_locked,
    kinds.ColleaguesLocked: conflicts.colleagues_locked,
    kinds.RulesBroken: conflicts.rules_broken,
    kinds.AgreementsClash: absences.agreements_clash,
    kinds.Stopped: absences.stopped,
}
"""The renderer of every kind; a test holds the table against the closed list."""
