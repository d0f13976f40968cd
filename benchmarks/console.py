"""How heavy is the plan page, how soon is it painted, and how soon does a lock show?

One service in its own process and a real Chromium with an empty cache. The yardstick is a page of the same
server that asks no data: the list of keys. All are opened in turn, run after run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import httpx2

import matcher
from benchmarks.instances import cohort as many
from benchmarks.portal import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SAMPLE = Path(__file__).parents[1] / "data" / "voorbeeld"
LARGE = (400, 900)
STATIC = "/sneltoetsen"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
KEPT = datetime(2099, 1, 1, tzinfo=UTC)


def run(runs: int) -> dict[str, Any]:
    """Measure; give medians over the runs and the ratios within each run."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this question needs a browser

    with tempfile.TemporaryDirectory() as place, sync_playwright() as library:
        served = Served(Path(place))
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = library.chromium.launch(executable_path=_chromium(), args=arguments)
        try:
            return _measured(served, browser, runs)
        finally:
            browser.close()
            served.stop()


def _chromium() -> str:
    found = os.environ.get("IN2STEM_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise RuntimeError("no Chromium: install it, or set IN2STEM_CHROMIUM")
    return found


def _measured(served: Served, browser: Browser, runs: int) -> dict[str, Any]:
    visits: dict[str, list[dict[str, float]]] = {"static": [], "plan_20": [], "plan_400": []}
    locks: list[float] = []
    for turn in range(runs + 1):
        found = {
            "static": _visit(served, browser, STATIC),
            "plan_20": _visit(served, browser, f"/cohorten/{served.small}/plan"),
            "plan_400": _visit(served, browser, f"/cohorten/{served.large}/plan", lock=turn),
        }
        if turn:  # the first warms up server and browser
            for name, one in found.items():
                visits[name].append(one)
            locks.append(found["plan_400"]["lock"])
    middle = {
        name: {figure: round(median(one[figure] for one in each), 1) for figure in ("painted", "requests", "kilobytes")}
        for name, each in visits.items()
    }
    still = [one["painted"] for one in visits["static"]]
    return middle | {
        "lock_400": round(median(locks), 1),
        "painted_of_static": _ratio([one["painted"] for one in visits["plan_20"]], still),
        "lock_of_static": _ratio(locks, still),
        "browser": browser.version,
    }


def _ratio(ours: list[float], yardstick: list[float]) -> float:
    return round(median(one / other for one, other in zip(ours, yardstick, strict=True)), 2)


def _visit(served: Served, browser: Browser, path: str, *, lock: int | None = None) -> dict[str, float]:
    """Open a page as a first visit: milliseconds to the first paint, requests, kilobytes over the wire."""
    context = browser.new_context()
    context.add_cookies([{"name": "in2stem", "value": served.cookie, "url": served.url}])
    page = context.new_page()
    sizes: list[float] = []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(served.url + path)
    page.wait_for_load_state("networkidle")
    told = {"painted": page.evaluate(PAINTED), "requests": len(sizes), "kilobytes": sum(sizes) / 1000}
    if lock is not None:
        told["lock"] = _lock(page, lock)
    context.close()
    return told


LOCKED = """(place) => new Promise((resolve) => {
  const button = document.querySelectorAll("button[id^='v-']")[place];
  const row = button.closest("tr").id;
  const before = button.getAttribute("aria-label");
  const begun = performance.now();
  const look = () => {
    const now = document.getElementById(row)?.querySelector("button[id^='v-']");
    if (now && now.getAttribute("aria-label") !== before) resolve(performance.now() - begun);
    else requestAnimationFrame(look);
  };
  button.click();
  requestAnimationFrame(look);
})"""


def _lock(page: Page, place: int) -> float:
    """Lock a pair; milliseconds until a frame shows it."""
    return float(page.evaluate(LOCKED, 10 * place))


class Served:
    """A running service with the sample cohort and a large one, both with a plan."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.port, self.url = port, f"http://127.0.0.1:{port}"
        self.cookie, self.small, self.large = _filled(folder)
        command = [sys.executable, "-m", "service.cli", "serve", "--folder", str(folder), "--port", str(port)]
        environment = os.environ | {"IN2STEM_REQUESTS_A_MINUTE": "1000000", "DATABASE_URL": ""}
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, "--metrics-port", "0"], env=environment, stdout=self._log, stderr=self._log
        )
        with httpx2.Client(base_url=self.url, cookies={"in2stem": self.cookie}, timeout=60) as client:
            _until(lambda: _ready(client))
            for cohort in (self.small, self.large):
                place = client.post(f"/v1/cohorts/{cohort}/rounds", json={}).headers["location"]
                _until(lambda place=place: client.get(place).json()["studied"])

    def stop(self) -> None:
        """Stop the service."""
        self._process.terminate()
        self._process.wait(30)
        self._log.close()


def _filled(folder: Path) -> tuple[str, str, str]:
    """Make a coordinator's login and two cohorts straight in the store; give the cookie and their ids."""
    import sqlalchemy as sa  # noqa: PLC0415 - only here

    from service.cohorts.cohort import store as cohorts  # noqa: PLC0415
    from service.core.settings import Settings  # noqa: PLC0415
    from service.database.engine import Database  # noqa: PLC0415
    from service.database.ids import digest, new_id, new_secret, now  # noqa: PLC0415
    from service.database.migrate import migrate  # noqa: PLC0415
    from service.database.tables import login, person  # noqa: PLC0415
    from service.rounds.given.round_of_rows import save_people  # noqa: PLC0415

    database = Database(Settings(folder=folder).address)
    migrate(database)
    sample = matcher.read_cohort(SAMPLE).given
    if sample is None:
        raise RuntimeError("the sample cohort has errors")
    secret, who, moment = new_secret("login"), new_id("per"), now()
    made = []
    with database.write() as transaction:
        row = {
            "id": who,
            "email": "an@voorbeeld.be",
            "name": "An",
            "role": "admin",
            "regions": [],
            "created_at": moment,
        }
        transaction.execute(sa.insert(person).values(**row))
        times = {"created_at": moment, "seen_at": moment, "expires_at": moment + timedelta(days=1)}
        transaction.execute(sa.insert(login).values(digest=digest(secret), person=who, **times))
        for given in (sample, many(*LARGE)):
            cohort = cohorts.add(transaction, name="C", region="Limburg", school_year=2026, keep_until=KEPT)
            save_people(transaction, cohort.id, given, "benchmark")
            made.append(cohort.id)
    database.close()
    return secret, made[0], made[1]


def _ready(client: httpx2.Client) -> bool:
    try:
        return client.get("/readyz").is_success
    except httpx2.HTTPError:
        return False


def _until(holds: Any, seconds: float = 600.0) -> None:  # noqa: ANN401 - a question
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.2)
