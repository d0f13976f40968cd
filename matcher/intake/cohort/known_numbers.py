"""Which school or mentor of the cohort is a row whose number a spreadsheet changed?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from matcher.domain.counting import counted
from matcher.domain.finding import Finding
from matcher.domain.spreadsheet_numbers import same_number
from matcher.intake.tables.records import Record


def with_known_numbers(
    records: Sequence[Record], known: Collection[str], column: str
) -> tuple[list[Record], list[Finding]]:
    """Give rows the number that the cohort has for them, which a spreadsheet changed, and tell of it once.

    A number that the file holds as the cohort does, or that two rows would share, stays as it is.
    """
    told = {record.text("id") for record in records}
    new = {one: same for one in told - {*known} if (same := same_number(one, known)) and same not in told}
    shared = Counter(new.values())
    new = {one: same for one, same in new.items() if shared[same] == 1}
    if not new:
        return list(records), []
    changed = [record for record in records if record.text("id") in new]
    first = changed[0]
    was = first.text("id")
    numbers = counted(len(new), f"{column} is", f"{column}s zijn" if column.endswith("r") else f"{column} zijn")
    message = f"{numbers} herkend als die van de cohorte: «{was}» is {new[was]}."
    remedy = "Niets te doen, tenzij het een ander is. Een spreadsheet laat nullen vooraan weg."
    finding = first.place.at(column=column).warning("number_recognised", message, remedy, was)
    renamed = [
        replace(record, values={**record.values, "id": new[record.text("id")]}) if record.text("id") in new else record
        for record in records
    ]
    return renamed, [finding]
