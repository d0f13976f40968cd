"""What do the rules look like as rows of a linear model? Made once, for HiGHS, PuLP and whoever takes a matrix.

Columns: the possible pairs, then a column for each place of each school, then on a rerun one for each new pair of a
school that may count as a change, and one for each school that a mentor may take beyond a first. Rows: every school's
pairs fill its places; every mentor within its room; two colleagues not at one school; companies within their limit
where it binds; new pairs beyond what leavers left; a mentor's schools beyond a first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from matcher.engine.flow.problem import MAX_PLACES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from matcher.engine.flow.problem import Problem

    Ints = NDArray[np.int64]


class Rows(NamedTuple):
    """`low <= matrix x columns <= high`, columns between `floor` and 1; `level` numbers the place columns.

    `place_school` is their school; `beyond` counts the columns of changes, `further` those of schools beyond a first.
    """

    matrix: csr_matrix
    low: Ints
    high: Ints
    floor: Ints
    level: Ints
    place_school: Ints
    beyond: int
    further: int


def lay_rows(problem: Problem) -> Rows:
    """Lay the rows of a problem."""
    pairs, schools = len(problem.school), len(problem.demand)
    place_school = np.repeat(np.arange(schools), problem.demand)
    level = np.arange(len(place_school)) - (np.cumsum(problem.demand) - problem.demand)[place_school]
    company = problem.company[problem.mentor]
    clash, clashes = _colleagues(problem, company)
    room = np.bincount(problem.company, problem.capacity, minlength=len(problem.company_limit))
    limited = np.nonzero(problem.company_limit < room)[0]
    limit_row = np.full(len(room), -1)
    limit_row[limited] = np.arange(len(limited))
    firm = limit_row[company]
    first = np.cumsum([0, schools, len(problem.capacity), clashes, len(limited)])
    new, new_row, beyond, counted = _new_pairs(problem)
    spread, spread_row, further, several = _beyond_first(problem)
    first = np.append(first, first[4] + len(counted))
    every = np.arange(pairs)
    entries = (
        (problem.school, every, 1),
        (place_school, pairs + np.arange(len(level)), -1),
        (first[1] + problem.mentor, every, 1),
        (first[2] + clash[clash >= 0], every[clash >= 0], 1),
        (first[3] + firm[firm >= 0], every[firm >= 0], 1),
        (first[4] + new_row, new, 1),
        (first[4] + beyond, pairs + len(level) + np.arange(len(beyond)), -1),
        (first[5] + spread_row, spread, 1),
        (first[5] + further, pairs + len(level) + len(beyond) + np.arange(len(further)), -1),
    )
    limits = problem.company_limit[limited]
    high = np.concatenate(
        (np.zeros(schools), problem.capacity, np.ones(clashes), limits, problem.left[counted], np.ones(len(several)))
    )
    low = np.zeros(len(high), dtype=np.int64)
    low[first[4] :] = -MAX_PLACES
    low[first[5] :] = -problem.capacity[several]
    columns_after = len(level) + len(beyond) + len(further)
    matrix = _matrix(entries, (len(high), pairs + columns_after))
    floor = np.concatenate((problem.required, np.zeros(columns_after))).astype(np.int64)
    return Rows(matrix, low, high.astype(np.int64), floor, level, place_school, len(beyond), len(further))


def _colleagues(problem: Problem, company: Ints) -> tuple[Ints, int]:
    """Give a number to the (school, company) groups where two colleagues could come, -1 where none."""
    clash = np.full(len(company), -1, dtype=np.int64)
    several = np.nonzero(problem.demand[problem.school] > 1)[0]
    key = problem.school[several] * len(problem.company_limit) + company[several]
    _, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    binding = count > 1
    member = binding[inverse]
    clash[several[member]] = (np.cumsum(binding) - 1)[inverse[member]]
    return clash, int(binding.sum())


def _matrix(entries: tuple[tuple[Ints, Ints, int], ...], shape: tuple[int, int]) -> csr_matrix:
    rows = np.concatenate([row for row, _, _ in entries])
    columns = np.concatenate([column for _, column, _ in entries])
    factors = np.concatenate([np.full(len(row), factor) for row, _, factor in entries])
    return csr_matrix((factors, (rows, columns)), shape=shape)


def _new_pairs(problem: Problem) -> tuple[Ints, Ints, Ints, Ints]:
    """Give the pairs that may be changes, their rows, the rows of what counts, and the schools where they may."""
    counted = np.nonzero(problem.left < problem.demand)[0]
    row_of = np.full(len(problem.demand), -1)
    row_of[counted] = np.arange(len(counted))
    pairs = np.nonzero(~problem.kept & (row_of[problem.school] >= 0))[0]
    beyond = np.repeat(np.arange(len(counted)), problem.demand[counted])
    return pairs, row_of[problem.school[pairs]], beyond, counted


def _beyond_first(problem: Problem) -> tuple[Ints, Ints, Ints, Ints]:
    """Give the pairs of mentors with room beyond a first school, their rows, the rows of the room, and the mentors."""
    several = np.nonzero(problem.capacity > 1)[0] if "spread" in problem.goals else np.zeros(0, dtype=np.int64)
    row_of = np.full(len(problem.capacity), -1)
    row_of[several] = np.arange(len(several))
    pairs = np.nonzero(row_of[problem.mentor] >= 0)[0]
    further = np.repeat(np.arange(len(several)), problem.capacity[several] - 1)
    return pairs, row_of[problem.mentor[pairs]], further, several


def gain(problem: Problem, goal: str, rows: Rows) -> Ints:
    """Give what each column adds to a goal; more is better.

    Falling weights put first places before second ones: the places that can be filled together form a matroid.
    """
    places, beyond = np.zeros(len(rows.level), dtype=np.int64), np.zeros(rows.beyond, dtype=np.int64)
    further = np.zeros(rows.further, dtype=np.int64)
    per_pair = np.zeros(len(problem.school), dtype=np.int64)
    if goal == "places_filled":
        places = 3 - rows.level
    elif goal == "stranded":
        places = ((rows.level == 0) & problem.had[rows.place_school]).astype(np.int64)
    elif goal == "changes":
        per_pair, beyond = problem.kept.astype(np.int64), beyond - 1
    elif goal == "spread":
        further = further - 1
    else:
        per_pair = {
            "reserves_used": -problem.reserve[problem.mentor].astype(np.int64),
            "points": problem.points,
            "travel_minutes": -problem.minutes,
        }[goal]
    return np.concatenate((per_pair, places, beyond, further))
