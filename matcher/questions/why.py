"""Why this mentor, and why not that one? A sentence per criterion, the rank, and the smallest change that helps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.domain import absence_claim as kinds
from matcher.domain.claim import Claim, ClaimSentence, Costs, Gains, Moves
from matcher.domain.lock import Lock
from matcher.matching.claim_words import tell
from matcher.matching.loss_words import gaining, losing
from matcher.matching.open_places import Taken
from matcher.matching.solved import Solved
from matcher.matching.verdicts import explain_pair, objections
from matcher.questions.absence import excluded_by_agreements, held, in_the_way
from matcher.questions.price import LockPrice, price_of_lock, price_on_table
from matcher.questions.remedies import all_changes, single_changes, wider

ASKED = "gevraagd"
"""The reason of an agreement that is only imagined, to learn its price."""


@dataclass(frozen=True, slots=True)
class Why:
    """How a pair does: points, minutes, a sentence per criterion, and its rank among the school's possible mentors.

    `rank` counts from 1 over mentors by points; 0 where the pair is not possible.
    """

    school: str
    mentor: str
    in_plan: bool
    points: int
    minutes: int
    reasons: tuple[str, ...]
    rank: int
    possible: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """The smallest change of the data that makes a pair possible, in words, with its price against the plan as it is.

    `claims` hold both: what more the mentor does, and what follows.
    """

    words: str
    price: LockPrice
    claims: tuple[ClaimSentence, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a pair is or is not in the plan.

    `claims` hold all that is said of it. `objections` are the sentences of what keeps the pair apart in the data:
    a ban, a mentor who does not take part, a criterion. Else `price` says what it costs. `remedy` is there where
    only criteria object, and a small change of the mentor lifts them.
    """

    why: Why
    objections: tuple[str, ...]
    price: LockPrice | None
    remedy: Remedy | None
    claims: tuple[ClaimSentence, ...] = ()

    @property
    def tried(self) -> bool:
        """Whether a remedy was looked for: only criteria keep the pair apart."""
        return bool(self.objections) and all(isinstance(one.claim, kinds.Vetoed) for one in self.claims)


def why(asked: Solved, school: str, mentor: str) -> Why:
    """Explain a pair, in the plan or not; ids must exist."""
    facts, given = asked.facts, asked.given
    row, column = facts.row[school], facts.column[mentor]
    points, minutes = int(facts.verdicts.points[row, column]), int(facts.verdicts.minutes[row, column])
    possible = [int(one) for one in asked.problem.points[asked.problem.school == row]]
    is_possible = bool(((asked.problem.school == row) & (asked.problem.mentor == column)).any())
    rank = 1 + sum(one > points for one in possible) if is_possible else 0
    in_plan = any((pair.school, pair.mentor) == (school, mentor) for pair in asked.plan.pairs)
    reasons = explain_pair(given, facts.school[school], facts.mentor[mentor], minutes)
    return Why(school, mentor, in_plan, points, minutes, reasons, rank, len(possible))


def why_not(asked: Solved, school: str, mentor: str) -> WhyNot:
    """Say what keeps a pair out of the plan, or which agreement holds it in."""
    facts, explained = asked.facts, why(asked, school, mentor)
    if explained.in_plan:
        return WhyNot(explained, (), None, None, tell(facts, held(facts, school, mentor)))
    barred = in_the_way(facts, school, mentor)
    lock = Lock(school, mentor, "required", ASKED)
    if not barred:
        price = price_of_lock(asked, lock)
        return WhyNot(explained, (), price, None, tell(facts, priced(asked, price)))
    told = tell(facts, barred)
    found = WhyNot(explained, tuple(one.sentence for one in told), None, None, told)
    return replace(found, remedy=_remedy(asked, lock)) if found.tried else found


def _remedy(asked: Solved, lock: Lock) -> Remedy | None:
    """Try single changes from small to large, then all together; give the first that lifts every veto.

    Its price is against the plan on the table: what the best plan of the changed data with the pair does otherwise.
    """
    facts = asked.facts
    school, mentor = facts.school[lock.school], facts.mentor[lock.mentor]
    cell = facts.row[lock.school], facts.column[lock.mentor]
    minutes = int(facts.verdicts.minutes[cell])
    together = all_changes(asked.given, school, mentor, minutes)
    for change in (*single_changes(asked.given, school, mentor, minutes), *([together] if together else [])):
        if objections(asked.given, school, change.mentor, minutes):
            continue
        mentors = tuple(change.mentor if one.id == mentor.id else one for one in asked.given.mentors)
        price = price_on_table(asked, replace(asked.given, mentors=mentors), lock)
        follows = excluded_by_agreements(facts, school.id, mentor.id) if price.conflict else consequences(price)
        claims = (wider(change.mentor, school.id, mentor), *follows)
        return Remedy(change.words, price, tell(facts, claims))
    return None


def priced(asked: Solved, price: LockPrice) -> tuple[Claim, ...]:
    """Give why a possible pair is not in the plan, with what the best plan with it is worse and better on."""
    facts, school, mentor = asked.facts, price.lock.school, price.lock.mentor
    if price.conflict is not None:
        return excluded_by_agreements(facts, school, mentor)
    one = facts.mentor[mentor]
    taken = Taken(facts, [(pair.school, pair.mentor) for pair in asked.plan.pairs])
    at, found = tuple(sorted(taken.at.get(mentor, ()))), list[Claim]()
    colleague = taken.colleague(school, one)
    if colleague is not None:
        found.append(kinds.SameCompany(school, (mentor,), colleague))
    elif taken.company_is_full(one.company_key):
        schools = tuple(sorted(taken.company_at[one.company_key]))
        found.append(kinds.CompanyFull(one.company_key, facts.company_limit[one.company_key], (mentor,), schools))
    if not losing(price.losses) and not gaining(price.losses):
        found.append(kinds.EquallyGood(school, mentor, at))
    elif len(at) >= one.max_schools:
        found.append(kinds.NeededElsewhere(school, mentor, at, price.losses))
    else:
        found.append(kinds.NotChosen(school, mentor, price.losses))
    return (*found, *_moves(price))


def consequences(price: LockPrice) -> tuple[Claim, ...]:
    """Give what an agreement costs and brings, and who moves; of several only who moves, nothing where they clash."""
    if price.conflict is not None:
        return ()
    if len(price.locks) != 1:
        return _moves(price)
    school, mentor = price.lock.school, price.lock.mentor
    lost, gained = losing(price.losses), gaining(price.losses)
    costs = [Costs(school, mentor, lost)] if lost else []
    gains = [Gains(school, mentor, gained)] if gained else []
    return (*costs, *gains, *_moves(price))


def _moves(price: LockPrice) -> tuple[Moves, ...]:
    return tuple(Moves(one.school, one.goes, one.comes) for one in price.moves)
