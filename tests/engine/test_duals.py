"""Do the prices prove the points by addition?"""

from __future__ import annotations

import numpy as np
import pytest

from matcher.domain.errors import NotBestError
from matcher.engine.flow.duals import duals
from matcher.engine.flow.network import solve_network
from tests.random_problems import a_problem


@pytest.mark.parametrize("seed", range(150))
def test_prices_cover_every_pair_and_add_up_to_the_plan(seed: int) -> None:
    problem = a_problem(seed)
    chosen = solve_network(problem).chosen
    proof = duals(problem, chosen)
    pairs = proof.open_pairs
    covered = proof.school[problem.school[pairs]] + proof.mentor[problem.mentor[pairs]]
    covered += proof.company[problem.company[problem.mentor[pairs]]] + proof.group + proof.extra
    assert (proof.worth <= covered).all()
    assert min(proof.mentor.min(initial=0), proof.company.min(initial=0), proof.extra.min(initial=0)) == 0
    premium = np.array(proof.place_premium)
    places = sum(
        max(0, int(premium[proof.first_place[school] + place] + proof.school[school]))
        for school, count in enumerate(proof.places.tolist())
        for place in range(count)
    )
    rest = int((proof.mentor * proof.mentor_room).sum() + (proof.company * proof.company_room).sum())
    assert places + rest + proof.groups + int(proof.extra.sum()) == proof.total


def test_a_plan_that_is_not_the_best_has_no_proof() -> None:
    problem = a_problem(4, schools=6, mentors=12)
    chosen = solve_network(problem).chosen
    worse = chosen.copy()
    worse[np.nonzero(chosen)[0][0]] = False
    with pytest.raises(NotBestError):
        duals(problem, worse)
