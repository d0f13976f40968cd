"""Are full addresses looked up, and wild answers refused? Against a small server that speaks Nominatim."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from matcher.domain.position import Position
from matcher.intake.places.geocode import geocoded
from tests.builders import GENT, a_round, a_school

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = {"Veldstraat 1": [("51.0510", "3.7230")], "Verre weg 2": [("50.6", "5.6")], "Nergens 3": []}


class _Nominatim(BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer a search."""
        street = parse_qs(urlsplit(self.path).query)["q"][0].split(",")[0]
        found = [{"lat": lat, "lon": lon, "display_name": street} for lat, lon in ANSWERS.get(street, [])]
        status, body = (500, b"kapot") if street == "Kapot 4" else (200, json.dumps(found).encode())
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def domain() -> Iterator[str]:
    """Run a server on loopback for one test."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Nominatim)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_address_near_its_postcode_is_taken(domain: str) -> None:
    given, findings = geocoded(a_round([a_school(1, street="Veldstraat 1")], 1), domain=domain, scheme="http", wait=0)
    assert given.schools[0].position == Position(51.0510, 3.7230)
    assert findings == ()


@pytest.mark.parametrize(
    ("street", "told"),
    [("Verre weg 2", "km van de postcode"), ("Nergens 3", "niet gevonden"), ("Kapot 4", "antwoordde niet")],
)
def test_a_wild_answer_keeps_the_postcodes_place_with_a_warning(domain: str, street: str, told: str) -> None:
    given, findings = geocoded(a_round([a_school(1, street=street)], 1), domain=domain, scheme="http", wait=0)
    assert given.schools[0].position == GENT
    assert told in findings[0].message
    assert findings[0].severity == "warning"


def test_a_school_without_a_street_is_not_looked_up() -> None:
    given, findings = geocoded(a_round(1, 1), domain="127.0.0.1:9", scheme="http", wait=0)
    assert given.schools[0].position == GENT
    assert findings == ()
