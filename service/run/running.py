"""How does the service run until it is told to stop? Logs, numbers, signals, and a clean end."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from service.app import create_app
from service.core.logs import configure
from service.core.settings import Settings
from service.database.engine import Database
from service.database.setup import metrics_taken
from service.run.bad_http import BACKLOG, Protocol, most_connections
from service.run.metrics import Meters
from service.run.systemd import keep_alive, tell_systemd
from service.worker.worker import Worker

EXIT_FAILED = 1
SIGNALS = (signal.SIGTERM, signal.SIGINT)
WAITING = 2048
GRACE_SECONDS = 10
"""How long open answers, such as event streams, may still take when the service must stop."""

IDLE_SECONDS = 75
"""A connection without requests is kept longer than proxies keep theirs (60 s), so that none is cut in mid-request."""


SWITCH_SECONDS = 0.001
"""How long a job's thread may go on while the web waits for its turn; Python's own 5 ms is felt in every answer."""


def serve_until_signal(
    settings: Settings, database: Database, listener: socket.socket, begun: Callable[[], None]
) -> int:
    """Serve on an open socket until SIGTERM or SIGINT; give the exit code. `begun` is told when signals are heard."""
    with _observed(settings, database) as meters:
        app = create_app(settings, database=database)
        app.state.meter = meters.request
        Protocol.most = most_connections()
        server = _Server(
            uvicorn.Config(
                app,
                http=Protocol,
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=settings.trusted_proxies or None,
                ws="none",
                backlog=BACKLOG,
                timeout_keep_alive=IDLE_SECONDS,
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )

        def stop(_signal: int, _frame: object) -> None:
            server.should_exit = True

        def stop_worker() -> None:
            if app.state.worker is not None:
                app.state.worker.stop()

        server.told = stop_worker
        for one in SIGNALS:  # before uvicorn listens for them itself, and after: it raises them again at its end
            signal.signal(one, stop)
        _keep_answers_quick()
        begun()
        server.run(sockets=[listener])
        return 0 if server.started else EXIT_FAILED


class _Server(uvicorn.Server):
    """A server that tells at once that it was told to stop, and then lets open answers end."""

    told: Callable[[], None]
    alive: asyncio.Task[None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen; callers may wait in a longer row than is taken in one turn."""
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(WAITING)
        self.alive = asyncio.create_task(keep_alive())

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Hear a signal."""
        tell_systemd("STOPPING=1")
        self.told()
        super().handle_exit(sig, frame)


def _keep_answers_quick() -> None:
    """Spare the web long pauses: what is made once is never swept again, and threads take turns quickly."""
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)


def run_until_signal(settings: Settings, database: Database, begun: Callable[[], None]) -> None:
    """Do jobs until SIGTERM or SIGINT; what is being done then is given back."""

    async def work() -> None:
        worker = Worker(settings, database)
        for one in SIGNALS:
            asyncio.get_running_loop().add_signal_handler(one, worker.stop)
        task = asyncio.create_task(worker.run())
        alive = asyncio.create_task(keep_alive())
        begun()
        await task
        tell_systemd("STOPPING=1")
        alive.cancel()

    with _observed(settings, database):
        asyncio.run(work())


@contextmanager
def _observed(settings: Settings, database: Database) -> Iterator[Meters]:
    """Log and count; the numbers are shown where a port was given."""
    meters = Meters(database)
    configure(meters.hear)
    if not settings.metrics_port:
        yield meters
        return
    try:
        end = meters.serve(settings.metrics_port, settings.metrics_host)
    except (OSError, OverflowError) as error:
        raise metrics_taken(settings.metrics_port) from error
    try:
        yield meters
    finally:
        end()
