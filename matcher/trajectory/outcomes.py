"""How did the mentoring of each pair go, and who goes first next time? Outcomes, and the fairness ledger.

The ledger's formula: docs/decisions/0025.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from matcher.domain.counting import counted
from matcher.domain.document import document_of
from matcher.domain.errors import InvalidValueError
from matcher.domain.period import dutch_day, refuse_if
from matcher.domain.plan import Plan
from matcher.trajectory.applications import MOST_POINTS
from matcher.trajectory.needs import decimal

CONTACT_KINDS: Final = {"visit": "bezoek", "call": "gesprek op afstand", "session": "sessie", "other": "ander contact"}
STOP_REASONS: Final = {
    "job_change": "de mentor kreeg ander werk",
    "no_time": "de mentor had geen tijd meer",
    "school_stopped": "de school stopte",
    "no_click": "het klikte niet",
    "other": "een andere reden",
}
BEST_SATISFACTION: Final = 5


class UnexplainedStopError(InvalidValueError):
    """An outcome that says of a stop when but not why, or why but not when."""


ENOUGH_SATISFACTION: Final = 3
ENOUGH_POINTS: Final = 600
TOP_PRIORITY: Final = 20
FORMAT: Final = "in2stem-outcome/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorContact:
    """One contact of a pair: its day, its kind (see CONTACT_KINDS) and how many minutes it took."""

    day: date
    kind: str = "visit"
    minutes: int = 60

    def __post_init__(self) -> None:
        """Refuse a contact that can't be; raise InvalidValueError."""
        refuse_if(self.kind not in CONTACT_KINDS, f"«{self.kind}» is geen gekend soort contact.")
        refuse_if(not 0 < self.minutes <= 24 * 60, "Een contact duurt minstens een minuut en hoogstens een dag.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MentoringOutcome:
    """What became of a pair: contacts, satisfaction 1-5 both ways, and when and why it stopped early.

    `points` are the pair's in the published plan, 0-1000. `replaced` says that another mentor took over.
    """

    school: str
    mentor: str
    points: int
    contacts: tuple[MentorContact, ...] = ()
    school_satisfaction: int | None = None
    mentor_satisfaction: int | None = None
    stopped: date | None = None
    stop_reason: str = ""
    stop_note: str = ""
    replaced: bool = False

    def __post_init__(self) -> None:
        """Refuse an outcome that can't be; raise InvalidValueError."""
        refuse_if(not (self.school and self.mentor), "Een koppel heeft een school en een mentor.")
        for one in (self.school_satisfaction, self.mentor_satisfaction):
            refuse_if(one is not None and not 1 <= one <= BEST_SATISFACTION, "Tevredenheid gaat van 1 tot 5.")
        known = self.stop_reason in STOP_REASONS if self.stopped else not self.stop_reason
        if not known:
            raise UnexplainedStopError("Wie stopt, zegt wanneer en waarom.")
        if self.replaced and not self.stopped:
            raise UnexplainedStopError("Wie vervangen werd, is gestopt: zeg wanneer en waarom.")
        refuse_if(not 0 <= self.points <= 1000, "De punten van een koppel liggen tussen 0 en 1000.")  # noqa: PLR2004
        after = [one for one in self.contacts if self.stopped is not None and one.day > self.stopped]
        refuse_if(bool(after), f"Er staat een contact na het einde, op {dutch_day(after[0].day)}." if after else "")
        object.__setattr__(self, "contacts", tuple(sorted(self.contacts, key=lambda one: (one.day, one.kind))))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSummary:
    """What became of a cohort's pairs: counts, mean satisfaction (1-5) both ways, and why pairs stopped.

    A mean is None where nobody answered; `sentence` says it in Dutch, with how many answered.
    """

    pairs: int
    contacts: int
    without_contact: int
    school_satisfaction: Fraction | None
    mentor_satisfaction: Fraction | None
    stopped: Mapping[str, int]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A school's priority in the next cohort: a whole number 0 to the limit, and why in Dutch."""

    school: str
    priority: int
    reason: str


def start_outcomes(plan: Plan) -> tuple[MentoringOutcome, ...]:
    """Start an empty outcome for every pair of a published plan."""
    return tuple(MentoringOutcome(school=one.school, mentor=one.mentor, points=one.points) for one in plan.pairs)


def outcome_summary(outcomes: Iterable[MentoringOutcome]) -> OutcomeSummary:
    """Add up how the mentoring of a cohort went."""
    known = tuple(outcomes)
    schools = [one.school_satisfaction for one in known if one.school_satisfaction is not None]
    mentors = [one.mentor_satisfaction for one in known if one.mentor_satisfaction is not None]
    stopped = Counter(one.stop_reason for one in known if one.stopped is not None)
    contacts = sum(len(one.contacts) for one in known)
    silent = sum(not one.contacts for one in known)
    told = [
        *_met(len(known), contacts, silent),
        *_content(schools, mentors, len(known)),
        *(f"{number} keer stopte het: {STOP_REASONS[reason]}" for reason, number in sorted(stopped.items())),
    ]
    return OutcomeSummary(
        pairs=len(known),
        contacts=contacts,
        without_contact=silent,
        school_satisfaction=_mean(schools),
        mentor_satisfaction=_mean(mentors),
        stopped=dict(sorted(stopped.items())),
        sentence=". ".join(one[0].upper() + one[1:] for one in told) + ".",
    )


def _mean(numbers: Sequence[int]) -> Fraction | None:
    return Fraction(sum(numbers), len(numbers)) if numbers else None


def _met(pairs: int, contacts: int, silent: int) -> Iterator[str]:
    """Say how often pairs met; without any contact it is not said twice."""
    if not pairs:
        yield "Er zijn nog geen koppels"
    elif not contacts:
        yield f"{counted(pairs, 'koppel', 'koppels')}, nog geen enkel contact genoteerd"
    else:
        yield f"{counted(pairs, 'koppel', 'koppels')}, {counted(contacts, 'contact', 'contacten')}"
        yield f"{counted(silent, 'koppel', 'koppels')} zonder contact"


def _content(schools: Sequence[int], mentors: Sequence[int], asked: int) -> Iterator[str]:
    """Say how content both are, together where nobody said so yet; nothing where there is nobody to ask."""
    if asked and not schools and not mentors:
        yield "scholen en mentoren zeiden nog niet hoe tevreden ze zijn"
    elif asked:
        yield f"scholen {_satisfied(schools, asked)}, mentoren {_satisfied(mentors, asked)}"


def _satisfied(numbers: Sequence[int], asked: int) -> str:
    mean = _mean(numbers)
    if mean is None:
        return "zeiden nog niets"
    return f"geven gemiddeld {decimal(mean)} op {BEST_SATISFACTION} ({len(numbers)} van {asked} antwoordden)"


def fairness_ledger(
    outcomes: Iterable[MentoringOutcome],
    schools: Iterable[str],
    limit: int = TOP_PRIORITY,
    planned: Collection[tuple[str, str]] | None = None,
) -> tuple[LedgerEntry, ...]:
    """Work out the priority of every school of a cohort: its weakness (0 to 1) times the limit, rounded down.

    `planned` are the pairs (school, mentor) of the plan that holds, None where that is not known: a pair that is
    there no more, and of which nobody said that it stopped, counts as stopped. Raises InvalidValueError on a limit
    below 0 or above 100, the most that a coordinator can give.
    """
    refuse_if(not 0 <= limit <= MOST_POINTS, f"De hoogste voorrang gaat van 0 tot {MOST_POINTS} punten.")
    known = tuple(outcomes)
    entries = []
    for school in sorted(set(schools)):
        weak, why = weakness([one for one in known if one.school == school], planned)
        priority = int(weak * limit)
        mine = [one for one in known if one.school == school]
        message = _priority_words(weak, why, priority, limit, heard=all(one.school_satisfaction for one in mine))
        entries.append(LedgerEntry(school=school, priority=priority, reason=message))
    return tuple(entries)


def _priority_words(weak: Fraction, why: str, priority: int, limit: int, *, heard: bool) -> str:
    """Say what priority a school gets and why; `heard` where it told how content it was with every pair."""
    if priority == limit and priority:
        return f"{why} Daarom de hoogste voorrang: {counted(limit, 'punt', 'punten')}."
    if priority:
        return f"{why} Daarom {priority} van hoogstens {counted(limit, 'punt', 'punten')} voorrang."
    if weak:
        return f"{why} Dat geeft geen voorrang: hoogstens {counted(limit, 'punt', 'punten')}."
    if heard:
        return "Geen voorrang nodig."
    return "Geen voorrang: de punten volstaan, maar hoe tevreden de school was, is niet bekend."


def nobody_first_words(outcomes: Iterable[MentoringOutcome], limit: int) -> str:
    """Say why no school goes first next time, in what is known."""
    silent = len({one.school for one in outcomes if one.school_satisfaction is None})
    if not limit:
        return "Niemand: er zijn geen punten om te geven."
    if silent:
        told = counted(silent, "school", "scholen")
        return f"Niemand, in wat bekend is: de punten volstaan, maar van {told} is niet bekend hoe tevreden ze was."
    return "Niemand: geen begeleiding was zwak genoeg voor voorrang."


def weakness(
    pairs: Sequence[MentoringOutcome], planned: Collection[tuple[str, str]] | None = None
) -> tuple[Fraction, str]:
    """Give how weak a school's mentoring was, 0 (not at all) to 1, and why in Dutch.

    A pair that was replaced leaves the word to its replacement; of several pairs the best counts.
    """
    if not pairs:
        return Fraction(1), "De school had geen mentor."
    still = [one for one in pairs if planned is None or one.stopped or (one.school, one.mentor) in planned]
    last = [one for one in still if not one.replaced]
    if not last and len(still) < len(pairs):
        return Fraction(1), "Het koppel staat niet meer in het plan, zonder vervanger."
    return min((_weakness(one) for one in last or pairs), key=lambda one: one[0])


def _weakness(one: MentoringOutcome) -> tuple[Fraction, str]:
    """Give the largest of three: points below enough, satisfaction below enough, stopped and not replaced."""
    found = [
        (
            max(Fraction(0), Fraction(ENOUGH_POINTS - one.points, ENOUGH_POINTS)),
            f"Het koppel had {counted(one.points, 'punt', 'punten')}, minder dan {ENOUGH_POINTS}.",
        )
    ]
    if one.school_satisfaction is not None:
        lack = Fraction(ENOUGH_SATISFACTION - one.school_satisfaction, ENOUGH_SATISFACTION - 1)
        found.append((max(Fraction(0), lack), f"De school gaf {one.school_satisfaction} op 5."))
    if one.stopped is not None and not one.replaced and one.stop_reason != "school_stopped":
        found.append((Fraction(1), f"Het stopte vroeger: {STOP_REASONS[one.stop_reason]}, zonder vervanger."))
    return max(found, key=lambda pair: pair[0])


outcome_to_document, outcome_from_document = document_of(FORMAT, MentoringOutcome)
