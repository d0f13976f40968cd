"""Which files does a year of the learning network leave in a folder?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.domain.document import dumps
from matcher.domain.season_document import season_to_document, year_to_document
from matcher.output.ical import NOBODY, Message, feeds, message_name
from matcher.output.meeting_matrix import meeting_matrix
from matcher.output.sessions_workbook import write_sessions_workbook
from matcher.output.year_view import year_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from matcher.domain.season import Season
    from matcher.domain.year import Year
    from matcher.output.ical_event import Organizer

    Writers = Mapping[str, Callable[[Path], object]]


def session_writers(
    season: Season, year: Year, messages: Iterable[Message] = (), organizer: Organizer = NOBODY
) -> Writers:
    """Give what writes each file, by its name, for `write_together`.

    `sessies.json`, `seizoen.json` (what went in), `sessies.xlsx`, two pictures, `agenda/` with a calendar for
    all and one each, and the `messages` in a folder of this moment of planning: those of an earlier run
    must not be sent again.
    """
    files = {f"agenda/{name}": data for name, data in feeds(season, year, organizer).items()}
    post = f"berichten/{season.stamp:%Y-%m-%d-%H%M%S}"
    files |= {f"{post}/{message_name(number, one)}": one.data for number, one in enumerate(messages, 1)}
    files["sessies.json"] = dumps(year_to_document(year)).encode()
    files["seizoen.json"] = dumps(season_to_document(season)).encode()
    files["jaaroverzicht.svg"] = year_view(season, year).encode()
    files["wie-ontmoet-wie.svg"] = meeting_matrix(season, year).encode()
    writers: dict[str, Callable[[Path], object]] = {name: _writer(data) for name, data in files.items()}
    writers["sessies.xlsx"] = lambda path: write_sessions_workbook(path, season, year)
    return writers


def _writer(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)
