"""What comes out of reading a cohort? A round, or the reasons why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from matcher.domain.counting import counted
from matcher.domain.finding import Finding
from matcher.domain.round import Round
from matcher.intake.reading.grid import Grid
from matcher.intake.reading.limits import MAX_FINDINGS
from matcher.intake.reading.source_position import Place
from matcher.intake.tables.headers import ColumnMapping, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much was read: good rows by table, bad rows of all tables, and findings by severity."""

    schools: int = 0
    mentors: int = 0
    agreements: int = 0
    bad_rows: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0

    def __str__(self) -> str:
        """One Dutch line for people, such as `45 mentoren, 3 afspraken en 20 scholen gelezen, 0 fouten`."""
        read = f"{counted(self.mentors, 'mentor', 'mentoren')}, {counted(self.agreements, 'afspraak', 'afspraken')} en "
        read += f"{counted(self.schools, 'school', 'scholen')} gelezen"
        if not (self.mentors or self.agreements or self.schools):
            read = "Nog niets gelezen"
        wrong = counted(self.errors, "fout", "fouten")
        bad = f" ({counted(self.bad_rows, 'rij', 'rijen')} onbruikbaar)" if self.bad_rows else ""
        warned = f", {counted(self.warnings, 'waarschuwing', 'waarschuwingen')}" if self.warnings else ""
        return f"{read}, {wrong}{bad}{warned}"


@dataclass(frozen=True, slots=True)
class HowToRead:
    """Which column each header is (empty for none), and what is read in place of a cell's text; by table."""

    headers: ColumnMapping = field(default_factory=lambda: MappingProxyType({}))
    cells: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=lambda: MappingProxyType({}))

    def with_told(self, headers: ColumnMapping, cells: Mapping[str, Mapping[str, Mapping[str, str]]]) -> HowToRead:
        """Add what is told of headers and cells; it goes before what stood here."""
        both = {**self.cells}
        for sheet, told in cells.items():
            both[sheet] = _joined(both.get(sheet, {}), told)
        return HowToRead(_joined(self.headers, headers), both)


def _joined(known: ColumnMapping, told: ColumnMapping) -> ColumnMapping:
    return {
        one: {**known.get(one, {}), **told.get(one, {})} for one in (*known, *(one for one in told if one not in known))
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """What was read: a round unless there are errors, and everything odd, errors and the rest in file order.

    At most 1,000 findings are listed (errors first if there are more), then one that tells the total;
    `counts` knows them all. `server` is the routing server that the policy names, empty for none. `tables` are
    those that were recognised, `grids` all that was read, both with what was mended; `how` is what was said of how
    to read them.
    """

    given: Round | None
    findings: tuple[Finding, ...]
    counts: Counts
    server: str = ""
    tables: tuple[Table, ...] = ()
    grids: tuple[Grid, ...] = ()
    how: HowToRead = field(default_factory=HowToRead)


def listed(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """List the first 1,000, errors before others if there are more, and then how many there are."""
    if len(findings) <= MAX_FINDINGS:
        return tuple(findings)
    first = sorted(findings, key=lambda finding: finding.severity != "error")[:MAX_FINDINGS]
    counts = Counter(finding.severity for finding in findings)
    message = (
        f"Er zijn {len(findings)} bevindingen ({counted(counts['error'], 'fout', 'fouten')}); dit "
        f"zijn er {MAX_FINDINGS}."
    )
    place = Place(findings[0].file)
    remedy = "Los deze eerst op en lees het bestand opnieuw."
    last = place.error if counts["error"] else place.warning
    return (*first, last("too_many_findings", message, remedy))
