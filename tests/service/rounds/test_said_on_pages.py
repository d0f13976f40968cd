"""Do the pages say the true cause, and who takes over by name, before anything is noted?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import a_mentor, a_round, a_school
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


def test_who_stands_by_is_told_so_and_offers_no_lock(database: Database, children: Children) -> None:
    mentors = [a_mentor(1, first_name="An"), a_mentor(2, first_name="Bart", status="reserve")]
    pages = Pages(database, children, a_round([a_school(1)], mentors))
    pages.solved()
    pages.text("/plan/S001?mentor=M002")
    pages.work()
    text = pages.text("/plan/S001?mentor=M002")
    assert "Dit koppel mag niet: Bart staat in reserve." in text
    assert "vastgelegd" not in text
    assert "Ja, zet vast" not in text


def test_who_takes_over_is_told_by_name_on_the_plan_and_at_a_drop_out(database: Database, children: Children) -> None:
    mentors = [a_mentor(1, first_name="An"), a_mentor(2, first_name="Bart", sectors=("overige",))]
    pages = Pages(database, children, a_round([a_school(1)], mentors))
    pages.solved()
    told = "Bart neemt over bij School 1. Het plan verliest "
    for page in ("/plan", "/plan/S001"):
        assert told in pages.text(page)
    place = f"/v1/cohorts/{pages.cohort}/rounds/laatste"
    key = pages.client.get(place).json()["id"]
    for step in ("approve", "publish"):
        assert pages.client.post(f"/v1/cohorts/{pages.cohort}/rounds/{key}/{step}").status_code == 200
    assert f"Als An afhaakt: {told}" in pages.text("/uitval?mentor=M001")
