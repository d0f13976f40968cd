"""Is a text on one line, without what nobody sees?"""

from __future__ import annotations

import sys
import unicodedata

from matcher.output.season_names import clean

UNSEEN = ("Cf",)
BLANK = ("Cc", "Zs", "Zl", "Zp", "Cs")


def test_every_character_is_kept_or_is_a_blank_or_unseen() -> None:
    for number in range(sys.maxunicode + 1):
        one = chr(number)
        whole, category = f"a{one}b", unicodedata.category(one)
        kept = clean(whole)
        if category[0] in "LNPSM":
            assert kept == whole, hex(number)
        elif category in UNSEEN:
            assert kept == "ab", hex(number)
        elif category in BLANK:
            assert kept == "a b", hex(number)
        else:
            assert kept in (whole, "a b", "ab"), hex(number)


def test_blanks_at_the_ends_go_and_between_words_become_one() -> None:
    assert clean("  Ann \t de\n Vries ") == "Ann de Vries"
    assert clean("  Ann  de Vries ") == "Ann de Vries"
