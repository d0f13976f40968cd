"""Which groups without any repeated meeting does algebra give at once? Resolvable transversal designs.

Let the number of groups q be a prime power and the size s at most q. Number the schools by (column j, row y) with
s columns of q rows. In round a, group b holds the schools (j, a*j + b) over the field of q elements: two
schools of different columns meet in exactly one of the q rounds, those of one column never (Bose, Shrikhande
and Parker, 1960). Where s divides q, one more round splits every column into groups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from matcher.engine.year.year_problem import Gathering, Ints

POLYNOMIALS: Final = {4: (2, (1, 1)), 8: (2, (1, 1, 0)), 9: (3, (2, 0)), 16: (2, (1, 1, 0, 0)), 25: (5, (3, 0))}
"""Order to characteristic and what x to the degree equals (lowest power first), by an irreducible polynomial."""


def transversal_design(groups: int, size: int) -> Ints | None:
    """Give rounds of groups without a repeat (rounds x schools, the group of each); None where algebra has none."""
    if size > groups or not (_is_prime(groups) or groups in POLYNOMIALS):
        return None
    add, multiply = _field(groups)
    column, row = np.divmod(np.arange(groups * size), groups)
    minus = np.argmin(add, axis=1)
    rounds = [add[row, minus[multiply[slope, column]]] for slope in range(groups)]
    if groups % size == 0:
        part = groups // size
        rounds.append(column * part + row // size)
    return np.array(rounds, dtype=np.int64)


def design_for(given: Gathering) -> Ints | None:
    """Give the groups (r x n) of a season whose rounds are all alike; None where no design fits it."""
    groups, sizes = {*given.groups.tolist()}, {*given.low.tolist(), *given.high.tolist()}
    everyone = bool(given.here.all() and given.counts.all()) and not given.met.any() and not (given.seat_pin >= 0).any()
    if not everyone or len(groups) > 1 or len(sizes) > 1:
        return None
    (count,), (size,) = groups, sizes
    design = transversal_design(count, size) if count * size == given.schools else None
    return design[: given.rounds] if design is not None and len(design) >= given.rounds else None


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
