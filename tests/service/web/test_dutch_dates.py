"""Does a moment stay on one line before its last word, on pages, and is it written plainly to programs?"""

from __future__ import annotations

from service.web.pages.dutch_format import FILTERS, moment

WHEN = "2026-10-31T17:05:00Z"


def test_no_line_breaks_between_a_time_and_its_word() -> None:
    assert FILTERS["moment"](WHEN) == "31 oktober 2026, 18.05\u00a0uur"
    assert FILTERS["klok"]("13.30") == "13.30\u00a0uur"
    assert FILTERS["uren"]("13.30–16.30") == '<span class="heel">13.30–16.30\u00a0uur</span>'
    assert FILTERS["moment"](None) == "–"


def test_programs_are_told_a_moment_with_plain_spaces() -> None:
    assert moment(WHEN) == "31 oktober 2026, 18.05 uur"
