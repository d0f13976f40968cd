"""Does a page that is shown again have in its form what was sent, and is the rest of it as it was?"""

from __future__ import annotations

import re
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


SHOWN_BEFORE_KEPT = {"mailtekst.html"}
"""Pages that show what was typed where nothing was refused: a text filled in, before it is kept."""


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


def test_form_about_an_id_with_odd_letters_is_filled_in() -> None:
    page = '<form action="/school/S%201/%C3%A9"><input name="naam" value="oud"></form>'
    assert 'value="nieuw"' in typed_again(page, "/school/S 1/é", Form({"naam": ["nieuw"]}))


def test_field_more_than_was_sent_keeps_what_it_has() -> None:
    page = '<form action="/a"><input name="x"><input name="x"><input name="x" value="oud"></form>'
    filled = typed_again(page, "/a", Form({"x": ["1", "2"]}))
    assert filled.split("<input ")[2:] == ['name="x" value="2">', 'name="x" value="oud"></form>']


def test_value_that_the_page_says_itself_is_not_typed_in_the_field_behind_it() -> None:
    page = '<form action="/a"><input type="hidden" name="x" value="1"><input name="x"><input name="x"></form>'
    filled = typed_again(page, "/a", Form({"x": ["1", "2"]}))
    assert filled.split("<input ")[2:] == ['name="x" value="2">', 'name="x"></form>']


def test_form_that_says_most_of_what_was_sent_goes_before_one_with_more_fields() -> None:
    page = """<form action="/a"><input name="x"><input name="y"></form>
<form action="/a"><input type="hidden" name="soort" value="b"><input name="x"></form>"""
    filled = typed_again(page, "/a", Form({"soort": ["b"], "x": ["1"], "y": ["2"]}))
    assert filled == page.replace('value="b"><input name="x">', 'value="b"><input name="x" value="1">')


def test_no_template_fills_in_by_hand_what_was_refused() -> None:
    root = Path(__file__).parents[3] / "service"
    by_hand = re.compile(r"\bform(\[|\.all\(|\.values\b)|\bin form\b")
    found = {one.name for one in root.rglob("templates/*.html") if by_hand.search(one.read_text(encoding="utf-8"))}
    assert found == SHOWN_BEFORE_KEPT


def test_passwords_are_asked_where_no_page_holds_what_was_typed() -> None:
    root = Path(__file__).parents[3] / "service"
    asked = {one.name for one in root.rglob("templates/*.html") if 'type="password"' in one.read_text(encoding="utf-8")}
    assert asked == {"aanmelden.html", "profiel.html"}
    assert not any(f"{path}/x".startswith(SENT_AGAIN) for path in ("/aanmelden", "/profiel"))
