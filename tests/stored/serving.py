"""How does a test serve data that an earlier product stored: its database, or its backup in either kind of database?"""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2

from tests.postgres import free_port, run_sql
from tests.service.run.running import command, place_of, running, served_from
from tests.stored.stored import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVED_AS = "http://in2stem.voorbeeld.example"
"""The address in links that the service gives; the stored answers hold it."""

WAIT_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Served:
    """A service on stored data: where it listens, and where commands find the same data."""

    url: str
    folder: Path
    database_url: str

    def client(self, secret: str = "", **headers: str) -> httpx2.Client:
        """Give a client that comes with a key, or as nobody."""
        sent = {"Authorization": f"Bearer {secret}"} if secret else {}
        return httpx2.Client(base_url=self.url, headers=sent | headers, timeout=WAIT_SECONDS)

    def run(self, *words: str) -> str:
        """Run a command on the data; give what it printed."""
        done = command(*words, *place_of(self.folder, self.database_url), DATABASE_URL=self.database_url)
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def serve(folder: Path, database_url: str) -> Iterator[Served]:
    """Serve data until the test is done; the service then ends as asked."""
    port = free_port()
    words = ("serve", "--port", str(port), "--metrics-port", "0", *served_from(folder, database_url))
    settings = {"DATABASE_URL": database_url, "IN2STEM_URL": SERVED_AS, "IN2STEM_REQUESTS_A_MINUTE": "1000000"}
    with running(folder / "log", *words, **settings) as program:
        yield Served(f"http://127.0.0.1:{port}", folder, database_url)
        assert program.end()[0] == 0


def stored_database(folder: Path) -> None:
    """Lay the stored database file where a service of this folder looks for it."""
    (folder / "in2stem.sqlite3").write_bytes(gzip.decompress((HERE / "in2stem.sqlite3.gz").read_bytes()))


def restored(folder: Path, database_url: str) -> None:
    """Restore the stored backup."""
    words = ("restore", str(HERE / "reservekopie.zip"), *place_of(folder, database_url))
    done = command(*words, DATABASE_URL=database_url)
    assert done.returncode == 0, done.stderr


def answers_of_today(folder: Path, database_url: str) -> None:
    """Let the kept answers be of this moment: the service forgets those of days ago."""
    if database_url:
        run_sql(database_url, "UPDATE answered SET at = now()")
        return
    connection = sqlite3.connect(folder / "in2stem.sqlite3")
    with connection:
        connection.execute("UPDATE answered SET at = strftime('%Y-%m-%d %H:%M:%f000', 'now')")
    connection.close()
