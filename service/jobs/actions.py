"""How is a job looked up and stopped?"""

from __future__ import annotations

from service.access.action import action
from service.access.work import Work
from service.core.errors import not_found
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.jobs.shapes import JobOut

ANSWERS = ("ask", "ask_season")
"""Kinds of job whose result is what somebody asked for."""


def shape_of(row: jobs.JobRow, *, whole: bool = False) -> JobOut:
    """Write a job; an answer has names of people in it, and is written only where it is asked for `whole`."""
    return JobOut.from_row(row, result=row.result if row.kind in ANSWERS and whole else None)


def job_of(work: Work, transaction: Transaction, job: str) -> jobs.JobRow:
    """Give a job of a cohort that is the caller's; raises Problem 404."""
    row = jobs.find(transaction, job)
    if row is None or (row.cohort is None and work.caller.role != "admin"):
        raise not_found("Deze berekening")
    if row.cohort is not None:
        work.cohort(transaction, row.cohort)
    return row


@action("viewer")
def get_job(work: Work, job: str) -> JobOut:
    """Give a job, with the answer to a question for who may see names."""
    with work.reading() as transaction:
        return shape_of(job_of(work, transaction, job), whole=work.is_trusted)


@action("coordinator")
def stop_job(work: Work, job: str) -> JobOut:
    """Ask a job to end with the best so far."""
    with work.writing() as transaction:
        row = job_of(work, transaction, job)
        jobs.ask_stop(transaction, job)
        work.audit(transaction, "job.stop_asked", job, row.cohort)
        return shape_of(job_of(work, transaction, job))
