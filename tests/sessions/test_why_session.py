"""Is it told what keeps a group from a nearer host, and who moves with a pin?"""

from __future__ import annotations

from datetime import date

from matcher.domain.position import Position
from matcher.sessions.year_questions import PinPrice, pin_move_words, why_session
from tests.season_builders import GENT, a_host, a_participant, a_round, a_season, a_session, a_year

BRUGGE = Position(51.2093, 3.2247)
FAR = a_host(1, position=BRUGGE)


def nearer(*others: object, **changes: object) -> list[str]:
    """Explain a session of two schools of Ghent in Bruges; give what is told of hosts that are nearer."""
    season = a_season(4, [FAR, *others], rounds=(a_round(1, smallest=2, largest=2),))  # type: ignore[list-item]
    mine = a_session(minutes=(44, 44))
    year = a_year(mine, *changes.get("beside", ()))  # type: ignore[misc]
    return [one for one in why_session(season, year, mine) if "dichterbij" in one]


def test_nearer_host_that_can_not_is_told_with_its_reason() -> None:
    taken = a_session(host="H002", schools=("S003", "S004"), minutes=(9, 9))
    assert nearer(a_host(2, max_times=1), beside=(taken,)) == [
        "Locatie 2 ligt dichterbij (samen 18 minuten), maar ontvangt al in ronde 1."
    ]
    assert nearer(a_host(2, capacity=1))[0].endswith("maar heeft plaats voor 1 school.")
    assert nearer(a_host(2, max_times=0))[0].endswith("maar ontvangt dit jaar niet.")
    assert nearer(a_host(2, half_days=("do-nm",)))[0].endswith("kan die dag niet (ontvangt niet op deze halve dag).")
    assert nearer(a_host("S003", kind="school", name="School 3"))[0].endswith("maar zit zelf niet in deze groep.")
    assert nearer(a_host(2), beside=(taken,))[0].endswith("maar ontvangt al kort daarvoor of daarna.")


def test_nearer_host_that_is_better_is_admitted() -> None:
    (told,) = nearer(a_host(2))
    assert told.startswith("Locatie 2 ligt dichterbij (samen 18 minuten) en is zelfs beter, wat de zoektocht niet zag:")
    assert told.endswith("44 wordt 9.")


def test_nearer_host_that_makes_another_goal_worse_names_it() -> None:
    schools = [a_participant(1, position=BRUGGE), a_participant(2), a_participant(3)]
    season = a_season(schools, [FAR, a_host(2)], rounds=(a_round(1, smallest=3, largest=3),))
    mine = a_session(schools=("S001", "S002", "S003"), minutes=(0, 40, 40))
    told = [one for one in why_session(season, a_year(mine), mine) if "dichterbij" in one]
    assert len(told) == 1
    assert "maar slechter voor «reistijd van de school die het meest reist" in told[0]


def test_host_without_a_nearer_one_is_told_without() -> None:
    assert nearer(a_host(2, position=Position(GENT.latitude + 3, GENT.longitude))) == []


def test_who_moves_is_told_from_where_to_where() -> None:
    season = a_season(4, 2)
    before = a_year(a_session(), a_session(schools=("S003", "S004"), host="H002"))
    after = a_year(a_session(day=date(2027, 1, 20)))
    price = PinPrice(after, {}, (("S001", 1), ("S003", 1)))
    assert pin_move_words(season, before, price) == (
        "School 1, ronde 1: Locatie 1, 13/01/2027 (wo-nm) wordt Locatie 1, 20/01/2027 (wo-nm).",
        "School 3, ronde 1: Locatie 2, 13/01/2027 (wo-nm) wordt geen sessie.",
    )
