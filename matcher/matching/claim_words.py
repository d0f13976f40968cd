"""How is a claim said in Dutch? One function for each kind, in one table; a sentence has no other origin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from matcher.domain import absence_claim, claim, conflict_claim, fall_claim, remedy_claim
from matcher.domain.claim import Claim, ClaimSentence
from matcher.matching import absence_words as absences
from matcher.matching import conflict_words as conflicts
from matcher.matching import consequence_words as consequences
from matcher.matching import remedy_words as remedies
from matcher.matching.rules import Facts


def tell(facts: Facts, claims: Iterable[Claim]) -> tuple[ClaimSentence, ...]:
    """Put the sentence of each claim beside it."""
    return tuple(ClaimSentence(one, claim_words(facts, one)) for one in claims)


def claim_words(facts: Facts, claim: Claim) -> str:
    """Say a claim in one Dutch sentence, with the names of the round; who is not in it keeps the number."""
    return RENDERERS[type(claim)](facts, claim)


RENDERERS: Final[Mapping[type, Callable[[Facts, Any], str]]] = {
    absence_claim.Withdrawn: absences.withdrawn,
    absence_claim.Reserve: absences.reserve,
    absence_claim.NoCapacity: absences.no_capacity,
    absence_claim.Forbidden: absences.forbidden,
    absence_claim.Vetoed: absences.vetoed,
    absence_claim.NotFitting: absences.not_fitting,
    absence_claim.NobodyElse: absences.nobody_else,
    absence_claim.SameCompany: absences.same_company,
    absence_claim.CompanyFull: absences.company_full,
    absence_claim.SectorMissing: absences.sector_missing,
    absence_claim.NoSharedHalfDay: absences.no_shared_half_day,
    absence_claim.PlacesLocked: absences.places_locked,
    absence_claim.RoomLocked: absences.room_locked,
    absence_claim.CompanyLocked: absences.company_locked,
    absence_claim.ColleagueLocked: absences.colleague_locked,
    absence_claim.AgreementsInTheWay: absences.agreements_in_the_way,
    absence_claim.StandsElsewhere: absences.stands_elsewhere,
    absence_claim.BusyElsewhere: absences.busy_elsewhere,
    absence_claim.Unproven: absences.unproven,
    absence_claim.NeededElsewhere: absences.needed_elsewhere,
    absence_claim.EquallyGood: absences.equally_good,
    absence_claim.NotChosen: absences.not_chosen,
    claim.Costs: consequences.costs,
    claim.Gains: consequences.gains,
    claim.Moves: consequences.moves,
    claim.WouldFit: consequences.would_fit,
    claim.Locked: consequences.locked,
    claim.LockedAgainst: consequences.locked_against,
    claim.NoLongerFits: consequences.no_longer_fits,
    claim.OverrideGone: consequences.override_gone,
    claim.RowGone: consequences.row_gone,
    claim.SchoolLeft: consequences.school_left,
    claim.MovesAlong: consequences.moves_along,
    fall_claim.TakesOver: consequences.takes_over,
    fall_claim.StaysOpen: consequences.stays_open,
    fall_claim.ChangesToo: consequences.changes_too,
    fall_claim.PointsAfter: consequences.points_after,
    remedy_claim.ShortOf: remedies.short_of,
    remedy_claim.AskWider: remedies.asked,
    remedy_claim.AskMore: remedies.asked,
    remedy_claim.AskCompany: remedies.asked,
    remedy_claim.PutInService: remedies.asked,
    remedy_claim.LiftBan: remedies.asked,
    remedy_claim.LiftLock: remedies.asked,
    remedy_claim.LiftNotWith: remedies.asked,
    remedy_claim.FindMentor: remedies.asked,
    remedy_claim.FillsMore: remedies.fills_more,
    conflict_claim.BothWays: conflicts.both_ways,
    conflict_claim.LockedAway: conflicts.locked_away,
    conflict_claim.LockedUnfit: conflicts.locked_unfit,
    conflict_claim.TooManyLocked: conflicts.too_many_locked,
    conflict_claim.ColleaguesLocked: conflicts.colleagues_locked,
    conflict_claim.RulesBroken: conflicts.rules_broken,
    absence_claim.AgreementsClash: absences.agreements_clash,
    absence_claim.Stopped: absences.stopped,
}
"""The renderer of every kind; a test holds the table against the closed list."""
