"""Does the portal get its suggestions quickly, also while a round is being solved?

One service (one process, its worker beside it) on the sample cohort; a bare synchronous endpoint on the same
server is the yardstick. All are asked in turn, round after round, so that a busy moment hits all. Everybody agreed to
be named, and all that may be shown is: `unnamed` asks the same of a cohort that shows nobody.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.load import load

SAMPLE = Path(__file__).parents[1] / "data" / "voorbeeld"
CONNECTIONS = 8
SHOWN = {"school": ["name", "municipality"], "mentor": ["company", "sectors", "municipality"]}
"""What the portal may show, as the small portal in `data/` has it."""

KEPT = datetime(2099, 1, 1, tzinfo=UTC)
START = """
import sys
from fastapi import FastAPI
from service import cli
from service.run import running
from starlette.responses import Response

make = running.create_app

def create_app(*arguments: object, **more: object) -> FastAPI:
    app = make(*arguments, **more)

    @app.get("/bare")
    def bare() -> Response:
        return Response(b'{"status":"ok"}', media_type="application/json")

    return app

running.create_app = create_app
sys.exit(cli.main(["serve", "--metrics-port", "0"]))
"""
"""`in2stem serve`, with the yardstick added."""


def run(runs: int, *, seconds: float = 4.0) -> dict[str, Any]:
    """Measure; give medians over the runs and the ratios that were promised."""
    with tempfile.TemporaryDirectory() as place:
        portal = _Portal(Path(place))
        try:
            return _measured(portal, runs, seconds)
        finally:
            portal.stop()


def _measured(portal: _Portal, runs: int, seconds: float) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {"bare": [], "unnamed": [], "idle": [], "solving": []}
    for _ in range(runs):
        found["bare"].append(portal.load("/bare", seconds))
        found["unnamed"].append(portal.load(portal.unnamed, seconds))
        found["idle"].append(portal.load(portal.suggestions, seconds))
        portal.begin_solving()
        found["solving"].append(portal.load(portal.suggestions, seconds))
        portal.until_quiet()
        print(*(f"{name} {one[-1]['a_second']:.0f}/s, p99 {one[-1]['p99']:.1f} ms;" for name, one in found.items()))
    middle = {
        name: {figure: round(median(one[figure] for one in each), 2) for figure in ("a_second", "p50", "p99")}
        for name, each in found.items()
    }
    return middle | {
        "of_bare": _ratio(found["idle"], found["bare"], "a_second"),
        "of_idle": _ratio(found["solving"], found["idle"], "a_second"),
        "of_unnamed": _ratio(found["idle"], found["unnamed"], "a_second"),
        "p99_of_idle": _ratio(found["solving"], found["idle"], "p99"),
        "connections": CONNECTIONS,
    }


def _ratio(ours: list[dict[str, Any]], yardstick: list[dict[str, Any]], figure: str) -> float:
    """Give the median of the ratios within each run."""
    return round(median(one[figure] / other[figure] for one, other in zip(ours, yardstick, strict=True)), 3)


class _Portal:
    """A running service with the sample cohort published."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        environment = os.environ | {"IN2STEM_FOLDER": str(folder), "IN2STEM_PORT": str(self._port)}
        environment |= {"IN2STEM_REQUESTS_A_MINUTE": "1000000", "DATABASE_URL": ""}
        log = (folder / "log").open("wb")
        self._process = subprocess.Popen([sys.executable, "-c", START], env=environment, stdout=log, stderr=log)  # noqa: S603
        log.close()
        _until(self._ready)
        self._admin, self._key = self._fill()
        self._busy: str | None = None

    def _ready(self) -> bool:
        try:
            return self._ask("GET", "/readyz", None, "")[0] == http.client.OK
        except OSError:
            return False

    def _ask(self, method: str, path: str, body: object, key: str) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        headers |= {"Content-Type": "application/json", "If-Match": "*"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None

    def _fill(self) -> tuple[str, str]:
        """Make the cohorts and keys straight in the store, publish through the API."""
        import matcher  # noqa: PLC0415 - only the parent fills
        from benchmarks.instances import cohort as many  # noqa: PLC0415
        from service.access.people import make_key  # noqa: PLC0415
        from service.cohorts.cohort import store as cohorts  # noqa: PLC0415
        from service.core.settings import Settings  # noqa: PLC0415
        from service.database.engine import Database  # noqa: PLC0415
        from service.rounds.given.round_of_rows import save_people  # noqa: PLC0415

        database = Database(Settings(folder=self._folder).address)
        sample = matcher.read_cohort(SAMPLE).given
        if sample is None:
            raise RuntimeError("the sample cohort has errors")
        made = []
        with database.write() as transaction:
            for given in (sample, sample, many(150, 450)):
                row = cohorts.add(transaction, name="C", region="Limburg", school_year=2026, keep_until=KEPT)
                save_people(transaction, row.id, given, "benchmark")
                made.append(row.id)
            _, admin = make_key(transaction, name="admin", scopes=("admin",))
            _, key = make_key(transaction, name="portaal", scopes=("portal",))
        database.close()
        named, unnamed, large = (f"/v1/cohorts/{one}" for one in made)
        self._large, school = large, sample.schools[0].id
        self._show(named, admin)
        for cohort in (named, unnamed):
            self._publish(cohort, admin)
        self.suggestions, self.unnamed = (
            f"/v1/portal/cohorts/{cohort.rpartition('/')[2]}/schools/{school}/suggestions"
            for cohort in (named, unnamed)
        )
        for path, shown in ((self.suggestions, True), (self.unnamed, False)):
            first = self._ask("GET", path, None, key)[1]["pairings"][0]
            if bool(first.get("about_school")) is not shown:
                raise RuntimeError(f"{path}: who is named is not who agreed")
        return admin, key

    def _show(self, cohort: str, admin: str) -> None:
        """Have everybody agree to be on the portal, and all be shown that may be."""
        for side in SHOWN:
            _, known = self._ask("GET", f"{cohort}/{side}s?limit=200", None, admin)
            body = {"side": side, "ids": [one["id"] for one in known["items"]], "wording": "benchmark"}
            self._done("POST", f"{cohort}/portal/consents", body, admin)
        self._done("PUT", f"{cohort}/portal", SHOWN, admin)

    def _publish(self, cohort: str, admin: str) -> None:
        asked = self._done("POST", f"{cohort}/rounds", {}, admin)
        place = f"{cohort}/rounds/{asked['id']}"
        _until(lambda: self._ask("GET", place, None, admin)[1]["studied"])
        for step in ("approve", "publish"):
            self._done("POST", f"{place}/{step}", {}, admin)

    def _done(self, method: str, path: str, body: object, key: str) -> Any:  # noqa: ANN401 - JSON
        status, told = self._ask(method, path, body, key)
        if status >= http.client.BAD_REQUEST:
            raise RuntimeError(f"{method} {path}: {told}")
        return told

    def load(self, path: str, seconds: float) -> dict[str, Any]:
        """Ask for a path for some seconds."""
        headers = {"Authorization": f"Bearer {self._key}"}
        return asdict(load(self._port, path, headers, seconds=seconds, connections=CONNECTIONS))

    def begin_solving(self) -> None:
        """Begin a large round, and see that it is being worked on; its study takes longer than the load."""
        _, asked = self._ask("POST", f"{self._large}/rounds", {}, self._admin)
        self._busy = f"{self._large}/rounds/{asked['id']}"
        _until(lambda: self._ask("GET", str(self._busy), None, self._admin)[1]["job_state"] != "queued")

    def until_quiet(self) -> None:
        """Wait until the large round is solved and studied."""
        _until(lambda: self._ask("GET", str(self._busy), None, self._admin)[1]["studied"])

    def stop(self) -> None:
        """Stop the service."""
        self._process.terminate()
        self._process.wait(30)


def _until(holds: Any, seconds: float = 300.0) -> None:  # noqa: ANN401 - a question
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)


def free_port() -> int:
    """Find a port that nobody listens on."""
    import socket  # noqa: PLC0415

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
