"""Which groups without any repeated meeting does algebra give at once? Known designs, and years cut out of them.

Transversal designs: let q be the number of groups, a product of prime powers, and the size s at most the least of
these. Number the schools by (column j, row y) with s columns of q rows. In round a, group b holds the schools
(j, a*j + b) over the product of the fields: differences of columns have an inverse, so two schools of different
columns meet in exactly one of the q rounds, those of one column never (MacNeish, 1922; Bose, Shrikhande and Parker,
1960). Where s divides q, one more round splits every column into groups. Pairs: the round robin (Kirkman, 1847).
Others: `base_blocks`. Fewer schools than a design has sit on points that leave no group too small.
"""

from __future__ import annotations

from functools import reduce
from typing import Final

import numpy as np

from matcher.engine.year.base_blocks import base_block_design
from matcher.engine.year.year_problem import Ints, YearProblem

POLYNOMIALS: Final = {4: (2, (1, 1)), 8: (2, (1, 1, 0)), 9: (3, (2, 0)), 16: (2, (1, 1, 0, 0)), 25: (5, (3, 0))}
"""Order to characteristic and what x to the degree equals (lowest power first), by an irreducible polynomial."""


PAIR: Final = 2


def known_design(groups: int, size: int) -> Ints | None:
    """Give the most rounds of groups without a repeat that are known here (rounds x schools, the group of each)."""
    found = (
        [round_robin(groups)] if size == PAIR else [transversal_design(groups, size), base_block_design(groups, size)]
    )
    return max((one for one in found if one is not None), key=len, default=None)


def round_robin(groups: int) -> Ints:
    """Give the 2 x groups - 1 rounds in which everyone meets everyone in pairs (rounds x schools)."""
    others = 2 * groups - 1
    rounds = np.empty((others, 2 * groups), dtype=np.int64)
    for number in range(others):
        rounds[number, [number, others]] = 0
        for distance in range(1, groups):
            rounds[number, [(number + distance) % others, (number - distance) % others]] = distance
    return rounds


def transversal_design(groups: int, size: int) -> Ints | None:
    """Give rounds of groups without a repeat (rounds x schools, the group of each); None where algebra has none."""
    orders = prime_powers(groups)
    if not orders or size > min(orders) or not all(_is_prime(order) or order in POLYNOMIALS for order in orders):
        return None
    add, multiply = reduce(_product, map(_field, orders))
    place = np.cumprod([1, *orders[:0:-1]])[::-1]
    column, row = np.divmod(np.arange(groups * size), groups)
    factor, minus = column * int(place.sum()), np.argmin(add, axis=1)
    rounds = [add[row, minus[multiply[slope, factor]]] for slope in range(groups)]
    if groups % size == 0:
        part = groups // size
        rounds.append(column * part + row // size)
    return np.array(rounds, dtype=np.int64)


def design_for(given: YearProblem) -> Ints | None:
    """Give the groups (r x n) of a season whose rounds are all alike; None where no design fits it."""
    counts, low, high = {*given.groups.tolist()}, {*given.low.tolist()}, {*given.high.tolist()}
    everyone = bool(given.here.all() and given.counts.all()) and not given.met.any() and not (given.seat_pin >= 0).any()
    if not everyone or len(counts) > 1 or len(low) > 1 or len(high) > 1:
        return None
    (count,), (least,), (most,) = counts, low, high
    for size in range(-(-given.schools // count), most + 1):
        design = known_design(count, size)
        if design is not None and len(design) >= given.rounds:
            seats = _occupied(design[: given.rounds], count, given.schools, least)
            if seats is not None:
                return design[: given.rounds, seats]
    return None


def _occupied(design: Ints, groups: int, schools: int, least: int) -> Ints | None:
    """Choose the points of a design that so many schools take, no group below `least`; None where none was found.

    Points are left out one by one, each where the smallest group of its rounds is largest.
    """
    points = design.shape[1]
    for first in range(points if schools < points else 1):
        seats = np.ones(points, dtype=np.bool_)
        left_out = [first] if schools < points else []
        while True:
            seats[left_out] = False
            sizes = np.array([np.bincount(week[seats], minlength=groups) for week in design])
            if sizes.min() < least:
                break
            if int(seats.sum()) == schools:
                return np.nonzero(seats)[0]
            smallest = np.take_along_axis(sizes, design, axis=1)
            smallest[:, ~seats] = 0
            left_out.append(int(np.lexsort((smallest.sum(axis=0), smallest.min(axis=0)))[-1]))
    return None


def prime_powers(number: int) -> list[int]:
    """Split a number into powers of different primes, the largest first: 12 is 4 x 3."""
    powers, prime = [], 2
    while number > 1:
        power = 1
        while number % prime == 0:
            number, power = number // prime, power * prime
        powers += [power] if power > 1 else []
        prime += 1
    return sorted(powers, reverse=True)


def _product(one: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Give the tables of a product of two rings, whose elements count as a number with two digits."""
    width, both = len(other[0]), np.arange(len(one[0]) * len(other[0]))
    first, second = np.divmod(both, width)
    add, multiply = (
        table[np.ix_(first, first)] * width + second_table[np.ix_(second, second)]
        for table, second_table in zip(one, other, strict=True)
    )
    return add, multiply


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % part for part in range(2, int(number**0.5) + 1))


def _field(order: int) -> tuple[Ints, Ints]:
    """Give the tables of addition and multiplication of the field with `order` elements (0 and 1 are 0 and 1)."""
    if order not in POLYNOMIALS:
        numbers = np.arange(order)
        return np.add.outer(numbers, numbers) % order, np.multiply.outer(numbers, numbers) % order
    prime, rest = POLYNOMIALS[order]
    digits = np.array([[number // prime**place % prime for place in range(len(rest))] for number in range(order)])
    weights = prime ** np.arange(len(rest))
    add = ((digits[:, None] + digits[None]) % prime) @ weights
    multiply = np.zeros((order, order), dtype=np.int64)
    for one in range(order):
        shifted = digits[one]
        for place in range(len(rest)):
            multiply[one] = add[multiply[one], (digits[:, place, None] * shifted % prime) @ weights]
            carry = shifted[-1]
            shifted = (np.concatenate(([0], shifted[:-1])) + carry * np.array(rest)) % prime
    return add, multiply
