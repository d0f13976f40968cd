"""How is a fork asked for, and how does it end? What both sides of the socket know."""

from __future__ import annotations

import json
import multiprocessing
import os
import select
import signal
import socket
import subprocess
import threading
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class Asked(TypedDict, total=False):
    """What a fork is to be: a command with its words, folder, environment and umask, or a child with no words.

    `files` is how many files it may have open, where that is to be few. A command is of a `module` that has a `main`
    for its words, of the program where none is named. A child that is `told_before` tells a test again what it
    computed for another.
    """

    words: list[str]
    cwd: str
    environment: dict[str, str]
    umask: int
    files: int
    pressing: bool
    told_before: bool
    module: str


class Fork:
    """A process that somebody else forked for us; how it ends comes through a pipe."""

    def __init__(self, channel: socket.socket, asked: Asked, files: list[int]) -> None:
        """Ask for it, and hear who it is."""
        self.returncode: int | None = None
        self._hearing = threading.Lock()  # one thread may wait for a child that another cuts
        told, tells = os.pipe()
        socket.send_fds(channel, [json.dumps(asked).encode()], [tells, *files])
        os.close(tells)
        self._told = os.fdopen(told, encoding="ascii")
        self.pid = int(self._told.readline())

    def poll(self) -> int | None:
        """Give how it ended; None where it still runs."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ends; give how."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def _ended(self, timeout: float | None) -> int | None:
        with suppress(OSError, ValueError):  # another heard it meanwhile, and closed the pipe
            if self.returncode is None and select.select([self._told], [], [], timeout)[0]:
                self._hear()
        return self.returncode

    def _hear(self) -> None:
        with self._hearing:
            if self.returncode is None:
                self.returncode = int(self._told.readline())
                self._told.close()

    def send_signal(self, how: signal.Signals) -> None:
        """Send it a signal, unless it ended; it may end before we are told so."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, how)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkedChild:
    """What `multiprocessing` gives as a process, for a child of the worker."""

    def __init__(self, channel: socket.socket, args: tuple[Connection, bool], *, told_before: bool) -> None:
        """Keep what it will get: its end of the pipe, and whether it is pressing."""
        self._channel, self._args, self._told_before = channel, args, told_before
        self._fork: Fork | None = None
        self.pid: int | None = None

    def start(self) -> None:
        """Have it forked."""
        pipe, pressing = self._args
        asked = Asked(words=[], pressing=pressing, told_before=self._told_before)
        self._fork = Fork(self._channel, asked, [pipe.fileno()])
        self.pid = self._fork.pid

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._fork is not None and self._fork.poll() is None

    def kill(self) -> None:
        """End it at once."""
        if self._fork is not None:
            self._fork.kill()

    def join(self) -> None:
        """Wait until it ends."""
        if self._fork is not None:
            self._fork.wait()


def context_of(channel: socket.socket, *, told_before: bool = False) -> SimpleNamespace:
    """Give what a child is made with, in place of a context of `multiprocessing`."""

    def process(*, args: tuple[Connection, bool], **_: Any) -> ForkedChild:  # noqa: ANN401 - its name, and whether it is a daemon
        return ForkedChild(channel, args, told_before=told_before)

    return SimpleNamespace(Pipe=multiprocessing.Pipe, Process=process)
