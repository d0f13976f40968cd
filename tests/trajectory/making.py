"""How does a test make candidates, measurements and awards in one line?"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

from matcher.domain.vocabulary import LABEL_CRITERIA
from matcher.trajectory.applications import Application, Consent
from matcher.trajectory.award import Award, AwardCriterion, JuryScore
from matcher.trajectory.baseline import Measurement, Moment, Rating, RatingSheet
from matcher.trajectory.candidates import (
    SELECTION_DIMENSIONS,
    Candidate,
    Dimension,
    SelectionLimit,
    SelectionPolicy,
    SelectionPool,
    Side,
)
from matcher.trajectory.jury import Juror
from matcher.trajectory.measurement_check import submit_measurement
from tests.builders import a_school

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PROVINCES = SELECTION_DIMENSIONS["province"][:5]
NETWORKS = ("GO!", "VRIJ", "OVSG", "POV")


def a_candidate(number: int = 1, **changes: object) -> Candidate:
    """Make a candidate of Antwerpen, TSO, VRIJ, without priority."""
    values: dict[str, object] = {"id": f"S{number:>03}", "name": f"School {number}", "province": "Antwerpen"}
    values |= {"school_types": ("TSO",), "network": "VRIJ"}
    return Candidate(**(values | changes))  # type: ignore[arg-type]


def a_limit(value: str, side: Side, number: int, dimension: Dimension = "province") -> SelectionLimit:
    """Make a limit on a province, unless another dimension is named."""
    return SelectionLimit(dimension=dimension, value=value, side=side, number=number)


def a_random_pool(seed: int, most: int) -> SelectionPool:
    """Make a pool of up to `most` candidates with a few limits that may contradict."""
    dice = random.Random(seed)  # noqa: S311
    candidates = tuple(
        a_candidate(
            number,
            province=dice.choice(PROVINCES),
            school_types=tuple(sorted(dice.sample(("ASO", "BSO", "TSO"), dice.choice((1, 1, 2))))),
            network=dice.choice(NETWORKS),
            priority=dice.choice((0, 0, 0, 3, 7, 20)),
        )
        for number in range(dice.randint(2, most))
    )
    seats = dice.randint(1, len(candidates) + 1)
    places: set[tuple[Dimension, str, Side]] = set()
    limits = []
    for _ in range(dice.randint(0, 5)):
        dimension: Dimension = dice.choice(("province", "school_type", "network"))
        values = {"province": PROVINCES, "school_type": ("ASO", "BSO", "TSO"), "network": NETWORKS}[dimension]
        value = dice.choice(values)
        side: Side = dice.choice(("least", "most", "most"))
        if (dimension, value, side) not in places:
            places.add((dimension, value, side))
            limits.append(a_limit(value, side, dice.randint(1, 2 if side == "least" else 4), dimension))
    goals = dice.choice((("seats", "priority", "balance"), ("seats", "balance", "priority")))
    ids = [one.id for one in candidates]
    required = tuple(dice.sample(ids, dice.choice((0, 0, 1))))
    excluded = tuple(one for one in dice.sample(ids, dice.choice((0, 0, 1))) if one not in required)
    policy = SelectionPolicy(seats=seats, limits=tuple(limits), goals=goals, seed=seed)
    return SelectionPool(candidates=candidates, policy=policy, required=required, excluded=excluded)


def an_application(number: int = 1, **changes: object) -> Application:
    """Make a school's application, just received."""
    values: dict[str, object] = {"id": f"A{number:>03}", "received_at": NOON, "school": a_school(number)}
    values |= {"network": "VRIJ", "consent": Consent(wording="2026-1", given_at=NOON)}
    return Application(**(values | changes))  # type: ignore[arg-type]


def a_sheet(rater: str = "directie", value: int = 2, **ratings: int) -> RatingSheet:
    """Make a sheet with one value everywhere; `c1_1=3` sets criterion 1.1, -1 leaves it out."""
    own = {name.removeprefix("c").replace("_", "."): rating for name, rating in ratings.items()}
    values = dict.fromkeys(LABEL_CRITERIA, value) | own
    rated = tuple(
        Rating(criterion=code, value=one, evidence=("foto",) if one else ()) for code, one in values.items() if one >= 0
    )
    return RatingSheet(rater=rater, ratings=rated)


def a_measurement(
    *sheets: RatingSheet, moment: Moment = "baseline", school: str = "S001", **changes: object
) -> Measurement:
    """Make a draft measurement."""
    values: dict[str, object] = {"id": f"{school}-{moment}", "school": school, "moment": moment, "sheets": sheets}
    return Measurement(**(values | changes))  # type: ignore[arg-type]


def measured(moment: Moment = "baseline", school: str = "S001", value: int = 2, **ratings: int) -> Measurement:
    """Make a submitted measurement by one person."""
    return submit_measurement(a_measurement(a_sheet(value=value, **ratings), moment=moment, school=school), NOON, "an")


def a_juror(number: int = 1, *ties: str) -> Juror:
    """Make a juror with ties to these schools."""
    return Juror(id=f"J{number}", name=f"Jurylid {number}", ties=dict.fromkeys(ties, "bestuurder"))


def an_award(means: dict[str, tuple[int, ...]], weights: tuple[int, ...] = (50, 30, 20)) -> Award:
    """Make an award in which one juror scores each school on as many criteria as there are weights."""
    keys = [f"c{number}" for number in range(len(weights))]
    criteria = tuple(
        AwardCriterion(key=key, name=f"Criterium {key}", weight=weight)
        for key, weight in zip(keys, weights, strict=True)
    )
    scores = tuple(
        JuryScore(school=school, juror="J1", criterion=key, value=value)
        for school, values in means.items()
        for key, value in zip(keys, values, strict=True)
    )
    return Award(name="Award", criteria=criteria, schools=tuple(means), jurors=(a_juror(1),), scores=scores)
