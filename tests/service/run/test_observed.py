"""Do logs tell ids and kinds but never what somebody typed, and do the numbers count what happened?"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import structlog
from prometheus_client import generate_latest

from service.access.people import add_person
from service.core.logs import MOST_ALIKE, THIN_SECONDS, Thinned, only_kind_of_error
from service.database.engine import CollisionError, Database
from service.database.tables import person
from service.jobs import store as jobs
from service.run.metrics import Meters
from tests.service_client import a_client, an_app

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Insert

LOGGING = """
import logging, structlog
from service.core.logs import configure
heard = []
configure(lambda logger, name, line: heard.append(dict(line)) or line)
structlog.get_logger("een").info("request", request="req_1")
structlog.get_logger("een").debug("niet")
try:
    try:
        int("An Peeters")
    except ValueError as error:
        raise RuntimeError("An Peeters") from error
except RuntimeError as error:
    structlog.get_logger("twee").error("unexpected", exc_info=error)
    logging.getLogger("uvicorn.error").exception("mis met %s", "An Peeters")
logging.getLogger("uvicorn.error").info("niet")
assert [one["event"] for one in heard] == ["request", "unexpected", "library"], heard
"""


def write(database: Database, statement: Insert) -> None:
    """Run one statement."""
    with database.write() as transaction:
        transaction.execute(statement)


def numbers(meters: Meters) -> list[str]:
    """Give the lines that Prometheus gets, without the words about them."""
    return [line for line in generate_latest(meters.registry).decode().splitlines() if not line.startswith("#")]


def test_log_is_json_with_places_and_without_what_was_typed() -> None:
    done = subprocess.run([sys.executable, "-c", LOGGING], capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    first, second, third = (json.loads(line) for line in done.stderr.splitlines())
    assert done.stdout == ""
    assert {**first, "at": ""} == {"event": "request", "request": "req_1", "level": "info", "at": ""}
    assert first["at"].endswith("Z")
    assert [one.split(":")[0] for one in second["trace"]] == ["RuntimeError", "<string>", "ValueError", "<string>"]
    assert (third["library"], third["text"], third["level"]) == ("uvicorn.error", "mis met %s", "error")
    assert third["trace"] == second["trace"]
    assert "Peeters" not in done.stderr


def test_log_follows_an_error_that_is_its_own_cause_to_an_end() -> None:
    error = ValueError("a")
    error.__context__ = error
    line = only_kind_of_error(None, "error", {"exc_info": (ValueError, error, None)})
    assert line == {"trace": ["ValueError"]}


def test_meters_count_requests_by_pattern_and_jobs_by_state(database: Database) -> None:
    app, meters = an_app(database), Meters(database)
    app.state.meter = meters.request
    client = a_client(app)
    for path in ("/livez", "/livez", "/v1/cohorts/coh_een", "/niets/hier"):
        client.get(path)
    client.request("VERZONNEN", "/livez")
    with database.write() as transaction:
        for _ in range(2):
            jobs.enqueue(transaction, "solve")
    meters.hear(None, "info", {"event": "job_ended", "kind": "solve", "state": "done", "seconds": 0.3})
    found = numbers(meters)
    assert [line for line in found if line.startswith("in2stem_requests_total")] == [
        'in2stem_requests_total{method="GET",route="/livez",status="200"} 2.0',
        'in2stem_requests_total{method="GET",route="/v1/cohorts/{cohort}",status="401"} 1.0',
        'in2stem_requests_total{method="GET",route="-",status="404"} 1.0',
        'in2stem_requests_total{method="other",route="/livez",status="405"} 1.0',
    ]
    assert 'in2stem_request_seconds_count{route="/livez"} 3.0' in found
    assert 'in2stem_jobs{kind="solve",state="queued"} 2.0' in found
    assert "in2stem_queue_depth 2.0" in found
    assert 'in2stem_job_seconds_sum{kind="solve",state="done"} 0.3' in found


def test_meters_count_errors_of_the_database_by_kind(database: Database) -> None:
    meters = Meters(database)
    with database.write() as transaction:
        add_person(transaction, email="an@voka.be", name="An", role="admin", regions=())
        row = transaction.execute(person.select()).mappings().one()
    with pytest.raises(CollisionError):
        write(database, person.insert().values(**row))
    kind = "IntegrityError" if database.is_sqlite else "UniqueViolation"
    assert f'in2stem_database_errors_total{{error="{kind}"}} 1.0' in numbers(meters)


def test_meters_of_a_database_that_is_away_still_answer(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'niets' / 'hier'}")
    found = numbers(Meters(database))
    database.close()
    assert [line for line in found if line.startswith(("in2stem_jobs", "in2stem_queue"))] == []
    assert any(line.startswith("process_resident_memory_bytes") for line in found)


def test_lines_that_repeat_are_thinned_and_counted_but_never_one_that_somebody_looks_for() -> None:
    moment = 0.0
    thinned = Thinned(lambda: moment)

    def told(count: int, **line: object) -> list[object]:
        found = []
        for _ in range(count):
            with suppress(structlog.DropEvent):
                found.append(thinned(None, "", dict(line)).get("left_out"))
        return found

    away = {"event": "library", "level": "error", "library": "pool", "text": "away"}
    assert told(100, **away) == [None] * MOST_ALIKE
    assert told(3, **away | {"text": "anders"}) == [None] * 3
    nameless = {"event": "request", "level": "info", "route": "-", "status": 400}
    assert len(told(100, **nameless)) == MOST_ALIKE
    for kept in ({"event": "request", "level": "info", "route": "/livez"}, {"event": "job_ended", "level": "info"}):
        assert len(told(100, **kept)) == 100
    assert len(told(100, event="unexpected", level="error", error="KeyError")) == 100
    assert len(told(100, event="child_died", level="error", job="job_1")) == 100
    moment = THIN_SECONDS
    assert told(1, **away) == [100 - MOST_ALIKE]
