"""Which road times lie beside a cohort? A server's table, kept so that later rounds need no server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from matcher.domain.document import loads
from matcher.domain.errors import In2StemError
from matcher.domain.finding import Finding
from matcher.domain.position import Position
from matcher.domain.round import Round
from matcher.domain.travel import UNREACHABLE, RoadTimes
from matcher.intake.reading.source_position import Place

if TYPE_CHECKING:
    from matcher.intake.places.road_times import RoadServer

FILE: Final = "reistijden.json"
FORMAT: Final = "in2stem-reistijden/1"
AGAIN: Final = "Draai «in2stem travel» opnieuw; tot dan zijn die ritten geschat."
MOST_BYTES: Final = 64_000_000
NAMED: Final = 5
"""So many who are not in the table are named."""


@dataclass(frozen=True, slots=True, eq=False)
class StoredRoads:
    """Minutes one way between all places of a cohort (square, rounded up), whose they are and of which day."""

    source: str
    day: date
    places: tuple[Position, ...]
    minutes: np.ndarray[Any, np.dtype[np.int32]]

    def between(self, origins: Iterable[Position], destinations: Iterable[Position]) -> RoadTimes:
        """Give the part of the table that some trips need; places that it lacks are left out."""
        number = {place: row for row, place in enumerate(self.places)}
        starts, ends = (tuple(one for one in dict.fromkeys(some) if one in number) for some in (origins, destinations))
        rows, columns = ([number[one] for one in some] for some in (starts, ends))
        source = f"{self.source} ({self.day:%d/%m/%Y})"
        return RoadTimes(source, starts, ends, self.minutes[np.ix_(rows, columns)])


def roads_file(source: Path) -> Path:
    """Give where a cohort's road times lie: in its folder, or beside its workbook."""
    return source / FILE if source.is_dir() else source.with_name(f"{source.stem}.{FILE}")


def fetch_roads(given: Round, others: Sequence[Position], server: RoadServer, day: date) -> StoredRoads:
    """Ask a server for the minutes between all schools, mentors and `others`; raises RoutingError."""
    from matcher.intake.places.road_times import ask_everything  # noqa: PLC0415 - what goes on the net loads with it

    schools, mentors = ([one.position for one in given.schools], [one.position for one in given.mentors])
    places = tuple(dict.fromkeys((*schools, *mentors, *others)))
    return StoredRoads(f"{server.engine.upper()} {server.url}", day, places, ask_everything(server, places))


def write_roads(path: Path, roads: StoredRoads) -> None:
    """Write a table as its document."""
    places = [[one.latitude, one.longitude] for one in roads.places]
    told = {"format": FORMAT, "source": roads.source, "day": roads.day.isoformat(), "places": places}
    path.write_text(json.dumps(told | {"minutes": roads.minutes.tolist()}) + "\n", encoding="utf-8")


def read_roads(path: Path) -> tuple[StoredRoads | None, tuple[Finding, ...]]:
    """Read the table at a path; None without a finding where there is none, with one where it is damaged."""
    if not path.is_file():
        return None, ()
    try:
        return _roads(loads(path.read_bytes()[: MOST_BYTES + 1].decode("utf-8"))), ()
    except (OSError, ValueError, TypeError, KeyError, In2StemError):
        message = "Dit is geen tabel met reistijden van ons, of ze is beschadigd; ze telt niet mee."
        return None, (Place(path.name).warning("damaged_roads", message, AGAIN),)


def with_stored_roads(given: Round, roads: StoredRoads, file: str) -> tuple[Round, tuple[Finding, ...]]:
    """Put stored road times in a round, and say for whom they are missing."""
    known = set(roads.places)
    missing = [one.name or one.id for one in given.schools if one.position not in known]
    missing += [one.name or one.id for one in given.mentors if one.position not in known]
    table = roads.between((one.position for one in given.mentors), (one.position for one in given.schools))
    return replace(given, roads=table), missing_finding(missing, roads, file)


def missing_finding(missing: Sequence[str], roads: StoredRoads, file: str) -> tuple[Finding, ...]:
    """Say who is not in a table, if anybody."""
    if not missing:
        return ()
    told = ", ".join(missing[:NAMED]) + (f" en {len(missing) - NAMED} andere" if len(missing) > NAMED else "")
    message = f"In de reistijden van {roads.day:%d/%m/%Y} staat geen rit van of naar {told}."
    return (Place(file).warning("roads_missing", message, AGAIN),)


def _roads(document: object) -> StoredRoads:
    """Read a document; raises ValueError, TypeError or KeyError for what is none."""
    if not isinstance(document, dict) or document["format"] != FORMAT or not isinstance(document["source"], str):
        raise ValueError("another document")
    places = tuple(Position(float(latitude), float(longitude)) for latitude, longitude in document["places"])
    minutes = np.array(document["minutes"]).reshape(len(places), len(places))
    if minutes.size and (minutes.dtype.kind != "i" or minutes.min() < 0 or minutes.max() > UNREACHABLE):
        raise ValueError("no minutes")
    return StoredRoads(document["source"], date.fromisoformat(document["day"]), places, minutes.astype(np.int32))
