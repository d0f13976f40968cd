"""Which sheets does the empty workbook offer, and what does each say?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from matcher.domain.column import Column
from matcher.intake.columns.catalogue import READ, columns
from matcher.intake.columns.table_columns import SESSIONS, sheet_columns
from matcher.intake.trajectory.tables import APPLICATIONS, table_columns

MEANINGS: Final[Mapping[str, str]] = {
    "Scholen": "De scholen van de cohorte.",
    "Mentoren": "De mentoren van de cohorte.",
    "Afspraken": "Koppels die vast staan of niet mogen. Mag leeg blijven.",
    "Nulmeting": "De nulmeting, een rij per school. Mag leeg blijven; de cijfers mogen ook in het blad Scholen.",
    "Locaties": "Voor het lerend netwerk: plaatsen die een sessie ontvangen. Mag leeg blijven.",
    "Blokkeringen": "Voor het lerend netwerk: dagen waarop iemand niet kan. Mag leeg blijven.",
    "Seizoen": "Voor het lerend netwerk: vensters van rondes, wat vastligt en wie afwezig is. Mag leeg blijven.",
    "Aanmeldingen": "Voor het traject: scholen die zich aanmelden, een rij per school. Mag leeg blijven.",
}


def book_sheets() -> dict[str, tuple[Column, ...]]:
    """Give the columns of every sheet, by its name."""
    beside = {one: sheet_columns(one) for one in SESSIONS}
    return {one: columns(one) for one in READ} | beside | {"Aanmeldingen": table_columns(APPLICATIONS[0])}
