"""How do several files appear together or not at all? Written beside their place, then moved in."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

Progress = Callable[[str, float | None], None]


def write_together(
    folder: Path, writers: Mapping[str, Callable[[Path], object]], progress: Progress | None = None
) -> tuple[Path, ...]:
    """Let every writer make its file in `folder` (made where needed); where one can't take its place, none does.

    Other files in the folder stay. `progress` hears which file is being written. Raises OSError, with the file's own
    name, where the folder or a file in it can't be written.
    """
    with _named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=".in2stem-", dir=folder))
    try:
        fresh, old = place / "new", place / "old"
        for number, (name, write) in enumerate(writers.items()):
            if progress is not None:
                progress(name, number / len(writers))
            with _named(folder / name):
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                write(fresh / name)
        _take_places(folder, tuple(writers), fresh, old)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return tuple(folder / name for name in writers)


def _take_places(folder: Path, names: tuple[str, ...], fresh: Path, old: Path) -> None:
    """Move all in; where one is refused (it is open in Excel, it is a folder), put back what stood there."""
    taken: list[str] = []
    for name in names:
        with _named(folder / name):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            if (folder / name).is_file():
                (old / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(folder / name, old / name)
    try:
        for name in names:
            with _named(folder / name):
                os.replace(fresh / name, folder / name)  # noqa: PTH105 - replaces what is there on every system
            taken.append(name)
    except BaseException:  # Ctrl+C too
        for name in taken:
            if (old / name).is_file():
                os.replace(old / name, folder / name)  # noqa: PTH105
            else:
                (folder / name).unlink()
        raise


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let an error tell of the file that the user knows, and not of the one beside it."""
    try:
        yield
    except OSError as error:
        if error.errno is not None:
            error.filename, error.filename2 = str(path), None
        raise
