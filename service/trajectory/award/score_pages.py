"""What does one juror give each school? All on one page, kept school by school."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import Response

from service.access.permissions import access
from service.access.work import Work
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.members.actions import all_members
from service.cohorts.members.kinds import SCHOOL
from service.core.addresses import path_to
from service.core.errors import Fault, Problem, if_there, not_found
from service.trajectory.award import actions, jury_actions
from service.trajectory.award.shapes import AwardOut, JurorShape, JuryOut, ScoresIn, ScoresOut
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.dutch_format import by_name, counted
from service.web.pages.forms import NEW, REFUSED, Form, Sent
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key

routes = pages("/cohorten/{cohort}/award/jury/{juror}")

MOST_SCHOOLS, MOST_SCORE = 100, 10
SCORE = re.compile(r"([0-9]{0,2})(?:[.,]([05]))?")


@dataclass(slots=True)
class Row:
    """A school as the form shows it: what the juror gives it, by criterion, and what is wrong."""

    school: str
    version: str
    scores: dict[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass(slots=True)
class Kept:
    """What came of a form: how many schools were kept, and the rows that were not."""

    count: int = 0
    refused: dict[str, Row] = field(default_factory=dict)


@routes.get("", openapi_extra=access(actions.save_scores))
def show_scores(call: Called, cohort: Key, juror: Key) -> Response:
    """Show what a juror gave, and what is still to be scored."""
    return _page(call, cohort, juror, Kept())


def _page(call: Call, cohort: str, juror: str, kept: Kept) -> Response:
    with call.work.together() as work:
        row, award = get_cohort(work, cohort), actions.get_award(work, cohort)
        who = _juror(award, juror)
        names = {one.id: one.name for one in all_members(work, cohort, SCHOOL)}
        shared = if_there(lambda: jury_actions.get_jury(work, cohort), HTTPStatus.NOT_FOUND)
        found = {one: _scores(work, cohort, juror, one) for one in award.schools}
    asked = _asked(award, who, shared, [one for one, scores in found.items() if scores])
    rows = [kept.refused.get(one) or _row(one, found[one]) for one in asked]
    return page(
        call.request,
        "jurylid.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if kept.refused else HTTPStatus.OK,
        cohort=row,
        award=award,
        juror=who,
        names=names,
        rows=sorted(rows, key=lambda one: (by_name(names.get(one.school, one.school)), one.school)),
        shared=shared is not None,
        ties=[one for one in award.schools if one in who.ties],
        kept=kept,
    )


def _juror(award: AwardOut, juror: str) -> JurorShape:
    found = next((one for one in award.jurors if one.id == juror), None)
    if found is None:
        raise not_found("Dit jurylid")
    return found


def _asked(award: AwardOut, who: JurorShape, shared: JuryOut | None, scored: Sequence[str]) -> list[str]:
    """Give the schools that a juror reads: as they were shared out, else all without a tie; and those scored already.

    Also where they were shared before a school came in, a juror may read more than was asked.
    """
    mine = [one.school for one in shared.readings if one.juror == who.id] if shared else list(award.schools)
    return [one for one in award.schools if (one in mine and one not in who.ties) or one in scored]


def _scores(work: Work, cohort: str, juror: str, school: str) -> ScoresOut | None:
    return if_there(lambda: actions.get_scores(work, cohort, juror, school), HTTPStatus.NOT_FOUND)


def _row(school: str, found: ScoresOut | None) -> Row:
    version = actions.tag_of_scores(found) if found else NEW
    return Row(school, version, {key: _written(value) for key, value in found.scores.items()} if found else {})


def _written(value: float) -> str:
    return f"{value:g}".replace(".", ",")


@routes.post("", openapi_extra=access(actions.save_scores))
def keep_scores(call: Called, cohort: Key, juror: Key, sent: Sent) -> Response:
    """Keep what a juror gives each school; what can't be meant stays as it was typed, beside what is wrong."""
    award = actions.get_award(call.work, cohort)
    _juror(award, juror)
    kept = Kept()
    for row in _typed(sent, award):
        try:
            kept.count += _keep(call, cohort, juror, row)
        except Problem as problem:
            if problem.status not in REFUSED:
                raise
            kept.refused[row.school] = _refused(call.work, cohort, juror, row, problem)
    if kept.refused:
        return _page(call, cohort, juror, kept)
    schools = counted(kept.count, "school", "scholen")
    text = f"De scores van {schools} zijn bewaard." if kept.count else "Er was niets te bewaren."
    return with_message(go(path_to("/cohorten/{}/award/jury/{}", cohort, juror)), text)


def _typed(form: Form, award: AwardOut) -> list[Row]:
    places = [n for n in range(MOST_SCHOOLS) if f"school-{n}" in form]
    keys = [one.key for one in award.criteria]
    return [
        Row(form[f"school-{n}"], form[f"versie-{n}"], {key: form[f"score-{n}-{key}"].strip() for key in keys})
        for n in places
    ]


def _keep(call: Call, cohort: str, juror: str, row: Row) -> bool:
    """Keep one school's scores; tell whether they are other than they were. Raises Problem 409, 412 or 422."""
    given = {key: text for key, text in row.scores.items() if text}
    before = _scores(call.work, cohort, juror, row.school)
    if given == (_row(row.school, before).scores if before else {}):
        return False
    if given and len(given) < len(row.scores):
        raise _wrong("Geef elk criterium een score, of laat de hele rij leeg.")
    body = read_shape(ScoresIn, {"scores": {key: _number(text) for key, text in given.items()}})
    actions.save_scores(call.sent("", row.version), cohort, juror, row.school, body)
    return True


def _number(text: str) -> float:
    found = SCORE.fullmatch(text)
    value = int(found[1] or 0) + (0.5 if found[2] == "5" else 0) if found else MOST_SCORE + 1
    if value > MOST_SCORE:
        raise _wrong(f"«{text}» is geen score. Geef een heel of een half getal van 0 tot {MOST_SCORE}.")
    return value


def _wrong(words: str) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", words, (Fault("#score", "no_score", words),))


def _refused(work: Work, cohort: str, juror: str, row: Row, problem: Problem) -> Row:
    """Give the row as it was typed, with why; of what somebody changed meanwhile, what is kept now."""
    row.fault = problem.faults[0].detail if problem.faults else problem.detail
    if problem.status == HTTPStatus.PRECONDITION_FAILED:
        newest = _row(row.school, _scores(work, cohort, juror, row.school))
        row.version = newest.version
        told = "; ".join(newest.scores.values()) or "niets"
        row.fault = f"Iemand wijzigde dit intussen. Nu bewaard: {told}. Bewaar opnieuw om uw scores te houden."
    return row
