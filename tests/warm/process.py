"""A command of the program in a fork of a process that has loaded it: to be used as a `subprocess.Popen` is."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tests.warm.asking import Asked, Fork, context_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import SimpleNamespace

ROOT = Path(__file__).parents[2]


class Warm(Fork):
    """One command that runs at the root, with nothing to read. Without a file for it, `stdout` reads what it prints."""

    def __init__(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        out: IO[bytes] | IO[str] | None,
        err: IO[bytes] | IO[str],
        more: Asked | None = None,
    ) -> None:
        """Start it; `more` may be `files` or a `module`."""
        read, write = os.pipe() if out is None else (os.open(os.devnull, os.O_RDONLY), os.dup(out.fileno()))
        nothing = os.open(os.devnull, os.O_RDONLY)
        umask = os.umask(0)
        os.umask(umask)
        try:
            asked = Asked(words=list(words), cwd=str(ROOT), environment=dict(environment), umask=umask)
            super().__init__(fork_server(), asked | (more or {}), [nothing, write, err.fileno()])
        finally:
            os.close(write)
            os.close(nothing)
        self.stdout: IO[str] = os.fdopen(read, encoding="utf-8")
        if out is not None:
            self.stdout.close()

    def communicate(self, timeout: float) -> tuple[str, None]:
        """Read what it still prints, and wait until it ends."""
        self.wait(timeout)
        rest = "" if self.stdout.closed else self.stdout.read()
        self.stdout.close()
        return rest, None


def child_context(_how: str) -> SimpleNamespace:
    """Give what children of a worker in the tests' own process are made with, in place of `get_context`."""
    return context_of(fork_server(), told_before=True)


@cache
def fork_server() -> socket.socket:
    """Start the process that forks, once for all tests of a worker."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    path = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "tests.warm.server", str(theirs.fileno())],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},  # no threads before a fork
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    atexit.register(_end, ours, process)
    return ours


def _end(channel: socket.socket, process: subprocess.Popen[bytes]) -> None:
    channel.close()
    process.wait(30)
