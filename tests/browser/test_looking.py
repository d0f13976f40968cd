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


def test_page_that_was_looked_at_can_be_worked_in_and_looked_at_again(opened: Windows) -> None:
    page = opened().new_page()
    page.set_content(
        "<html lang=nl><title>Blad</title><body><main><h1>Blad</h1>"
        "<button style='position: fixed; right: 9px; bottom: 9px; width: 90px; height: 40px'>Hier</button></main>"
    )
    page.evaluate("void addEventListener('click', (event) => { document.title += event.target.textContent })")
    for _ in range(2):
        assert list(faults_of(page)) == []
        size = page.evaluate("[innerWidth, innerHeight, devicePixelRatio, matchMedia('(width: 1280px)').matches]")
        assert size == [1280, 900, 1, True]
        page.mouse.click(1240, 880)
        assert page.evaluate("document.elementFromPoint(1240, 880).textContent") == "Hier"
    assert page.title() == "BladHierHier"


def test_pale_words_in_any_row_of_a_long_table_are_told_in_both_colours(opened: Windows) -> None:
    page = opened().new_page()
    rows = "".join(f"<tr><th scope=row>{n}<td>Rij {n}" for n in range(300))
    dark = "@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } #na { color: #222 } }"
    page.set_content(
        f"<html lang=nl><title>Blad</title><style>{dark}</style><body><main><h1>Blad</h1><table>{rows}</table></main>"
    )
    assert list(faults_of(page)) == []
    change = "([row, name, value]) => document.querySelectorAll('td')[row].setAttribute(name, value)"
    for row, style in ((0, "color: #ddf"), (157, "color: #dfd"), (299, "opacity: .3")):
        page.evaluate(change, [row, "style", style])
        assert f"Rij {row}<" in str([one for one in faults_of(page) if one.startswith("light")])
        page.evaluate(change, [row, "style", ""])
    page.evaluate(change, [211, "id", "na"])
    (told,) = faults_of(page)
    assert told.startswith("dark: ['color-contrast'")
    assert "Rij 211<" in told
