"""What do agreements weigh in the search? Pairs that must meet pull together, pairs that never may push apart."""

from __future__ import annotations

import numpy as np

from matcher.engine.year.chains import Chains
from matcher.engine.year.year_problem import Numbers

BROKEN = 1000.0
"""Minutes that a broken agreement weighs: more than any repeat."""


def agreement_costs(chains: Chains, pairs: tuple[Numbers, Numbers], met: Numbers) -> tuple[Numbers, Numbers]:
    """Give what agreements weigh for pairs of schools (any shape, chains first) by how often they met.

    First what each two would cost more once they sat together, then what those that do cost more than apart.
    """
    must, never = chains.must[pairs], chains.never[pairs]
    this_year = met - chains.before[pairs]
    join: Numbers = BROKEN * (never.astype(np.float64) - (must & (this_year == 0)))
    here: Numbers = BROKEN * (never.astype(np.float64) - (must & (this_year == 1)))
    return join, here


def broken_agreements(chains: Chains) -> Numbers:
    """Count the agreements that each chain breaks (k)."""
    this_year = chains.met - chains.before
    missed = (chains.must & (this_year == 0)).sum(axis=(1, 2))
    found: Numbers = (missed + (chains.never * this_year).sum(axis=(1, 2))) // 2
    return found
