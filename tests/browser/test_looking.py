"""Is a page that is wrong told of?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.looking import WIDTHS, faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Windows

STYLE = """
.bleek { color: #eef }
.groot { width: 60px; height: 40px; display: block }
.klein { width: 8px; height: 8px; padding: 0; border: 0; font-size: 12px; vertical-align: top }
.over { position: absolute; left: 10px; top: 100px; color: #444; background: none }
.onder { position: absolute; left: 0; top: 90px; width: 300px; height: 90px; background: #333 }
"""


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


def told_of(page: Page, body: str) -> list[str]:
    page.set_content(f"<html lang=nl><title>Blad</title><style>{STYLE}</style><body><main><h1>Blad</h1>{body}</main>")
    return [one for one in faults_of(page) if one.startswith("light")]


def test_look_is_told_once_and_each_other_look_by_itself(opened: Windows) -> None:
    page = opened().new_page()
    bare = "<p class='bleek'>Een</p>"
    assert "Een" in str(told_of(page, bare))
    assert told_of(page, bare) == []  # as on the page before
    dark = f"<div style='background: #333'>{bare}<p>Twee</p></div>"
    assert [one.count("color-contrast") for one in told_of(page, dark)] == [1]
    assert "Twee" in str(told_of(page, "<div style='background: #444'><p>Twee</p></div>"))
    over = "<p class='over'>Drie</p>"
    assert told_of(page, over) == []
    assert "Drie" in str(told_of(page, f"<div class='onder'></div>{over}"))  # the same over something dark


def test_target_that_is_small_or_that_another_touches_is_told(opened: Windows) -> None:
    page = opened().new_page()
    large = "<button class='groot'>Groot</button>"
    assert told_of(page, large * 2) == []
    assert "target-size" in str(told_of(page, "<button class='klein'>a</button>" * 2))
    assert "target-size" in str(told_of(page, f"{large}<button class='klein over'>b</button>"))


def test_small_target_is_told_where_others_are_near_whatever_it_stands_in(opened: Windows) -> None:
    page = opened().new_page()
    small = "<button class='klein' style='margin-right: {}px'>a</button>"
    for frame in ("<div>{}</div>", "<div tabindex=0 role=region aria-label=Deel>{}</div>", "<form>{}</form>"):
        assert "target-size" in str(told_of(page, frame.format(small.format(4) * 2))), frame
        assert told_of(page, frame.format(small.format(40) * 2)) == [], frame


def test_pale_words_are_told_beside_other_elements_and_in_a_field(opened: Windows) -> None:
    page = opened().new_page()
    assert "Half" in str(told_of(page, "<div class='bleek'><b>Half</b> <p>Heel</p></div>"))
    assert "Los" in str(told_of(page, "<div class='bleek' style='font-size: 30px'><p>In</p> Los</div>"))
    field = "<label>Naam {}</label>"
    for one in ("<input class='bleek' value=Nu>", "<textarea class='bleek' style='font-size: 30px'>Nu</textarea>"):
        assert "color-contrast" in str(told_of(page, field.format(one))), one


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
