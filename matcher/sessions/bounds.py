"""How good can a year be at best? What counting alone proves about repeats, said in Dutch before dates are promised."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Final

from matcher.domain.counting import spelled
from matcher.engine.year.designs import known_design
from matcher.engine.year.year_problem import YearProblem, group_limits

NUMBERS: Final = (
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
    "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig",
)  # fmt: skip


def in_words(number: int) -> str:
    """Write a number up to twenty as a Dutch word."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


@dataclass(frozen=True, slots=True)
class Shape:
    """The rounds that count: how many schools are present in each and in how many groups they meet at most."""

    present: tuple[int, ...]
    groups: tuple[int, ...]
    schools: int
    common: tuple[tuple[int, ...], ...]
    rising: bool = False


def shape_of(given: YearProblem) -> Shape:
    """Read the shape of the rounds with real groups, as many as sizes allow: then schools meet again least."""
    most = group_limits(given)[1]
    rounds = [number for number in range(given.rounds) if given.counts[number]]
    here = given.here[rounds].astype(int)
    common = tuple(tuple(int((one & other).sum()) for other in here) for one in here)
    groups = tuple(int(most[number]) for number in rounds)
    return Shape(tuple(int(row.sum()) for row in here), groups, given.schools, common, given.rising)


def even_pairs(schools: int, groups: int) -> int:
    """Count the pairs that meet where `schools` spread over `groups` as evenly as can be: the fewest possible."""
    size, rest = divmod(schools, groups)
    return rest * comb(size + 1, 2) + (groups - rest) * comb(size, 2)


def fewest_repeats(shape: Shape) -> int:
    """Give a number of repeats that no year can stay below.

    Two arguments, the larger one holds. Counting: all meetings over all pairs. Pigeonhole: the schools of two rounds
    fall into (groups x groups) cells, and those in one cell meet in both rounds; every round repeats at least what
    the earlier round that it crosses worst forces. Where a third meeting is three repeats, every two rounds count: a
    pair has at least as many repeats as there are two rounds in which it meets.
    """
    meetings = sum(even_pairs(p, g) for p, g in zip(shape.present, shape.groups, strict=True))
    pairs, rounds = comb(shape.schools, 2), range(len(shape.groups))
    if shape.rising:
        each, rest = divmod(meetings, max(pairs, 1))
        counting = rest * each**2 + (pairs - rest) * max(each - 1, 0) ** 2
        return max(counting, sum(forced_between(shape, j, k) for k in rounds for j in range(k)))
    pigeonhole = sum(max((forced_between(shape, j, k) for j in range(k)), default=0) for k in rounds)
    return max(meetings - pairs, pigeonhole, 0)


def forced_between(shape: Shape, one: int, other: int) -> int:
    """Count the pairs that must meet in both of two rounds."""
    return even_pairs(shape.common[one][other], shape.groups[one] * shape.groups[other])


def most_rounds(schools: int, size: int) -> int | None:
    """Give the number of rounds beyond which somebody must meet somebody again; None where there is no such limit."""
    return None if size <= 1 else (schools - 1) // (size - 1)


def outlook(given: YearProblem, repeats: int | None = None) -> tuple[str, ...]:
    """Say in Dutch what is certain about repeats; `repeats` is what a found year has, None before there is one."""
    if not given.schools:
        return ()
    shape = shape_of(given)
    if not shape.groups:
        return ()
    bound = fewest_repeats(shape)
    sentences = [*_most(given, shape, repeats)]
    if bound:
        sentences.append(_forced(shape, bound))
    if repeats is not None and repeats > bound:
        proven = f"bewezen is dat er minstens {bound} nodig zijn" if bound else "of het zonder kan, is niet bewezen"
        sentences.append(f"Gevonden is een jaar met {_repeats(repeats)}; {proven}.")
    elif repeats and repeats == bound:
        sentences.append(f"Het gevonden jaar heeft er precies {repeats}: minder kan niet.")
    if shape.rising and len(shape.groups) > 2 and (bound or repeats):  # noqa: PLR2004 - a third meeting takes three
        sentences.append("Een derde ontmoeting van dezelfde twee scholen telt daarin voor drie, een vierde voor vijf.")
    return tuple(sentences)


def _most(given: YearProblem, shape: Shape, repeats: int | None) -> list[str]:
    """Say how many rounds without a repeat are known to exist, and how many can't be."""
    rounds, size = len(shape.groups), min(p // g for p, g in zip(shape.present, shape.groups, strict=True))
    limit, alike = most_rounds(shape.schools, size), len({*shape.present}) == len({*shape.groups}) == 1
    if size <= 1 or limit is None or len({*shape.present}) > 1:
        return []
    if alike and even_pairs(shape.present[0], shape.groups[0] ** 2):
        return [] if rounds > 1 else [f"Meer dan één ronde zonder herhaling kan niet: {_crowded(shape, 0)}."]
    known = known_rounds(given, shape) if alike else 0
    known = max(known, rounds if repeats == 0 else 0)
    others = f"elke school ontmoet er {in_words(size - 1)} per ronde en er zijn er maar {in_words(shape.schools - 1)}"
    if known:
        first = f"{_rounds(known)} zonder herhaling {'bestaan' if known > 1 else 'bestaat'}"
        return [_sentence(f"{first}; {in_words(limit + 1)} kunnen niet: {others}.")]
    if fewest_repeats(shape) == 0 or rounds > limit:
        return [_sentence(f"{in_words(limit + 1)} rondes zonder herhaling kunnen niet: {others}.")]
    return []


def known_rounds(given: YearProblem, shape: Shape) -> int:
    """Count the rounds of equal groups without a repeat that are known; 0 where none are."""
    size, rest = divmod(shape.schools, shape.groups[0])
    if rest or shape.present[0] != shape.schools or given.met.any():
        return 0
    design = known_design(shape.groups[0], size)
    return 0 if design is None else len(design)


def _crowded(shape: Shape, one: int) -> str:
    largest = -(-shape.present[one] // shape.groups[one])
    return (
        f"{in_words(largest)} scholen van één groep verdelen zich daarna over "
        f"{in_words(shape.groups[one])} {'groep' if shape.groups[one] == 1 else 'groepen'}"
    )


def _repeats(count: int) -> str:
    return spelled(count, "herhaalde ontmoeting", "herhaalde ontmoetingen")


def _forced(shape: Shape, bound: int) -> str:
    pairs = [(forced_between(shape, j, k), j, k) for k in range(len(shape.groups)) for j in range(k)]
    worst, one, other = max(pairs, default=(0, 0, 0))
    if not worst:
        return f"Minstens {_repeats(bound)} nodig: er zijn meer ontmoetingen dan paren."
    largest = -(-shape.present[one] // shape.groups[one])
    return (
        f"Vanaf de tweede ronde zien sommige scholen elkaar terug: {in_words(largest)} scholen van één groep "
        f"verdelen zich over {in_words(shape.groups[other])} groepen. Samen: minstens {_repeats(bound)} "
        "nodig."
    )


def _rounds(count: int) -> str:
    return f"{in_words(count)} {'ronde' if count == 1 else 'rondes'}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
