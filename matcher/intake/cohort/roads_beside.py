"""Do road times lie beside this cohort, and for whom are they missing?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from matcher.domain.finding import Finding
from matcher.domain.season import Season
from matcher.intake.cohort.cohort import Cohort
from matcher.intake.places.stored_roads import missing_finding, read_roads, roads_file, with_stored_roads


def with_roads_beside(cohort: Cohort, source: Path) -> Cohort:
    """Put the road times that lie beside a cohort in its round, with what is odd about them; else leave it."""
    if cohort.given is None:
        return cohort
    file = roads_file(source)
    roads, findings = read_roads(file)
    given = cohort.given
    if roads is not None:
        given, findings = with_stored_roads(given, roads, file.name)
    counts = replace(cohort.counts, warnings=cohort.counts.warnings + len(findings))
    return replace(cohort, given=given, findings=(*cohort.findings, *findings), counts=counts)


def season_with_roads_beside(season: Season, source: Path) -> tuple[Season, tuple[Finding, ...]]:
    """Put the road times that lie beside a cohort in its season, and say which places they lack."""
    file = roads_file(source)
    roads, _ = read_roads(file)  # what is odd about the file was told with the cohort
    if roads is None:
        return season, ()
    table = roads.between((one.position for one in season.participants), (one.position for one in season.hosts))
    missing = [one.name for one in season.hosts if one.kind == "other" and one.position not in set(roads.places)]
    return replace(season, roads=table), missing_finding(missing, roads, file.name)
