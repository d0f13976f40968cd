"""Do the templates keep to the content security policy, and are style and script small and kept for long?"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import service
from service.core.settings import Settings
from service.database.engine import Database
from service.web.pages.static_addresses import address_of, content_of
from tests.service_client import an_app

FOLDER = Path(service.__file__).parent
TEMPLATES = sorted(FOLDER.rglob("templates/*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "a script without a file": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a style sheet within": re.compile(r"<style", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe|Markup|autoescape\s+false", re.IGNORECASE),
}


def faults_in(text: str) -> list[str]:
    return [words for words, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_templates_hold_nothing_that_the_policy_forbids() -> None:
    assert len(TEMPLATES) > 20
    assert {one.name: faults for one in TEMPLATES if (faults := faults_in(one.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color: red">', "a style attribute"),
        ('<a onclick="x()">', "a handler"),
        ("<script>x()</script>", "a script without a file"),
        ("<style>p {}</style>", "a style sheet within"),
        ('<img src="//elders.be/x.png">', "something from elsewhere"),
        ("{{ name|safe }}", "text that is not escaped"),
    ],
)
def test_fault_in_a_template_is_found(text: str, fault: str) -> None:
    assert faults_in(text) == [fault]


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("console.css", 8_000),
        ("console.js", 6_000),
        ("kaart.js", 2_500),
        ("vlaanderen.svg", 15_000),
        ("icoon.svg", 1_000),
    ],
)
def test_what_pages_are_made_of_is_small_packed_and_kept(tmp_path: Path, name: str, most: int) -> None:
    database = Database(Settings(folder=tmp_path).address)
    client = TestClient(an_app(database))
    answer = client.get(address_of(name))
    content = content_of(name) or b""
    assert answer.content == content == (FOLDER / "web" / "pages" / "static" / name).read_bytes()
    assert len(gzip.compress(content)) < most
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    old = re.sub(r"\.[0-9a-f]{12}\.", ".000000000000.", address_of(name))
    assert (old != address_of(name), client.get(old).status_code) == (True, 404)
    database.close()


def test_way_to_the_agreements_is_written_in_one_template() -> None:
    found = [one.name for one in FOLDER.rglob("*.html") if "Naar de afspraken" in one.read_text(encoding="utf-8")]
    assert found == ["naar_afspraken.html"]
