"""Do the prices prove the points by addition?"""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.errors import NotBestError
from matcher.engine.flow.duals import Duals, duals
from matcher.engine.flow.solve import has_rivals, solve_network
from tests.random_problems import a_problem


@pytest.mark.parametrize("seed", range(150))
def test_prices_cover_every_pair_and_add_up_to_the_plan(seed: int) -> None:
    problem = a_problem(seed)
    chosen = solve_network(problem).chosen
    if has_rivals(problem):
        return  # changes are no sum of arcs then, and no certificate is made
    proof = duals(problem, chosen)
    assert proof.total - proof.place_premiums - proof.pair_premiums == problem.points[chosen & ~problem.required].sum()
    pairs = proof.open_pairs
    covered = proof.school[problem.school[pairs]] + proof.mentor[problem.mentor[pairs]]
    covered += proof.company[problem.company[problem.mentor[pairs]]] + proof.group + proof.extra
    assert (proof.worth <= covered).all()
    assert min(proof.mentor.min(initial=0), proof.company.min(initial=0), proof.extra.min(initial=0)) == 0
    places = sum(
        max(0, _premium(proof, school, int(proof.first_place[school]) + place) + int(proof.school[school]))
        for school, count in enumerate(proof.places.tolist())
        for place in range(count)
    )
    rest = int(
        (proof.mentor * proof.mentor_room + proof.again * proof.again_room).sum()
        + (proof.company * proof.company_room).sum()
    )
    assert places + rest + proof.groups + int(proof.extra.sum()) == proof.total


def _premium(proof: Duals, school: int, level: int) -> int:
    return proof.place_premium[level] + (0 if level else int(proof.school_premium[school]))


def test_a_plan_that_is_not_the_best_has_no_proof() -> None:
    problem = a_problem(4, schools=6, mentors=12)
    chosen = solve_network(problem).chosen
    worse = chosen.copy()
    worse[np.nonzero(chosen)[0][0]] = False
    with pytest.raises(NotBestError):
        duals(problem, worse)
