"""How is a question about a year of sessions asked, and what is its answer? A job answers it; nothing changes."""

from __future__ import annotations

from typing import Any

from service.access.action import action
from service.access.work import Work
from service.core.errors import invalid
from service.database.engine import Transaction
from service.database.ids import today
from service.jobs.questions import Question, ask
from service.jobs.shapes import JobOut
from service.network.questions.shapes import GroupMovePriceIn, NoDateIn, PinPriceIn, ShiftPriceIn, WhyOut
from service.network.season.actions import planned_season_of


@action("coordinator")
def ask_why(work: Work, cohort: str, season: str, number: int, who: str = "") -> JobOut:
    """Ask why schools meet in a round, there and then: those of a school or host, or all; `why_of` reads the answer."""
    with work.writing() as transaction:
        row = planned_season_of(work, transaction, cohort, season)
        return ask(work, transaction, cohort, Question(row.id, "why", {"round": number, "who": who}, of="season"))


@action("coordinator")
def ask_no_date(work: Work, cohort: str, season: str, body: NoDateIn) -> JobOut:
    """Ask when a group can still meet, or what stands in its way; its answer is a `NoDateOut`."""
    return _asked_once(work, cohort, season, "no_date", body)


@action("coordinator")
def ask_pin_price(work: Work, cohort: str, season: str, body: PinPriceIn) -> JobOut:
    """Ask what it costs to fix a session, and who must move; its answer is a `PinPriceOut`."""
    if not (body.schools or body.host or body.day or body.half_day):
        raise invalid("", "nothing_asked", "Zeg wat vast moet liggen: scholen, gastheer, dag of halve dag.")
    return _asked_once(work, cohort, season, "price", body)


@action("coordinator")
def ask_move_price(work: Work, cohort: str, season: str, body: GroupMovePriceIn) -> JobOut:
    """Ask what it costs to bring a school to another group, and who must move; its answer is a `PinPriceOut`."""
    return _asked_once(work, cohort, season, "move", body)


@action("coordinator")
def ask_shift_price(work: Work, cohort: str, season: str, body: ShiftPriceIn) -> JobOut:
    """Ask what it costs to bring a session to another day or host, and who must move; a `PinPriceOut`."""
    if not (body.host or body.day or body.half_day):
        raise invalid("", "nothing_asked", "Zeg naar welke dag, welke halve dag of welke gastheer.")
    return _asked_once(work, cohort, season, "shift", body)


def why_of(found: Any) -> WhyOut:  # noqa: ANN401 - a job's answer
    """Give why schools meet, out of what the job answered."""
    return WhyOut.model_validate({"sessions": found})


def _asked_once(
    work: Work, cohort: str, season: str, name: str, body: NoDateIn | PinPriceIn | GroupMovePriceIn | ShiftPriceIn
) -> JobOut:
    def effect(transaction: Transaction) -> JobOut:
        row = planned_season_of(work, transaction, cohort, season)
        # The day is part of the question: what has been by then can't be changed any more.
        arguments = {**body.model_dump(mode="json"), "today": today().isoformat()}
        return ask(work, transaction, cohort, Question(row.id, name, arguments, of="season"))

    return work.once(body, JobOut, effect)
