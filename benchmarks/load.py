"""How many requests a second does an address take, and how long does the slowest of a hundred wait?"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Load:
    """What an address took: requests a second, and milliseconds for the middle and the slowest of a hundred."""

    a_second: float
    p50: float
    p99: float
    answers: int


def load(port: int, path: str, headers: Mapping[str, str], *, seconds: float, connections: int) -> Load:
    """Ask for one path over some connections, each asking again as soon as it is answered.

    Raises RuntimeError where an answer is not 200: a refusal is quick, and would flatter.
    """
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    waits = asyncio.run(_all(port, request, seconds, connections))
    waits.sort()
    return Load(
        a_second=len(waits) / seconds,
        p50=1000 * waits[len(waits) // 2],
        p99=1000 * waits[int(len(waits) * 0.99)],
        answers=len(waits),
    )


async def _all(port: int, request: bytes, seconds: float, connections: int) -> list[float]:
    end = time.perf_counter() + seconds
    found = await asyncio.gather(*(_one(port, request, end) for _ in range(connections)))
    return [wait for one in found for wait in one]


async def _one(port: int, request: bytes, end: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    waits = []
    while (start := time.perf_counter()) < end:
        writer.write(request)
        head = await reader.readuntil(HEAD_END)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.split(b"\r\n", 1)[0].decode())
        lower = head.lower()
        place = lower.index(b"content-length:") + len(b"content-length:")
        await reader.readexactly(int(lower[place : lower.index(b"\r\n", place)]))
        waits.append(time.perf_counter() - start)
    writer.close()
    await writer.wait_closed()
    return waits
