"""Does a folder hold the whole year, and can the next run read it back?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from defusedxml.ElementTree import parse

from matcher.domain.document import loads
from matcher.domain.season_document import season_from_document, year_from_document
from matcher.output.files import write_together
from matcher.output.ical import Organizer, changes
from matcher.output.session_files import session_writers
from matcher.sessions.identity import identify
from tests.output.calendar_store import read_events
from tests.season_builders import a_guide, a_participant, a_season, a_session, a_year

if TYPE_CHECKING:
    from pathlib import Path

SEASON = a_season(
    participants=[a_participant(n, email=f"school{n}@onderwijs.example") for n in range(1, 5)],
    guides=(a_guide("M/1", email="mentor@bedrijf.example"),),
    stamp=datetime(2026, 11, 23, tzinfo=UTC),
)
SESSION = a_session(mentors=("M/1",))


def test_folder_holds_the_year_in_every_form(tmp_path: Path) -> None:
    sessions, _ = identify(SEASON, [SESSION])
    year = a_year(*sessions)
    write_together(tmp_path / "uit", session_writers(SEASON, year))
    names = sorted(str(one.relative_to(tmp_path / "uit")) for one in (tmp_path / "uit").rglob("*") if one.is_file())
    (mentor,) = [name for name in names if name.startswith("agenda/mentor")]
    assert [name for name in names if name != mentor] == [
        "agenda/alle.ics",
        *(f"agenda/school-S00{n}.ics" for n in range(1, 5)),
        "jaaroverzicht.svg",
        "seizoen.json",
        "sessies.json",
        "sessies.xlsx",
        "wie-ontmoet-wie.svg",
    ]
    assert year_from_document(loads((tmp_path / "uit" / "sessies.json").read_text(encoding="utf-8"))) == year
    assert season_from_document(loads((tmp_path / "uit" / "seizoen.json").read_text(encoding="utf-8"))) == SEASON
    assert parse(tmp_path / "uit" / "jaaroverzicht.svg").getroot().tag.endswith("svg")
    assert len(read_events((tmp_path / "uit" / mentor).read_bytes())) == 1


def test_rerun_leaves_messages_for_those_concerned(tmp_path: Path) -> None:
    old_sessions, _ = identify(SEASON, [SESSION])
    old = a_year(*old_sessions)
    season = replace(SEASON, previous=old, stamp=datetime(2026, 11, 24, tzinfo=UTC))
    moved, cancelled = identify(season, [replace(SESSION, day=date(2027, 1, 20), schools=("S001", "S003"))])
    new = a_year(*moved, cancelled=cancelled)
    messages = changes(season, old, new, Organizer("Jan", "jan@voka.example"))
    write_together(tmp_path, session_writers(season, new, messages))
    found = {str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*.ics") if one.parent.name != "agenda"}
    assert found == {
        "berichten/2026-11-24-000000/001-uitnodiging-school-S001.ics",
        "berichten/2026-11-24-000000/002-uitnodiging-school-S003.ics",
        "berichten/2026-11-24-000000/003-uitnodiging-mentor-M_1.ics",
        "berichten/2026-11-24-000000/004-afzegging-school-S002.ics",
    }
