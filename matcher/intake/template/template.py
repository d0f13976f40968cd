"""Which empty files does a coordinator fill in?"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from matcher.criteria import criteria
from matcher.domain.column import Sheet
from matcher.domain.errors import In2StemError
from matcher.domain.policy import Policy
from matcher.domain.school_types import types_of_finalities
from matcher.domain.vocabulary import FINALITIES
from matcher.intake.cohort.policies import GOAL_NAMES
from matcher.intake.columns.catalogue import SHEETS, columns
from matcher.intake.template.workbook_template import book_template


def write_templates(folder: Path) -> list[Path]:
    """Write scholen.csv, mentoren.csv, afspraken.csv, cohort.xlsx and beleid.toml; give their paths.

    Raises In2StemError, and writes nothing, where one of them is there already or the folder can't be written.
    """
    files = {f"{sheet.lower()}.csv": csv_template(sheet) for sheet in SHEETS}
    files |= {"beleid.toml": policy_template().encode(), "cohort.xlsx": book_template()}
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise In2StemError(f"In {folder} staat al {', '.join(there)}. Kies een lege map; er is niets geschreven.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            with (folder / name).open("xb") as file:
                file.write(content)
    except OSError as error:
        raise In2StemError(f"In {folder} kan niet worden geschreven. Kijk het pad en de rechten na.") from error
    return [folder / name for name in files]


def csv_template(sheet: Sheet) -> bytes:
    """Give a CSV file with only the headers, as Belgian Excel opens it: semicolons, UTF-8 with its mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(one.name for one in columns(sheet))
    return text.getvalue().encode("utf-8-sig")


def policy_template() -> str:
    """Give a policy file that says the defaults, every line of it commented out."""
    usual = Policy()
    weights = "\n".join(f"# {_quoted(one.label)} = {one.weight}" for one in criteria() if one.weight)
    goals = ", ".join(f'"{name}"' for name in [*GOAL_NAMES][1:])
    return f"""# Beleid van een matchingronde. Haal het hekje weg voor een regel om hem te veranderen.
# Een lijn die hier niet staat, of met een hekje begint, houdt haar gewone waarde.

# In welke volgorde tellen de doelen? Plaatsen vullen komt altijd eerst.
# doelen = [{goals}]

# Een eigen sectortabel, naast dit bestand; leeg laten voor die van het programma.
# sectortabel = "eigen-sectoren.csv"

# Het zaad maakt een herhaling gelijk; laat het staan als u geen reden hebt.
# zaad = {usual.seed}

[gewichten]
# Hoe zwaar telt elk criterium? Gehele getallen van 0 tot 1000; 0 laat het weg.
{weights}

[grenzen]
# Minuten enkele rit voor een mentor die zelf geen grens noemt (1 tot 240).
# max_reistijd = {usual.max_minutes}
# Hoeveel halve dagen moeten school en mentor samen vrij hebben (0 tot 10)?
# min_halve_dagen = {usual.min_half_days}

[reistijd]
# De reistijd is een schatting over autosnelwegen en gewone wegen; docs/punten.md zegt hoe.
# Echte rijtijden van een eigen OSRM- of Valhalla-server.
# server = "http://localhost:5000"

[regels]
# Moeten alle mentoren van één school samen met haar een halve dag vrij hebben?
# gedeelde_halve_dag = false
# Moet elke school met mentoren er een uit een van deze sectoren hebben?
# verplichte_sectoren = ["chemie"]
{_finality_section()}"""


def _finality_section() -> str:
    types = (f"# {one} = {_texts(types_of_finalities((one,), (), {}))}\n" for one in FINALITIES)
    return f"""
[finaliteiten]
# Welke onderwijsvormen heeft een school die alleen finaliteiten noemt? Onze lezing; docs/sectoren.md zegt waarom.
# Zonder eigen regel volgt bij doorstroom uit de richtingen of het ASO, TSO of beide is.
{"".join(types)}"""


def _texts(values: Sequence[str]) -> str:
    return json.dumps(list(values))


def _quoted(label: str) -> str:
    return label if label.replace("_", "").replace("-", "").isalnum() and label.isascii() else f'"{label}"'
