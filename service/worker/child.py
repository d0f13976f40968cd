"""Where does the computing happen? In a warm process of its own, that can be stopped and never holds the web."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import resource
import signal
import threading
from collections.abc import Iterator, Mapping
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from service.core.logs import places_of
from service.worker.kinds import KINDS

MOST_MEMORY = 8 * 1024**3
NANO = 1_000_000_000
LAST, PRESSING = 19, 10
"""How nice a solve is where the system knows no idle class, and once it had to wait too long in it."""

MOST_WAITING, SHARE = 10.0, 0.1
"""Seconds for which a solve may wait for the processor, if it gets less than this share of it."""

STOP = "stop"
NO_MEMORY = (
    "Er is niet genoeg geheugen voor deze berekening. Vraag minder tegelijk, of vraag de beheerder om meer geheugen."
)


class ChildMessage(NamedTuple):
    """What a child says.

    `progress` with line and fraction, `done` with a result, `stopped` with nothing to keep, `refused` with words,
    `failed` with a trace for the log.
    """

    what: str
    value: Any


class Child:
    """One warm process that computes job after job."""

    def __init__(self, *, pressing: bool = False) -> None:
        """Start the process; it loads what it needs before it is asked. A pressing one yields less to others."""
        self.pressing = pressing
        self._begun = (0.0, 0.0)
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, pressing), daemon=True, name="in2stem-child")
        with _no_interrupt():
            self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        """Whether it can take a job."""
        return self._process.is_alive()

    def ask(self, kind: str, payload: Mapping[str, Any]) -> None:
        """Give it a job; raises OSError where it died."""
        self._begun = _processor_seconds(self._process.pid)
        self._ours.send((kind, dict(payload)))

    @property
    def starved(self) -> bool:
        """Whether others left it next to nothing of the processor since it was asked."""
        ran, waited = (now - then for now, then in zip(_processor_seconds(self._process.pid), self._begun, strict=True))
        return not self.pressing and waited > MOST_WAITING and ran < SHARE * (ran + waited)

    def hear(self, seconds: float) -> ChildMessage | None:
        """Wait for what it says; None where it says nothing in time. Raises EOFError where it died."""
        if not self._ours.poll(seconds):
            return None
        try:
            return ChildMessage(*self._ours.recv())
        except OSError as error:
            raise EOFError from error

    def stop(self) -> None:
        """Ask it to end its job with the best so far."""
        with contextlib.suppress(OSError):
            self._ours.send(STOP)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join()
        self._ours.close()

    def cut(self) -> None:
        """End it at once, for another thread that waits for it to find out."""
        self._process.kill()


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold Ctrl+C, which every process of the terminal gets; what is started meanwhile never hears it."""
    resource_tracker.ensure_running()  # `spawn` starts it before the first child, and then lets Ctrl+C through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _processor_seconds(process: int | None) -> tuple[float, float]:
    """Give for how long a process ran, and for how long it could have; (0, 0) where the system does not tell."""
    try:
        ran, waited, *_ = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return 0.0, 0.0
    return int(ran) / NANO, int(waited) / NANO


def _serve(pipe: Connection, pressing: bool) -> None:  # noqa: FBT001 - what a process is started with goes by place
    """Compute what comes through the pipe; end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _give_way(pressing=pressing)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    asked: queue.SimpleQueue[tuple[str, dict[str, Any]]] = queue.SimpleQueue()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(pipe, asked, stop), daemon=True).start()
    while True:
        kind, payload = asked.get()
        _compute(pipe, kind, payload, stop)


def _give_way(*, pressing: bool) -> None:
    """Take only what is left of the processor: the web goes first, and so does whatever it talks with."""
    if pressing:
        os.nice(PRESSING)
        return
    try:
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    except (AttributeError, OSError):  # not Linux, or not allowed here
        os.nice(LAST)


def _listen(pipe: Connection, asked: queue.SimpleQueue[tuple[str, dict[str, Any]]], stop: threading.Event) -> None:
    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)  # the parent is gone, and nobody waits for an answer
        if message == STOP:
            stop.set()
        else:
            stop.clear()
            asked.put(message)


def _compute(pipe: Connection, kind: str, payload: dict[str, Any], stop: threading.Event) -> None:
    def progress(line: str, fraction: float | None) -> None:
        known = {} if fraction is None else {"fraction": round(fraction, 3)}
        pipe.send(("progress", {"line": line} | known))

    try:
        result = KINDS[kind].run(payload, progress, stop.is_set)
        answer = ("done", result) if result is not None else ("stopped", None)
    except MemoryError:
        answer = "refused", NO_MEMORY
    except Exception as error:  # noqa: BLE001 - whatever happens, the parent must know
        own = hasattr(error, "__module__") and type(error).__module__.startswith("matcher.")
        answer = ("refused", str(error)) if own else ("failed", places_of(error))
    pipe.send(answer)


class Children:
    """Warm processes, taken for a job and given back."""

    def __init__(self, count: int) -> None:
        """Start `count` of them."""
        self._idle = [Child() for _ in range(count)]
        self._taken: list[Child] = []
        self._lock = threading.Lock()

    def take(self, *, pressing: bool = False) -> Child:
        """Take one; a new one where none is idle, or where it is to be pressing."""
        with self._lock:
            while self._idle and not pressing:
                one = self._idle.pop()
                if one.alive:
                    self._taken.append(one)
                    return one
        one = Child(pressing=pressing)
        with self._lock:
            self._taken = [other for other in self._taken if other.alive] + [one]
        return one

    def give_back(self, one: Child) -> None:
        """Give one back after its job; a pressing one ends, so that the next job yields again."""
        if one.pressing:
            one.kill()
            return
        with self._lock:
            self._taken = [other for other in self._taken if other is not one]
            self._idle.append(one)

    def cut(self) -> None:
        """End all that were taken and not given back, whatever they are at."""
        with self._lock:
            for one in self._taken:
                one.cut()

    def close(self) -> None:
        """End all that are idle."""
        with self._lock:
            for one in self._idle:
                one.kill()
            self._idle.clear()
