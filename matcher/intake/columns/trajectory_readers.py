"""How are the cells of the trajectory's tables read: links, criteria of the label, yes or no, states?"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from matcher.domain.column import Reading, Remark, likely, plain
from matcher.domain.label import label_criteria
from matcher.domain.policy import Policy
from matcher.domain.vocabulary import LABEL_CRITERIA

ALL: Final = "alle"
YES_NO: Final = {"ja": "ja", "nee": "", "neen": "", "x": "ja", "1": "ja", "0": ""}
STATES: Final = {
    "ontvangen": "received",
    "bevestigd": "confirmed",
    "aanvaard": "accepted",
    "wachtlijst": "waiting",
    "geweigerd": "refused",
    "ingetrokken": "withdrawn",
}
NETWORK_SPELLINGS: Final = {
    "GO!": "GO!",
    "GO": "GO!",
    "gemeenschapsonderwijs": "GO!",
    "VRIJ": "VRIJ",
    "vrij onderwijs": "VRIJ",
    "katholiek": "VRIJ",
    "katholiek onderwijs": "VRIJ",
    "OVSG": "OVSG",
    "stedelijk": "OVSG",
    "stedelijk onderwijs": "OVSG",
    "gemeentelijk": "OVSG",
    "POV": "POV",
    "provinciaal": "POV",
    "provinciaal onderwijs": "POV",
    "ANDER": "ANDER",
    "geen": "ANDER",
}
STOP_WORDS: Final = {
    "ander werk": "job_change",
    "geen tijd": "no_time",
    "school stopte": "school_stopped",
    "klikte niet": "no_click",
    "andere": "other",
    "een andere reden": "other",
}
CONTACT_WORDS: Final = {
    "bezoek": "visit",
    "op afstand": "call",
    "gesprek op afstand": "call",
    "telefoon": "call",
    "online": "call",
    "sessie": "session",
    "ander": "other",
    "ander contact": "other",
}
LEVEL_WORDS: Final = {
    "geen": "none",
    "Competent": "Competent",
    "Proficient": "Proficient",
    "Expert": "Expert",
}


def half_reader(high: int) -> Callable[[str, Policy], Reading]:
    """Make a reader of whole and half numbers from 0 to `high`."""

    def read(text: str, _policy: Policy) -> Reading:
        number = text.strip().replace(",", ".").replace("½", ".5")
        if re.fullmatch(r"(\d{1,3}(\.[05]?0*)?|\.50*)", number) and float(number) <= high:
            value = float(number)
            return Reading(int(value) if value.is_integer() else value)
        message = f"Dit is geen heel of half getal van 0 tot {high}."
        return Reading(None, (Remark("error", "not_a_half", message, "Schrijf bijvoorbeeld 7 of 7,5."),))

    return read


def read_links(text: str, _policy: Policy) -> Reading:
    """Read web addresses with spaces, `|` or new lines between them."""
    links = tuple(part for part in re.split(r"[\s|]+", text) if part)
    wrong = [one for one in links if not one.startswith(("https://", "http://"))]
    if not wrong:
        return Reading(links)
    remark = Remark("error", "not_a_link", f"«{wrong[0]}» is geen link.", "Een link begint met https:// of http://.")
    return Reading(None, (remark,))


def read_criterion(text: str, _policy: Policy) -> Reading:
    """Read a criterion of the label: its code, also as Excel spoils it (`1,2`, `2 jan.`), or its Dutch name."""
    code = re.sub(r"^(\d)[,.](\d)0*$", r"\1.\2", re.sub(r"^0?(\d)/0?(\d)/\d{4}$", r"\1.\2", text.strip()))
    if code in LABEL_CRITERIA:
        return Reading(code)
    names = {one.name: one.code for one in label_criteria().values()}
    by_plain = {plain(name): one for name, one in names.items()} | {
        plain(f"{one} {name}"): one for name, one in names.items()
    }
    if plain(text) in by_plain:
        return Reading(by_plain[plain(text)])
    message = f"«{text[:60]}» is geen criterium van het label."
    known = [*LABEL_CRITERIA] if re.match(r"\d", text) else [*names]
    remedy = likely(text, known, "Vul een code in, van 1.1 tot 7.2.")
    return Reading(None, (Remark("error", "unknown_criterion", message, remedy),))


def read_criterion_or_all(text: str, policy: Policy) -> Reading:
    """Read a criterion, or `alle` for every criterion that has no row of its own."""
    return Reading(ALL) if plain(text) == plain(ALL) else read_criterion(text, policy)
