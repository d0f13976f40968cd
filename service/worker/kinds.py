"""What can a job compute? Each kind gathers its input, calls the matcher in a child process, and keeps the outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from service.core.settings import Settings
from service.database.engine import Transaction
from service.imports import job as imports
from service.jobs.store import JobRow, Progress, Stop
from service.mail import job as mails
from service.network.questions import job as season_questions
from service.network.season import job as seasons
from service.rounds.questions import job as questions
from service.rounds.questions import study
from service.rounds.run import job as rounds
from service.trajectory.action_plan.job import advise, finish_advice, prepare_advice
from service.trajectory.award.job import finish_jury, prepare_jury, share_jury
from service.trajectory.selection import job as trajectory
from service.webhooks import job as deliveries


class Kind(NamedTuple):
    """How a kind of job is done.

    `prepare` gathers the payload (documents) in a reading transaction; `run` turns it into a result in the
    child, with no database at hand, or into None where it was stopped and has nothing to keep; `finish` keeps
    the result in the transaction that ends the job, so that it is kept once or not at all. An error of the
    matcher is told to the asker; any other fails the job.
    """

    prepare: Callable[[Transaction, JobRow], Mapping[str, Any]]
    run: Callable[[Mapping[str, Any], Progress, Stop], Any]
    finish: Callable[[Transaction, JobRow, Any], None]


class Here(NamedTuple):
    """How a kind of job is done that the worker does itself, for it waits on a network and computes nothing.

    As a Kind; but `run` gets the settings and a way to ask whether the job is still ours, and no transaction is open
    meanwhile. One that `notes` writes in `prepare` that it begins. So many are done `at_once`.
    """

    prepare: Callable[[Transaction, JobRow], Mapping[str, Any]]
    run: Callable[[Mapping[str, Any], Settings, Callable[[], bool]], Any]
    finish: Callable[[Transaction, JobRow, Any], None]
    at_once: int
    notes: bool = False


KINDS: dict[str, Kind] = {
    "solve_round": Kind(rounds.prepare_solve, rounds.solve, rounds.finish_solve),
    "study_round": Kind(study.prepare_study, study.study, study.finish_study),
    "read_import": Kind(imports.prepare, imports.run, imports.finish),
    "ask": Kind(questions.prepare, questions.answer, questions.finish),
    "select_schools": Kind(trajectory.prepare_selection, trajectory.select, trajectory.finish_selection),
    "assign_jury": Kind(prepare_jury, share_jury, finish_jury),
    "advise_first": Kind(prepare_advice, advise, finish_advice),
    "plan_sessions": Kind(seasons.prepare, seasons.plan, seasons.finish),
    "look_at_year": Kind(seasons.prepare_look, seasons.look, seasons.finish_look),
    "ask_season": Kind(season_questions.prepare, season_questions.answer, season_questions.finish),
}

HERE: dict[str, Here] = {
    "deliver": Here(deliveries.prepare, deliveries.run, deliveries.finish, at_once=8),
    "send_mail": Here(mails.prepare, mails.run, mails.finish, at_once=2, notes=True),  # servers mind more at once
}
