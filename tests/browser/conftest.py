"""How does a test use a real browser? Chromium of this machine, with every complaint of a page a failure."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from service.access.people import add_person, make_link
from service.core.settings import Settings
from service.database.engine import Database
from service.database.ids import new_id
from tests.service.run.running import Running, running, served_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, BrowserType, ConsoleMessage, Page, Request

VARIABLE = "IN2STEM_CHROMIUM"
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The one without windows first: the same pages take it a quarter less of the processor."""
MISSING = (
    "Er is geen Chromium gevonden, en de bladzijden worden in een echte browser nagekeken. Installeer het met «apt-get "
    f"install chromium-headless-shell», of zet {VARIABLE} op het pad van een Chromium of Chrome dat er al staat."
)
OWN = ("http://127.0.0.1:", "data:", "blob:")
DATA = "gegevens"
LONGEST = 180_000
"""Milliseconds that a page, an answer or what is to appear may take: the machine may be busy with other tests."""
LEFT = "net::ERR_ABORTED"
"""A request that ended because the page was left, or because what came is a file to keep."""
FEATURES = "CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies,RenderDocument:level/crashed-frame"
SAME_FRAME = f"--enable-features={FEATURES}"
"""What Playwright asks for (the browser hears such a list once), and a frame that is kept where a page follows another
of the same place: a new one each time takes it a quarter of what a page takes."""
STILL = {"reduced_motion": "reduce"}
"""Drawing the bar of a search that runs takes a browser more of the processor than all that a test does meanwhile."""

REPORT_POLICY = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`beveiliging: ${event.violatedDirective} weigert ${event.blockedURI} ${event.sample}`);
});
"""


def chromium(kind: BrowserType) -> str:
    """Find a Chromium: the one that was named, Playwright's own, else the system's; without one the tests end."""
    named = os.environ.get(VARIABLE) or None
    own = kind.executable_path if Path(kind.executable_path).is_file() else None
    found = named or own or next((path for one in PROGRAMS if (path := shutil.which(one))), None)
    if found is None or shutil.which(found) is None:
        pytest.exit(MISSING if found is None else f"«{found}» uit {VARIABLE} is geen programma.", returncode=3)
    return found


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Start the browser, and end it afterwards with the event loop that it has in this thread."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # a browser that root starts has no sandbox to go in
    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=chromium(library.chromium), args=[*sandbox, SAME_FRAME])
        yield browser
        browser.close()


class Lasting:
    """A browser for all modules of a worker; its event loop is this thread's only while one of them asks for it."""

    def __init__(self, browser: Browser) -> None:
        """Know the loop that runs: Playwright runs it in this thread, between the steps of a test too."""
        self.browser, self._loop, self._hooks = browser, asyncio.get_running_loop(), sys.get_asyncgen_hooks()

    def put_aside(self) -> None:
        """Let other tests run loops of their own in this thread."""
        asyncio._set_running_loop(None)
        sys.set_asyncgen_hooks(None, None)

    def take_up(self) -> None:
        """Go on with ours."""
        asyncio._set_running_loop(self._loop)
        sys.set_asyncgen_hooks(*self._hooks)


@pytest.fixture(scope="session")
def lasting() -> Iterator[Lasting]:
    """Start the browser once for all tests of a worker."""
    with started_browser() as browser:
        one = Lasting(browser)
        one.put_aside()
        yield one
        one.take_up()


@pytest.fixture(scope="module")
def chrome(lasting: Lasting) -> Iterator[Browser]:
    """Give the browser to a module; afterwards its event loop is aside, so that other tests can have theirs."""
    lasting.take_up()
    yield lasting.browser
    lasting.put_aside()


@dataclass  # without slots: Playwright hangs its handlers on it
class Windows:
    """Windows whose complaints are collected: console, policy, errors, failed requests and requests to elsewhere."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __call__(self, **options: object) -> BrowserContext:
        """Open a window of its own: no cookies, nothing that moves unless asked, and as the options say."""
        context = self.browser.new_context(**(STILL | options))  # type: ignore[arg-type]
        context.set_default_timeout(LONGEST)
        context.add_init_script(REPORT_POLICY)
        context.on("page", self._watch)
        self.contexts.append(context)
        return context

    def _watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"fout: {error}"))
        page.on("request", self._check)
        page.on("requestfailed", self._missed)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _check(self, request: Request) -> None:
        if not request.url.startswith(OWN):
            self.complaints.append(f"elders: {request.url}")

    def _missed(self, request: Request) -> None:
        if request.failure != LEFT:
            self.complaints.append(f"mislukt: {request.failure} {request.url}")

    def forgive(self, *words: str) -> None:
        """Drop complaints with one of these words: they must have come, for the test made them happen."""
        assert self.complaints, words
        self.complaints[:] = [one for one in self.complaints if not any(part in one for part in words)]


@pytest.fixture
def opened(chrome: Browser) -> Iterator[Windows]:
    """Open windows; at the end nothing may have been complained of."""
    windows = Windows(chrome)
    yield windows
    for one in windows.contexts:
        one.close()
    assert windows.complaints == []


@contextmanager
def console_service(folder: Path, port: int = 0, database_url: str = "", **environment: str) -> Iterator[Running]:
    """Run the program as a user does, on a free port unless one is given, with SQLite unless told."""
    words = ("serve", "--port", str(port), "--metrics-port", "0", *served_from(folder / DATA, database_url))
    with running(folder / "log", *words, DATABASE_URL=database_url, **environment) as one:
        yield one


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run the program once for all tests of a worker that begin a cohort of their own: its children start once too."""
    with console_service(tmp_path_factory.mktemp("dienst"), IN2STEM_LOGINS_A_MINUTE="1000") as one:
        yield one


@pytest.fixture
def service(served: Running) -> Running:
    """Give the program with a link to log in by, for an admin whom no other test knows."""
    database = Database(Settings(folder=served.log.parent / DATA).address)
    with closing(database), database.write() as transaction:
        email = f"{new_id('wie')}@voka.example"
        who = add_person(transaction, email=email, name="Wendeline Kwikstaart", role="admin", regions=())
        secret = make_link(transaction, who)
    return replace(served, lines=[served.url, f"{served.url}/aanmelden#{secret}"])


def login_link(one: Running) -> str:
    """Give the link for one login that the program printed, or that was made for a test."""
    return next(line.strip() for line in one.lines if "/aanmelden#" in line)


def logged_in(page: Page, one: Running) -> None:
    """Log in with the link, as the person who started the program does."""
    page.goto(login_link(one))
    page.click("#met-link button")
    page.wait_for_url("**/cohorten")


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
