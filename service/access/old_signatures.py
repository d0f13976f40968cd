"""What is said of something that this installation signed before its secrets were renewed?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import matcher


def said_of(sentence: str, signer: str, former: Mapping[str, str]) -> str:
    """Give the sentence of a check; of a key that we had before, when it ended. Whoever has that key can sign too."""
    ended = former.get(signer)
    if ended is None:
        return sentence
    day = f"{datetime.fromisoformat(ended).astimezone(matcher.BRUSSELS):%d/%m/%Y}"
    return f"Dit draagt een sleutel die deze dienst op {day} verving, en telt niet meer. Maak het opnieuw."
