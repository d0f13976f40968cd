"""Which plan do the journeys start from?"""

from __future__ import annotations

import shutil
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.eager_child import SEARCHING, brief_for
from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the plan of the sample cohort once; nobody may change it."""
    folder = tmp_path_factory.mktemp("gepubliceerd")
    assert run("round", SAMPLE, "--out", folder).code == 0
    return folder


@pytest.fixture
def copied(published: Path, tmp_path: Path) -> Path:
    """Give a plan of the sample cohort that a test may spoil."""
    return shutil.copytree(published, tmp_path / "kopie")


@pytest.fixture(scope="module")
def seconds_of_a_processor() -> Iterator[None]:
    """Let `--seconds` count what this process computes: on a busy machine a year gets as far as on one that is not."""
    busy = SimpleNamespace(monotonic=time.process_time, process_time=time.process_time)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matcher.sessions.clock.time", busy)
        patch.setattr("service.terminal.season.sessions.time", busy)
        yield


@pytest.fixture
def searched_briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search for a year as briefly as children of the worker do here: for tests that do not ask how good it is."""
    for module in SEARCHING:
        monkeypatch.setattr(module, "effort_for", brief_for)
