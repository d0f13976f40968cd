"""Where do tests write? In memory where there is room: each commit of SQLite waits for the disk several times."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by pytest and tempfile, for this user alone
ROOM = 2 * 1024**3
"""Bytes that must be free; a whole run needs a tenth of it."""


def scratch_folder() -> Path | None:
    """Give the folder in memory, None where there is none, no room in it, or pytest was told another place."""
    if "PYTEST_DEBUG_TEMPROOT" in os.environ or not os.access(IN_MEMORY, os.W_OK | os.X_OK):
        return None
    return IN_MEMORY if shutil.disk_usage(IN_MEMORY).free >= ROOM else None
