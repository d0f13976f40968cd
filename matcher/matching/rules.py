"""Which rules may no plan break? Each one twice: checked in plain Python, and set up for the engine.

Locks, vetoes and capacities form a network; the last two rules, asked for by a policy, do not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.domain.counting import counted
from matcher.domain.mentor import Mentor
from matcher.domain.round import Round
from matcher.domain.school import School
from matcher.matching.verdicts import Verdicts

Ids = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What the rules look up: a round, its verdicts, and rows by id."""

    given: Round
    verdicts: Verdicts
    school: Mapping[str, School] = field(init=False)
    mentor: Mapping[str, Mentor] = field(init=False)
    row: Mapping[str, int] = field(init=False)
    column: Mapping[str, int] = field(init=False)
    company_limit: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Index the round once."""
        put = object.__setattr__
        put(self, "school", {one.id: one for one in self.given.schools})
        put(self, "mentor", {one.id: one for one in self.given.mentors})
        put(self, "row", {one.id: row for row, one in enumerate(self.given.schools)})
        put(self, "column", {one.id: column for column, one in enumerate(self.given.mentors)})
        limits: dict[str, int] = {}
        for one in self.given.mentors:
            if one.max_schools_company is not None:
                known = limits.get(one.company_key, one.max_schools_company)
                limits[one.company_key] = min(known, one.max_schools_company)
        put(self, "company_limit", limits)

    def overridden(self) -> frozenset[Ids]:
        """Give the pairs whose veto an agreement sets aside."""
        return frozenset((lock.school, lock.mentor) for lock in self.given.locks if lock.override)


@dataclass(slots=True, eq=False)
class Draft:
    """What the rules write for the engine: `possible` and `required` (schools x mentors), room, and extra clauses.

    `exclusive` holds pairs of cells that can't both be chosen; `needs_one` a cell and the cells of which
    it needs one. A cell is (row, column).
    """

    facts: Facts
    possible: NDArray[np.bool_]
    required: NDArray[np.bool_]
    demand: NDArray[np.int64]
    capacity: NDArray[np.int64]
    company: NDArray[np.int64]
    company_limit: NDArray[np.int64]
    exclusive: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    needs_one: list[tuple[tuple[int, int], tuple[tuple[int, int], ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `check` yields a Dutch sentence for every breach by a list of (school, mentor) ids.

    `enforce` writes the rule into a draft. `network` tells whether the flow engine can hold it; where it can't,
    `words` say what the rule asks, as part of a Dutch sentence.
    """

    key: str
    check: Callable[[Facts, Sequence[Ids]], Iterable[str]]
    enforce: Callable[[Draft], None]
    network: bool = True
    words: str = ""


def _known_once(_facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    for (school, mentor), times in Counter(pairs).items():
        if times > 1:
            yield f"{mentor} staat {times} keer bij {school}."


def _at_most_the_places(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    for school, count in Counter(school for school, _ in pairs).items():
        asked = facts.school[school].mentors_wanted
        if count > asked:
            yield f"{facts.school[school].name} krijgt {counted(count, 'mentor', 'mentoren')} en vraagt er {asked}."


def _demand(draft: Draft) -> None:
    draft.demand[:] = [school.mentors_wanted for school in draft.facts.given.schools]


def _at_most_the_room(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    for mentor, count in Counter(mentor for _, mentor in pairs).items():
        room = facts.mentor[mentor].max_schools
        if count > room:
            yield (
                f"{facts.mentor[mentor].name} krijgt {counted(count, 'school', 'scholen')} en kan er {room} begeleiden."
            )


def _capacity(draft: Draft) -> None:
    draft.capacity[:] = [mentor.max_schools for mentor in draft.facts.given.mentors]


def _company_at_most(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    for company, count in Counter(facts.mentor[mentor].company_key for _, mentor in pairs).items():
        limit = facts.company_limit.get(company)
        if limit is not None and count > limit:
            name = next(one.company for one in facts.given.mentors if one.company_key == company)
            yield f"{name} krijgt {counted(count, 'school', 'scholen')} en wil er hoogstens {limit}."


def _company_limits(draft: Draft) -> None:
    keys = [mentor.company_key for mentor in draft.facts.given.mentors]
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    draft.company[:] = [number[key] for key in keys]
    room = np.bincount(draft.company, draft.capacity, minlength=len(number)).astype(np.int64)
    limit = np.array([draft.facts.company_limit.get(key, room[place]) for key, place in number.items()], dtype=np.int64)
    draft.company_limit = np.minimum(room, limit)


def _company_once(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    times = Counter((school, facts.mentor[mentor].company_key) for school, mentor in pairs)
    for (school, company), count in times.items():
        if count > 1:
            yield (
                f"{facts.school[school].name} krijgt {counted(count, 'mentor', 'mentoren')} van "
                f"hetzelfde bedrijf ({company})."
            )


def _in_the_network(_draft: Draft) -> None:
    """Leave it to the engine: a company at most once per school is part of its network."""


def _no_veto(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    lifted = facts.overridden()
    allowed = facts.verdicts.allowed
    for school, mentor in pairs:
        if not allowed[facts.row[school], facts.column[mentor]] and (school, mentor) not in lifted:
            yield f"{facts.mentor[mentor].name} kan {facts.school[school].name} niet begeleiden."


def _close_vetoed(draft: Draft) -> None:
    lifted = [(draft.facts.row[school], draft.facts.column[mentor]) for school, mentor in draft.facts.overridden()]
    draft.possible &= draft.facts.verdicts.allowed
    for cell in lifted:
        draft.possible[cell] = True


def _takes_part(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    for mentor in dict.fromkeys(mentor for _, mentor in pairs):
        if not facts.given.helps(facts.mentor[mentor]):
            yield f"{facts.mentor[mentor].name} doet dit jaar niet mee."


def _close_absent(draft: Draft) -> None:
    helps = np.array([draft.facts.given.helps(mentor) for mentor in draft.facts.given.mentors], dtype=np.bool_)
    draft.possible[:, ~helps] = False


def _agreements_hold(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    chosen = set(pairs)
    for lock in facts.given.locks:
        if ((lock.school, lock.mentor) in chosen) != (lock.kind == "required"):
            words = (
                "is afgesproken en staat er niet in" if lock.kind == "required" else "is verboden en staat er wel in"
            )
            yield f"{facts.mentor[lock.mentor].name} bij {facts.school[lock.school].name} {words}."


def _lock(draft: Draft) -> None:
    for lock in draft.facts.given.locks:
        cell = draft.facts.row[lock.school], draft.facts.column[lock.mentor]
        if lock.kind == "required":
            draft.required[cell] = True
        else:
            draft.possible[cell] = False


def _mentors_of(pairs: Sequence[Ids]) -> Mapping[str, list[str]]:
    mentors: dict[str, list[str]] = defaultdict(list)
    for school, mentor in pairs:
        mentors[school].append(mentor)
    return mentors


def _share(facts: Facts, school: str, one: str, other: str) -> bool:
    halves = set(facts.school[school].half_days)
    return bool(halves & set(facts.mentor[one].half_days) & set(facts.mentor[other].half_days))


def _share_half_day(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    for school, mentors in _mentors_of(pairs).items():
        for place, one in enumerate(mentors):
            for other in mentors[place + 1 :]:
                if not _share(facts, school, one, other):
                    names = f"{facts.mentor[one].name} en {facts.mentor[other].name}"
                    yield f"{names} hebben samen geen halve dag vrij voor {facts.school[school].name}."


def _exclude_strangers(draft: Draft) -> None:
    facts = draft.facts
    for row, school in enumerate(facts.given.schools):
        columns = np.nonzero(draft.possible[row])[0].tolist() if school.mentors_wanted > 1 else []
        ids = [facts.given.mentors[column].id for column in columns]
        for place, one in enumerate(ids):
            for distance, other in enumerate(ids[place + 1 :]):
                if not _share(facts, school.id, one, other):
                    draft.exclusive.append(((row, columns[place]), (row, columns[place + 1 + distance])))


def _required_sector(facts: Facts, pairs: Sequence[Ids]) -> Iterator[str]:
    wanted = set(facts.given.policy.required_sectors)
    for school, mentors in _mentors_of(pairs).items():
        if not any(wanted & set(facts.mentor[mentor].sectors) for mentor in mentors):
            yield f"{facts.school[school].name} krijgt geen mentor uit {', '.join(sorted(wanted))}."


def _need_sector(draft: Draft) -> None:
    wanted = set(draft.facts.given.policy.required_sectors)
    fits = np.array([bool(wanted & set(mentor.sectors)) for mentor in draft.facts.given.mentors], dtype=np.bool_)
    for row in range(len(draft.demand)):
        fitting = tuple((row, int(column)) for column in np.nonzero(draft.possible[row] & fits)[0])
        for column in np.nonzero(draft.possible[row] & ~fits)[0]:
            draft.needs_one.append(((row, int(column)), fitting))


NETWORK_RULES = (
    Rule("pair_once", _known_once, _in_the_network),
    Rule("school_places", _at_most_the_places, _demand),
    Rule("mentor_room", _at_most_the_room, _capacity),
    Rule("company_limit", _company_at_most, _company_limits),
    Rule("company_once", _company_once, _in_the_network),
    Rule("no_veto", _no_veto, _close_vetoed),
    Rule("takes_part", _takes_part, _close_absent),
    Rule("agreements", _agreements_hold, _lock),
)
SHARE_HALF_DAY = Rule(
    "share_half_day",
    _share_half_day,
    _exclude_strangers,
    network=False,
    words="mentoren van één school moeten samen een halve dag vrij zijn",
)
REQUIRED_SECTOR = Rule(
    "required_sector",
    _required_sector,
    _need_sector,
    network=False,
    words="elke school met mentoren moet er een uit de gevraagde sectoren hebben",
)


def rules_of(given: Round) -> tuple[Rule, ...]:
    """Give the rules of a round: those of the network, and those that its policy adds."""
    extra = [SHARE_HALF_DAY] if given.policy.share_half_day else []
    extra += [REQUIRED_SECTOR] if given.policy.required_sectors else []
    return (*NETWORK_RULES, *extra)


RULE_WORDS: Mapping[str, str] = {rule.key: rule.words for rule in (SHARE_HALF_DAY, REQUIRED_SECTOR)}
"""What each rule that a policy can add asks, as part of a Dutch sentence."""
