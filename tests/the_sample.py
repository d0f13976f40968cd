"""What is in the sample? Read once a run: what is read of its files does not change."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import matcher

SAMPLE = Path(__file__).parents[1] / "data" / "voorbeeld"


@cache
def the_sample() -> matcher.Round:
    """Read the sample's files."""
    given = matcher.read_cohort(SAMPLE).given
    assert given is not None
    return given
