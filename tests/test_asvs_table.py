"""Has the table beside the security standard a verdict for each requirement, and does it name tests that are there?"""

from __future__ import annotations

import re
from collections import Counter

from tests.source_files import ROOT

ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (met|\*\*open\*\*|n/a) \| (.{2,}) \|$", re.MULTILINE)
CHAPTERS = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)
"""Requirements of levels 1 and 2 in each chapter of ASVS 5.0."""


def test_each_requirement_has_one_verdict_and_the_sums_are_right() -> None:
    text = (ROOT / "docs/beheer/asvs.md").read_text(encoding="utf-8")
    rows = ROW.findall(text)
    assert len({one[0] for one in rows}) == len(rows) == sum(CHAPTERS) == 253
    chapters = Counter(int(one[0].partition(".")[0]) for one in rows)
    assert tuple(chapters[number] for number in range(1, 18)) == CHAPTERS
    verdicts = Counter(one[1].strip("*") for one in rows)
    assert f"**{verdicts['met']} met, {verdicts['open']} open, {verdicts['n/a']} not applicable.**" in text


def test_the_tests_that_it_names_are_there() -> None:
    named = re.findall(r"tests/[\w/]+(?:\.py)?", (ROOT / "docs/beheer/asvs.md").read_text(encoding="utf-8"))
    assert len(named) > 15
    assert [one for one in named if not (ROOT / one).exists()] == []
