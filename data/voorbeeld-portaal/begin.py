"""How does a portal come to its first suggestion? With the link that `make serve` prints, all that a coordinator does.

    python begin.py 'http://127.0.0.1:8000/aanmelden#login_...'

It begins a cohort with the sample's schools and mentors, says what the portal may show, has a plan made and published,
makes two keys, and starts the portal.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener

HERE = Path(__file__).parent
FILES = ("scholen.csv", "mentoren.csv", "afspraken.csv")
LINE = "--in2stem-portaal"
PATIENCE = 90
DONE = (True,)
SHOWN = {"school": ["name", "municipality"], "mentor": ["company", "sectors", "municipality"]}


class Service:
    """in2stem, as somebody who logged in with a link."""

    def __init__(self, url: str, link: str) -> None:
        """Log in."""
        self.url, self.browser = url, build_opener(HTTPCookieProcessor())
        self.ask("POST", "/v1/session", {"link": link})

    def ask(self, method: str, path: str, body: object = None, kind: str = "application/json", tag: str = "") -> Any:  # noqa: ANN401 - JSON
        """Ask something; ends with the words of a refusal. The answer's ETag is kept in `tag`."""
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        headers = {"Content-Type": kind} | ({"If-Match": tag} if tag else {})
        try:
            with self.browser.open(Request(self.url + path, content, headers, method=method)) as answer:
                self.tag = answer.headers.get("ETag", "")
                return json.loads(answer.read() or b"null")
        except HTTPError as refused:
            sys.exit(f"{method} {path}: {json.loads(refused.read()).get('detail', refused.reason)}")

    def wait(self, path: str, done: str, *values: object) -> Any:  # noqa: ANN401 - JSON
        """Ask again until a member has one of these values."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            found = self.ask("GET", path)
            if found[done] in values:
                return found
            time.sleep(0.3)
        sys.exit(f"{path} was na {PATIENCE} seconden nog niet klaar.")


def files() -> bytes:
    """Pack the sample's files as a form."""
    parts = b""
    for name in FILES:
        head = f'--{LINE}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        parts += head.encode() + (HERE.parent / "voorbeeld" / name).read_bytes() + b"\r\n"
    return parts + f"--{LINE}--\r\n".encode()


def prepare(service: Service) -> tuple[str, dict[str, str]]:
    """Do what a coordinator does, and make the keys; give the cohort and the keys."""
    cohort = service.ask("POST", "/v1/cohorts", {"name": "Voorbeeld", "region": "Limburg", "school_year": 2026})["id"]
    here = f"/v1/cohorts/{cohort}"
    read = service.ask("POST", f"{here}/imports", files(), f"multipart/form-data; boundary={LINE}")
    service.wait(f"{here}/imports/{read['id']}", "state", "ready")
    service.ask("POST", f"{here}/imports/{read['id']}/commit", {}, tag=service.tag)

    service.ask("GET", f"{here}/portal")
    service.ask("PUT", f"{here}/portal", SHOWN, tag=service.tag)
    for side in SHOWN:
        known = service.ask("GET", f"{here}/{side}s?limit=200")["items"]
        agreed = {"side": side, "ids": [one["id"] for one in known], "wording": "verzonnen voorbeeld"}
        service.ask("POST", f"{here}/portal/consents", agreed)

    made = service.ask("POST", f"{here}/rounds", {})["id"]
    service.wait(f"{here}/rounds/{made}", "studied", *DONE)
    service.ask("POST", f"{here}/rounds/{made}/approve", {})
    service.ask("POST", f"{here}/rounds/{made}/publish", {})

    lezen = {"name": "portaal, lezen", "scopes": ["suggestions", "publication"], "cohort": cohort}
    aanmelden = {"name": "portaal, aanmelden", "scopes": ["applications"], "cohort": cohort, "trusted": True}
    keys = {"SLEUTEL_LEZEN": lezen, "SLEUTEL_AANMELDEN": aanmelden}
    return cohort, {name: service.ask("POST", "/v1/keys", body)["secret"] for name, body in keys.items()}


def main() -> None:
    """Prepare, and start the portal; further words are for portaal.py."""
    place = "".join(sys.argv[1:2])
    if "#" not in place:
        sys.exit("Geef de link die «make serve» toont, tussen aanhalingstekens: begin.py 'http://…/aanmelden#…'")
    page, _, link = place.partition("#")
    url = page.removesuffix("/aanmelden")
    cohort, keys = prepare(Service(url, link))
    words = [sys.executable, str(HERE / "portaal.py"), "--service", url, "--cohort", cohort, *sys.argv[2:]]
    print("Een school om mee te beginnen: 000102", flush=True)
    sys.exit(subprocess.run(words, env=os.environ | keys, check=False).returncode)  # noqa: S603 - our own words


if __name__ == "__main__":
    main()
