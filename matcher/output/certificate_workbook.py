"""How does a coordinator check a proof in Excel? Prices, and formulas that Excel adds up itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from matcher.domain.counting import counted
from matcher.output.sheet import fill_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from matcher.domain.plan import GoalValue
    from matcher.engine.flow.duals import Duals
    from matcher.matching.proof import Certificate
    from matcher.matching.solved import Solved
    from matcher.output.sheet import Value

FITS, FAILS = "klopt", "klopt niet"


def write_certificate(path: Path, asked: Solved, certificate: Certificate) -> None:
    """Write the certificate: with prices and formulas where there is a proof, else with bound and gap."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if certificate.duals is None:
        _bound(book.create_sheet("Grens"), certificate)
    else:
        proof = certificate.duals
        _explain(book.create_sheet("Uitleg"), proof, certificate.points.value)
        school_rows = _schools(book.create_sheet("Scholen"), asked, proof)
        _mentors(book.create_sheet("Mentoren"), asked, proof)
        company_rows = _companies(book.create_sheet("Bedrijven"), asked, proof)
        _pairs(book.create_sheet("Koppels"), asked, proof, school_rows, company_rows)
        _sum(book.create_sheet("Som"), asked, proof)
    _rings(book.create_sheet("Ruilkringen"), asked, certificate)
    _free(book.create_sheet("Inwisselbaar"), asked, certificate)
    book.save(path)


def _explain(sheet: Worksheet, proof: Duals, points: GoalValue) -> None:
    lines = [
        f"Bewezen: dit plan heeft {points} punten, en geen plan dat op de eerdere doelen even goed is, heeft er meer.",
        "Elke plaats, elke mentor en elk bedrijf heeft hier een prijs in punten.",
        "Blad Koppels: geen mogelijk koppel is meer waard dan de prijzen van zijn school, mentor en bedrijf samen.",
        "Daarom kan geen enkel plan meer waard zijn dan alle prijzen samen (blad Som).",
        "Het plan is precies zoveel waard. Dus bestaat er geen plan met meer punten.",
        (
            f"Het gaat om koppels van minstens {counted(proof.floor, 'punt', 'punten')}; zwakkere zijn door "
            "een eerder doel uitgesloten."
        ),
        "Een ingevulde plaats telt mee met een premie, zodat geen plan wint door plaatsen open te laten.",
        "Een schoolwaarde mag negatief zijn; een prijs nooit.",
        "Alle sommen zijn formules: Excel rekent ze na, en in Koppels en Som staat telkens «klopt» of «klopt niet».",
        "Blijven die leeg? Klik op «Bewerken inschakelen»: in een voorbeeldweergave rekent Excel niets uit.",
    ]
    fill_sheet(sheet, [("Zo leest u dit", 120)], [(line,) for line in lines])


def _schools(sheet: Worksheet, asked: Solved, proof: Duals) -> dict[int, int]:
    """Write a row per open place; give the row where each school's worth stands."""
    rows: list[tuple[Value, ...]] = []
    first: dict[int, int] = {}
    for number, school in enumerate(asked.given.schools):
        for place in range(max(1, int(proof.places[number]))):
            first.setdefault(number, len(rows) + 2)
            exists = place < int(proof.places[number])
            level = min(int(proof.first_place[number]) + place, len(proof.place_premium) - 1)
            more = 0 if level else int(proof.school_premium[number])
            premium = proof.place_premium[level] + more if exists else None
            rows.append((school.id, school.name, level + 1, premium, int(proof.school[number])))
    fill_sheet(
        sheet,
        [("Schoolnummer", 14), ("School", 34), ("Plaats", 8), ("Premie", 14), ("Schoolwaarde", 14), ("Prijs", 14)],
        rows,
    )
    for row in range(2, len(rows) + 2):
        sheet.cell(row, 6, f'=IF(D{row}="",0,MAX(0,D{row}+E{row}))')
    return first


def _mentors(sheet: Worksheet, asked: Solved, proof: Duals) -> None:
    """Write a row per mentor; those for whom a second school counts more than a first have two prices."""
    per_mentor = (proof.mentor_room, proof.mentor, proof.again_room, proof.again)
    rows: list[tuple[Value, ...]] = [
        (mentor.id, mentor.name, *(int(column[number]) for column in per_mentor))
        for number, mentor in enumerate(asked.given.mentors)
    ]
    headers = [("Mentornummer", 14), ("Mentor", 28), ("Kan nog", 10), ("Prijs", 12)]
    headers += [("Daarna nog", 12), ("Prijs daarna", 14), ("Samen", 14)]
    fill_sheet(sheet, headers, rows)
    for row in range(2, len(rows) + 2):
        sheet.cell(row, 7, f"=C{row}*D{row}+E{row}*F{row}")


def _companies(sheet: Worksheet, asked: Solved, proof: Duals) -> dict[int, int]:
    """Write a row per company; give the row of each company number."""
    names: dict[int, str] = {}
    for mentor, company in zip(asked.given.mentors, asked.problem.company.tolist(), strict=True):
        names.setdefault(company, mentor.company)
    order = sorted(names)
    rows: list[tuple[Value, ...]] = [
        (names[one], int(proof.company_room[one]), int(proof.company[one])) for one in order
    ]
    fill_sheet(sheet, [("Bedrijf", 34), ("Kan nog", 10), ("Prijs", 12), ("Samen", 14)], rows)
    for row in range(2, len(rows) + 2):
        sheet.cell(row, 4, f"=B{row}*C{row}")
    return {company: row for row, company in enumerate(order, start=2)}


def _pairs(sheet: Worksheet, asked: Solved, proof: Duals, schools: dict[int, int], companies: dict[int, int]) -> None:
    problem, given = asked.problem, asked.given
    rows: list[tuple[Value, ...]] = []
    for place, pair in enumerate(proof.open_pairs.tolist()):
        names = given.schools[int(problem.school[pair])].name, given.mentors[int(problem.mentor[pair])].name
        premium = int(proof.worth[place]) - int(problem.points[pair])
        rows.append((*names, "ja" if asked.chosen[pair] else "", int(problem.points[pair]), premium))
    headers = [("School", 34), ("Mentor", 28), ("In het plan", 10), ("Punten", 10), ("Premie", 10), ("Waarde", 12)]
    headers += [
        ("Prijs school", 12),
        ("Prijs mentor", 12),
        ("Prijs bedrijf", 12),
        ("Prijs groep", 12),
        ("Prijs koppel", 12),
        ("Prijzen samen", 14),
        ("Klopt?", 12),
    ]
    fill_sheet(sheet, headers, rows)
    for row, (place, pair) in enumerate(enumerate(proof.open_pairs.tolist()), start=2):
        mentor = int(problem.mentor[pair])
        sheet.cell(row, 6, f"=D{row}+E{row}")
        sheet.cell(row, 7, f"=Scholen!E{schools[int(problem.school[pair])]}")
        sheet.cell(row, 8, f"=Mentoren!D{mentor + 2}")
        sheet.cell(row, 9, f"=Bedrijven!C{companies[int(problem.company[mentor])]}")
        sheet.cell(row, 10, int(proof.group[place]))
        sheet.cell(row, 11, int(proof.extra[place]))
        sheet.cell(row, 12, f"=SUM(G{row}:K{row})")
        sheet.cell(row, 13, f'=IF(F{row}<=L{row},"{FITS}","{FAILS}")')


def _sum(sheet: Worksheet, asked: Solved, proof: Duals) -> None:
    problem, chosen = asked.problem, asked.chosen
    last = len(proof.open_pairs) + 1
    rows: list[tuple[Value, ...]] = [
        ("Prijzen van de plaatsen",),
        ("Prijzen van de mentoren",),
        ("Prijzen van de bedrijven",),
        ("Prijzen van groepen (twee mentoren van één bedrijf, of nieuw bij een school)", proof.groups),
        ("Prijzen van koppels zelf",),
        ("Alle prijzen samen: meer kan geen plan waard zijn",),
        ("Premies die elk even goed plan krijgt: ingevulde plaatsen", proof.place_premiums),
        ("Premies die elk even goed plan krijgt: van de doelen die voorgaan", proof.pair_premiums),
        ("Punten van vastgelegde koppels", int(problem.points[problem.required].sum())),
        ("Meer punten kan geen plan hebben",),
        ("Punten van dit plan", int(problem.points[chosen].sum())),
        ("Is het plan precies zo goed?",),
        ("Koppels die niet kloppen",),
        ("Besluit",),
    ]
    fill_sheet(sheet, [("Wat", 70), ("Punten", 18)], rows)
    formulas = {
        2: "=SUM(Scholen!F:F)",
        3: "=SUM(Mentoren!G:G)",
        4: "=SUM(Bedrijven!D:D)",
        6: f"=SUM(Koppels!K2:K{max(2, last)})",
        7: "=SUM(B2:B6)",
        11: "=B7-B8-B9+B10",
        13: f'=IF(B11=B12,"{FITS}","{FAILS}")',
        14: f'=COUNTIF(Koppels!M2:M{max(2, last)},"{FAILS}")',
        15: f'=IF(AND(B13="{FITS}",B14=0),"Bewezen: geen enkel plan heeft meer punten.","Dit bewijs klopt niet.")',
    }
    for row, formula in formulas.items():
        sheet.cell(row, 2, formula)


def _bound(sheet: Worksheet, certificate: Certificate) -> None:
    goal = certificate.points
    value = goal.value if isinstance(goal.value, int) else 0
    bound = goal.bound if isinstance(goal.bound, int) else None
    rows: list[tuple[Value, ...]] = [
        ("Punten van dit plan", value),
        ("Meer dan dit is zeker onmogelijk (grens)", bound if bound is not None else "niet bekend"),
        ("Verschil met de grens", bound - value if bound is not None else "niet bekend"),
        ("Een regel van het beleid laat hier geen optelling toe; de grens komt van de rekenmotor.",),
    ]
    fill_sheet(sheet, [("Wat", 90), ("Punten", 14)], rows)


def _rings(sheet: Worksheet, asked: Solved, certificate: Certificate) -> None:
    names = asked.facts.school
    rows = [(" → ".join(names[one].name for one in ring.schools), ring.blocked_by) for ring in certificate.rings]
    fill_sheet(sheet, [("Elk kreeg meer punten met de mentor van de volgende", 80), ("Wat het tegenhoudt", 90)], rows)


def _free(sheet: Worksheet, asked: Solved, certificate: Certificate) -> None:
    facts = asked.facts
    rows = [(facts.school[one.school].name, facts.mentor[one.mentor].name, one.moves) for one in certificate.free]
    fill_sheet(sheet, [("School", 34), ("Kan even goed met", 28), ("Koppels die wijzigen", 20)], rows)
