"""How does systemd know that the service is ready, and still alive? A datagram a time, where it asked for any."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress

BEATS = 3
"""How often it is told within the time after which systemd starts the service anew."""


def tell_systemd(state: str) -> None:
    """Tell `READY=1`, `WATCHDOG=1` or `STOPPING=1`; nothing where systemd did not start us."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as one:
        one.connect(f"\0{place[1:]}" if place.startswith("@") else place)
        one.send(state.encode())


def watchdog_seconds() -> float:
    """Give after how long without a word systemd starts the service anew; 0 where it does not look."""
    asked, whom = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID", "")
    if not asked.isdecimal() or whom not in ("", str(os.getpid())):
        return 0.0
    return int(asked) / 1_000_000


async def keep_alive() -> None:
    """Say again and again that this loop still turns; a loop that hangs says nothing."""
    tell_systemd("READY=1")
    while seconds := watchdog_seconds():
        tell_systemd("WATCHDOG=1")
        await asyncio.sleep(seconds / BEATS)
