"""How long does the plan page wait when sixty ask at once, and how heavy and how soon is it for 400 schools?

One service with the sample cohort and one of 400 schools and 900 mentors, both with a plan. Sixty connections ask for
the page of twenty schools, each again as soon as it is answered; then one asks for the page of 400 schools, and for a
page of the same server that asks no data, in turn.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import httpx2

from benchmarks.console import STATIC, Served
from benchmarks.load import load

AT_ONCE, SECONDS = 60, 10.0
LOOKS, WARM_UP = 20, 3


def run(runs: int) -> dict[str, Any]:
    """Measure; give medians over the runs."""
    with tempfile.TemporaryDirectory() as place:
        served = Served(Path(place))
        try:
            return {"at_once": AT_ONCE, "schools_20": _crowd(served, runs), "schools_400": _alone(served, runs)}
        finally:
            served.stop()


def _crowd(served: Served, runs: int) -> dict[str, Any]:
    """Ask sixty times at once, for a while; milliseconds for the middle and the slowest of a hundred."""
    headers = {"Cookie": f"in2stem={served.cookie}", "Accept-Encoding": "gzip", "Accept": "text/html"}
    path = f"/cohorten/{served.small}/plan"
    load(served.port, path, headers, seconds=2.0, connections=4)
    taken = [load(served.port, path, headers, seconds=SECONDS, connections=AT_ONCE) for _ in range(runs)]
    alone = [load(served.port, path, headers, seconds=2.0, connections=1) for _ in range(runs)]
    return {
        "a_second": round(median(one.a_second for one in taken), 1),
        "p50": round(median(one.p50 for one in taken), 1),
        "p99": round(median(one.p99 for one in taken), 1),
        "p50_alone": round(median(one.p50 for one in alone), 1),
        "answers": sum(one.answers for one in taken),
    }


def _alone(served: Served, runs: int) -> dict[str, Any]:
    """Ask for the page of 400 schools, and for the page without data, in turn."""
    path = f"/cohorten/{served.large}/plan"
    with httpx2.Client(base_url=served.url, cookies={"in2stem": served.cookie}, timeout=60) as client:
        for _ in range(WARM_UP):
            answer = client.get(path)
        pairs = [(_wait(client, path), _wait(client, STATIC)) for _ in range(LOOKS * runs)]
    return {
        "milliseconds": round(median(one for one, _ in pairs), 1),
        "of_static": round(median(one / other for one, other in pairs), 1),
        "kilobytes": round(len(answer.content) / 1000, 1),
        "kilobytes_sent": round(int(answer.headers["content-length"]) / 1000, 1),
    }


def _wait(client: httpx2.Client, path: str) -> float:
    begun = time.perf_counter()
    client.get(path).raise_for_status()
    return 1000 * (time.perf_counter() - begun)
