"""How much processor time does a request for the plan page take, beside the program of an earlier revision?

Two services, each of its own checkout, on the same data: the sample cohort with a published plan. Nothing of either is
imported, so both may be laid out in any way: they are filled over HTTP, and what a service's process used is read from
/proc. They are asked in turn, run after run, so that a busy moment hits both; time in other processes does not count.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import httpx2

from benchmarks.portal import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "voorbeeld"
REV = "cfdce6e729ccb8d9d4a0c1da40e2ea6994226b68"
"""The last revision before the service was reorganised."""

REQUESTS, WARM_UP = 200, 50
ADMIN, COORDINATOR = "beheer@voorbeeld.example", "an@voorbeeld.example"
READY_SECONDS = 60
FIRST_TIMES = 11
"""Where user and system time stand in /proc/<pid>/stat, counted from behind the process's name."""


def run(runs: int, before: Path | None = None) -> dict[str, Any]:
    """Measure this checkout beside another, or beside REV; give milliseconds a request, and the ratio within each run.

    Raises RuntimeError where a service does not start, and CalledProcessError where git has no such revision.
    """
    with ExitStack() as stack:
        trees = {"before": before or stack.enter_context(worktree(REV)), "now": ROOT}
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        with served(trees["before"], data / "before") as first:
            cohort = filled(first)
        shutil.copytree(data / "before", data / "now")
        services = {name: stack.enter_context(served(tree, data / name)) for name, tree in trees.items()}
        pages = {name: Page(one, f"/cohorten/{cohort}/plan") for name, one in services.items()}
        return measured(pages, runs) | {"revision": "" if before else REV}


def measured(pages: dict[str, Page], runs: int) -> dict[str, Any]:
    """Ask for both pages in turn."""
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for page in pages.values():
        page.ask(WARM_UP)
    for _ in range(runs):
        for name, page in pages.items():
            taken[name].append(page.ask(REQUESTS))
        print(*(f"{name} {each[-1]:.2f} ms;" for name, each in taken.items()), flush=True)
    ratios = [now / before for now, before in zip(taken["now"], taken["before"], strict=True)]
    return {
        **{name: round(median(each), 3) for name, each in taken.items()},
        "ratio": round(median(ratios), 3),
        "all_milliseconds": {name: [round(one, 3) for one in each] for name, each in taken.items()},
        "requests": REQUESTS,
        "kilobytes": {name: round(page.size / 1000, 1) for name, page in pages.items()},
    }


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs: where, as which process, and of which checkout on which data."""

    url: str
    process: int
    tree: Path
    folder: Path


class Page:
    """A page that a coordinator who has logged in asks for, again and again."""

    def __init__(self, service: Service, path: str) -> None:
        """Log in."""
        self._service, self._path = service, path
        self._client = httpx2.Client(base_url=service.url, timeout=60)
        log_in(service, self._client, COORDINATOR)
        self.size = len(self._client.get(path).content)

    def ask(self, times: int) -> float:
        """Ask so many times; give the milliseconds of processor time that one took the service's process."""
        begun = processor_seconds(self._service.process)
        for _ in range(times):
            answer = self._client.get(self._path)
            if answer.status_code != httpx2.codes.OK or len(answer.content) != self.size:
                raise RuntimeError(f"{self._path} answered {answer.status_code}, {len(answer.content)} bytes")
        return 1000 * (processor_seconds(self._service.process) - begun) / times


def processor_seconds(process: int) -> float:
    """Give how long a process ran on a processor so far, by itself and in the kernel, all its threads together."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(int(one) for one in told[FIRST_TIMES : FIRST_TIMES + 2]) / os.sysconf("SC_CLK_TCK")


@contextmanager
def worktree(revision: str) -> Iterator[Path]:
    """Lay out an earlier revision beside this checkout, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as place:
        tree = Path(place) / "tree"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), revision], check=True)  # noqa: S603 - our own words
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)  # noqa: S603


def program(tree: Path) -> list[str]:
    """Give how a checkout's `in2stem` is run, as its pyproject.toml says."""
    with (tree / "pyproject.toml").open("rb") as file:
        module, _, function = tomllib.load(file)["project"]["scripts"]["in2stem"].partition(":")
    return [sys.executable, "-c", f"from {module} import {function} as main; raise SystemExit(main())"]


def environment(tree: Path) -> dict[str, str]:
    """Give the settings of a checkout's programs; its own code goes before what is installed."""
    settings = {"DATABASE_URL": "", "IN2STEM_REQUESTS_A_MINUTE": "1000000", "PYTHONPATH": str(tree)}
    return os.environ | settings


@contextmanager
def served(tree: Path, folder: Path) -> Iterator[Service]:
    """Serve a folder with the program of a checkout."""
    folder.mkdir(exist_ok=True)
    port = free_port()
    words = ["serve", "--folder", str(folder), "--port", str(port), "--metrics-port", "0", "--admin", ADMIN]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen([*program(tree), *words], cwd=tree, env=environment(tree), stdout=log, stderr=log)  # noqa: S603
    try:
        url = f"http://127.0.0.1:{port}"
        until_ready(url, folder / "log")
        yield Service(url, process.pid, tree, folder)
    finally:
        process.terminate()
        process.wait(30)


def until_ready(url: str, log: Path) -> None:
    """Wait until a service answers; raises RuntimeError with its last lines where it does not."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            if httpx2.get(f"{url}/readyz").is_success:
                return
        except httpx2.HTTPError:
            time.sleep(0.2)
    raise RuntimeError(log.read_text(encoding="utf-8")[-1000:])


def log_in(service: Service, client: httpx2.Client, email: str) -> None:
    """Log in with a link that the command gives."""
    words = [*program(service.tree), "users", "link", email, "--folder", str(service.folder)]
    told = subprocess.run(  # noqa: S603 - our own words
        words, cwd=service.tree, env=environment(service.tree), check=True, capture_output=True, text=True
    )
    secret = re.search(r"/aanmelden#(\S+)", told.stdout)
    if secret is None:
        raise RuntimeError(told.stdout)
    client.post("/v1/session", json={"link": secret[1]}).raise_for_status()


def filled(service: Service) -> str:
    """Read the sample cohort in, have it solved, publish the plan; give the cohort's id."""
    with httpx2.Client(base_url=service.url, timeout=120) as client:
        log_in(service, client, ADMIN)

        def told(method: str, path: str, **sent: Any) -> httpx2.Response:  # noqa: ANN401 - what a call takes
            return client.request(method, path, **sent).raise_for_status()

        def ended(job: str) -> None:
            told("GET", f"/v1/jobs/{job}/events")

        person = {"email": COORDINATOR, "name": "An", "role": "coordinator", "regions": ["Limburg"]}
        told("POST", "/v1/people", json=person)
        cohort = told("POST", "/v1/cohorts", json={"name": "C", "region": "Limburg", "school_year": 2026}).json()["id"]
        names = ("scholen.csv", "mentoren.csv", "afspraken.csv")
        files = [("files", (name, (SAMPLE / name).read_bytes())) for name in names]
        place = told("POST", f"/v1/cohorts/{cohort}/imports", files=files).headers["location"]
        ended(told("GET", place).json()["job"])
        told("POST", f"{place}/commit", headers={"If-Match": told("GET", place).headers["etag"]})
        found = told("POST", f"/v1/cohorts/{cohort}/rounds", json={}).headers["location"]
        for job in ("job", "study_job"):
            ended(told("GET", found).json()[job])
        for step in ("approve", "publish"):
            told("POST", f"{found}/{step}")
        return str(cohort)
