"""Which columns does a cohort have, told as a page for people (docs/kolommen.md)?"""

from __future__ import annotations

from typing import Final

from matcher.domain.column import Column
from matcher.intake.template.book_sheets import MEANINGS, book_sheets

_HEAD: Final = """# Kolommen

Deze bladzijde is gemaakt uit de code (`matcher/intake/template/guide.py`) en een test houdt ze gelijk.

Een ronde is een map met `scholen.csv` en `mentoren.csv` (en als u wilt `afspraken.csv` en `beleid.toml`), of
één werkboek met de bladen `Scholen`, `Mentoren` en `Afspraken`. `in2stem template MAP` maakt ze leeg aan.

Het werkboek mag alles bevatten: de bladen `Nulmeting`, `Locaties`, `Blokkeringen`, `Seizoen` en `Aanmeldingen` staan
erbij, ook in het lege werkboek. Een blad dat leeg is of ontbreekt, telt niet.

- De namen van kolommen worden herkend zonder hoofdletters, accenten, spaties, streepjes of punten, en ook aan de
  andere namen in de laatste kolom hieronder. De volgorde van kolommen en rijen is vrij.
- Staan er meer waarden in één cel, scheid ze dan met een komma, puntkomma, `/`, `|` of een nieuwe regel.
- Boven de rij met kolomtitels mag tekst staan, ook in samengevoegde cellen. In de tabel zelf zijn die een fout.
- Een kolom die niemand kent of die geen titel heeft, wordt niet gelezen en wel gemeld; lijkt haar titel op een
  gekende, dan is het een fout.
- Een `'` voor een tekst die met `=`, `+`, `-` of `@` begint, hoort er niet bij: hij belet dat Excel de tekst uitrekent.
- Een bestand telt hoogstens 5 MB, een tabel 50.000 rijen, een cel 1.000 tekens.
"""
_TABLE: Final = """
| kolom | nodig | betekenis | voorbeeld | ook herkend als |
|---|---|---|---|---|
"""


def column_guide() -> str:
    """Give the page as Markdown."""
    tables = (
        f"\n## {name}\n\n{MEANINGS[name]}\n{_TABLE}{''.join(map(_line, columns))}"
        for name, columns in book_sheets().items()
    )
    return _HEAD + "".join(tables)


def must_word(column: Column) -> str:
    """Say whether a column must be there: yes, no, or one of two."""
    return "ja" if column.required else "een van beide" if column.instead else "nee"


def _line(column: Column) -> str:
    cells = (
        f"`{column.name}`",
        must_word(column),
        column.meaning,
        f"`{column.example}`" if column.example else "",
        ", ".join(column.synonyms),
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"
