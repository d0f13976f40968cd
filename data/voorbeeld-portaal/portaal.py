"""How small can a web portal on in2stem be? Pages for visitors, and a server between that keeps the keys.

    python portaal.py --service http://127.0.0.1:8000 --cohort coh_... --port 8080

Keys come from the environment: SLEUTEL_LEZEN may suggestions and publication, SLEUTEL_AANMELDEN applications and is
trusted. Visitors never see them; what a visitor may ask is in WAYS and nothing else.
"""

from __future__ import annotations

import json
import os
import re
from argparse import ArgumentParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
PAGES = {"/": "index.html", "/portaal.js": "portaal.js", "/portaal.css": "portaal.css"}
KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
READ, APPLY = "SLEUTEL_LEZEN", "SLEUTEL_AANMELDEN"
PUBLIC, PORTAL = "/v1/public/cohorts/{cohort}", "/v1/portal/cohorts/{cohort}"
WAYS = (
    ("GET", r"/keuzes", PUBLIC + "/options", APPLY),
    ("GET", r"/open", PUBLIC + "/applications", APPLY),
    ("POST", r"/aanmelden/(schools|mentors)", PUBLIC + "/applications/{0}", APPLY),
    ("GET", r"/aanmelding/(app_\w+)", PORTAL + "/applications/{0}", APPLY),
    ("GET", r"/koppels", PORTAL + "/pairings", READ),
    ("GET", r"/voorstellen/([\w-]+)", PORTAL + "/schools/{0}/suggestions", READ),
)
"""What a visitor may ask: how, where, what that becomes at in2stem, and with which key."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
    "form-action 'self'"
)
MOST_BODY = 64_000


class Portal(BaseHTTPRequestHandler):
    """Answers one visitor."""

    service = cohort = ""

    def do_GET(self) -> None:
        """Give a page, or what in2stem answers."""
        if self.path in PAGES:
            file = HERE / PAGES[self.path]
            self.answer(200, f"{KINDS[file.suffix]}; charset=utf-8", file.read_bytes())
        else:
            self.pass_on(None)

    def do_POST(self) -> None:
        """Send a form on."""
        size = int(self.headers.get("Content-Length", "0"))
        self.pass_on(self.rfile.read(size) if 0 < size <= MOST_BODY else b"{}")

    def pass_on(self, body: bytes | None) -> None:
        """Ask in2stem with our key, for this visitor's address; a way that is not in the list is nobody's."""
        for method, pattern, place, key in WAYS:
            found = re.fullmatch(pattern, self.path)
            if found and method == self.command:
                url = self.service + place.replace("{cohort}", self.cohort).format(*found.groups())
                headers = {"Authorization": f"Bearer {os.environ[key]}", "Content-Type": "application/json"}
                headers["In2stem-Client-Address"] = self.client_address[0]
                return self.answer(*ask(Request(url, body, headers, method=method)))
        return self.answer(404, "application/json", b'{"detail": "Dit is er niet."}')

    def answer(self, status: int, kind: str, body: bytes) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", POLICY),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write no addresses of visitors."""


def ask(request: Request) -> tuple[int, str, bytes]:
    """Ask in2stem; a refusal is an answer too, with its words."""
    try:
        with urlopen(request, timeout=20) as found:
            return found.status, found.headers.get("Content-Type", ""), found.read()
    except HTTPError as refused:
        return refused.code, refused.headers.get("Content-Type", ""), refused.read()
    except OSError:
        detail = json.dumps({"detail": "De dienst antwoordt even niet. Probeer het zo opnieuw."}).encode()
        return 503, "application/json", detail


def main() -> None:
    """Serve on this machine alone."""
    parser = ArgumentParser(description="Een klein portaal op in2stem.")
    parser.add_argument("--service", default="http://127.0.0.1:8000", help="waar in2stem draait")
    parser.add_argument("--cohort", required=True, help="de cohorte")
    parser.add_argument("--port", type=int, default=8080, help="waar het portaal luistert")
    options = parser.parse_args()
    Portal.service, Portal.cohort = options.service.rstrip("/"), options.cohort
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Portal)
    print(f"Het portaal draait op http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
