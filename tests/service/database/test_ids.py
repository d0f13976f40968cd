"""Do ids sort as they were made, and is each another one?"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.database import ids
from service.database.ids import new_id


def test_ids_within_a_millisecond_sort_as_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now)
    made = [new_id("job") for _ in range(2_000)]
    assert made == sorted(set(made))
    assert {len(one) for one in made} == {len("job_") + ids.TIME_LETTERS + ids.CHANCE_LETTERS}


@pytest.mark.parametrize("step", [-3_600, 1, 3_600])
def test_ids_sort_as_they_were_made_where_the_clock_steps(monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    monkeypatch.setattr(ids, "_last", ids._last)  # what is made here lies hours ahead
    begun, made = time.time_ns(), [new_id("job")]
    for number in range(1, 6):
        moment = begun + number * step * 1_000_000_000
        monkeypatch.setattr(time, "time_ns", lambda moment=moment: moment)
        made.append(new_id("job"))
    assert made == sorted(set(made))


def test_threads_that_make_ids_at_once_never_make_one_twice() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [one for some in pool.map(lambda _: [new_id("job") for _ in range(500)], range(8)) for one in some]
    assert len(set(made)) == 4_000
