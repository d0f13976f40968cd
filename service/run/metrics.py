"""How busy is the service, and is it well? Numbers for Prometheus, in a registry of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily

from service.database.engine import BusyError, Database
from service.database.error_listener import tell_errors
from service.jobs.store import counts

LOOPBACK = "127.0.0.1"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
"""Methods that are counted by name: a caller can invent others without end."""

REQUEST_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
JOB_SECONDS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900)


class Meters:
    """All numbers of one process."""

    def __init__(self, database: Database) -> None:
        """Begin at nought; what stands in the database is counted when somebody looks."""
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "in2stem_requests", "Answered requests.", ("method", "route", "status"), registry=self.registry
        )
        self._request_seconds = Histogram(
            "in2stem_request_seconds", "Time to answer.", ("route",), buckets=REQUEST_SECONDS, registry=self.registry
        )
        self._job_seconds = Histogram(
            "in2stem_job_seconds",
            "Time that a job took, by how it ended.",
            ("kind", "state"),
            buckets=JOB_SECONDS,
            registry=self.registry,
        )
        self._errors = Counter(
            "in2stem_database_errors", "Errors of the database, by kind.", ("error",), registry=self.registry
        )
        self.registry.register(_Jobs(database))
        ProcessCollector(registry=self.registry)
        tell_errors(database, lambda kind: self._errors.labels(kind).inc())

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is a route's pattern, never a path."""
        self._requests.labels(method if method in METHODS else "other", route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def hear(self, _logger: Any, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:  # noqa: ANN401 - any logger
        """Listen to the log: when a job ends, count how long it took."""
        if line.get("event") == "job_ended":
            self._job_seconds.labels(line["kind"], line["state"]).observe(line["seconds"])
        return line

    def serve(self, port: int, host: str = LOOPBACK) -> Callable[[], None]:
        """Show the numbers on a port, of this machine alone unless said; gives what ends that. Raises OSError."""
        server, thread = start_http_server(port, host, self.registry)

        def end() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return end


class _Jobs:
    """Jobs as they stand in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> list[Metric]:
        """Name nothing beforehand, so that starting asks nothing of the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Count jobs; nothing where the database does not answer."""
        try:
            with self._database.read() as transaction:
                found = counts(transaction)
        except BusyError:
            return
        jobs = GaugeMetricFamily("in2stem_jobs", "Jobs by kind and state.", labels=("kind", "state"))
        for (kind, state), count in sorted(found.items()):
            jobs.add_metric((kind, state), count)
        waiting = sum(count for (_kind, state), count in found.items() if state == "queued")
        yield jobs
        yield GaugeMetricFamily("in2stem_queue_depth", "Jobs that wait for a worker.", value=waiting)
