"""What kind of school is meant: onderwijsvormen, finalities, or a word that is neither but known to every school?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from matcher.criteria.lists import NO_PREFERENCE, list_reader
from matcher.domain.column import Reading, Remark, plain
from matcher.domain.finding import Severity
from matcher.domain.policy import Policy
from matcher.domain.school_types import FINALITY_NAMES, types_of_finalities
from matcher.domain.vocabulary import FINALITIES, SCHOOL_TYPES

TYPE_SPELLINGS: Final = {
    "ASO": ("algemeen secundair", "algemeen secundair onderwijs"),
    "TSO": ("technisch secundair", "technisch secundair onderwijs", "technisch"),
    "BSO": ("beroeps", "beroepssecundair onderwijs", "beroepssecundair", "beroepsonderwijs"),
    "KSO": ("kunst", "kunstsecundair onderwijs", "kunstsecundair"),
}
FINALITY_SPELLINGS: Final = {
    "doorstroom": (
        *("D", "doorstroomfinaliteit", "doorstroomgericht", "doorstroomgerichte", "doorstroomgerichte finaliteit"),
        *("doorstroming", "finaliteit doorstroom", "D-finaliteit"),
    ),
    "dubbel": (
        *(
            "DA",
            "dubbele",
            "dubbel-finaliteit",
            "dubbele finaliteit",
            "dubbelefinaliteit",
            "dubbele finaliteiten",
            "DA-finaliteit",
        ),
        *("finaliteit dubbel", "dubbel gericht", "doorstroom- en arbeidsmarktgericht"),
    ),
    "arbeidsmarkt": (
        *("A", "arbeidsmarktfinaliteit", "arbeidsmarktgericht", "arbeidsmarktgerichte", "arbeidsfinaliteit"),
        *("arbeidsmarktgerichte finaliteit", "finaliteit arbeidsmarkt", "A-finaliteit", "arbeid"),
    ),
}
MEANT: Final = {
    spelling: (name,)
    for spellings in (TYPE_SPELLINGS, FINALITY_SPELLINGS)
    for name, others in spellings.items()
    for spelling in others
}

_BOTH: Final = re.compile(r"\bd\s*[/&+]\s*a\b", re.IGNORECASE)
"""How the double finality is written short: `D/A`."""

_NOTHING: Final = " ,;/|+&\n\r()-:"
"""What is left of a cell of which all words are taken out."""

_GRADES: Final = re.compile(
    r"(?:[(\[]\s*)?\b(?:[23](?:e|de)?|tweede|derde)\s*(?:en\s+(?:3(?:e|de)?|derde)\s*)?graad\b\s*(?::|[)\]])?",
    re.IGNORECASE,
)
"""The grades that have onderwijsvormen: said beside one, they add nothing."""


class OtherKind(NamedTuple):
    """A word for what has no onderwijsvorm: what it looks like, what it is, and what a school is to do."""

    looks: re.Pattern[str]
    told: str
    remedy: str


def _looks(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[(\[]\s*)?(?<!\w)(?:{pattern})(?!\w)(?:\s*[)\]])?", re.IGNORECASE)


_FILL_IN: Final = "Vul de onderwijsvormen of finaliteiten van de tweede en derde graad in, of laat deze school weg."
OTHER_KINDS: Final = (
    OtherKind(
        _looks(r"(?:buso|buitengewoon(?: secundair)?(?: onderwijs)?)?[\s:,-]*\(?(?:ov|opleidingsvorm)[\s.-]*[123]\)?"),
        "is buitengewoon onderwijs dat geen onderwijsvorm heeft",
        "Kiest een mentor van een beroepsschool ook hier, vul dan BSO in (of arbeidsmarkt); laat de school anders weg.",
    ),
    OtherKind(
        _looks(r"(?:buso|buitengewoon(?: secundair)?(?: onderwijs)?)?[\s:,-]*\(?(?:ov|opleidingsvorm)[\s.-]*4\)?"),
        "volgt de richtingen van het gewone onderwijs en is zelf geen onderwijsvorm",
        "Vul de onderwijsvormen of finaliteiten van die richtingen in.",
    ),
    OtherKind(
        _looks(r"buso|buitengewoon(?: secundair)?(?: onderwijs)?"),
        "is buitengewoon onderwijs en zelf geen onderwijsvorm",
        "OV4: vul de onderwijsvormen van de richtingen in. OV1-OV3: BSO, als een mentor van een beroepsschool past.",
    ),
    OtherKind(
        _looks(r"okan(?:-?klas(?:sen)?)?|onthaal(?:klas(?:sen)?|jaar|onderwijs)(?:\s+voor\s+\w+\s+\w+)?"),
        "is onthaalonderwijs en heeft geen onderwijsvorm",
        _FILL_IN,
    ),
    OtherKind(
        _looks(
            r"(?:(?:1(?:e|ste)?|eerste)\s*graad(?:\s*\(?[ab](?:-?stroom)?\)?)?|[ab]-?stroom|middenschool"
            r"|[12](?:e|ste|de)?\s*(?:leer)?jaar(?:\s*[ab])?|[12][ab])"
        ),
        "is eerste graad, en die heeft nog geen onderwijsvorm",
        "Vul de onderwijsvormen in waar de leerlingen naartoe gaan, of de domeinen waar een mentor bij past.",
    ),
    OtherKind(
        _looks(r"se-?n-?se|secundair[- ]na[- ]secundair|(?:7(?:e|de)?|zevende)\s*(?:leer|specialisatie)?ja(?:ar|ren)"),
        "is een zevende jaar en zelf geen onderwijsvorm",
        "Vul de onderwijsvormen of finaliteiten van de richtingen in.",
    ),
    OtherKind(
        _looks(r"dbso|deeltijds(?: beroeps(?:secundair )?onderwijs)?|duaal(?: leren)?|leren en werken|alternerend"),
        "is een leerweg en zelf geen onderwijsvorm",
        "Vul de finaliteit of de onderwijsvorm van de richtingen in; meestal is dat arbeidsmarkt of BSO.",
    ),
    OtherKind(
        _looks(r"hbo-?5?|cvo|volwassenenonderwijs|graduaat|hogeschool"),
        "is geen secundair onderwijs voor leerlingen",
        _FILL_IN,
    ),
    OtherKind(
        _looks(r"(?:buitengewoon )?(?:basis|lager|kleuter)(?:onderwijs|school)"),
        "is geen secundair onderwijs",
        _FILL_IN,
    ),
)
"""What schools are or have beside onderwijsvormen, each with its answer; what is found first goes first."""

_MIXED: Final = (*SCHOOL_TYPES, *FINALITIES)

Read = Callable[[str, "Policy"], Reading]


def _kinds_reader(own: Sequence[str], code: str, what: str) -> Read:
    """Make a reader of a column for `own` values, in which the other axis may stand too."""
    others = [one for one in _MIXED if one not in own]
    ours = {spelling: meant for spelling, meant in MEANT.items() if meant[0] in own}
    theirs = dict(MEANT) | {one: (one,) for one in others}
    only, mixed = list_reader(own, ours, code, what), list_reader(own, theirs, code, what, more=others)

    def read(text: str, policy: Policy) -> Reading:
        rest, known = _without_others(text)
        if known and not rest.strip(_NOTHING):
            return Reading((), (_said(*known[0], "error"),))
        rest = _BOTH.sub("dubbel", rest if rest.strip(_NOTHING) else text)
        reading = only(rest, policy)
        reading = mixed(rest, policy) if reading.remarks else reading
        return reading._replace(remarks=(*(_said(*one, "note") for one in known), *reading.remarks))

    return read


read_types: Final = _kinds_reader(SCHOOL_TYPES, "unknown_school_type", "onderwijsvorm")
read_finalities: Final = _kinds_reader(FINALITIES, "unknown_finality", "finaliteit")
"""Both read what kind of school it is: onderwijsvormen and finalities, those of their own column first.

A word that is neither but known is noted beside others, and an error with its answer where it stands alone.
"""


_NO_PREFERENCE = frozenset(map(plain, NO_PREFERENCE))


def read_wishes(text: str, policy: Policy) -> Reading:
    """Read the onderwijsvormen that a mentor wants; a finality becomes those of our table, with a note."""
    if plain(text) in _NO_PREFERENCE:
        return Reading(SCHOOL_TYPES)
    reading = read_types(text, policy)
    found = reading.value if isinstance(reading.value, tuple) else ()
    types = {one for one in found if one in SCHOOL_TYPES}
    remarks = list(reading.remarks)
    for finality in (one for one in found if one in FINALITIES):
        own = types_of_finalities((finality,), (), policy.finality_types)
        types.update(own)
        message = f"{FINALITY_NAMES[finality].capitalize()} lezen wij bij een mentor als {', '.join(own)}."
        remedy = "Schrijf de onderwijsvormen zelf als u andere bedoelt."
        remarks.append(Remark("note", "finality_reading", message, remedy))
    return Reading(tuple(one for one in SCHOOL_TYPES if one in types), tuple(remarks))


def _without_others(text: str) -> tuple[str, list[tuple[str, OtherKind]]]:
    """Take the known words out that are no kind of school, each with what it is."""
    found: list[tuple[str, OtherKind]] = []
    text = _GRADES.sub(" , ", text)
    for kind in OTHER_KINDS:
        found += [(match[0].strip(" ,:-()[]"), kind) for match in kind.looks.finditer(text)]
        text = kind.looks.sub(",", text)
    return text, found


def _said(word: str, kind: OtherKind, severity: Severity) -> Remark:
    message = f"«{word}» {kind.told}."
    if severity == "note":
        return Remark("note", "no_school_type", message, "Niets te doen: wat erbij staat, telt.")
    return Remark("error", "no_school_type", message, kind.remedy)
