"""Which plan do the journeys start from?"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.journeys.command import SAMPLE, run

if TYPE_CHECKING:
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
