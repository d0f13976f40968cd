"""Which reminders are put ready by themselves, every hour? For days that passed; a coordinator sees and sends them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import structlog

from service.access import scope
from service.access.callers import Caller
from service.access.known_keys import KnownKeys
from service.access.limits import Limits
from service.access.work import Process, Work
from service.cohorts.cohort import store as cohorts
from service.cohorts.documents.store import BY_SERVICE
from service.core.settings import Settings
from service.database.engine import Database, Transaction
from service.database.ids import today
from service.measuring.overdue import remind_late_measurements
from service.network.season.mails import remind_of_sessions
from service.rounds.acceptance.mending import mend_leaving
from service.rounds.acceptance.overdue import remind_late_answers

log = structlog.get_logger("in2stem.jobs")

RECENT: Final = timedelta(days=14)
"""Of a day that passed longer ago nobody is reminded by itself: that is a coordinator's to decide."""

SOON: Final = timedelta(days=7)
"""So long before a session is asked who comes."""


class _Nothing:
    """What the portal shows is not ours to look after."""

    def forget(self, cohort: str) -> None:
        """Do nothing."""


def remind(database: Database, settings: Settings, day: date | None = None) -> int:
    """Put reminders in the outbox of every cohort that is kept; give how many. Nothing is sent."""
    process = Process(settings, database, Limits(1, 1), KnownKeys(), _Nothing(), on_leaving=mend_leaving)
    work = Work(Caller(role="admin", id=BY_SERVICE), process, request_id="")
    with database.read() as transaction:
        keys = cohorts.kept(transaction)
    told = 0
    for key in keys:
        with database.write() as transaction:
            made = _remind_in(work, transaction, key, day or today())
        if made:
            log.info("reminders_proposed", cohort=key, count=made)
        told += made
    return told


def _remind_in(work: Work, transaction: Transaction, key: str, day: date) -> int:
    scope.touch(transaction, key)  # two workers propose nothing twice
    work.people_left(transaction, key)  # what an earlier version left, or a day brought
    made = remind_late_answers(work, transaction, key, day - RECENT, day)
    made += remind_late_measurements(work, transaction, key, day - RECENT, day)
    made += remind_of_sessions(work, transaction, key, day, day + SOON)
    if made:
        work.audit(transaction, "reminders.proposed", key, key, count=made)
    return made
