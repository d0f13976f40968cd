"""A command that a shell starts by its name, in a fork of a process that has loaded the program."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.warm.asking import Asked, Fork
from tests.warm.process import fork_server
from tests.warm.server import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_SECONDS = 300
STREAMS = 3
SCRIPT = """#!PYTHON -IS
import json, os, socket, sys
umask = os.umask(0)
os.umask(umask)
asked = {"words": sys.argv[1:], "cwd": os.getcwd(), "environment": dict(os.environ), "umask": umask}
line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
line.connect(NAME)
socket.send_fds(line, [json.dumps(asked).encode()], [0, 1, 2])
sys.exit(int(line.recv(16)))
"""


@contextmanager
def typed_as(script: Path) -> Iterator[None]:
    """Make a script that is the program: it hands its words, folder and streams on to a fork, and ends as that does."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        name = f"\0in2stem-{secrets.token_hex(16)}"  # no path: that might be too long
        door.bind(name)
        door.listen()
        script.write_text(SCRIPT.replace("PYTHON", sys.executable).replace("NAME", repr(name)), encoding="utf-8")
        script.chmod(0o755)
        thread = threading.Thread(target=_answer, args=(door,))
        thread.start()
        try:
            yield
        finally:
            door.shutdown(socket.SHUT_RDWR)  # whoever waits for a command to come hears that none will
            thread.join()


def _answer(door: socket.socket) -> None:
    """Run one command after the other."""
    while True:
        try:
            line, _ = door.accept()
        except OSError:
            return
        with line:
            message, streams, _, _ = socket.recv_fds(line, MOST, STREAMS)
            fork = Fork(fork_server(), Asked(**json.loads(message)), streams)
            for one in streams:
                os.close(one)
            line.send(b"%d" % fork.wait(WAIT_SECONDS))
