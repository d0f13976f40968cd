"""How does a school fill in its own measurement? As the coordinator's form does, each person a sheet of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from service.access.action import action
from service.access.participants import no_page
from service.access.work import Work
from service.core.errors import if_there
from service.database.engine import Transaction
from service.measuring import actions as measuring
from service.measuring import store as measurements
from service.measuring.shapes import CombinedOut, MeasurementOut, Moment, SheetIn, SheetOut
from service.participants.own_identity import Me, school_of

MOMENTS: tuple[Moment, ...] = ("baseline", "final")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How far a school is with a measurement: who filled in so far, when it was submitted, whether a list tells it."""

    moment: Moment
    raters: tuple[str, ...]
    submitted_at: datetime | None
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSheet:
    """A measurement and the sheet of one person; None where that person filled in nothing yet.

    Once it is submitted, `results` are the figures of its criteria.
    """

    me: Me
    measured: Measured
    sheet: SheetOut | None
    results: Sequence[CombinedOut] = ()


def measured_by(transaction: Transaction, cohort: str, school: str) -> list[Measured]:
    """Give how far a school is: with its baseline, and once that is submitted with its final measurement."""
    known = measurements.known(transaction, cohort)
    found = []
    for moment in MOMENTS:
        told = [one for one in known if (one.school, one.moment) == (school, moment)]
        mine = [one for one in told if not measurements.is_listed(one)]  # a list told it: it may still be measured
        draft = next((one for one in mine if not one.frozen), None)
        done = [one.submitted_at for one in mine if one.submitted_at is not None]
        raters = tuple(one.rater for one in draft.sheets) if draft is not None else ()
        submitted = max(done) if done and draft is None else None
        listed = len(mine) < len(told)
        found.append(Measured(moment=moment, raters=raters, submitted_at=submitted, listed=listed))
        if not any(one.frozen for one in told):
            break  # the final measurement comes after a baseline
    return found


@action("participant")
def own_sheet(work: Work, moment: Moment, rater: str) -> OwnSheet:
    """Give a measurement of one's own school with the sheet of one person; raises Problem 404 for a mentor."""
    with work.reading() as transaction:
        me = school_of(work, transaction)
        found = measured_by(transaction, me.cohort.id, me.row.id)
    measured = next((one for one in found if one.moment == moment), None)
    if measured is None:
        raise no_page()
    where = (me.cohort.id, me.row.id, moment)
    missing = (HTTPStatus.NOT_FOUND,)
    sheet = if_there(lambda: measuring.get_sheet(work, *where, rater), *missing) if rater else None
    done = measuring.get_measurements(work, *where).submitted if measured.submitted_at is not None else ()
    results = next((one.combined for one in done if one.counts), ())
    return OwnSheet(me=me, measured=measured, sheet=sheet, results=results)


@action("participant")
def save_own_sheet(work: Work, moment: Moment, rater: str, body: SheetIn) -> SheetOut:
    """Keep what one person of one's own school filled in, as a draft."""
    cohort, school = _where(work)
    return measuring.save_sheet(work, cohort, school, moment, rater, body)


@action("participant")
def submit_own(work: Work, moment: Moment) -> MeasurementOut:
    """Submit the measurement of one's own school: from then on it is frozen."""
    cohort, school = _where(work)
    return measuring.submit_measurement(work, cohort, school, moment)


def _where(work: Work) -> tuple[str, str]:
    with work.reading() as transaction:
        me = school_of(work, transaction)
    return me.cohort.id, me.row.id
