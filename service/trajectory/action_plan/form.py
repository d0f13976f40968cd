"""Which fields does the form of an action plan have, and how does a plan go in and come out?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from typing import Any

from service.core.errors import Fault, Problem
from service.trajectory.action_plan import step_rows
from service.trajectory.action_plan.shapes import ActionPlanIn, DeedShape, GoalShape
from service.web.pages.forms import Form

MOST_GOALS, MOST_MENTORS = 21, 20
EMPTY_GOALS = 2
GOAL = ("criterium", "doel", "trekker", "tegen", "aan-mentor", "aan-netwerk", "weg")
STEPS, PROMISED = "stap", "belofte"
"""How the fields of steps begin: `stap-0-1-wat` is the second step of the first goal."""

PLACES = {"criterion": "criterium", "aim": "doel", "owner": "trekker", "due": "tegen"}
"""A goal's parts by their name on the wire, with the name of their field."""

Row = dict[str, Any]
"""The fields of a goal or of a mentor's promises; `rows` are the steps, each a row of fields."""


@dataclass(slots=True)
class Filled:
    """What a form holds: the plan as the API takes it, where each part stood, and what is wrong by field."""

    goals: list[dict[str, Any]] = field(default_factory=list)
    commitments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    goal_places: list[tuple[int, list[int]]] = field(default_factory=list)
    promise_places: dict[str, tuple[int, list[int]]] = field(default_factory=dict)
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
            return self._goal_place(int(rest[0]), rest[1:])
        key = rest[0].replace("~1", "/").replace("~0", "~") if rest else ""
        if part == "commitments" and key in self.promise_places:
            place, rows = self.promise_places[key]
            return _step(f"{PROMISED}-{place}", rows, rest[1:]) if rest[1:] else f"mentor-{place}"
        return ""

    def _goal_place(self, at: int, rest: Sequence[str]) -> str:
        place, rows = self.goal_places[at]
        inside = rest[0] if rest else "criterion"
        if inside == "steps":
            return _step(f"{STEPS}-{place}", rows, rest[1:])
        name = _asked_of(self.goals[at], rest[1:]) if inside == "support" else PLACES.get(inside, "criterium")
        return f"{name}-{place}"


def _step(stem: str, rows: Sequence[int], rest: Sequence[str]) -> str:
    """Give the field of a step's part; what is said of all steps stands at the first."""
    known = rest and rest[0].isdecimal() and int(rest[0]) < len(rows)
    part = step_rows.PLACES.get(rest[1], "wat") if rest[1:] else "wat"
    return f"{stem}-{rows[int(rest[0])] if known else 0}-{part}"


def _asked_of(goal: Mapping[str, Any], rest: Sequence[str]) -> str:
    known = rest and rest[0].isdecimal() and int(rest[0]) < len(goal["support"])
    return f"aan-{'netwerk' if known and goal['support'][int(rest[0])]['of'] == 'network' else 'mentor'}"


def goal_rows(goals: Sequence[GoalShape]) -> list[Row]:
    """Write goals as fields, with empty ones to add."""
    empty = min(EMPTY_GOALS, MOST_GOALS - len(goals))
    return [_goal_row(one) for one in goals] + [
        dict.fromkeys(GOAL, "") | {"rows": step_rows.with_empty([])} for _ in range(empty)
    ]


def _goal_row(one: GoalShape) -> Row:
    asked = {of: [" ".join(part.text.split()) for part in one.support if part.of == of] for of in OF}
    return {
        "criterium": one.criterion,
        "doel": str(one.aim),
        "trekker": one.owner,
        "tegen": one.due.isoformat() if one.due else "",
        "rows": step_rows.written(one.steps),
        "weg": "",
    } | {name: "\n".join(asked[of]) for of, name in OF.items()}


OF = {"mentor": "aan-mentor", "network": "aan-netwerk"}


def promise_rows(commitments: Mapping[str, Sequence[DeedShape]]) -> list[Row]:
    """Write what mentors promised as fields, with an empty one to add."""
    rows = [{"mentor": mentor, "rows": step_rows.written(deeds)} for mentor, deeds in commitments.items()]
    return rows + [{"mentor": "", "rows": step_rows.with_empty([])}] * (len(rows) < MOST_MENTORS)


def typed_goals(form: Form) -> list[Row]:
    """Give the goals as they were typed, with more rows for the goal that asks for them (`meer`)."""
    places = [place for place in range(MOST_GOALS) if f"criterium-{place}" in form]
    return [{name: form[f"{name}-{place}"] for name in GOAL} | _steps_of(form, STEPS, place) for place in places]


def typed_promises(form: Form) -> list[Row]:
    """Give the promises as they were typed, with more rows for the mentor for whom they are asked."""
    places = [place for place in range(MOST_MENTORS) if f"mentor-{place}" in form]
    return [{"mentor": form[f"mentor-{place}"]} | _steps_of(form, PROMISED, place) for place in places]


def _steps_of(form: Form, kind: str, place: int) -> dict[str, list[step_rows.Row]]:
    rows = step_rows.typed(form, f"{kind}-{place}")
    return {"rows": step_rows.with_empty(rows) if form["meer"] == f"{kind}-{place}" else rows}


def filled(form: Form, before: ActionPlanIn, today: date) -> Filled:
    """Read a form; `before` is the plan as it was, for texts that nobody touched."""
    found = Filled()
    steps = {one.criterion: one.steps for one in before.goals}
    for place, row in enumerate(typed_goals(form)):
        flat = any(row[name].strip() for name in GOAL)
        if not row["weg"] and (flat or any(map(step_rows.says_something, row["rows"]))):
            _read_goal(found, place, row, steps.get(row["criterium"], ()), today)
    for place, row in enumerate(typed_promises(form)):
        if any(map(step_rows.says_something, row["rows"])):
            _read_promise(found, place, row, before.commitments.get(row["mentor"], ()), today)
    return found


def _read_goal(found: Filled, place: int, row: Row, before: Sequence[DeedShape], today: date) -> None:
    steps = step_rows.read(row["rows"], before, today)
    found.wrong |= {f"{STEPS}-{place}-{name}": words for name, words in steps.wrong.items()}
    if not row["criterium"]:
        found.wrong[f"criterium-{place}"] = "Kies een criterium."
    elif any(one["criterion"] == row["criterium"] for one in found.goals):
        found.wrong[f"criterium-{place}"] = "Dit criterium heeft al een doel. Zet alle stappen daar."
    aim = int(row["doel"]) if row["doel"].isdecimal() and len(row["doel"]) == 1 else 0
    if not aim:
        found.wrong[f"doel-{place}"] = "Kies waar de school naartoe wil."
    found.goal_places.append((place, steps.places))
    support = [{"of": of, "text": text} for of, name in OF.items() for text in _lines(row[name])]
    found.goals.append(
        {
            "criterion": row["criterium"],
            "aim": aim,
            "owner": row["trekker"].strip(),
            "due": row["tegen"].strip() or None,
            "steps": steps.deeds,
            "support": support,
        }
    )


def _lines(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := " ".join(one.split()))]


def _read_promise(found: Filled, place: int, row: Row, before: Sequence[DeedShape], today: date) -> None:
    deeds = step_rows.read(row["rows"], before, today)
    found.wrong |= {f"{PROMISED}-{place}-{name}": words for name, words in deeds.wrong.items()}
    if not deeds.deeds and not deeds.wrong:
        return
    if not row["mentor"]:
        found.wrong[f"mentor-{place}"] = "Kies een mentor."
    elif row["mentor"] in found.commitments:
        found.wrong[f"mentor-{place}"] = "Deze mentor staat hier al. Zet alle beloften samen."
    found.promise_places[row["mentor"]] = (place, deeds.places)
    found.commitments[row["mentor"]] = deeds.deeds
