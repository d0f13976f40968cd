"""Does each cell of a table say above which column it stands, so that a phone can show rows as cards?"""

from __future__ import annotations

import pytest

from service.web.pages.cards import with_labels

HEAD = (
    "<table><thead><tr><th>School</th><th scope=col><a href=x>Punten</a>\n op 1.000</th><th>A&amp;B</th></tr></thead>"
)


@pytest.mark.parametrize(
    ("rows", "labelled"),
    [
        (
            "<tr><th>Lente</th><td class='c'>1</td><td>x</td></tr>",
            '<tr><th>Lente</th><td data-kop="Punten op 1.000" class=\'c\'>1</td><td data-kop="A&amp;B">x</td></tr>',
        ),
        (
            '<tr><th colspan="2">Samen</th><td>x</td></tr><tr><td>y</td></tr>',
            '<tr><th colspan="2">Samen</th><td data-kop="A&amp;B">x</td></tr><tr><td data-kop="School">y</td></tr>',
        ),
        ('<tr><td colspan="3">Niets</td></tr>', '<tr><td colspan="3">Niets</td></tr>'),
        ("<tr><td>1</td><td>2</td><td>3</td><td>4</td></tr>", None),
    ],
)
def test_cells_bear_the_words_above_their_column(rows: str, labelled: str | None) -> None:
    told = with_labels(f"<p>{HEAD}<tbody>{rows}</tbody></table></p>")
    if labelled is None:
        assert told.endswith("<td>4</td></tr></tbody></table></p>")
    else:
        assert told == f"<p>{HEAD}<tbody>{labelled}</tbody></table></p>"


def test_heading_over_several_columns_counts_for_each_and_the_last_row_of_headings_counts() -> None:
    head = '<thead><tr><th colspan="2">Boven</th></tr><tr><th colspan="2">Reis</th><th>Zin "x"</th></tr></thead>'
    told = with_labels(f"<table>{head}<tr><td>1</td><td>2</td><td>3</td></tr></table>")
    cells = '<td data-kop="Reis">1</td><td data-kop="Reis">2</td><td data-kop="Zin &quot;x&quot;">3</td>'
    assert told == f"<table>{head}<tr>{cells}</tr></table>"


@pytest.mark.parametrize("page", ["<p>Niets</p>", "<table><tr><td>1</td></tr></table>", "<td>1</td>"])
def test_what_has_no_headings_stays_as_it_is(page: str) -> None:
    assert with_labels(page) == page


@pytest.mark.parametrize("inside", ["", " \n ", "–", "\n  – "])
def test_cell_without_anything_to_read_says_so(inside: str) -> None:
    row = f"<tr><td class='c'>{inside}</td><td>–5</td><td>1 – 2</td></tr>"
    told = with_labels(f"{HEAD}<tbody>{row}</tbody></table>")
    cells = f"<td data-kop=\"School\" data-niets class='c'>{inside}</td>"
    assert f'<tr>{cells}<td data-kop="Punten op 1.000">–5</td><td data-kop="A&amp;B">1 – 2</td></tr>' in told
