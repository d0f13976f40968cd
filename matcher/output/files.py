"""How do several files appear together or not at all? Written beside their place, then moved in."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def write_together(folder: Path, writers: Mapping[str, Callable[[Path], object]]) -> tuple[Path, ...]:
    """Let every writer make its file in `folder` (made where needed); all are moved in only when all succeeded.

    Other files in the folder stay. Raises OSError where the folder can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".in2stem-", dir=folder) as place:
        for name, write in writers.items():
            (Path(place) / name).parent.mkdir(parents=True, exist_ok=True)
            write(Path(place) / name)
        for name in writers:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(Path(place) / name, folder / name)  # noqa: PTH105 - replaces what is there on every system
    return tuple(folder / name for name in writers)
