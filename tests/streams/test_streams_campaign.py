"""Does the campaign of streams measure what it says: every stream hears all, beside reads that are answered?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.core.settings import Settings
from service.database.engine import Database
from tests.kills.service import Service
from tests.streams import campaign
from tests.streams.campaign import StreamLane

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_few_streams_each_hear_all_beside_reads(
    kind: str, tmp_path: Path, empty_address: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign, "EVENTS", 3)
    monkeypatch.setattr(campaign, "EVENT_SECONDS", 0.05)
    address = empty_address(kind) if kind == "postgresql" else ""
    service = Service(tmp_path, database_url=address)
    lane = StreamLane(service, Database(Settings(folder=tmp_path, database_url=address).address), 35, 20)
    try:
        outcome = lane.run()
    finally:
        lane.end()
    assert (outcome.streams, outcome.heard_all) == (35, 35)
    assert outcome.alone.p50 > 0
