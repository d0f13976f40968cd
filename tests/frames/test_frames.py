"""Do frames give what files give, and do answers come out as tables that say the same?"""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

import matcher
from matcher.frames.reading import read_frames
from tests.builders import a_mentor, a_round, a_school
from tests.journeys.command import SAMPLE

if TYPE_CHECKING:
    from matcher import Cohort

NAMES = ("scholen.csv", "mentoren.csv", "afspraken.csv")


def frame_of(content: bytes) -> pd.DataFrame:
    encoding = "utf-8-sig" if content.startswith(b"\xef") else "cp1252"
    return pd.read_csv(io.BytesIO(content), sep=";", dtype=str, encoding=encoding)


def both(contents: dict[str, bytes]) -> tuple[Cohort, Cohort]:
    """Read contents as files, and as the frames that pandas makes of them."""
    return matcher.read_cohort(contents), read_frames(*(frame_of(one) for one in contents.values()))


def sample() -> dict[str, bytes]:
    return {name: (SAMPLE / name).read_bytes() for name in NAMES if (SAMPLE / name).exists()}


def test_frames_are_read_as_the_same_files() -> None:
    files, frames = both(sample())
    assert frames.given == files.given is not None
    assert frames.findings == about_cells(files)
    assert frames.counts.errors == files.counts.errors


def about_cells(files: Cohort) -> tuple[matcher.Finding, ...]:
    """Give the findings that are not about how the file was written."""
    return tuple(one for one in files.findings if one.code not in {"separator", "cp1252"})


@pytest.mark.parametrize(
    ("before", "after"), [("9000", "9001"), ("TSO", "TZO"), ("schoolnummer", "instellingsnr"), ("postcode", "kleur")]
)
def test_frames_have_the_same_findings_as_files(before: str, after: str) -> None:
    contents = sample()
    name = NAMES[0]
    changed = contents[name].replace(before.encode(), after.encode())
    assert changed != contents[name]
    files, frames = both(contents | {name: changed})
    assert frames.given == files.given
    assert frames.findings == about_cells(files)
    assert frames.findings


def cells(*values: Any) -> list[str]:  # noqa: ANN401
    """Give what the values of a column are read as."""
    frame = pd.DataFrame({"naam": pd.Series(list(values), dtype=object), "nummer": range(len(values))})
    found = read_frames(frame, frame)
    return [row.cells[0] for row in found.grids[0].rows[1:]]


def test_cells_of_every_kind_are_what_somebody_would_type() -> None:
    given = ("a", 9000.0, 9000, 51.05, np.int64(7), ["TSO", "BSO"], {"x"}, True, date(2027, 1, 20), pd.NA)
    told = ["a", "9000", "9000", "51.05", "7", "TSO, BSO", "x", "ja", "20/01/2027"]
    assert cells(*given)[: len(told)] == told
    assert cells("a", None, "b", float("nan"), pd.NaT, "c") == ["a", "", "b", "", "", "c"]


def test_an_index_with_a_name_is_a_column() -> None:
    contents = sample()
    schools, *others = (frame_of(one) for one in contents.values())
    found = read_frames(schools.set_index("schoolnummer"), *others)
    assert found.given == matcher.read_cohort(contents).given


def test_a_plan_is_a_frame_with_a_row_a_pair() -> None:
    given = a_round([a_school(1), a_school(2)], [a_mentor(1), a_mentor(2), a_mentor(3)])
    plan = matcher.assign(given)
    frame = plan.to_frame(given)
    assert frame["school"].tolist() == [one.school for one in plan.pairs]
    assert frame["mentor"].tolist() == [one.mentor for one in plan.pairs]
    assert frame["points"].sum() == plan.value("points")
    assert frame["travel_minutes"].sum() == plan.value("travel_minutes")
    assert frame["company"].tolist() == [
        {one.id: one.company for one in given.mentors}[one.mentor] for one in plan.pairs
    ]
    assert "school_name" not in plan.to_frame()
    assert plan.pairs[0].school in plan._repr_html_()
    assert len(matcher.assign(a_round([], [])).to_frame()) == 0


def test_verdicts_are_a_frame_with_a_row_for_every_school_and_mentor() -> None:
    given = a_round([a_school(1), a_school(2)], [a_mentor(1), a_mentor(2, school_types=("KSO",), half_days=("vr-nm",))])
    verdicts = matcher.judge(given)
    frame = verdicts.to_frame(given)
    assert frame["school"].tolist() == ["S001", "S001", "S002", "S002"]
    assert frame["mentor"].tolist() == ["M001", "M002"] * 2
    assert frame["allowed"].tolist() == [True, False] * 2
    assert frame["points"].tolist() == verdicts.points.ravel().tolist()
    assert frame["vetoes"].tolist()[:2] == ["", "availability|school_type"]


def test_prices_are_a_frame_with_a_column_a_goal() -> None:
    given = a_round([a_school(1, mentors_wanted=2), a_school(2)], 5)
    found = matcher.prices(matcher.solved(given, matcher.assign(given)))
    frame = found.to_frame()
    assert frame["points"].tolist() == [one.losses["points"] for one in found]
    assert frame[["places_filled_1", "places_filled_2"]].to_numpy().tolist() == [
        list(one.losses["places_filled"])  # type: ignore[arg-type]
        for one in found
    ]
    assert frame.loc[frame["in_plan"], "moves"].tolist() == [0, 0, 0]
    assert type(found)(()).to_frame().columns.tolist()[:2] == ["school", "mentor"]


def test_a_map_shows_every_pair_and_no_text_of_it_is_markup(tmp_path: Any) -> None:  # noqa: ANN401
    schools = [a_school(1, name="<b>"), a_school(2), a_school(3, mentors_wanted=3)]
    given = a_round(schools, [a_mentor(1, company="A&B"), a_mentor(2), a_mentor(3)])
    plan = matcher.assign(given)
    drawn = plan.plot_map(given)
    assert (drawn.svg.count("<line"), drawn.svg.count("<circle")) == (3, 3)
    assert "3 koppels" in drawn.svg
    assert "2 open plaatsen" in drawn.svg
    assert "<b>" not in drawn.svg
    drawn.save(tmp_path / "kaart.svg")
    assert (tmp_path / "kaart.svg").read_text(encoding="utf-8") == drawn._repr_svg_()


def test_pandas_loads_only_when_it_is_asked_for() -> None:
    program = (
        "import sys, matcher; from service.cli import parser; parser(); "
        "matcher.assign, matcher.Plan, matcher.Year, matcher.judge; print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
