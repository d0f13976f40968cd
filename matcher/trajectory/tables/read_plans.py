"""What do schools plan, what effort do they state, what did mentors promise, and which levels are held?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from matcher.domain.document import document_of
from matcher.domain.errors import InvalidValueError
from matcher.domain.finding import Finding
from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.intake.columns.trajectory_readers import ALL
from matcher.intake.tables.records import Record
from matcher.intake.trajectory.tables import day, named, once, read_table, whole
from matcher.trajectory.action_plan import ActionPlan, Deed, PlanGoal, SupportAsked
from matcher.trajectory.label import LevelHeld

FORMAT: Final = "in2stem-action-plans/1"
ASKED: Final = (("ask_mentor", "mentor"), ("ask_network", "network"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlanBook:
    """The action plans of a cohort, in the order of schools."""

    plans: tuple[ActionPlan, ...] = ()


action_plans_to_document, action_plans_from_document = document_of(FORMAT, ActionPlanBook)


def read_efforts(folder: Path, schools: Mapping[str, str]) -> tuple[dict[str, dict[str, int]], tuple[Finding, ...]]:
    """Read inspanning.csv: for each school the effort of one step up, by criterion; `alle` fills the others."""
    table = read_table(folder, "inspanning")
    rows, findings = named(table.records, "school", "schoolnummer", schools, "school van de cohorte")
    findings += once(
        (((school, one.text("criterion")), one) for school, one in rows), "criterium", "De inspanning hiervoor"
    )
    stated: dict[str, dict[str, int]] = {}
    for school, record in rows:
        stated.setdefault(school, {})[record.text("criterion")] = whole(record, "effort") or 0
    efforts = {school: _spread(told) for school, told in stated.items()}
    return efforts, (*table.findings, *findings)


def _spread(told: Mapping[str, int]) -> dict[str, int]:
    usual = told.get(ALL)
    return {code: told.get(code, usual or 0) for code in LABEL_CRITERIA if code in told or usual is not None}


def read_plans(
    folder: Path, schools: Mapping[str, str], mentors: Mapping[str, str]
) -> tuple[ActionPlanBook, tuple[Finding, ...]]:
    """Read actieplan.csv and beloften.csv: a plan for every school that stands in either."""
    goals = read_table(folder, "actieplan")
    rows, findings = named(goals.records, "school", "schoolnummer", schools, "school van de cohorte")
    promises = read_table(folder, "beloften")
    told, more = named(promises.records, "school", "schoolnummer", schools, "school van de cohorte")
    findings += more
    by_whom, more = named((one for _, one in told), "mentor", "mentornummer", mentors, "mentor van de cohorte")
    findings += [*more, *_doubles(rows)]
    school_of = {id(one): school for school, one in told}
    findings += once(
        (((school_of[id(one)], mentor, one.text("text")), one) for mentor, one in by_whom), "belofte", "Deze belofte"
    )
    whole_table = not any(one.severity == "error" for one in (*goals.findings, *findings))
    plans = []
    for school in sorted({*(key for key, _ in rows), *school_of.values()}):
        mine = [one for key, one in rows if key == school]
        made, odd = _goals(mine)
        findings += [one for one in odd if whole_table or one.code != "empty_cell"]
        kept: dict[str, tuple[Deed, ...]] = {}
        for mentor, one in by_whom:
            if school_of[id(one)] == school:
                deed = Deed(text=one.text("text"), owner=mentor, due=day(one, "due"), done=day(one, "done"))
                kept[mentor] = (*kept.get(mentor, ()), deed)
        plans.append(ActionPlan(school=school, goals=made, commitments=kept))
    return ActionPlanBook(plans=tuple(plans)), (*goals.findings, *promises.findings, *findings)


def _doubles(rows: Sequence[tuple[str, Record]]) -> list[Finding]:
    """Refuse a step that a goal has twice, and a row without a step that stands there twice."""
    steps = [((key, one.text("criterion"), one.text("step")), one) for key, one in rows if one.text("step")]
    bare = [
        ((key, *(one.text(field) for field in ("criterion", *(name for name, _ in ASKED)))), one)
        for key, one in rows
        if not one.text("step")
    ]
    return once(steps, "stap", "Deze stap") + once(bare, "criterium", "Dit doel")


def _goals(records: Iterable[Record]) -> tuple[tuple[PlanGoal, ...], list[Finding]]:
    by_code: dict[str, list[Record]] = {}
    for one in records:
        by_code.setdefault(one.text("criterion"), []).append(one)
    findings = [finding for mine in by_code.values() for finding in _contradictions(mine)]
    goals = tuple(_goal(code, mine) for code, mine in by_code.items() if _first(mine, "aim") is not None)
    return goals, findings


def _first(records: Sequence[Record], field: str) -> object:
    return next((one.values[field] for one in records if one.values.get(field) not in (None, "")), None)


def _contradictions(records: Sequence[Record]) -> Iterable[Finding]:
    """Refuse a goal without an aim, and rows of one goal that say different things of it."""
    if _first(records, "aim") is None:
        spot = records[0].place.at(column="doel")
        yield spot.error("empty_cell", "Dit criterium heeft geen doel.", "Vul op één rij een cijfer van 1 tot 4 in.")
    for field, column in (("aim", "doel"), ("owner", "trekker"), ("due", "tegen")):
        first = _first(records, field)
        for one in records:
            if one.values.get(field) not in (None, "", first):
                message = "Dit doel zegt op een eerdere rij iets anders."
                shown = one.texts.get(column, "")
                yield one.place.at(column=column).error(
                    "goal_differs", message, "Vul het op alle rijen van het doel gelijk in.", shown
                )


def _goal(code: str, records: Sequence[Record]) -> PlanGoal:
    support = tuple(
        SupportAsked(of=of, text=one.text(field))  # type: ignore[arg-type]
        for one in records
        for field, of in ASKED
        if one.text(field)
    )
    steps = tuple(
        Deed(text=one.text("step"), owner=one.text("step_owner"), due=day(one, "step_due"), done=day(one, "done"))
        for one in records
        if one.text("step")
    )
    aim, owner, due = (_first(records, field) for field in ("aim", "owner", "due"))
    return PlanGoal(criterion=code, aim=aim, owner=owner or "", due=due, steps=steps, support=support)  # type: ignore[arg-type]


def read_levels(
    folder: Path, schools: Mapping[str, str], today: date | None = None
) -> tuple[tuple[LevelHeld, ...], tuple[Finding, ...]]:
    """Read niveaus.csv: which level a school holds, since when, with which proof; warn of what begins after today."""
    table = read_table(folder, "niveaus")
    rows, findings = named(table.records, "school", "schoolnummer", schools, "school van de cohorte")
    findings += once((((school, day(one, "since")), one) for school, one in rows), "sinds", "Een niveau vanaf deze dag")
    held: list[LevelHeld] = []
    for school, one in rows:
        since = day(one, "since")
        if since is not None and today is not None and since > today:
            spot, message = one.place.at(column="sinds"), "Dit niveau gaat pas later in en telt nog niet mee."
            findings.append(spot.warning("in_the_future", message, "Kijk de datum na.", one.texts.get("sinds")))
        try:
            if since is not None:
                values = {"level": one.text("level"), "proof": one.text("proof"), "entered_by": one.text("by")}
                held.append(LevelHeld(school=school, since=since, **values))  # type: ignore[arg-type]
        except InvalidValueError as error:
            spot = one.place.at(column="bewijsstuk")
            findings.append(spot.error("no_proof", str(error), "Vul het nummer of een link van het bewijsstuk in."))
    return tuple(held), (*table.findings, *findings)
