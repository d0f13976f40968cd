"""A cohort's whole year in a browser: what a coordinator, schools, mentors and a jury do, one function a step.

Applicants come in through the example portal and confirm from mails that a real SMTP server took. No step needs the
command line. `python -m tests.browser.cohort_year 34 50 20` goes through it at full size.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from tests.browser.conftest import LONGEST, login_link, started_browser
from tests.post_office import a_post_office
from tests.service.run.running import running, served_from
from tests.the_sample import the_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from playwright.sync_api import BrowserContext, Locator, Page

    import matcher
    from tests.post_office import PostOffice
    from tests.service.run.running import Running

ROOT = Path(__file__).parents[2]
PORTAL = ROOT / "data" / "voorbeeld-portaal" / "portaal.py"
PATIENCE = LONGEST
CONSENT = {"wording": "2026-1"}
LIMITS = ("APPLICATIONS_A_MINUTE", "APPLICATIONS_AN_HOUR", "LOGINS_A_MINUTE", "REQUESTS_A_MINUTE")
WITHOUT_LIMITS = {f"IN2STEM_{name}": "100000" for name in LIMITS}
"""Every applicant of a test comes from one address."""


@dataclass(slots=True)
class Scene:
    """A coordinator's window, a window without script for everybody else, and the mails that came."""

    page: Page
    guest: Page
    post: PostOffice
    root: str
    home: str = ""
    own: dict[str, str] = field(default_factory=dict)

    def go(self, path: str) -> Page:
        """Open a page of the cohort."""
        self.page.goto(self.home + path)
        return self.page

    def says(self, words: str) -> None:
        """Wait until the page says something."""
        self.page.get_by_text(words).first.wait_for(timeout=PATIENCE)

    def mailed(self, expected: int) -> list[EmailMessage]:
        """Send every mail that is proposed, so many; give them as they came."""
        before = len(self.post.got)
        page = self.go("/berichten")
        assert page.locator("input[name=mail]").count() == expected
        page.check("input[name=welke][value=alle]")
        page.get_by_role("button", name="Versturen").click()
        self.wait_for_mails(before + expected)
        return self.post.got[before:]

    def wait_for_mails(self, count: int) -> None:
        """Wait until so many mails came in all."""
        until = time.monotonic() + PATIENCE / 1000
        while len(self.post.got) < count and time.monotonic() < until:
            time.sleep(0.1)
        assert len(self.post.got) == count


def send(button: Locator) -> None:
    """Press a button of a form, and wait until its answer is there: without script each is a page."""
    with button.page.expect_navigation():
        button.click()


def text_of(mail: EmailMessage) -> str:
    """Give the words of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: EmailMessage, part: str) -> str:
    """Give the address in a mail that has a part in it."""
    found = re.search(rf"http://\S*{part}\S*", text_of(mail))
    assert found is not None, text_of(mail)
    return found[0]


def school_form(number: int, school: matcher.School) -> dict[str, Any]:
    """Write what a school sends."""
    values = {"id": f"{number:06}", "name": f"{school.name} {number}", "postcode": school.postcode}
    lists = {"school_types": school.school_types or ("TSO",), "fields": school.fields, "half_days": school.half_days}
    who = {"contact": f"Contact {number}", "email": f"school{number}@school.example"}
    networks = ("GO!", "VRIJ", "OVSG", "POV")
    return (
        values
        | {name: list(one) for name, one in lists.items()}
        | who
        | {
            "network": networks[number % len(networks)],
            "consent": CONSENT,
        }
    )


def mentor_form(number: int, mentor: matcher.Mentor) -> dict[str, Any]:
    """Write what a mentor sends."""
    values = {"company": f"{mentor.company} {number}", "postcode": mentor.postcode, "max_minutes": 90}
    who = {"first_name": mentor.first_name or "An", "last_name": f"{mentor.last_name} {number}"}
    lists = {"sectors": mentor.sectors[:1], "half_days": mentor.half_days, "school_types": mentor.school_types}
    return (
        values
        | who
        | {name: list(one) for name, one in lists.items()}
        | {
            "email": f"mentor{number}@bedrijf.example",
            "consent": CONSENT,
        }
    )


@contextmanager
def a_scene(folder: Path, windows: Any) -> Iterator[Scene]:  # noqa: ANN401 - makes a window of the options
    """Serve a fresh service with a mail server beside it, and log its first admin in."""
    with a_post_office() as post:
        mail = {"IN2STEM_SMTP_URL": post.url, "IN2STEM_MAIL_FROM": "Voka <stem@voka.example>"}
        words = ("serve", "--port", "0", "--metrics-port", "0", *served_from(folder / "gegevens", ""))
        with running(folder / "log", *words, DATABASE_URL="", **mail, **WITHOUT_LIMITS) as service:
            yield entered(service, windows(locale="nl-BE"), windows(locale="nl-BE", java_script_enabled=False), post)


def entered(service: Running, own: BrowserContext, others: BrowserContext, post: PostOffice) -> Scene:
    """Log in with the link of the first start, and begin a cohort."""
    link = login_link(service)
    scene = Scene(own.new_page(), others.new_page(), post, link.partition("/aanmelden")[0])
    page = scene.page
    page.goto(link)
    page.click("#met-link button")
    page.wait_for_url("**/cohorten")
    page.fill("#naam", "Vlaanderen 2026")
    page.select_option("#kamer", "Vlaanderen")
    page.click("text=Cohorte maken")
    page.wait_for_url("**/cohorten/coh_*")
    scene.home = page.url
    return scene


def key_for(scene: Scene, *scopes: str) -> str:
    """Make a key on the page of keys; give its secret, which that page shows once."""
    page = scene.page
    page.goto(f"{scene.root}/beheer/sleutels")
    page.fill("#naam", "Voorbeeldportaal")
    for one in scopes:
        page.check(f"input[name=mag][value={one}]")
    page.select_option("#cohorte", scene.home.rpartition("/")[2])
    page.check("input[name=vertrouwd]")
    page.get_by_role("button", name="Maak de sleutel").click()
    return page.locator("#geheim").inner_text()


@contextmanager
def portal(scene: Scene) -> Iterator[str]:
    """Run the example portal with keys of its own; give where it is."""
    keys = {
        "SLEUTEL_LEZEN": key_for(scene, "suggestions", "publication"),
        "SLEUTEL_AANMELDEN": key_for(scene, "applications"),
    }
    cohort = scene.home.rpartition("/")[2]
    words = [sys.executable, str(PORTAL), "--service", scene.root, "--cohort", cohort, "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=os.environ | keys) as process:  # noqa: S603
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1]
        finally:
            process.send_signal(signal.SIGTERM)


def applied(scene: Scene, schools: int, mentors: int) -> None:
    """Have schools and mentors apply through the portal and confirm with the link that was mailed."""
    given = the_sample()
    forms = [("schools", school_form(n, given.schools[n % len(given.schools)])) for n in range(schools)]
    forms += [("mentors", mentor_form(n, given.mentors[n % len(given.mentors)])) for n in range(mentors)]
    with portal(scene) as url:
        for side, form in forms:
            content = json.dumps(form).encode()
            headers = {"Content-Type": "application/json"}
            with urlopen(Request(f"{url}/aanmelden/{side}", content, headers)) as answer:  # noqa: S310 - on loopback
                assert answer.status == 202
    scene.wait_for_mails(schools + mentors)
    for mail in scene.post.got:
        link = link_in(mail, "/aanmelden/bevestigen")
        scene.guest.goto(link)
        send(scene.guest.get_by_role("button", name="Ja, ik bevestig"))
        assert "uw aanmelding is bevestigd" in scene.guest.content(), scene.guest.locator("main").inner_text()


def main() -> int:
    """Go through the year at the size that is asked; say how long each step took."""
    from tests.browser.cohort_steps import whole_year  # noqa: PLC0415 - the steps stand on this

    schools, mentors, places = map(int, sys.argv[1:4])
    with TemporaryDirectory() as folder, started_browser() as browser:
        began = time.monotonic()

        def told(step: str) -> None:
            sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {step}\n")
            sys.stdout.flush()

        with a_scene(Path(folder), browser.new_context) as scene:
            whole_year(scene, schools, mentors, places, told)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
