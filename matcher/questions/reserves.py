"""What is possible once reserves may help, as after a drop-out? The plan's own problem, with theirs beside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.domain.policy import with_later_goals
from matcher.engine.calls import Flags
from matcher.engine.flow.problem import Problem
from matcher.matching.rules import Facts
from matcher.matching.setup import problem_of
from matcher.matching.solved import Solved


def with_reserves(asked: Solved) -> tuple[Problem, Flags]:
    """Give the problem of a plan in which reserves may help, in today's order of goals, and the plan's pairs in it."""
    given = asked.given
    active = tuple(replace(one, status="active") if one.status == "reserve" else one for one in given.mentors)
    problem = problem_of(Facts(replace(given, mentors=active), asked.facts.verdicts))
    problem = replace(
        problem,
        reserve=np.array([one.status == "reserve" for one in given.mentors], dtype=np.bool_),
        goals=with_later_goals(given.policy.goals)[1:],
    )
    width = len(given.mentors)
    plan = asked.problem.school[asked.chosen] * width + asked.problem.mentor[asked.chosen]
    return problem, np.isin(problem.school * width + problem.mentor, plan)
