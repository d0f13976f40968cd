"""How heavy is a first visit, with all that a page has fetched, as it is sent? And is everything ours?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.service.publish_steps import Stage
from tests.service_client import a_client

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.worker.child import Children

MOST = 90_000
"""Bytes of a first visit: page, style sheets, scripts, icon, letters, drawings."""

FETCHED = re.compile(r'<(?:link|script|img|source|use|object|iframe|image)\b[^>]*?\b(?:href|src|data)="([^"]+)"')
LATER = re.compile(r'\bdata-haal="([^"]+)"')
IN_STYLE = re.compile(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)")


def sent(client: TestClient, path: str) -> tuple[int, str]:
    """Ask for something; give how many bytes came over the wire, and its text."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.headers.get("content-encoding") == "gzip" or len(answer.content) < 1024, path
    return int(answer.headers["content-length"]), answer.text


def fetched(path: str, text: str) -> list[str]:
    """Give what a browser fetches for a page, a style sheet or a drawing."""
    told = FETCHED.findall(text) + LATER.findall(text) if "<" in text else IN_STYLE.findall(text)
    assert [one for one in told if not re.match(r"/(?!/)|#", one)] == [], path
    return [one.replace("&amp;", "&").partition("#")[0] for one in told if not one.startswith("#")]


def first_visit(client: TestClient, path: str) -> dict[str, int]:
    """Ask for a page and for all that it needs, each once."""
    weights: dict[str, int] = {}
    waiting = [path]
    while waiting:
        one = waiting.pop()
        if one not in weights:
            weights[one], text = sent(client, one)
            waiting += fetched(one, text)
    return weights


@pytest.fixture
def stage(database: Database, children: Children) -> Stage:
    """Have the sample of twenty schools solved and studied."""
    found = Stage(database, children, sample=True)
    found.solved()
    return found


def browser(stage: Stage, role: str) -> TestClient:
    """Make a client that takes pages, packed."""
    client = a_client(stage.app, role)
    client.headers |= {"Accept": "text/html", "Accept-Encoding": "gzip"}
    return client


def test_first_visit_is_light_and_fetches_nothing_elsewhere(stage: Stage) -> None:
    visits = {
        "/aanmelden": browser(stage, "nobody"),
        f"/cohorten/{stage.cohort}": browser(stage, "coordinator"),
        f"/cohorten/{stage.cohort}/plan": browser(stage, "coordinator"),
        f"/cohorten/{stage.cohort}/kaart": browser(stage, "coordinator"),
    }
    for path, client in visits.items():
        weights = first_visit(client, path)
        assert sum(weights.values()) <= MOST, weights
        assert any(one.endswith(".css") for one in weights)
        assert any(one.endswith(".js") for one in weights)
    assert any(
        "/kaart" in one
        for one in first_visit(visits[f"/cohorten/{stage.cohort}/plan"], f"/cohorten/{stage.cohort}/plan")
    )


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://elders.example/x.js"></script>',
        '<link rel="stylesheet" href="//elders.example/x.css">',
        "@import url('https://elders.example/letters.css');",
        "@font-face { src: url(https://elders.example/a.woff2) }",
    ],
)
def test_other_host_would_be_found(text: str) -> None:
    with pytest.raises(AssertionError):
        fetched("/", text)
