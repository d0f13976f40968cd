"""Can everybody who takes part go through a cohort's whole year in a browser, without the command line?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.cohort_steps import whole_year
from tests.browser.cohort_year import a_scene

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Windows

SCHOOLS, MENTORS, PLACES = 6, 16, 4


def test_everybody_goes_through_the_year_in_a_browser(opened: Windows, tmp_path: Path) -> None:
    with a_scene(tmp_path, opened) as scene:
        whole_year(scene, SCHOOLS, MENTORS, PLACES)
