"""Which schools did not measure by the day that was set? A reminder is put ready; nobody sends it but a coordinator."""

from __future__ import annotations

from datetime import date

from service.access.work import Work
from service.cohorts.documents import store as papers
from service.database.engine import Transaction
from service.measuring.reminder_actions import late_schools, propose_reminders
from service.measuring.shapes import Moment

MOMENTS: tuple[Moment, ...] = ("baseline", "final")


def remind_late_measurements(work: Work, transaction: Transaction, cohort: str, since: date, day: date) -> int:
    """Propose a reminder to each school whose day passed in [since, day), once; give how many schools that are."""
    found = papers.find(transaction, cohort, "measurement_days")
    told = 0
    for moment in MOMENTS:
        text = found.document.get(moment) if found is not None else None
        due = date.fromisoformat(str(text)) if text else None
        if due is None or not since <= due < day:
            continue
        rows = late_schools(transaction, cohort, moment)
        told += propose_reminders(work, transaction, cohort, moment, rows, after=due)
    return told
