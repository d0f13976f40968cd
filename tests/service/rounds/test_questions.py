"""Does a question about a solved round get its answer, once, and say so where there is none?"""

from __future__ import annotations

import io
import threading
import time
from typing import TYPE_CHECKING

import sqlalchemy as sa
from openpyxl import load_workbook

from matcher import pair_list_words
from service.database.tables import job
from service.jobs import store as jobs
from service.web.answers import XLSX
from tests.page_text import as_read
from tests.service.publish_steps import Stage
from tests.service_client import a_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from httpx2 import Response

    from service.database.engine import Database
    from service.worker.child import Children

SCHOOL, MENTOR = "S001", "M005"


def asks(database: Database) -> int:
    """Count the questions that were put to workers."""
    with database.read() as transaction:
        query = sa.select(sa.func.count()).select_from(job).where(job.c.kind == "ask")
        return int(transaction.execute(query).scalar_one())


def test_alternatives_name_mentors_to_staff(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    found = stage.client.get(f"{place}/alternatives?school={SCHOOL}").json()["pairings"]
    assert {one["mentor"] for one in found} == {"M001", "M002", "M003", "M004", "M005"}
    assert all(one["reasons"] for one in found)
    of_mentor = stage.client.get(f"{place}/alternatives?mentor={MENTOR}").json()["pairings"]
    assert {(one["school"], one["mentor"]) for one in of_mentor} == {(f"S00{n}", MENTOR) for n in (1, 2, 3)}
    both = stage.client.get(f"{place}/alternatives?school={SCHOOL}&mentor={MENTOR}")
    assert (both.status_code, both.json()["errors"][0]["code"]) == (422, "one_of_both")


def test_question_about_who_is_not_there_names_the_nearest(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    school = stage.client.get(f"{place}/alternatives?school=S0099")
    assert (school.status_code, school.json()["code"]) == (404, "unknown_school")
    mentor = stage.client.get(f"{place}/pairings/S001/M0001")
    assert (mentor.status_code, mentor.json()["code"]) == (404, "unknown_mentor")
    assert mentor.json()["detail"].endswith("Bedoelde u «M001»?")
    assert asks(database) == 0


def test_pair_is_priced_once_and_the_answer_kept(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    path = f"{stage.solved()}/pairings/{SCHOOL}/{MENTOR}"
    found = stage.asked("GET", path)
    assert (found["school"], found["mentor"], found["price"]["possible"]) == (SCHOOL, MENTOR, True)
    assert stage.client.get(path).json() == found
    assert asks(database) == 1
    waited = stage.client.get(path, headers={"Prefer": "respond-async, wait=3"})
    assert waited.headers["preference-applied"] == "wait=3"


def answered(stage: Stage, path: str, work: Callable[[], bool]) -> Response:
    """Ask with patience while something works until it did what is asked."""
    answers: list[Response] = []
    thread = threading.Thread(target=lambda: answers.append(stage.client.get(path, headers={"Prefer": "wait=20"})))
    thread.start()
    end = time.monotonic() + 300
    while not work():
        assert time.monotonic() < end, "nobody asked"
    thread.join()
    return answers[0]


def test_question_is_waited_for_while_a_worker_answers(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    answer = answered(stage, f"{stage.solved()}/pairings/{SCHOOL}/{MENTOR}", lambda: stage.work() > 0)
    assert (answer.status_code, answer.json()["mentor"]) == (200, MENTOR)


def test_question_that_is_refused_answers_with_the_sentence(database: Database, children: Children) -> None:
    stage = Stage(database, children)

    def refuse() -> bool:
        with database.write() as transaction:
            waiting = transaction.execute(sa.select(job.c.id).where(job.c.kind == "ask")).scalar()
            row = jobs.claim(transaction, waiting, "test") if waiting is not None else None
            return row is not None and jobs.end(transaction, row.id, row.attempt, "failed", failure="Dat kan niet.")

    answer = answered(stage, f"{stage.solved()}/pairings/{SCHOOL}/{MENTOR}", refuse)
    assert (answer.status_code, answer.json()["code"], answer.json()["detail"]) == (422, "no_answer", "Dat kan niet.")


def test_answer_of_a_job_is_for_coordinators(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    path = f"{stage.solved()}/pairings/{SCHOOL}/{MENTOR}"
    waiting = stage.client.get(path, headers={"Prefer": "wait=0"})
    stage.work()
    place = waiting.headers["location"]
    assert stage.client.get(place).json()["result"]["answer"]["mentor"] == MENTOR
    assert a_client(stage.app, "viewer").get(place).json()["result"] is None
    assert a_client(stage.app, "viewer").get(path).status_code == 403


def test_question_about_a_round_whose_names_were_erased_is_answered(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    mentor = f"{stage.place}/mentors/{MENTOR}"
    named = {"first_name": "Zoë", "last_name": "Wimpelaar"}
    tag = {"If-Match": stage.client.get(mentor).headers["etag"]}
    assert stage.client.patch(mentor, json=named, headers=tag).status_code == 200
    place = stage.solved()
    path = f"{place}/what-if"
    body = {"locks": [{"school": SCHOOL, "mentor": MENTOR, "kind": "required"}]}
    before = stage.asked("POST", path, json=body)
    erased = a_client(stage.app, "admin").post(f"{mentor}/erase")
    assert erased.status_code == 200, erased.text
    after = stage.asked("POST", path, json=body)
    assert (before["losses"], before["moves"][0]["comes"]) == (after["losses"], after["moves"][0]["comes"])
    assert ("Wimpelaar" in before["moves"][0]["words"], "Wimpelaar" in str(after)) == (True, False)


def test_what_if_prices_agreements_and_withdrawals(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    lock = {"school": SCHOOL, "mentor": MENTOR, "kind": "required"}
    locked = stage.asked("POST", f"{place}/what-if", json={"locks": [lock]})
    assert locked["possible"]
    assert locked["words"].startswith("dat kost")
    mentor = stage.client.get(f"{place}/pairings").json()["items"][0]["mentor"]
    left = stage.asked("POST", f"{place}/what-if", json={"withdrawn": [mentor]})
    assert [one["goes"] for one in left["moves"]] == [[mentor]]


def test_what_if_without_anything_or_anybody_is_refused(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    assert stage.client.post(f"{place}/what-if", json={}).json()["errors"][0]["code"] == "nothing_asked"
    unknown = stage.client.post(f"{place}/what-if", json={"withdrawn": ["M0099"]})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/withdrawn/0")


def test_resilience_tells_of_each_mentor(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    found = stage.client.get(f"{stage.solved()}/resilience").json()
    assert len(found["drop_outs"]) == 3
    assert all(one["words"] for one in found["drop_outs"])


def test_round_that_is_not_studied_says_so(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.client.post(f"{stage.place}/rounds", json={}).headers["location"]
    assert stage.client.get(f"{place}/resilience").json()["code"] == "no_plan"
    stage.work()
    with database.write() as transaction:
        transaction.execute(sa.text("DELETE FROM suggestion"))
    assert stage.client.get(f"{place}/alternatives?school={SCHOOL}").json()["code"] == "not_studied"


def test_ladder_and_comparison_are_for_repairs(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    first = stage.published()
    assert stage.client.get(f"{first}/ladder").json()["code"] == "not_a_repair"
    assert stage.client.get(f"{first}/comparison").json()["code"] == "nothing_to_compare"
    mentor = stage.client.get(f"{first}/pairings").json()["items"][0]["mentor"]
    body = {"mentor": mentor, "reason": "no_time"}
    second = stage.client.post(f"{stage.place}/withdrawals", json=body).headers["location"]
    stage.work()
    rungs = stage.asked("GET", f"{second}/ladder")["rungs"]
    assert (rungs[0]["moves"], rungs[0]["proven"]) == (0, True)
    found = stage.asked("GET", f"{second}/comparison")
    assert (found["before"], [one["reason"] for one in found["moves"]]) == (
        first.rpartition("/")[2],
        ["M004 is uitgevallen (geen tijd meer)."],
    )
    back = stage.asked("GET", f"{first}/comparison?with={second.rpartition('/')[2]}")
    assert [one["comes"] for one in back["moves"]] == [[mentor]]
    other = Stage(database, children).solved().rpartition("/")[2]
    assert stage.client.get(f"{first}/comparison?with={other}").status_code == 404
    page = f"/cohorten/{stage.cohort}/vergelijken?van={other}&naar={first.rpartition('/')[2]}"
    told = stage.client.get(page, headers={"Accept": "text/html"})
    assert (told.status_code, "Een van deze rondes bestaat niet" in told.text) == (404, True)


def test_certificate_comes_as_json_and_as_workbook(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    path = f"{stage.solved()}/certificate"
    found = stage.asked("GET", path)
    assert (found["points"]["proven"], found["closes"], "workbook" in found) == (True, True, False)
    for book in (stage.client.get(f"{path}?format=xlsx"), stage.client.get(path, headers={"Accept": XLSX})):
        assert book.headers["content-type"] == XLSX
        assert load_workbook(io.BytesIO(book.content)).sheetnames
    assert asks(database) == 1


def test_plan_comes_as_a_workbook_to_merge_letters_from(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    path = f"{stage.solved()}/plan.xlsx"
    assert stage.client.get(path, headers={"Prefer": "wait=0"}).status_code == 202
    stage.work()
    book = load_workbook(io.BytesIO(stage.client.get(path).content))
    assert {"Plan", "Samenvoegen"} <= set(book.sheetnames)
    assert book["Samenvoegen"].max_row == 4
    assert a_client(stage.app, "viewer").get(path).status_code == 403


def test_all_possible_pairs_come_as_csv_beside_the_workbook(database: Database, children: Children) -> None:
    stage = Stage(database, children)
    place = stage.solved()
    answer = stage.client.get(f"{place}/pairs.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="koppels.csv"' in answer.headers["content-disposition"]
    rows = answer.text.removeprefix("\ufeff").splitlines()
    assert rows[0].startswith("Schoolnummer;School;Mentornummer")
    assert sum(row.endswith(";ja") for row in rows) == 3
    page = f"/cohorten/{stage.cohort}/publiceren?ronde={place.rpartition('/')[2]}"
    text = stage.client.get(page, headers={"Accept": "text/html"}).text
    words = pair_list_words()
    assert f"Koppels als CSV</a>: {words[:1].lower()}{words[1:]}" in as_read(text)
    link = f"/cohorten/{stage.cohort}/bestanden/{place.rpartition('/')[2]}/koppels.csv"
    assert link in text
    beside = stage.client.get(link)
    assert (beside.text, beside.status_code) == (answer.text, 200)
    assert "koppels-" in beside.headers["content-disposition"]
    assert a_client(stage.app, "viewer").get(f"{place}/pairs.csv").status_code == 403


def test_how_firm_a_plan_stands_is_told_over_http_and_on_its_page(database: Database, children: Children) -> None:
    """The same sentences in the answer, in its workbook, in the plan's workbook and on the page."""
    stage = Stage(database, children)
    place = stage.solved()
    found = stage.asked("GET", f"{place}/robustness")
    assert [one["key"] for one in found["weights"]]
    assert all(one["low"] <= one["weight"] <= one["high"] for one in found["weights"])
    assert "workbook" not in found
    book = load_workbook(io.BytesIO(stage.client.get(f"{place}/robustness?format=xlsx").content))
    words = [one["words"] for one in found["weights"]]
    assert [row[-1] for row in book["Gewichten"].iter_rows(min_row=2, values_only=True)] == words
    page = f"/cohorten/{stage.cohort}/stevigheid?ronde={place.rpartition('/')[2]}"
    text = as_read(stage.client.get(page, headers={"Accept": "text/html"}).text)
    assert "Hoe vast staat het plan?" in text
    for one in (*found["weights"], *found["single_choices"]):
        assert one["words"] in text
    assert a_client(stage.app, "viewer").get(f"{place}/robustness").status_code == 403
    assert stage.client.get(f"{place}/plan.xlsx", headers={"Prefer": "wait=0"}).status_code == 202
    stage.work()
    whole = load_workbook(io.BytesIO(stage.client.get(f"{place}/plan.xlsx").content))
    assert [row[-1] for row in whole["Gewichten"].iter_rows(min_row=2, values_only=True)] == words
