"""Is a mail lost or sent twice when the service dies while it sends? One lane, against a real SMTP server."""

from __future__ import annotations

import contextlib
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.access.people import make_key
from service.cohorts.cohort import store as cohorts
from service.database.migrate import migrate
from service.mail import store as mails
from tests.kills.service import DiedError, Service, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.database.engine import Database
    from service.mail.store import MailRow
    from tests.post_office import PostOffice

KEPT = datetime(2099, 1, 1, tzinfo=UTC)
RECOVERY_SECONDS = 60.0
POINTS = ("mail.released", "claimed", "mail.begun", "mail.greeted", "mail.said", "mail.answered", "mail.noted")
"""The steps of a mail: sent off, taken by a worker, noted, addressed, said whole, answered, noted as sent."""

SMTP_ALLOWS = ("mail.said", "mail.answered")
"""Between the last byte and our note of the answer: who dies here can't know whether the mail was taken."""

BATCH = 3


@dataclass(slots=True)
class MailLane:
    """One service that is killed while it sends, and the server that counts what came."""

    service: Service
    database: Database
    office: PostOffice
    cohort: str = ""
    mails: int = 0
    twice: int = 0
    slowest: float = 0.0
    patience: float = RECOVERY_SECONDS
    deaths: Counter[str] = field(default_factory=Counter)

    def prepare(self) -> None:
        """Make the database with a cohort and a key, and start."""
        migrate(self.database)
        with self.database.write() as transaction:
            row = cohorts.add(transaction, name="C", region="Limburg", school_year=2026, keep_until=KEPT)
            _, self.service.key = make_key(transaction, name="campaign", scopes=("admin",))
        self.cohort = row.id
        self.service.environment |= {"IN2STEM_SMTP_URL": self.office.url, "IN2STEM_MAIL_FROM": "in2stem@voorbeeld.be"}
        self.service.start()

    def kill(self, point: str, count: int = 1) -> None:
        """Die once while so many mails are sent off, and see that each came, and once, after a new start."""
        rows = [self._proposed() for _ in range(count)]
        key, body = secrets.token_hex(8), {"mails": [row.id for row in rows]}
        path = f"/v1/cohorts/{self.cohort}/mails/send"
        self.service.arming.write_text(point, encoding="utf-8")
        with contextlib.suppress(DiedError):
            self.service.ask("POST", path, body, key=key)
        until(self.service.died, f"something dies at {point}")
        self.service.start()
        again = self.service.ask("POST", path, body, key=key)
        assert again.status == 200, again.body
        waited = until(lambda: all(one.state == "sent" for one in self._now(rows)), "all is sent", self.patience)
        self.slowest = max(self.slowest, waited)
        self._count(point, self._now(rows))
        self.deaths[point] += 1

    def _count(self, point: str, rows: list[MailRow]) -> None:
        came = Counter(self.office.ids)
        for row in rows:
            found = came[f"<{row.id}@voorbeeld.be>"]
            self.mails += 1
            self.twice += found > 1
            assert found >= 1, f"{point}: {row.id} is lost"
            assert found <= 1 + row.maybe_twice, f"{point}: {row.id} came {found} times and nobody says so"
            assert found <= (2 if len(rows) > 1 or point in SMTP_ALLOWS else 1), f"{point}: {row.id} came {found} times"

    def _proposed(self) -> MailRow:
        words = {"name": "An", "address": "an@school.example", "subject": "Dag", "body": "Beste An\n", "facts": {}}
        words |= {"cohort": self.cohort, "kind": "application_waiting", "side": "school", "who": "1", "calendar": ""}
        deed = secrets.token_hex(16)
        with self.database.write() as transaction:
            mails.add_all(transaction, [deed], "campaign", [{**words, "state": "proposed"}])
            return mails.of_deeds(transaction, [deed])[deed]

    def _now(self, rows: list[MailRow]) -> list[MailRow]:
        with self.database.read() as transaction:
            found = [mails.find(transaction, row.id) for row in rows]
        return [one for one in found if one is not None]


def run_mails(lane: MailLane, kills: int, tell: Callable[[str], None]) -> None:
    """Kill one lane's service so many times: with one mail on its way, and in every other turn with three."""
    try:
        for number in range(kills):
            point, count = POINTS[number % len(POINTS)], BATCH if number // len(POINTS) % 2 else 1
            lane.kill(point, count)
            tell(f"{number + 1:4d} {point} {count}")
    finally:
        lane.service.stop()
        lane.database.close()
