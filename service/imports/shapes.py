"""How does an import look on the wire?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from service.web.shapes import Shape
from service.web.values import At, FullLine, Line

TableName = Literal["Scholen", "Mentoren", "Afspraken", "Nulmeting"]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
CellText = Annotated[str, StringConstraints(max_length=1000)]
RowNumber = Annotated[int, Field(ge=1, le=1_048_576)]


class FixIn(Shape):
    """A new text for one cell, named as a finding names it; null takes an earlier fix back.

    An empty text without a column leaves the whole row out, and without a row too the whole sheet.
    """

    file: FileName = Field(examples=["scholen.csv"])
    sheet: Line | None = Field(None, examples=["Scholen"])
    row: RowNumber | None
    column: FullLine | None = Field(examples=["postcode"], description="Null: de hele rij; dan is value leeg of null.")
    value: CellText | None

    @model_validator(mode="after")
    def check_whole(self) -> FixIn:
        """Refuse a text for a whole row, and a column of no row."""
        if (self.column is None and self.value) or (self.row is None and self.column is not None):
            message = "Een tekst hoort in één cel: noem rij en kolom."
            raise PydanticCustomError("unknown_value", "{sentence}", {"sentence": message})
        return self


class MappingIn(Shape):
    """Which column a header means: the column's name, empty for none, null for what it says itself."""

    table: TableName
    header: FullLine = Field(examples=["Plek"])
    column: Line | None = Field(examples=["postcode"])


class AnswerIn(Shape):
    """What is read in place of a cell's whole text, wherever it stands in that column; null takes it back."""

    table: TableName
    column: Line = Field(examples=["richtingen"])
    text: CellText = Field(min_length=1, examples=["Latijn-STEM"])
    value: CellText | None = Field(examples=["wetenschappen"])


class ImportChange(Shape):
    """What to mend; earlier fixes, headers and answers stay. Headers and answers hold for later imports too."""

    fixes: list[FixIn] = Field(default=[], max_length=1000)
    mapping: list[MappingIn] = Field(default=[], max_length=200)
    answers: list[AnswerIn] = Field(default=[], max_length=1000)


class FindingOut(Shape):
    """What is odd, where, and what to do about it."""

    severity: Literal["error", "warning", "note"]
    code: str
    message: str
    remedy: str
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    proposal: str = Field("", description="De hele tekst die wellicht bedoeld is; leeg als we er geen kennen.")
    other_row: int | None = Field(None, description="De rij die hetzelfde zegt, of het tegendeel.")
    table: str = Field("", description="De soort tabel die er nog eens staat.")
    who: str = Field("", description="Wie de rij beschrijft; leeg als ze dat niet zegt.")
    header: str = Field("", description="Hoe het bestand zelf de kolom noemt; leeg als dat onze naam is.")


class ReadColumn(Shape):
    """A column of a file: what it is read as (null: not read), alone or together with others, and first cells."""

    header: str
    column: str | None
    together: bool = Field(default=False, description="Ook andere kolommen zeggen samen dit, zoals die van ma tot vr.")
    samples: list[str] = Field(default=[], description="De eerste drie verschillende cellen.")


class ReadTable(Shape):
    """A table that was found: which header is which column, its first rows and those that need a look."""

    file: str
    sheet: str | None
    table: TableName
    header_row: int
    rows: int
    columns: list[ReadColumn]
    cells: list[dict[str, Any]]


class ChangeOut(Shape):
    """What committing does to a school or mentor: `kept` was changed or added by hand, `left_out` removed by hand."""

    side: Literal["school", "mentor"]
    id: str
    action: Literal["added", "changed", "removed", "kept", "left_out"]
    fields: list[str]
    overruled: list[str] = Field(description="Velden die iemand met de hand wijzigde en die het bestand ook wijzigt.")


class LossOut(Shape):
    """A side of which most would go."""

    side: Literal["school", "mentor"]
    gone: int
    of: int


class FallenOut(Shape):
    """An agreement that falls, for its school or its mentor goes."""

    school: str
    mentor: str
    school_name: str
    mentor_name: str
    kind: Literal["required", "forbidden"]
    reason: str


class ImportBrief(Shape):
    """An import."""

    id: str
    state: Literal["reading", "ready", "committed", "failed"]
    files: list[str]
    job: str | None
    version: int
    created_at: At
    committed_at: At | None


class ImportOut(ImportBrief):
    """An import with what was found: the first 1,000 findings and changes, and how many there are."""

    failure: str
    mapping: dict[str, dict[str, str]]
    fixes: list[dict[str, Any]]
    sentence: str
    counts: dict[str, int]
    findings: list[FindingOut]
    total: int
    tables: list[ReadTable]
    changes: list[ChangeOut]
    changed: dict[str, int] = Field(description="Hoeveel er bijkomen, wijzigen, verdwijnen en blijven.")
    losses: list[LossOut] = Field(
        [], description="Waar de meeste scholen of mentoren verdwijnen: hoeveel, en van hoeveel. Dan is replace nodig."
    )
    fallen: list[FallenOut] = Field([], description="Afspraken die vervallen.")
