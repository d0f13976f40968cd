"""What can a job compute? Each kind gathers its input, calls the matcher in a child process, and keeps the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from service.jobs import deliveries, imports, questions, rounds, season_questions, seasons, trajectory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from service.settings import Settings
    from service.store.database import Transaction
    from service.store.jobs import JobRow

    Progress = Callable[[str, float | None], None]
    Stop = Callable[[], bool]


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

    As a Kind; but `run` gets the settings, and no transaction is open meanwhile.
    """

    prepare: Callable[[Transaction, JobRow], Mapping[str, Any]]
    run: Callable[[Mapping[str, Any], Settings], Any]
    finish: Callable[[Transaction, JobRow, Any], None]


KINDS: dict[str, Kind] = {
    "solve_round": Kind(rounds.prepare_solve, rounds.solve, rounds.finish_solve),
    "study_round": Kind(rounds.prepare_study, rounds.study, rounds.finish_study),
    "read_import": Kind(imports.prepare, imports.run, imports.finish),
    "ask": Kind(questions.prepare, questions.answer, questions.finish),
    "select_schools": Kind(trajectory.prepare_selection, trajectory.select, trajectory.finish_selection),
    "assign_jury": Kind(trajectory.prepare_jury, trajectory.share_jury, trajectory.finish_jury),
    "advise_first": Kind(trajectory.prepare_advice, trajectory.advise, trajectory.finish_advice),
    "plan_sessions": Kind(seasons.prepare, seasons.plan, seasons.finish),
    "ask_season": Kind(season_questions.prepare, season_questions.answer, season_questions.finish),
}

HERE: dict[str, Here] = {
    "deliver": Here(deliveries.prepare, deliveries.run, deliveries.finish),
}
