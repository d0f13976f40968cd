"""What do the lists look like that coordinators keep? Invented schools and mentors in the habits of real files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Final

import openpyxl

from tests.open_documents import open_book, open_document

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[list[object]]

TOWNS: Final = (
    (9000, "Gent"), (9050, "Gent (Gentbrugge)"), (9300, "Aalst"), (2300, "Turnhout"), (2400, "Mol"),
    (3500, "Hasselt"), (3600, "Genk"), (8500, "Kortrijk"), (8800, "Roeselare"), (2800, "Mechelen"),
)  # fmt: skip
STREAMS: Final = (
    "Elektromechanische technieken; Mechanica",
    "Industriële wetenschappen",
    "Hout, Bouw",
    "STEM-wetenschappen",
)
TYPES: Final = ("TSO/BSO", "TSO, BSO", "tso en bso", "TSO BSO", "ASO - TSO")
MARKS: Final = ("x", "X", "vm", "nm", "", "voormiddag")
SECTORS: Final = ("Bouw", "Chemie", "Logistiek", "IT", "Zorg")
NAMES: Final = ("Ada", "Bram", "Cato", "Dries", "Elif", "Floor", "Gijs", "Hanne", "Imran", "Jutta")
FREE: Final = ("dinsdag- en donderdagnamiddag", "manm, wovm", "ma, di en vr vm", "altijd")
LIMITS: Final = ("", "1 à 2", 1, 2)
DAYS: Final = ("ma", "di", "wo", "do", "vr")

ANSWERS: Final = {"overleg met An": "altijd"}
"""What a person says of the cells that nobody can read."""


def schools() -> Rows:
    """Give ten schools in a sheet with a title, two header rows, a column for each day, a total and a legend."""
    head: Rows = [["Scholen van onze cohorte (stand november)"], ["School", "", "Adres", "", "Aanbod", "", "Vrij"]]
    head.append(["Instellingsnr.", "Naam school", "Postcode", "Gemeente", "Onderwijsvorm(en)", "STEM-richtingen"])
    head[-1] += [*DAYS, "# mentoren"]
    rows: Rows = []
    for number, (code, town) in enumerate(TOWNS):
        free: list[object] = [MARKS[(number + day) % len(MARKS)] for day in range(len(DAYS))]
        kind, streams = TYPES[number % len(TYPES)], STREAMS[number % len(STREAMS)]
        rows.append([40_100 + number, f"Atheneum De Proef {town}", code, town, kind, streams, *free, 1 + number % 2])
    return [*head, *rows, ["", "Totaal"], [], ["geel = nog te bevestigen"]]


def mentors() -> Rows:
    """Give ten mentors with headers of one's own, dates for half-days, and a total."""
    head: Rows = [["Bedrijfsleiders die meedoen"], [], ["Nr", "Voornaam", "Familienaam", "Bedrijf", "Sector", "PC"]]
    head[-1] += ["Voorkeur onderwijsvorm", "Data beschikbaar", "Max. # scholen"]
    rows: Rows = []
    for number, name in enumerate(NAMES):
        free: object = dt.date(2027, 1, 11 + number % 5) if number % 5 == 0 else FREE[number % len(FREE)]
        free = "overleg met An" if number == 7 else free
        firm, sector = f"Proefbedrijf {number} NV", SECTORS[number % len(SECTORS)]
        row = [number + 1, name, "Proefman", firm, sector, f"B-{TOWNS[number][0]}" if number == 3 else TOWNS[number][0]]
        rows.append([*row, "alle" if number % 4 == 0 else "TSO, BSO", free, LIMITS[number % len(LIMITS)]])
    return [*head, *rows, ["", "", "", "TOTAAL"]]


PIVOT: Final[Rows] = [["Rijlabels", "Aantal van Bedrijf"], ["Chemie", 2], ["Eindtotaal", 10]]


def workbook() -> dict[str, bytes]:
    """Give the sheets as a workbook of Excel, with a pivot and a list beside them."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {
        "Scholen 2026": schools(),
        "Mentoren": mentors(),
        "Draaitabel": PIVOT,
        "Lijst": [["ASO"]],
    }.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    content = io.BytesIO()
    book.save(content)
    return {"lijst.xlsx": content.getvalue()}


def open_workbook() -> dict[str, bytes]:
    """Give the same sheets as LibreOffice writes them."""
    sheets = {"Scholen 2026": schools(), "Mentoren": mentors(), "Draaitabel": PIVOT}
    bare = {name: [[one if one != "" else None for one in row] for row in rows] for name, rows in sheets.items()}
    return {"lijst.ods": open_book(*(open_document(rows, name) for name, rows in bare.items()))}


def mentors_alone() -> dict[str, bytes]:
    """Give the mentors again in a workbook of their own, without the last of them."""
    rows = mentors()
    return {"mentoren nieuw.xlsx": _book([*rows[:-2], rows[-1]])}


def crm() -> dict[str, bytes]:
    """Give what a CRM exports: English headers, in columns of its own order."""
    firms = [
        ["Contact ID", "First Name", "Last Name", "Account Name", "Industry", "Mailing Zip/Postal Code", "Available"],
        *(
            [
                f"C{number:03}",
                name,
                "Proefman",
                f"Proefbedrijf {number} NV",
                "Chemie",
                TOWNS[number][0],
                "Mon AM, Fri PM",
            ]
            for number, name in enumerate(NAMES)
        ),
    ]
    return {"accounts.xlsx": _book(schools()), "contacts.csv": _csv(firms)}


def form() -> dict[str, bytes]:
    """Give what a form exports: questions for headers, a moment, free answers, one who answered twice."""
    asked = [
        ["Tijdstempel", "Instellingsnummer van uw school (6 cijfers)", "Naam van uw school"],
        ["Postcode en gemeente van de vestiging", "Welke onderwijsvormen biedt uw school aan? (meerdere mogelijk)"],
        [
            "Welke STEM-richtingen biedt uw school aan?",
            "Op welke halve dagen kan een mentor langskomen?",
            "Opmerkingen",
        ],
    ]
    lines: Rows = [[one for part in asked for one in part]]
    for number, (code, town) in enumerate(TOWNS):
        free = "Maandag namiddag, Woensdag voormiddag" + (", Andere: in overleg" if number % 3 == 0 else "")
        note = "Graag uit de buurt,\nliefst geen chemie" if number == 0 else ""
        who = [f"2026/10/{number + 1:02} 3:40:12 p.m. CET", f"0401{number:02}", f"Atheneum De Proef {town}"]
        lines.append([*who, f"{code} {town}", "TSO, BSO", STREAMS[number % 4], free, note])
    return {"scholen.csv": _csv(lines), "mentoren.csv": _csv(_answers())}


def _answers() -> Rows:
    asked = ["Tijdstempel", "Wat is uw voornaam?", "Wat is uw naam?", "Voor welk bedrijf werkt u?"]
    asked += ["In welke sector is uw bedrijf actief?", "Vanuit welke postcode vertrekt u?"]
    asked += ["Op welke halve dagen bent u beschikbaar? (meerdere antwoorden mogelijk)"]
    lines: Rows = [
        [*asked, "Hoeveel scholen wilt u begeleiden?", "Hoe ver wilt u maximaal rijden (minuten, enkele rit)?"]
    ]
    for number, name in enumerate((*NAMES, NAMES[2])):
        place, limit = number % len(NAMES), ("één", "max 2", "1", "2")[number % 4]
        who = [
            f"2026/10/{number + 1:02} 9:10:55 a.m. CET",
            name,
            "Proefman",
            f"Proefbedrijf {min(number, 2) if name == NAMES[2] else number} NV",
        ]
        far = ("een half uur", "45 min", "1 uur", "60")[number % 4]
        free = "Dinsdag voormiddag, Vrijdag namiddag" + (", Andere: ook 's avonds" if number % 6 == 0 else "")
        lines.append([*who, SECTORS[number % 5], TOWNS[place][0], free, limit, far])
    return lines


def _book(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _csv(rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
