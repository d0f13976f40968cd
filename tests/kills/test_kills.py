"""Is nothing lost when the service dies once at every point? The campaigns do it hundreds of times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.core.crashpoints import POINTS as NAMED
from service.core.settings import Settings
from service.database.engine import Database
from tests.kills.campaign import POINTS, Lane, run
from tests.kills.mail_lane import POINTS as MAIL_POINTS
from tests.kills.mail_lane import MailLane, run_mails
from tests.kills.service import Service
from tests.post_office import a_post_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_campaign_dies_at_every_named_point() -> None:
    assert sorted({*POINTS, *MAIL_POINTS}) == sorted(NAMED)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_service_that_dies_at_every_point_loses_nothing(
    kind: str, tmp_path: Path, empty_address: Callable[[str], str]
) -> None:
    address = empty_address(kind) if kind == "postgresql" else ""
    service = Service(tmp_path, database_url=address, workers=2 if address else 0)
    lane = Lane(service, Database(Settings(folder=tmp_path, database_url=address).address), patience=300)
    try:
        lane.prepare()
        run(lane, len(POINTS), lambda _line: None)
    finally:
        lane.service.stop()
    assert sorted(lane.deaths) == sorted(POINTS)
    assert service.kills == len(POINTS)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_service_that_dies_between_any_two_steps_of_a_mail_sends_it_and_once(
    kind: str, tmp_path: Path, empty_address: Callable[[str], str]
) -> None:
    address = empty_address(kind) if kind == "postgresql" else ""
    service = Service(tmp_path, database_url=address, workers=2 if address else 0)
    database = Database(Settings(folder=tmp_path, database_url=address).address)
    with a_post_office() as office:
        lane = MailLane(service, database, office, patience=300)
        try:
            lane.prepare()
            run_mails(lane, len(MAIL_POINTS), lambda _line: None)
        finally:
            lane.service.stop()
    assert sorted(lane.deaths) == sorted(MAIL_POINTS)
    assert (service.kills, lane.mails) == (len(MAIL_POINTS), len(MAIL_POINTS))
