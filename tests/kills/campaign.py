"""What is left after each death? One lane of the campaign: arms a point, does what reaches it, starts again, counts."""

from __future__ import annotations

import contextlib
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from service.access.people import make_key
from service.cohorts.cohort import store as cohorts
from service.core.settings import Settings
from service.database.engine import Database
from service.database.migrate import migrate
from service.database.tables import mentor, publication, round_, school
from service.rounds.given.round_of_rows import save_people
from tests.kills.acceptance import Acceptance, Wanted
from tests.kills.service import DiedError, Service, until
from tests.the_sample import SAMPLE, the_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KEPT = datetime(2099, 1, 1, tzinfo=UTC)
"""Until when the lane's people are kept: longer than any campaign takes."""

RECOVERY_SECONDS = 45.0
"""Within this a round whose worker died must be complete."""

SOLVING = ("accepted", "claimed", "mid-solve")
PUBLISHING = ("publish.before", "publish.inside", "publish.after")
IMPORTING = ("import.inside",)
ACCEPTING = ("propose.inside", "answer.inside", "answer.after")
COMMANDS = ("backup.inside", "migration.inside")
POINTS = (*SOLVING, *PUBLISHING, *IMPORTING, *ACCEPTING, *COMMANDS)


@dataclass(slots=True)
class Lane:
    """One service that is killed over and over, and what it must not have forgotten."""

    service: Service
    database: Database
    cohort: str = ""
    rounds: int = 0
    publications: int = 0
    accepted: int = 0
    slowest: float = 0.0
    patience: float = RECOVERY_SECONDS
    deaths: Counter[str] = field(default_factory=Counter)

    @property
    def home(self) -> str:
        """The address of the lane's cohort."""
        return f"/v1/cohorts/{self.cohort}"

    def prepare(self) -> None:
        """Make the database with the sample cohort and a key, and start."""
        migrate(self.database)
        with self.database.write() as transaction:
            row = cohorts.add(transaction, name="C", region="Limburg", school_year=2026, keep_until=KEPT)
            save_people(transaction, row.id, the_sample(), "campaign")
            _, self.service.key = make_key(transaction, name="campaign", scopes=("admin",))
        self.cohort = row.id
        self.service.start()

    def kill(self, point: str) -> None:
        """Die once at a point, and see that all is well after a new start."""
        if point in SOLVING:
            self._solve(point)
        elif point in PUBLISHING:
            self._publish(point)
        elif point in IMPORTING:
            self._import(point)
        elif point in ACCEPTING:
            self._accept(point)
        else:
            self._command(point)
        self.deaths[point] += 1
        self._count()

    def _dying(self, point: str, method: str, path: str, *, body: Any, key: str, **more: Any) -> None:  # noqa: ANN401
        """Send a request that leads to a death at the point, then start again."""
        self.service.arming.write_text(point, encoding="utf-8")
        with contextlib.suppress(DiedError):
            self.service.ask(method, path, body, key=key, **more)
        until(self.service.died, f"something dies at {point}")
        self.service.start()

    def _solve(self, point: str) -> None:
        key = secrets.token_hex(8)
        self._dying(point, "POST", f"{self.home}/rounds", body={"repair": False}, key=key)
        self._done(key)

    def _done(self, key: str) -> str:
        """Send the request for a round (again), wait until it is complete, give its address."""
        asked = self.service.ask("POST", f"{self.home}/rounds", {"repair": False}, key=key)
        assert asked.status == 202, asked.body
        place = asked.headers["location"]
        waited = until(lambda: self._studied(place), "the round is complete", self.patience)
        self.slowest = max(self.slowest, waited)
        self.rounds += 1
        found = self.service.ask("GET", place).json()
        assert (found["plan"]["status"], found["plan"]["pairs"]) == ("proven", 21), found
        return place

    def _studied(self, place: str) -> bool:
        found = self.service.ask("GET", place).json()
        assert found["job_state"] in ("queued", "running", "done"), found
        return bool(found["studied"])

    def _publish(self, point: str) -> None:
        place, key = self._approved(), secrets.token_hex(8)
        self._dying(point, "POST", f"{place}/publish", body={}, key=key)
        again = self.service.ask("POST", f"{place}/publish", {}, key=key)
        assert again.status == 200, again.body
        self.publications += 1

    def _approved(self) -> str:
        place = self._done(secrets.token_hex(8))
        approved = self.service.ask("POST", f"{place}/approve", {}, key=secrets.token_hex(8))
        assert approved.status == 200, approved.body
        return place

    def _accept(self, point: str) -> None:
        """Have a pair proposed and answered by both, dying on the way; every other time the school says no."""
        place = self._approved()
        pair = self.service.ask("GET", f"{place}/plan").json()["pairs"][0]
        wanted = Wanted(self.home, place, pair["school"], pair["mentor"], declines=self.accepted % 2 == 1)
        one = Acceptance(self.service, self.database, wanted)
        for step in one.steps():
            key = secrets.token_hex(8)
            if step == wanted.step_of(point):
                path, body = one.request(step)
                self._dying(point, "POST", path, body=body, key=key)
            one.done(step, key)
        one.count()
        one.take_back()
        self.accepted += 1

    def _import(self, point: str) -> None:
        body, kind = _multipart({name: (SAMPLE / name).read_bytes() for name in ("scholen.csv", "mentoren.csv")})
        begun = self.service.ask("POST", f"{self.home}/imports", body, headers={"Content-Type": kind})
        assert begun.status == 202, begun.body
        place = begun.headers["location"]
        until(lambda: self.service.ask("GET", place).json()["state"] == "ready", "the import is read")
        tag = {"If-Match": self.service.ask("GET", place).headers["etag"]}
        key = secrets.token_hex(8)
        self._dying(point, "POST", f"{place}/commit", body={}, key=key, headers=tag)
        again = self.service.ask("POST", f"{place}/commit", {}, key=key, headers=tag)
        assert again.status == 200, again.body

    def _command(self, point: str) -> None:
        """Let a backup, or the migration of a new database, die; then do it well."""
        file = self.service.folder / "reserve.zip"
        file.unlink(missing_ok=True)
        words = ("backup", str(file)) if point == "backup.inside" else ("restore", str(file))
        if point == "migration.inside":
            self._restore(file)
            return
        self.service.arming.write_text(point, encoding="utf-8")
        killed = self.service.command(*words)
        assert killed.returncode == -9, killed.returncode
        assert not file.exists()
        assert self.service.command(*words).returncode == 0
        self.service.kills += 1

    def _restore(self, file: Path) -> None:
        """Let the migration of a new database die halfway: it must be as new, and then take the backup whole."""
        other = Service(self.service.folder / secrets.token_hex(4))
        other.folder.mkdir()
        other.arming.write_text("migration.inside", encoding="utf-8")
        assert other.command("migrate").returncode == -9
        assert self.service.command("backup", str(file)).returncode == 0
        assert other.command("restore", str(file)).returncode == 0
        restored = Database(Settings(folder=other.folder).address)
        assert counted(restored) == counted(self.database)
        restored.close()
        self.service.kills += 1

    def _count(self) -> None:
        """See that nothing is lost and nothing was done twice."""
        with self.database.read() as transaction:
            numbers = (
                transaction.execute(sa.select(publication.c.number).order_by(publication.c.number)).scalars().all()
            )
            rounds = transaction.execute(sa.select(sa.func.count()).select_from(round_)).scalar_one()
            shown = transaction.execute(sa.select(round_.c.id).where(round_.c.state == "published")).all()
            people = [
                transaction.execute(sa.select(sa.func.count()).select_from(one)).scalar_one()
                for one in (school, mentor)
            ]
        assert list(numbers) == list(range(1, self.publications + 1)), (numbers, self.publications)
        assert rounds == self.rounds, (rounds, self.rounds)
        assert len(shown) == min(1, self.publications), shown
        assert people == [20, 45], people


def counted(database: Database) -> dict[str, int]:
    """Count the rows of every table."""
    with database.read() as transaction:
        tables = sa.inspect(transaction.connection).get_table_names()
        own = [one for one in tables if not one.startswith(("procrastinate", "alembic"))]
        return {
            name: transaction.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one()
            for name in sorted(own)
        }


def _multipart(files: dict[str, bytes]) -> tuple[bytes, str]:
    mark = secrets.token_hex(12)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'.encode()
        + b"Content-Type: text/csv\r\n\r\n"
        + content
        + b"\r\n"
        for name, content in files.items()
    ]
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


def points(kills: int) -> Iterator[str]:
    """Give the points to die at, each in turn."""
    yield from (POINTS[number % len(POINTS)] for number in range(kills))


def run(lane: Lane, kills: int, tell: Callable[[str], None]) -> None:
    """Kill one lane's service so many times."""
    try:
        for number, point in enumerate(points(kills), 1):
            lane.kill(point)
            tell(f"{number:4d} {point}")
    finally:
        lane.service.stop()
        lane.database.close()
