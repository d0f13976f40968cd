"""Are fields of forms written alike on every page, and is what stands in them never read as HTML?"""

from __future__ import annotations

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError

from service.web.pages.field_html import FIELDS, boxes, hidden, options

MEAN = '"><script>'
ESCAPED = "&#34;&gt;&lt;script&gt;"


def test_hidden_fields_stand_in_their_order_with_what_is_in_them_escaped() -> None:
    assert hidden(versie=3, wie=MEAN) == (
        f'<input type="hidden" name="versie" value="3"><input type="hidden" name="wie" value="{ESCAPED}">'
    )


def test_choices_say_which_is_chosen_and_are_escaped() -> None:
    assert options({"a": "Eén", MEAN: MEAN}.items(), "a") == (
        f'<option value="a" selected>Eén</option><option value="{ESCAPED}">{ESCAPED}</option>'
    )


@pytest.mark.parametrize(("choices", "chosen"), [((1, 2), 2), (("1", "2"), "2"), ("12", "2")])
def test_what_is_sent_as_it_is_shown_needs_no_words(choices: tuple[int, ...], chosen: object) -> None:
    assert options(choices, chosen) == '<option value="1">1</option><option value="2" selected>2</option>'


def test_no_choice_is_taken_for_one_that_is_empty() -> None:
    assert options([("", "geen")]) == '<option value="">geen</option>'


def test_boxes_of_one_field_say_what_is_ticked_and_are_escaped() -> None:
    first, second = boxes("mag", [("a", "Eén"), (MEAN, MEAN)], ["a"]).split("\n")
    assert first == '<label class="keuze"><input type="checkbox" name="mag" value="a" checked> Eén</label>'
    assert second == f'<label class="keuze"><input type="checkbox" name="mag" value="{ESCAPED}"> {ESCAPED}</label>'


def test_value_that_a_page_forgot_is_told() -> None:
    pages = Environment(undefined=StrictUndefined, autoescape=True)
    with pytest.raises(UndefinedError):
        pages.from_string("{{ hidden(wie=forgotten) }}").render(FIELDS)
