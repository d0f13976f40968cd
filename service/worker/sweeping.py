"""What is erased and forgotten by itself, every hour? What may be kept no longer, and what nobody asks for any more."""

from __future__ import annotations

from datetime import timedelta

import structlog

from service.access.logins import forget_ended
from service.database import idempotency
from service.database.engine import Database
from service.database.ids import now
from service.database.scrub import forget_copies, scrub_if_due
from service.mail import sending_store
from service.records.privacy.erasure import erase_expired
from service.trajectory.applications.rules import forget_expired
from service.webhooks import deliveries_store

log = structlog.get_logger("in2stem.jobs")

ANSWERS_HOLD = timedelta(days=2)
"""How long a request may be sent again with its Idempotency-Key."""


def sweep(database: Database) -> None:
    """Erase what may be kept no longer, and forget answers and logins that nobody asks for any more."""
    moment = now()
    with database.write() as transaction:
        for cohort in erase_expired(transaction, moment):
            log.info("contact_erased", cohort=cohort)
    with database.write() as transaction:
        forget_ended(transaction, moment)
        idempotency.forget(transaction, ANSWERS_HOLD)
        deliveries_store.forget(transaction, moment)
        forget_expired(transaction, moment)
        sending_store.forget(transaction, moment)
    for name in forget_copies(database, moment):
        log.info("copy_deleted", file=name)
    if scrub_if_due(database):
        log.info("disk_scrubbed")
