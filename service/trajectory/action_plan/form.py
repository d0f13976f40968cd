"""Which fields does the form of an action plan have, and how does a plan go in and come out?"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from service.core.errors import Fault, Problem
from service.trajectory.action_plan import step_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from service.trajectory.action_plan.shapes import ActionPlanIn, DeedShape, GoalShape
    from service.web.pages.forms import Form

MOST_GOALS, MOST_MENTORS = 21, 20
EMPTY_GOALS = 2
GOAL = ("criterium", "doel", "trekker", "tegen", "stappen", "aan-mentor", "aan-netwerk", "weg")
PROMISE = ("mentor", "beloften")
PLACES = {"criterion": "criterium", "aim": "doel", "owner": "trekker", "due": "tegen", "steps": "stappen"}
"""A goal's parts by their name on the wire, with the name of their field."""

Row = dict[str, str]


@dataclass(slots=True)
class Filled:
    """What a form holds: the plan as the API takes it, where each part stood, and what is wrong by field."""

    goals: list[dict[str, Any]] = field(default_factory=list)
    commitments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    goal_places: list[int] = field(default_factory=list)
    promise_places: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Give the plan; raises Problem 422 for what can't be meant."""
        if self.wrong:
            faults = tuple(Fault(f"#{name}", "unreadable", detail) for name, detail in self.wrong.items())
            detail = "Het plan is niet bewaard. Bij elk veld dat niet klopt, staat waarom."
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", detail, faults)
        return {"goals": self.goals, "commitments": self.commitments}

    def faults(self, problem: Problem | None) -> dict[str, str]:
        """Give what is wrong by the field where it stands; under an empty name what has no field."""
        values: dict[str, str] = {}
        for one in problem.faults if problem else ():
            name, words = self._place(one.pointer), one.detail
            values[name] = f"{values[name]} {words}" if name in values else words
        return values

    def _place(self, pointer: str) -> str:
        if pointer.startswith("#"):
            return pointer[1:]
        part, *rest = pointer.removeprefix("/").split("/")
        if part == "goals" and rest and rest[0].isdecimal() and int(rest[0]) < len(self.goal_places):
            place, inside = int(rest[0]), rest[1] if rest[1:] else "criterion"
            name = _asked_of(self.goals[place], rest[2:]) if inside == "support" else PLACES.get(inside, "criterium")
            return f"{name}-{self.goal_places[place]}"
        key = rest[0].replace("~1", "/").replace("~0", "~") if rest else ""
        if part == "commitments" and key in self.promise_places:
            return f"{'beloften' if rest[1:] else 'mentor'}-{self.promise_places[key]}"
        return ""


def _asked_of(goal: Mapping[str, Any], rest: Sequence[str]) -> str:
    known = rest and rest[0].isdecimal() and int(rest[0]) < len(goal["support"])
    return f"aan-{'netwerk' if known and goal['support'][int(rest[0])]['of'] == 'network' else 'mentor'}"


def goal_rows(goals: Sequence[GoalShape]) -> list[Row]:
    """Write goals as fields, with empty ones to add."""
    empty = min(EMPTY_GOALS, MOST_GOALS - len(goals))
    return [_goal_row(one) for one in goals] + [dict.fromkeys(GOAL, "") for _ in range(empty)]


def _goal_row(one: GoalShape) -> Row:
    asked = {of: [" ".join(part.text.split()) for part in one.support if part.of == of] for of in OF}
    return {
        "criterium": one.criterion,
        "doel": str(one.aim),
        "trekker": one.owner,
        "tegen": one.due.isoformat() if one.due else "",
        "stappen": step_lines.written(one.steps),
        "weg": "",
    } | {name: "\n".join(asked[of]) for of, name in OF.items()}


OF = {"mentor": "aan-mentor", "network": "aan-netwerk"}


def promise_rows(commitments: Mapping[str, Sequence[DeedShape]]) -> list[Row]:
    """Write what mentors promised as fields, with an empty one to add."""
    rows = [
        {"mentor": mentor, "beloften": step_lines.written(deeds, owners=False)} for mentor, deeds in commitments.items()
    ]
    return rows + [dict.fromkeys(PROMISE, "")] * (len(rows) < MOST_MENTORS)


def typed(form: Form, names: Sequence[str], most: int) -> list[Row]:
    """Give the rows of a form as they were typed."""
    places = (place for place in range(most) if f"{names[0]}-{place}" in form)
    return [{name: form[f"{name}-{place}"] for name in names} for place in places]


def typed_goals(form: Form) -> list[Row]:
    """Give the goals as they were typed."""
    return typed(form, GOAL, MOST_GOALS)


def typed_promises(form: Form) -> list[Row]:
    """Give the promises as they were typed."""
    return typed(form, PROMISE, MOST_MENTORS)


def filled(form: Form, before: ActionPlanIn, today: date) -> Filled:
    """Read a form; `before` is the plan as it was, for the days that steps were done."""
    found = Filled()
    steps = {one.criterion: one.steps for one in before.goals}
    for place, row in enumerate(typed_goals(form)):
        if not row["weg"] and any(value.strip() for value in row.values()):
            _read_goal(found, place, row, steps.get(row["criterium"], ()), today)
    for place, row in enumerate(typed_promises(form)):
        if row["beloften"].strip():
            _read_promise(found, place, row, before.commitments.get(row["mentor"], ()), today)
    return found


def _read_goal(found: Filled, place: int, row: Row, before: Sequence[DeedShape], today: date) -> None:
    steps, wrong = step_lines.read(row["stappen"], before, today)
    if wrong:
        found.wrong[f"stappen-{place}"] = " ".join(wrong)
    if not row["criterium"]:
        found.wrong[f"criterium-{place}"] = "Kies een criterium."
    elif any(one["criterion"] == row["criterium"] for one in found.goals):
        found.wrong[f"criterium-{place}"] = "Dit criterium heeft al een doel. Zet alle stappen daar."
    if not row["doel"].isdecimal():
        found.wrong[f"doel-{place}"] = "Kies waar de school naartoe wil."
    found.goal_places.append(place)
    found.goals.append(
        {
            "criterion": row["criterium"],
            "aim": int(row["doel"]) if row["doel"].isdecimal() else 0,
            "owner": row["trekker"].strip(),
            "due": row["tegen"].strip() or None,
            "steps": steps,
            "support": [{"of": of, "text": line} for of, name in OF.items() for line in step_lines.lines_of(row[name])],
        }
    )


def _read_promise(found: Filled, place: int, row: Row, before: Sequence[DeedShape], today: date) -> None:
    deeds, wrong = step_lines.read(row["beloften"], before, today, owners=False)
    if wrong:
        found.wrong[f"beloften-{place}"] = " ".join(wrong)
    if not row["mentor"]:
        found.wrong[f"mentor-{place}"] = "Kies een mentor."
    elif row["mentor"] in found.commitments:
        found.wrong[f"mentor-{place}"] = "Deze mentor staat hier al. Zet alle beloften samen."
    found.promise_places[row["mentor"]] = place
    found.commitments[row["mentor"]] = deeds
