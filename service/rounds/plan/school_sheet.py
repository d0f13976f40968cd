"""What does the page of a school in a plan show? Its mentors, what else is possible, and what a choice costs."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any

from fastapi import Response
from starlette.concurrency import run_in_threadpool

from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.names import Names, names_of
from service.core.errors import Problem, not_found
from service.database.ids import today
from service.rounds.acceptance.actions import USUAL_TIME, list_proposals
from service.rounds.acceptance.words import mark_of
from service.rounds.locks import actions as locks
from service.rounds.locks.shapes import LockOut
from service.rounds.notes.actions import list_notes, tag_of
from service.rounds.notes.shapes import NoteOut
from service.rounds.notes.words import STATUSES
from service.rounds.plan.choices import Choices
from service.rounds.plan.plan_view import gone_since, known
from service.rounds.plan.rows import Beside, changed_locks, price_of, rests, rows_of
from service.rounds.plan.trial import trial_of
from service.rounds.questions import actions
from service.rounds.questions.shapes import SuggestionOut, SuggestionsOut
from service.rounds.run.published import round_to_show
from service.web.call import Call
from service.web.pages.forms import Form
from service.web.pages.page import page

Row = Mapping[str, Any]


async def school_page(
    call: Call, cohort: str, school: str, chosen: Choices, asked: tuple[Form, Problem | None] = (Form(), None)
) -> Response:
    """Show a school's mentors and other choices, what having or forbidding one costs, and what was refused."""
    form, problem = asked
    seen = await run_in_threadpool(_seen, call.work, cohort, school, chosen.ronde, form["mentor"])
    trial = None
    if "round" in seen and form["mentor"] and call.work.is_trusted:
        forbid, pair = form["soort"] == "forbidden", (school, form["mentor"])
        trial = await trial_of(call.work, cohort, seen["round"].id, pair, seen["names"], forbid=forbid)
    template = "koppel.html" if "round" in seen else "plan.html"
    values = {
        "round": None,
        "trial": trial,
        "reason": "",
        "override": form["tegen_regel"] == "1",
        "back_to": form["terug"],
        "problem": problem,
        "chosen": chosen,
    } | seen
    return await run_in_threadpool(page, call.request, template, tail=chosen.tail(), statuses=STATUSES, **values)


def _seen(work: Work, cohort: str, school: str, ronde: str, asked: str) -> dict[str, Any]:
    """Read all that the page of a school shows, at one moment; only the cohort where there is no plan."""
    with work.together() as together:
        row, names, shown = (
            get_cohort(together, cohort),
            names_of(together, cohort),
            round_to_show(together, cohort, ronde),
        )
        if shown is None:
            return {"cohort": row}
        found, plan, agreed = shown.round, shown.plan, locks.list_locks(together, cohort).items
        gone = gone_since(together, cohort, plan)
        falls = known(lambda: actions.get_resilience(together, cohort, found.id)) if work.is_trusted else None
        noted = list_notes(together, cohort) if work.is_trusted else {}
        beside = Beside(locks=agreed, drop_outs=falls.drop_outs if falls else (), notes=noted, gone=gone)
        rows = rows_of(plan, names, beside)
        mine = [one for one in rows if one["school"] == school]
        if not mine and school not in names.schools:
            raise not_found("Deze school")
        here = {one["mentor"] for one in mine} - {asked}
        others = known(lambda: actions.get_alternatives(together, cohort, found.id, school=school))
        proposals = {
            one.mentor: one.proposal for one in list_proposals(together, cohort, found.id).pairs if one.school == school
        }
        mentors = [_with_shares(together, cohort, found.id, one) for one in mine if one["mentor"]]
    return {
        "cohort": row,
        "round": found,
        "school": names.schools.get(school, {"id": school, "name": school}),
        "mentors": mentors,
        "gap": next((one for one in mine if one["open"]), None),
        "others": None if others is None else _others(names, others),
        "agreed": _agreed([one for one in agreed if one.school == school], names, gone),
        "everybody": [(name, key) for key, name in names.listed_mentors() if key not in here],
        "changed": changed_locks(plan, agreed, gone),
        "names": names,
        "tags": {one["mentor"]: _tag(cohort, one) for one in mentors},
        "proposals": {key: (one, mark_of(one)) for key, one in proposals.items()},
        "answer_by": (today() + USUAL_TIME).isoformat(),
    }


def _agreed(found: Sequence[LockOut], names: Names, gone: Container[str]) -> list[Row]:
    """Name the mentors of agreements, and say which rest."""
    return [
        one.model_dump() | {"name": names.mentor(one.mentor), "rests": rests(one.kind, one.mentor, gone)}
        for one in found
    ]


def _with_shares(work: Work, cohort: str, round_id: str, row: Row) -> Row:
    """Add to a pair where its points come from."""
    return {**row, "shares": actions.get_shares(work, cohort, round_id, row["school"], row["mentor"]).shares}


def _tag(cohort: str, row: Row) -> str:
    """Give the version of what is noted about a pair."""
    return tag_of(cohort, row["note"] or NoteOut(school=row["school"], mentor=row["mentor"]))


def _others(names: Names, found: SuggestionsOut) -> dict[str, Any]:
    """Give who else could come with the price, who is as good, and who stands by."""
    values: dict[str, Any] = {
        "others": [_other(names, one) for one in found.pairings if not one.in_plan],
        "standby": [_other(names, one) for one in found.standby if not one.in_plan],
    }
    values["free"] = [one["name"] for one in values["others"] if one["free"]]
    return values


def _other(names: Names, one: SuggestionOut) -> dict[str, Any]:
    values = {"name": names.mentor(one.mentor), **price_of(one.price)}
    return one.model_dump() | values | {"company": names.mentors[one.mentor].company}
