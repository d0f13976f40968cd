"""Is a page that is wrong told of?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.looking import faults_of

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
        "light: ['color-contrast'",
        "light: ['document-title'",
        "light: ['image-alt'",
        "dark: ['color-contrast'",
    ]
