"""Does reading go without the collector, and is that left as it was?"""

from __future__ import annotations

import gc

import pytest

from matcher.domain.gc_pause import unswept


@unswept()
def _is_collecting(*, fails: bool = False) -> bool:
    if fails:
        raise ValueError
    return gc.isenabled()


def test_collector_rests_meanwhile_and_goes_on_after() -> None:
    assert not _is_collecting()
    assert gc.isenabled()


def test_collector_goes_on_after_a_failure() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        _is_collecting(fails=True)
    assert gc.isenabled()


def test_collector_that_rested_before_goes_on_resting() -> None:
    gc.disable()
    try:
        assert not _is_collecting()
        assert not gc.isenabled()
    finally:
        gc.enable()
