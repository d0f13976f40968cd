"""How does the campaign run the service, kill it and start it again? Real processes on loopback."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.postgres import free_port
from tests.warm.process import Warm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

START_SECONDS = 300.0
KILLED = -signal.SIGKILL


class DiedError(Exception):
    """The service died while it was asked something."""


@dataclass(slots=True)
class Answer:
    """What the service answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Read the body."""
        return json.loads(self.body)


@dataclass(slots=True)
class Service:
    """A web process, and for PostgreSQL workers beside it; each is started again when it was killed."""

    folder: Path
    database_url: str = ""
    workers: int = 0
    key: str = ""
    port: int = field(default_factory=free_port)
    web: Warm | None = None
    helpers: list[Warm] = field(default_factory=list)
    kills: int = 0
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def arming(self) -> Path:
        """The file that says at which point to die; none for no death."""
        return self.folder / "crash-at"

    def command(self, *words: str, wait: bool = True) -> Warm:
        """Run one of the program's commands on this service's data."""
        environment = (
            os.environ
            | self.environment
            | {
                "IN2STEM_FOLDER": str(self.folder),
                "IN2STEM_PORT": str(self.port),
                "IN2STEM_METRICS_PORT": "0",
                "IN2STEM_REQUESTS_A_MINUTE": "1000000",
                "DATABASE_URL": self.database_url,
                "IN2STEM_CRASH_AT": f"@{self.arming}",
            }
        )
        log = (self.folder / "log").open("ab")
        done = Warm(words, environment, log, log)
        log.close()
        if wait:
            done.wait(START_SECONDS)
        return done

    def start(self) -> None:
        """Start whatever does not run."""
        if self.web is None or self.web.poll() is not None:
            self.kills += self.web is not None and self.web.returncode == KILLED
            self.web = self.command("serve", *(["--no-worker"] if self.workers else []), wait=False)
        for place in range(self.workers):
            if place == len(self.helpers):
                self.helpers.append(self.command("work", wait=False))
            elif self.helpers[place].poll() is not None:
                self.kills += self.helpers[place].returncode == KILLED
                self.helpers[place] = self.command("work", wait=False)
        until(self._ready, "the service is ready")

    def _ready(self) -> bool:
        assert self.web is not None
        assert self.web.poll() is None, (self.folder / "log").read_text(encoding="utf-8")[-3000:]
        try:
            return self.ask("GET", "/readyz").status == 200
        except DiedError:
            return False

    def died(self) -> bool:
        """Tell whether one of the processes was killed."""
        return any(one is not None and one.poll() is not None for one in (self.web, *self.helpers))

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 - bytes, or any JSON
        *,
        key: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask the service something; raises DiedError where it dies meanwhile."""
        sent = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        sent |= {"Idempotency-Key": key} if key else {}
        content = body
        if body is not None and not isinstance(body, bytes):
            content, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, content, sent | dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        except (OSError, http.client.HTTPException) as error:
            raise DiedError from error
        finally:
            connection.close()

    def stop(self) -> None:
        """Stop everything that was started."""
        for one in (self.web, *self.helpers):
            if one is not None and one.poll() is None:
                one.terminate()
        for one in (self.web, *self.helpers):
            if one is not None:
                try:
                    one.wait(20)
                except subprocess.TimeoutExpired:
                    one.kill()
                    one.wait()


def until(holds: Callable[[], object], what: str, seconds: float = START_SECONDS) -> float:
    """Wait until something holds; give how long it took. Fails where it takes too long.

    What comes late is looked for less often: most of what a service does that is asked twenty times a second is to
    answer.
    """
    start = time.monotonic()
    while not holds():
        waited = time.monotonic() - start
        assert waited < seconds, f"after {waited:.0f} s it is not so that {what}"
        time.sleep(min(0.05 + waited / 8, 0.5))
    return time.monotonic() - start
