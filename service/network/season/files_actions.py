"""How is a year of sessions put on paper? A job makes the workbook or the drawing, and keeps it for who asks again."""

from __future__ import annotations

from typing import Literal

from service.access.action import action
from service.access.work import Work
from service.jobs.questions import Question, ask
from service.jobs.shapes import JobOut
from service.network.season.actions import planned_season_of

Drawing = Literal["year_view", "meetings"]
"""The year, each session on its day; or which schools meet, in which round."""


@action("coordinator")
def ask_workbook(work: Work, cohort: str, season: str) -> JobOut:
    """Have the workbook made, with the contact data of who is invited, in base 64."""
    return _asked(work, cohort, season, "workbook")


@action("viewer")
def ask_drawing(work: Work, cohort: str, season: str, name: Drawing) -> JobOut:
    """Have a year drawn; the job's answer is the SVG."""
    return _asked(work, cohort, season, name)


def _asked(work: Work, cohort: str, season: str, name: str) -> JobOut:
    with work.writing() as transaction:
        row = planned_season_of(work, transaction, cohort, season)
        return ask(work, transaction, cohort, Question(row.id, name, {}, of="season"))
