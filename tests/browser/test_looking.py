"""Is a page that is wrong told of?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.looking import WIDTHS, faults_of

if TYPE_CHECKING:
    from tests.browser.conftest import Windows


def test_fault_of_a_page_is_told(opened: Windows) -> None:
    page = opened().new_page()
    page.set_content("<html lang=nl><body><div style='width: 900px'><img src='data:,'><p style='color: #eee'>Bleek")
    assert [one.partition(",")[0] for one in faults_of(page)] == [
        "0 h1",
        "geen titel",
        "908 breed op een scherm van 320",
        "908 breed op een scherm van 390",
        "908 breed op een scherm van 640",
        "light: ['color-contrast'",
        "light: ['document-title'",
        "light: ['image-alt'",
        "dark: ['color-contrast'",
    ]


def test_words_that_do_not_fit_are_told_also_those_that_are_too_wide_when_large(opened: Windows) -> None:
    page = opened().new_page()
    page.set_content(
        "<html lang=nl><title>Wijd</title><body><main><h1>Wijd</h1>"
        "<p style='width: 120px; overflow: hidden; white-space: nowrap'>Drie woorden</p>"
        "<p style='width: 60px; overflow: clip; white-space: nowrap'>Nog drie woorden</p></main>"
    )
    told = [one.partition(":")[0] for one in faults_of(page)]
    assert told == [
        *(f"afgesneden op een scherm van {width}" for width in WIDTHS),
        *["afgesneden met grote letters"] * 2,
    ]
