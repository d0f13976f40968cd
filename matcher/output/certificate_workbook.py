"""How does a coordinator check a proof in Excel? Prices, and formulas that Excel adds up itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from matcher.domain.counting import counted
from matcher.domain.plan import GoalValue
from matcher.engine.calls import Progress
from matcher.engine.flow.duals import Duals
from matcher.matching.proof import Certificate
from matcher.matching.solved import Solved
from matcher.output.book import Book, Formula, Value, new_book
from matcher.output.certificate_pairs import FAILS, FITS, kept_pairs, left_out_words, pairs_sheet
from matcher.output.sheet import fill_sheet


def write_certificate(
    path: Path, asked: Solved, certificate: Certificate, whole: str = "", progress: Progress | None = None
) -> None:
    """Write the certificate: with prices and formulas where there is a proof, else with bound and gap.

    `whole` names the file beside it that has every pair, where the workbook does not list all; `progress` hears which
    sheet is being written.
    """
    with new_book(path, progress=progress) as book:
        if certificate.duals is None:
            _bound(book, certificate)
        else:
            proof = certificate.duals
            kept = kept_pairs(asked, proof)
            _explain(book, proof, certificate.points.value, left_out_words(asked, proof, kept, whole))
            school_rows = _schools(book, asked, proof)
            _mentors(book, asked, proof)
            company_rows = _companies(book, asked, proof)
            pairs_sheet(book, asked, proof, kept, (school_rows, company_rows))
            _sum(book, asked, proof, len(kept))
        _rings(book, asked, certificate)
        _free(book, asked, certificate)


def _explain(book: Book, proof: Duals, points: GoalValue, left_out: str) -> None:
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
    fill_sheet(book, "Uitleg", [("Zo leest u dit", 120)], [(line,) for line in (*lines, left_out) if line])


def _schools(book: Book, asked: Solved, proof: Duals) -> dict[int, int]:
    """Write a row per open place; give the row where each school's worth stands."""
    rows: list[tuple[Value, ...]] = []
    first: dict[int, int] = {}
    for number, school in enumerate(asked.given.schools):
        for place in range(max(1, int(proof.places[number]))):
            row = len(rows) + 2
            first.setdefault(number, row)
            exists = place < int(proof.places[number])
            level = min(int(proof.first_place[number]) + place, len(proof.place_premium) - 1)
            more = 0 if level else int(proof.school_premium[number])
            premium = proof.place_premium[level] + more if exists else None
            price = Formula(f'=IF(D{row}="",0,MAX(0,D{row}+E{row}))')
            rows.append((school.id, school.name, level + 1, premium, int(proof.school[number]), price))
    columns = [("Schoolnummer", 14), ("School", 34), ("Plaats", 8), ("Premie", 14), ("Schoolwaarde", 14), ("Prijs", 14)]
    fill_sheet(book, "Scholen", columns, rows)
    return first


def _mentors(book: Book, asked: Solved, proof: Duals) -> None:
    """Write a row per mentor; those for whom a second school counts more than a first have two prices."""
    per_mentor = (proof.mentor_room, proof.mentor, proof.again_room, proof.again)
    rows: Iterator[tuple[Value, ...]] = (
        (
            mentor.id,
            mentor.name,
            *(int(column[row - 2]) for column in per_mentor),
            Formula(f"=C{row}*D{row}+E{row}*F{row}"),
        )
        for row, mentor in enumerate(asked.given.mentors, start=2)
    )
    headers = [("Mentornummer", 14), ("Mentor", 28), ("Kan nog", 10), ("Prijs", 12)]
    headers += [("Daarna nog", 12), ("Prijs daarna", 14), ("Samen", 14)]
    fill_sheet(book, "Mentoren", headers, rows)


def _companies(book: Book, asked: Solved, proof: Duals) -> dict[int, int]:
    """Write a row per company; give the row of each company number."""
    names: dict[int, str] = {}
    for mentor, company in zip(asked.given.mentors, asked.problem.company.tolist(), strict=True):
        names.setdefault(company, mentor.company)
    order = sorted(names)
    rows = (
        (names[one], int(proof.company_room[one]), int(proof.company[one]), Formula(f"=B{row}*C{row}"))
        for row, one in enumerate(order, start=2)
    )
    fill_sheet(book, "Bedrijven", [("Bedrijf", 34), ("Kan nog", 10), ("Prijs", 12), ("Samen", 14)], rows)
    return {company: row for row, company in enumerate(order, start=2)}


def _sum(book: Book, asked: Solved, proof: Duals, listed: int) -> None:
    problem, chosen = asked.problem, asked.chosen
    last = max(2, listed + 1)
    fits = f'=IF(B11=B12,"{FITS}","{FAILS}")'
    decides = f'=IF(AND(B13="{FITS}",B14=0),"Bewezen: geen enkel plan heeft meer punten.","Dit bewijs klopt niet.")'
    rows: list[tuple[Value, ...]] = [
        ("Prijzen van de plaatsen", Formula("=SUM(Scholen!F:F)")),
        ("Prijzen van de mentoren", Formula("=SUM(Mentoren!G:G)")),
        ("Prijzen van de bedrijven", Formula("=SUM(Bedrijven!D:D)")),
        ("Prijzen van groepen (twee mentoren van één bedrijf, of nieuw bij een school)", proof.groups),
        ("Prijzen van koppels zelf", Formula(f"=SUM(Koppels!K2:K{last})")),
        ("Alle prijzen samen: meer kan geen plan waard zijn", Formula("=SUM(B2:B6)")),
        ("Premies die elk even goed plan krijgt: ingevulde plaatsen", proof.place_premiums),
        ("Premies die elk even goed plan krijgt: van de doelen die voorgaan", proof.pair_premiums),
        ("Punten van vastgelegde koppels", int(problem.points[problem.required].sum())),
        ("Meer punten kan geen plan hebben", Formula("=B7-B8-B9+B10")),
        ("Punten van dit plan", int(problem.points[chosen].sum())),
        ("Is het plan precies zo goed?", Formula(fits)),
        ("Koppels die niet kloppen", Formula(f'=COUNTIF(Koppels!M2:M{last},"{FAILS}")')),
        ("Besluit", Formula(decides)),
    ]
    fill_sheet(book, "Som", [("Wat", 70), ("Punten", 18)], rows)


def _bound(book: Book, certificate: Certificate) -> None:
    goal = certificate.points
    value = goal.value if isinstance(goal.value, int) else 0
    bound = goal.bound if isinstance(goal.bound, int) else None
    rows: list[tuple[Value, ...]] = [
        ("Punten van dit plan", value),
        ("Meer dan dit is zeker onmogelijk (grens)", bound if bound is not None else "niet bekend"),
        ("Verschil met de grens", bound - value if bound is not None else "niet bekend"),
        ("Een regel van het beleid laat hier geen optelling toe; de grens komt van de rekenmotor.",),
    ]
    fill_sheet(book, "Grens", [("Wat", 90), ("Punten", 14)], rows)


def _rings(book: Book, asked: Solved, certificate: Certificate) -> None:
    names = asked.facts.school
    rows = [(" → ".join(names[one].name for one in ring.schools), ring.blocked_by) for ring in certificate.rings]
    fill_sheet(
        book,
        "Ruilkringen",
        [("Elk kreeg meer punten met de mentor van de volgende", 80), ("Wat het tegenhoudt", 90)],
        rows,
    )


def _free(book: Book, asked: Solved, certificate: Certificate) -> None:
    facts = asked.facts
    rows = [(facts.school[one.school].name, facts.mentor[one.mentor].name, one.moves) for one in certificate.free]
    fill_sheet(book, "Inwisselbaar", [("School", 34), ("Kan even goed met", 28), ("Koppels die wijzigen", 20)], rows)
