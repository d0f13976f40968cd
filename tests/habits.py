"""Which harmless habits do people have with a list: order, case, accents, separators, empty rows, titles, totals?"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import openpyxl

from matcher.intake.columns.catalogue import columns
from tests.open_documents import open_book, open_document

if TYPE_CHECKING:
    from random import Random

    from matcher.domain.column import Sheet

    Rows = list[list[str]]

LISTS = ("onderwijsvormen", "richtingen", "beschikbaarheid", "sectoren", "provincies", "aanbod", "finaliteiten")
NUMBERS = ("max_scholen", "aantal_mentoren", "max_reistijd", "postcode")
JOINTS = (", ", "; ", ";", ",", " / ", " | ", "\n")
ACCENTS = {"a": "á", "e": "ë", "i": "ï", "o": "ö", "u": "ü"}
TITLES = ("IN2STEM cohorte 2026-2027", "Stand op 1 oktober", "Voka")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")


class Habits:
    """One person's habits, drawn at random; the same seed has the same habits."""

    def __init__(self, dice: Random) -> None:
        """Draw them."""
        self.dice = dice
        self.joint = dice.choice(JOINTS)

    def often(self, chance: float = 0.5) -> bool:
        """Whether this person does something."""
        return self.dice.random() < chance

    def table(self, sheet: Sheet, rows: Rows) -> Rows:
        """Write a table, header first, as this person keeps it."""
        header, *body = rows
        known = {one.name for one in columns(sheet)}
        order = list(range(len(header)))
        if self.often():
            self.dice.shuffle(order)
        empty = [at for at in order if not any(row[at] for row in body)]
        order = [at for at in order if at not in empty or self.often()]
        lines = [[self.cell(header[at], row[at]) for at in order] for row in body]
        if self.often():
            self.dice.shuffle(lines)
        assert known >= {*header}
        kept = [self.header(header[at]) for at in order]
        return self.around(sheet, kept, lines, [header[at] for at in order])

    def header(self, name: str) -> str:
        """Write a column's name in another way that says the same."""
        if self.often(0.3):
            name = name.replace("_", self.dice.choice((" ", "-", "", ". ")))
        if self.often(0.3):
            at = self.dice.randrange(len(name))
            name = name[:at] + ACCENTS.get(name[at], name[at]) + name[at + 1 :]
        name = self.dice.choice((str.upper, str.title, str.lower, str))(name)
        return name + self.dice.choice(("", "", " ", ":", " *", "\u00a0"))

    def cell(self, name: str, text: str) -> str:
        """Write a cell in another way that says the same."""
        if name in LISTS and self.often():
            text = text.replace(", ", self.joint).replace("; ", self.joint)
        if name in LISTS and self.often(0.3):
            text = self.dice.choice((str.upper, str.lower))(text)
        if text and self.often(0.2):
            text = self.dice.choice((" {}", "{} ", "  {}  ", "\u00a0{}", "{}\u200b")).format(text)
        return text

    def around(self, sheet: Sheet, header: list[str], lines: Rows, names: list[str]) -> Rows:
        """Put titles above, a total and a note below, and empty rows and cells between."""
        above = [[title] for title in self.dice.sample(TITLES, self.dice.choice((0, 0, 1, 2)))]
        if above and self.often():
            above.append([])
        for _ in range(self.dice.choice((0, 0, 1, 3))):
            lines.insert(self.dice.randrange(len(lines) + 1), [""] * len(header))
        below: Rows = []
        if self.often(0.3):
            total = [""] * len(header)
            total[names.index("naam" if "naam" in names else "bedrijf")] = self.dice.choice(
                ("Totaal", "TOTAAL", "Totaal:")
            )
            below.append(total)
        if self.often(0.3):
            below += [[], [f"geel = nog te bevestigen ({sheet.lower()})"]]
        if self.often(0.3):
            lines = [[*line, *[""] * self.dice.choice((0, 1, 3))] for line in lines]
        if self.often(0.2):
            header, lines = [*header, ""], [[*line, ""] for line in lines]
        return [*above, header, *lines, *below]

    def files(self, tables: dict[Sheet, Rows]) -> dict[str, bytes]:
        """Keep the tables as CSV files, a workbook of Excel or one of LibreOffice."""
        kind = self.dice.choice(("csv", "csv", "csv", "xlsx", "ods"))
        tidy = {sheet: self.table(sheet, rows) for sheet, rows in tables.items()}
        if kind == "csv":
            return {f"{self.dice.choice(('', 'Lijst '))}{sheet}.csv": self.csv(rows) for sheet, rows in tidy.items()}
        named = {f"{sheet}{self.dice.choice(('', ' 2026-2027', ' (def)'))}": rows for sheet, rows in tidy.items()}
        if kind == "ods":
            pages = [
                open_document([[cell or None for cell in row] for row in rows], name) for name, rows in named.items()
            ]
            return {"cohorte.ods": open_book(*pages)}
        return {"cohorte.xlsx": self.book(named)}

    def csv(self, rows: Rows) -> bytes:
        """Write CSV with one of the usual separators, line ends and encodings."""
        text = io.StringIO()
        end = self.dice.choice(("\r\n", "\n"))
        csv.writer(text, delimiter=self.dice.choice((";", ",", "\t")), lineterminator=end).writerows(rows)
        encoding = self.dice.choice(ENCODINGS)
        try:
            return text.getvalue().encode(encoding)
        except UnicodeEncodeError:
            return text.getvalue().encode("utf-8-sig")

    def book(self, tables: dict[str, Rows]) -> bytes:
        """Write a workbook of Excel, in which numbers are numbers."""
        book: Any = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in tables.items():
            page = book.create_sheet(name)
            for at, row in enumerate(rows, 1):
                for place, text in enumerate(row, 1):
                    if text:
                        page.cell(at, place).value = self.number(text)
        if self.often():
            book.create_sheet("Nota's")["A1"] = "nog te bellen"
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def number(self, text: str) -> str | int | float:
        """Write a small number or a postcode as the number that a spreadsheet makes of it."""
        if not text.isascii() or not text.isdecimal() or text.startswith("0") or self.often():
            return text
        return self.dice.choice((int, float))(text)
