"""The process that has loaded the program: it forks one for each command that it is sent, with files, folder and all.

Between the two stands a fork that only waits, so that whoever asked learns how the command ended, even by SIGKILL.
A command that wants a child to compute in asks for that as well, in place of starting an interpreter.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import socket
import sys
import time
from importlib import import_module
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

from service.start import main as start
from service.worker import child
from tests import eager_child
from tests.warm.asking import Asked, context_of

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 1 << 20
FILES = 4
"""What comes along: where to say how it went, then stdin, stdout and stderr, or a child's pipe."""


def main() -> None:
    """Fork for whoever asks, until the tests have gone."""
    from tests.warm import loaded  # noqa: F401, PLC0415 - a second, once

    tests = socket.socket(fileno=int(sys.argv[1]))
    commands, ours = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    child.multiprocessing = SimpleNamespace(get_context=lambda _how: context_of(commands))  # type: ignore[assignment]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait
    while True:
        for channel in select.select([tests, ours], [], [])[0]:
            message, files, _, _ = socket.recv_fds(channel, MOST, FILES)
            if not message:
                return
            if os.fork() == 0:
                tests.close()
                ours.close()
                _watch(json.loads(message), files)
            for one in files:
                os.close(one)


def _watch(asked: Asked, files: list[int]) -> NoReturn:
    """Fork what was asked for; say who it is and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    say, *others = files
    process = os.fork()
    if process == 0:
        os.close(say)
        _be(lambda: _command(asked, others) if asked["words"] else _child(asked, *others))
    for one in (*others, 0, 1, 2):
        os.close(one)
    os.write(say, b"%d\n" % process)
    _, status = os.waitpid(process, 0)
    try:
        os.write(say, b"%d\n" % os.waitstatus_to_exitcode(status))
    finally:
        os._exit(0)


def _command(asked: Asked, streams: list[int]) -> int:
    """Be a command, as if it had just been started."""
    for place, one in enumerate(streams):
        os.dup2(one, place)
        os.close(one)
    sys.stdin, sys.stdout = os.fdopen(0, closefd=False), os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)
    os.chdir(asked["cwd"])
    os.umask(asked["umask"])
    if "files" in asked:
        resource.setrlimit(resource.RLIMIT_NOFILE, (asked["files"], asked["files"]))
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    if "module" in asked:
        import_module(asked["module"]).main(*asked["words"])
        return 0
    sys.argv = ["in2stem", *asked["words"]]
    return start()


def _child(asked: Asked, pipe: int) -> int:
    """Be a child of the worker."""
    serve = eager_child.serve_briefly if asked["told_before"] else eager_child.serve
    serve(Connection(pipe), asked["pressing"])
    return 0


def _be(what: Callable[[], int]) -> NoReturn:
    """Run to the end, and end as an interpreter does: threads are awaited, and streams emptied."""
    import atexit  # noqa: PLC0415
    import threading  # noqa: PLC0415

    code: Any = 1
    try:
        try:
            code = what()
        except SystemExit as stopped:
            code = stopped.code
        except BaseException:  # noqa: BLE001 - told as an interpreter tells it
            sys.excepthook(*sys.exc_info())
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    main()
