"""What does a school hand in per key element of the label? A practice: what it does, its evidence, and links.

European Schoolnet calls these School Practice Evidence: each shows how a school meets some of the 21 criteria.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from matcher.domain.dossier import Cell, DossierTable
from matcher.domain.label import ELEMENT_OFFICIAL, criterion_name, label_criteria
from matcher.domain.period import refuse_if
from matcher.domain.vocabulary import ELEMENTS
from matcher.trajectory.baseline import Measurement

PRACTICES: Final = "Praktijkvoorbeelden"
COLUMNS: Final = (
    *(("Kernelement", 32), ("Official name", 30), ("Wat de school doet", 70), ("Criteria", 44)),
    *(("Bewijs", 60), ("Links", 50), ("Bewijs in de meting", 60)),
)
NOTE: Final = "In de aanvraag heet dit School Practice Evidence: per kernelement wat de school doet, bewijs en links."


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What a school shows for a key element (1-7): what it does, which of its criteria that shows, evidence, links."""

    element: int
    what: str
    criteria: tuple[str, ...] = ()
    evidence: str = ""
    links: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an element that the label has not, and criteria of another element; raise InvalidValueError."""
        refuse_if(self.element not in ELEMENTS, "Een kernelement heeft een nummer van 1 tot 7.")
        strange = [one for one in self.criteria if one not in criteria_of_element(self.element)]
        refuse_if(bool(strange), f"Criterium {', '.join(strange)} hoort niet bij kernelement {self.element}.")


def criteria_of_element(element: int) -> tuple[str, ...]:
    """Give the criteria of a key element, in the label's order."""
    return tuple(code for code, one in label_criteria().items() if one.element == element)


def measured_evidence(measurement: Measurement, element: int) -> tuple[str, ...]:
    """Give what raters noted as evidence of a key element, links included: `1.1 het projectboek`, each once."""
    rated = [
        one for sheet in measurement.sheets for one in sheet.ratings if one.criterion in criteria_of_element(element)
    ]
    ordered = sorted(rated, key=lambda one: one.criterion)
    told = [f"{one.criterion} {text}" for one in ordered for text in (*one.evidence, *one.links)]
    return tuple(dict.fromkeys(told))


def practice_table(practices: Iterable[Practice], measurement: Measurement) -> DossierTable:
    """Write a row for each key element; one of which nothing was written yet has empty cells."""
    known = {one.element: one for one in practices}
    rows: list[tuple[Cell, ...]] = []
    for element, name in ELEMENTS.items():
        one = known.get(element, Practice(element=element, what=""))
        criteria = "\n".join(map(criterion_name, one.criteria))
        measured = "\n".join(measured_evidence(measurement, element))
        told = (one.what, criteria, one.evidence, "\n".join(one.links), measured)
        rows.append((f"{element} {name}", ELEMENT_OFFICIAL[element], *told))
    return DossierTable(title=PRACTICES, columns=COLUMNS, rows=tuple(rows), note=NOTE)
