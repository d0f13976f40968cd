"""Does a page that is shown again have in its form what was sent, and is the rest of it as it was?"""

from __future__ import annotations

from pathlib import Path

import pytest

from service.web.pages.forms import Form
from service.web.pages.resume_form import SENT_AGAIN
from service.web.pages.typed_again import typed_again

TYPED_IN = {"naam": ['<An> & "co"'], "keuze": ["b"], "ja": ["1"], "wat": ["een\n</textarea>"], "w": ["geheim"]}
SENT = Form({"soort": ["x"], **TYPED_IN})
PAGE = """<!DOCTYPE html><details><summary>Meer &amp; meer</summary><form method="post" action="/hier?a=1">
<input type="hidden" name="soort" value="x"><input name="naam" value="oud" required>
<input type="password" name="w">
<input type="radio" name="keuze" value="a" checked><input type="radio" name="keuze" value="b">
<input type="checkbox" name="ja" value="1"><input type="checkbox" name="nee" checked>
<select name="keuze"><option value="a" selected>A</option><option value="b">B</option></select>
<textarea name="wat">oud &lt;</textarea></form></details><svg><path d="M0 0"/></svg><!-- einde -->"""
FILLED = """<!DOCTYPE html><details open><summary>Meer &amp; meer</summary><form method="post" action="/hier?a=1">
<input type="hidden" name="soort" value="x"><input name="naam" value="&lt;An&gt; &amp; &quot;co&quot;" required>
<input type="password" name="w">
<input type="radio" name="keuze" value="a"><input type="radio" name="keuze" value="b" checked>
<input type="checkbox" name="ja" value="1" checked><input type="checkbox" name="nee">
<select name="keuze"><option value="a">A</option><option value="b" selected>B</option></select>
<textarea name="wat">
een
&lt;/textarea&gt;</textarea></form></details><svg><path d="M0 0"/></svg><!-- einde -->"""


def test_page_is_filled_in_and_the_rest_stays_as_it_was() -> None:
    assert typed_again(PAGE, "/hier", SENT) == FILLED


@pytest.mark.parametrize("path", ["/daar", "/hier/verder"])
def test_form_that_goes_elsewhere_stays_as_it_was(path: str) -> None:
    assert typed_again(PAGE, path, SENT) == PAGE


def test_form_about_somebody_else_stays_as_it_was() -> None:
    other = Form({**SENT.values, "soort": ["y"]})
    assert typed_again(PAGE, "/hier", other) == PAGE


def test_of_several_forms_the_one_with_what_was_typed_is_filled_in() -> None:
    page = '<form action="/a"><input name="link"></form><form action="/a"><input name="email"></form>'
    assert typed_again(page, "/a", Form({"email": ["an@x.be"]})) == page.replace(
        '<input name="email">', '<input name="email" value="an@x.be">'
    )


def test_passwords_are_asked_where_no_page_holds_what_was_typed() -> None:
    root = Path(__file__).parents[3] / "service"
    asked = {one.name for one in root.rglob("templates/*.html") if 'type="password"' in one.read_text(encoding="utf-8")}
    assert asked == {"aanmelden.html", "profiel.html"}
    assert not any(f"{path}/x".startswith(SENT_AGAIN) for path in ("/aanmelden", "/profiel"))
