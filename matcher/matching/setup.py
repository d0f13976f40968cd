"""How does a round become the arrays that the engine solves?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.domain.round import Round
from matcher.engine.flow.problem import Problem
from matcher.matching.goals import Before, before
from matcher.matching.rules import Draft, Facts, Rule, rules_of

TIE_BITS = 32


def draft_of(facts: Facts, rules: Iterable[Rule]) -> Draft:
    """Let every rule write itself into an empty draft."""
    shape = len(facts.given.schools), len(facts.given.mentors)
    draft = Draft(
        facts,
        possible=np.ones(shape, dtype=np.bool_),
        required=np.zeros(shape, dtype=np.bool_),
        demand=np.ones(shape[0], dtype=np.int64),
        capacity=np.full(shape[1], shape[0], dtype=np.int64),
        company=np.arange(shape[1]),
        company_limit=np.full(shape[1], shape[0], dtype=np.int64),
    )
    for rule in rules:
        rule.enforce(draft)
    return draft


def problem_of(facts: Facts, rules: Iterable[Rule] | None = None) -> Problem:
    """Write a round as arrays over its possible pairs, in the order of school, then mentor; under its own rules."""
    draft = draft_of(facts, rules_of(facts.given) if rules is None else rules)
    rows, columns = np.nonzero(draft.possible | draft.required)
    given, earlier = facts.given, before(facts)
    number = _numbers(rows, columns) if draft.exclusive or draft.needs_one else {}
    return Problem(
        **people_of(draft, earlier),
        school=rows,
        mentor=columns,
        points=facts.verdicts.points[rows, columns].astype(np.int64),
        minutes=facts.verdicts.minutes[rows, columns].astype(np.int64),
        kept=kept_of(facts, earlier, rows, columns),
        required=draft.required[rows, columns],
        tie=_tie(given, rows, columns),
        goals=given.policy.goals[1:],
        exclusive=_exclusive(draft, number),
        needs_one=_needs_one(draft, number),
    )


def people_of(draft: Draft, earlier: Before) -> dict[str, Any]:
    """Give the arrays of a problem that are of schools, mentors and companies, by their names there."""
    given = draft.facts.given
    return {
        "demand": draft.demand,
        "capacity": draft.capacity,
        "company": draft.company,
        "company_limit": draft.company_limit,
        "had": np.array([one.id in earlier.had for one in given.schools], dtype=np.bool_),
        "left": _left(given, earlier, draft),
        "reserve": np.array([one.status == "reserve" for one in given.mentors], dtype=np.bool_),
    }


def kept_of(facts: Facts, earlier: Before, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell of each pair whether the previous plan had it."""
    width = len(facts.given.mentors)
    held = [facts.row[school] * width + facts.column[mentor] for school, mentor in earlier.pairs]
    return np.isin(rows * width + columns, np.array(held, dtype=np.int64))


def _left(given: Round, earlier: Before, draft: Draft) -> NDArray[np.int64]:
    """Give how many new pairs of each school are no change: all of them where none counts."""
    if not earlier.counts_new:
        return draft.demand
    return np.array([earlier.left.get(one.id, 0) for one in given.schools], dtype=np.int64)


def _numbers(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> dict[tuple[int, int], int]:
    return {(int(row), int(column)): pair for pair, (row, column) in enumerate(zip(rows, columns, strict=True))}


def _exclusive(draft: Draft, number: dict[tuple[int, int], int]) -> tuple[tuple[int, int], ...]:
    cells = ((one, other) for one, other in draft.exclusive if one in number and other in number)
    return tuple((number[one], number[other]) for one, other in cells)


def _needs_one(draft: Draft, number: dict[tuple[int, int], int]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    return tuple(
        (number[cell], tuple(number[other] for other in others if other in number))
        for cell, others in draft.needs_one
        if cell in number
    )


def _tie(given: Round, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give every pair a fixed number of 32 bits that follows from the two ids and the seed alone.

    Two plans that are equal on all goals then differ in the sum of these numbers, but for one in about
    2**32 free pairs (the isolation lemma: Mulmuley, Vazirani and Vazirani, 1987).
    """
    salt = str(given.policy.seed)
    mixed = _digests(salt, (one.id for one in given.schools))[rows]
    mixed = mixed ^ _digests(salt, (one.id for one in given.mentors))[columns]
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed >> np.uint64(64 - TIE_BITS)).astype(np.int64)


def _digests(salt: str, ids: Iterable[str]) -> NDArray[np.uint64]:
    hashes = [hashlib.blake2b(f"{salt} {one}".encode(), digest_size=8).digest() for one in ids]
    return np.frombuffer(b"".join(hashes), dtype=">u8").astype(np.uint64)
