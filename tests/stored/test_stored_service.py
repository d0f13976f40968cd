"""Does the service on data that was stored before answer as it did: its own database, or a backup in either kind?"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.postgres import run_sql
from tests.stored.serving import Served, answers_of_today, restored, serve, stored_database
from tests.stored.stored import document, in_words_of_now, unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator


NAMES: dict[str, str] = document("names.json")
COHORT = f"/v1/cohorts/{NAMES['cohort']}"
ANSWERS: dict[str, Any] = document("answers.json.gz")
BEGUN = {"name": "Limburg en omstreken", "region": "Limburg", "school_year": 2026, "keep_until": "2090-07-01T00:00:00Z"}
BEGUN_WITH = {"Idempotency-Key": "bewaard-antwoord-1"}
ON_THE_TABLE = tuple(
    f"/{COHORT.replace('/', '~1')}~1rounds~1{NAMES[name]}~1pairings~1000110~1M001/body/remedy/price/"
    for name in ("published_round", "repaired_round")
)
"""What is answered otherwise now: what a remedy costs is against the plan on the table, not against a plan of which
nobody saw anything."""

CLOSE_CALLS = f"/{COHORT.replace('/', '~1')}~1preflight/body/close_call"
"""What the check tells besides: which pairs hang on an estimate of travel."""

ANSWERED_OTHERWISE = {
    "applications#/body/items/3/confirm_link": "the secret stands in the path: the link needs no script",
    "applications/app_01m8jgtszgnms5xdvwp5w25#/body/confirm_link": "the same of one application",
    "calendars#/body/items": "a place that receives has a calendar of its own",
    "criteria#/body/items/4/columns": "finalities may stand in the place of onderwijsvormen",
    "label/": "the baseline in a school's row is a baseline; a level asks each of its criteria",
    "measurements#/body": "the baseline in a school's row is a baseline",
    "measurements/missing": "the baseline in a school's row is a baseline",
    "measurements/needs": "the baseline in a school's row is a baseline",
    "award/decision#/body/sentences/0": "a score is said on its highest: 7 op 10",
    "outcomes/summary#/body/sentence": "a score is said on its highest, and how often pairs met is said once",
    "outcomes/ledger": "how content a school was may be unknown, and is then no reason to be content",
    "preflight#/body/shortages": "drives that nobody would ask for first come last, and each open place is told of",
    "preflight#/body/unmatchable/0/sentence": "a mentor fits a school, as on the page of the check",
    "preflight#/body/unmatchable/1/sentence": "a mentor fits a school, as on the page of the check",
    "progress": "what was measured twice is counted in words that hold for none, one and more",
    "rounds/{published_round}/pairings?limit=200": "a parameter that a question does not know is refused",
    "rounds/{repaired_round}/pairings?limit=200": "a parameter that a question does not know is refused",
    "schools/000101/needs#/body/needs": "a mean stands beside the highest there is",
    "seasons/{season}#/body/year/goals/4/words": "goals of a year have plainer names",
    "seasons/{season}#/body/year/goals/6/words": "goals of a year have plainer names",
    "seasons/{season}/meetings.svg": "drawings have the colours of the console, and letters that can be read",
    "seasons/{season}/year.svg": "drawings have the colours of the console, and letters that can be read",
    "seasons/{season}/why?round=2&school=000101": "a parameter that a question does not know is refused",
}
"""Which answers differ otherwise, and why: the beginning of a path below the cohort or /v1, `#` and a pointer in it."""

ROOTS = {way: "/v1" if way.startswith("criteria") else COHORT for way in ANSWERED_OTHERWISE}
OTHERWISE = tuple(
    "/" + f"{root}/{way.partition('#')[0].format(**NAMES)}".replace("/", "~1") + way.partition("#")[2]
    for way, root in ROOTS.items()
)
"""The same as JSON pointers."""

REFUSED_NOW = 3
"""Questions above with a parameter that was left unread before."""

REFRESH = "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n"
"""What every calendar tells besides: how often to ask again."""

MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{3})\d*)?Z")

PAGES = {
    "/": ("Limburg en omstreken", "Nog leeg"),
    "": ("Limburg en omstreken",),
    "/gegevens": ("scholen.csv", "mentoren (def).xlsx"),
    "/plan": ("Technisch Instituut De Tandraderij", "Tom Raderstraete", "932"),
    "/plan/000101": ("Technisch Instituut De Tandraderij", "Tom Raderstraete"),
    "/mentoren": ("Karim Belhadrouf",),
    "/scholen/000105": ("Lieve Nieuwkomer",),
    "/regels": ("75",),
    "/sessies": ("Provinciehuis",),
    "/aanmeldingen": ("School 1", "Bedrijf 1"),
    "/selectie": ("School 1",),
    "/traject": ("Technisch Instituut De Tandraderij",),
    "/traject/000101": ("Lessenreeks schrijven", "certificaat 114"),
    "/uitval": ("M028",),
    "/dossier": ("Ronde 1", "2090-07-01"),
}
"""What the coordinator reads on the pages of the cohort; "/" is the one with all cohorts."""


@pytest.fixture(scope="module", params=["own file", "backup in sqlite", "backup in postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the stored data."""
    folder, database_url = tmp_path_factory.mktemp("dienst"), ""
    if request.param == "own file":
        stored_database(folder)
    else:
        if request.param == "backup in postgresql":
            server = request.getfixturevalue("postgres_server")
            run_sql(server, "CREATE DATABASE stored")
            database_url = f"{server.rsplit('/', 1)[0]}/stored"
        restored(folder, database_url)
    answers_of_today(folder, database_url)
    with serve(folder, database_url) as one:
        yield one


MOST_WAITS = 15
"""As many times a question is asked again that was not answered within the 20 seconds that it may take."""


def answered(client: httpx2.Client, path: str) -> dict[str, Any]:
    """Ask; give what is compared of an answer. A workbook is never twice the same bytes: its kind tells enough."""
    answer = client.get(path)
    for _ in range(MOST_WAITS):
        if answer.status_code != httpx2.codes.ACCEPTED:
            break
        answer = client.get(path)  # a busy machine: the question is still being answered
    kind = answer.headers.get("content-type", "")
    text = answer.text.replace(REFRESH, "") if kind.startswith(("text", "image/svg")) else "*"
    body: Any = answer.json() if "json" in kind else text
    return {"status": answer.status_code, "type": kind, "body": body}


def to_the_millisecond(told: Any) -> Any:  # noqa: ANN401 - any JSON
    """Write all moments alike: with how many digits of a second one is told, nobody was promised."""
    if isinstance(told, dict):
        return {name: to_the_millisecond(one) for name, one in told.items()}
    if isinstance(told, list):
        return [to_the_millisecond(one) for one in told]
    moment = MOMENT.fullmatch(told) if isinstance(told, str) else None
    return told if moment is None else f"{moment[1]}.{moment[2] or '000'}Z"


def test_stored_data_gives_the_answers_of_before(served: Served) -> None:
    with served.client(NAMES["admin_key"], Prefer="wait=20") as client:
        found = {path: answered(client, path) for path in ANSWERS}
    before, now = (in_words_of_now(to_the_millisecond(one)) for one in (ANSWERS, found))
    told = unnamed(before, now)
    assert [one for one in told if not one[0].startswith((*ON_THE_TABLE, CLOSE_CALLS, *OTHERWISE))] == []
    assert [way for way in OTHERWISE if not any(one[0].startswith(way) for one in told)] == []
    assert len(ANSWERS) == 122
    assert sum(one["status"] == 200 for one in found.values()) == 116 - REFUSED_NOW


@pytest.mark.parametrize("path", PAGES)
def test_stored_data_shows_on_the_pages(coordinator: httpx2.Client, path: str) -> None:
    page = coordinator.get("/" if path == "/" else f"/cohorten/{NAMES['cohort']}{path}", follow_redirects=True)
    assert page.status_code == 200, page.text[:500]
    assert [words for words in PAGES[path] if words not in page.text] == []


@pytest.fixture(scope="module")
def coordinator(served: Served) -> Iterator[httpx2.Client]:
    """Log in as the coordinator who was stored, with a link that a command gives."""
    link = served.run("users", "link", "an@voorbeeld.example")
    secret = re.search(r"/aanmelden#(\S+)", link)
    assert secret is not None, link
    with served.client() as client:
        assert client.post("/v1/session", json={"link": secret[1]}).status_code == 201
        yield client


def test_answer_kept_before_is_given_again_and_begins_nothing(served: Served) -> None:
    with served.client(NAMES["admin_key"]) as client:
        again = client.post("/v1/cohorts", json=BEGUN, headers=BEGUN_WITH)
        assert (again.status_code, again.json()["id"]) == (201, NAMES["cohort"])
        other = client.post("/v1/cohorts", json=BEGUN | {"name": "Anders"}, headers=BEGUN_WITH)
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
        assert len(client.get("/v1/cohorts").json()["items"]) == 2


def test_keys_stored_before_open_what_they_opened(served: Served) -> None:
    shown = f"/v1/portal/cohorts/{NAMES['cohort']}/schools/{NAMES['school']}/suggestions"
    with served.client(NAMES["portal_key"]) as portal, served.client(NAMES["revoked_key"]) as revoked:
        assert portal.get(shown).json() == ANSWERS[shown]["body"]
        assert portal.get(COHORT).status_code == 403
        assert revoked.get(shown).status_code == 401
    with served.client() as nobody:
        assert nobody.get(shown).status_code == 401


@pytest.mark.parametrize("place", [f"/rounds/{NAMES['published_round']}/record", "/award/record"])
def test_records_signed_before_are_sound_until_they_change(served: Served, place: str) -> None:
    body = ANSWERS[f"{COHORT}{place}"]["body"]
    record = body["record"] if "record" in body else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    with served.client(NAMES["admin_key"]) as client:
        for sent, sound in ((record, True), (record.replace("000101", "000102", 1), False)):
            checked = client.post(f"{COHORT}{place}/check", json={"record": sent})
            assert (checked.status_code, checked.json()["sound"]) == (200, sound)


def test_stored_cohort_is_solved_again_to_a_proven_plan(served: Served) -> None:
    with served.client(NAMES["admin_key"]) as client:
        place = client.post(f"{COHORT}/rounds", json={}).headers["location"]
        assert client.get(f"/v1/jobs/{client.get(place).json()['job']}/events").status_code == 200
        plan = client.get(place).json()["plan"]
        assert (plan["status"], plan["pairs"]) == ("proven", 21)
