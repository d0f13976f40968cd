"""Can a program that a public generator made of the document do what a portal does, without a word of ours?"""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from service.web.answers import to_json
from tests.service.publish_steps import Stage
from tests.service.trajectory.applying import MENTOR, SCHOOL
from tests.service_client import a_client, a_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from service.database.engine import Database
    from service.worker.child import Children

NAME = "in2stem_client"


@pytest.fixture
def stage(database: Database, children: Children) -> Stage:
    """Have a plan published."""
    found = Stage(database, children)
    found.published()
    return found


@pytest.fixture(scope="module")
def generate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], Path]:
    """Give a way to have the generator make a client of a document; of the same document it is made once."""
    made: dict[bytes, Path] = {}

    def make(document: bytes) -> Path:
        if document not in made:
            made[document] = _generated(tmp_path_factory.mktemp("client"), document)
        return made[document]

    return make


def _generated(folder: Path, document: bytes) -> Path:
    (folder / "openapi.json").write_bytes(document)
    (folder / "config.yml").write_text(f"post_hooks: []\npackage_name_override: {NAME}\n", encoding="utf-8")
    asked = [
        sys.executable,
        "-m",
        "openapi_python_client",
        "generate",
        "--path",
        "openapi.json",
        "--config",
        "config.yml",
    ]
    done = subprocess.run(  # noqa: S603 - our own words
        [*asked, "--output-path", "made"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "made"


@pytest.fixture
def made(stage: Stage, generate: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Have the generator make a client of the document, and load it."""
    monkeypatch.syspath_prepend(str(generate(to_json(stage.app.openapi()))))
    yield importlib.import_module(NAME)
    for name in [one for one in sys.modules if one.partition(".")[0] == NAME]:
        del sys.modules[name]


class Caller:
    """Calls operations of the made client, in this process."""

    def __init__(self, made: ModuleType, stage: Stage, key: str) -> None:
        """Come with a key."""
        choices = {"transport": httpx.ASGITransport(app=stage.app)}
        self.client = made.AuthenticatedClient(base_url="http://test", token=key, httpx_args=choices)

    def ask(self, tag: str, operation: str, **arguments: Any) -> Any:  # noqa: ANN401 - an answer of the made client
        """Ask one operation; give status and what the client read."""
        module = importlib.import_module(f"{NAME}.api.{tag}.{operation}")
        found = asyncio.run(self._once(module, arguments))
        return int(found.status_code), found.parsed

    async def _once(self, module: ModuleType, arguments: dict[str, Any]) -> Any:  # noqa: ANN401
        answer = await module.asyncio_detailed(client=self.client, **arguments)
        await self.client.get_async_httpx_client().aclose()
        self.client._async_client = None
        return answer


def model(name: str, values: dict[str, Any]) -> Any:  # noqa: ANN401 - a model of the made client
    return getattr(importlib.import_module(f"{NAME}.models"), name).from_dict(values)


def test_made_client_applies_confirms_and_reads_what_is_published(stage: Stage, made: ModuleType) -> None:
    database = stage.app.state.database
    reader = Caller(made, stage, a_key(database, ("suggestions", "publication")))
    status, shown = reader.ask("portaal", "get_pairings", cohort=stage.cohort)
    portal = a_client(stage.app, "portal")
    wire = portal.get(f"/v1/portal/cohorts/{stage.cohort}/pairings").json()
    assert (status, shown.to_dict()) == (200, wire)
    school = wire["pairings"][0]["school"]
    status, suggested = reader.ask("portaal", "get_school_suggestions", cohort=stage.cohort, school=school)
    assert status == 200
    assert [one.in_plan for one in suggested.pairings].count(True) == 1

    sender = Caller(made, stage, a_key(database, ("applications",)))
    form = model("SchoolForm", SCHOOL)
    status, received = sender.ask("aanmelden", "apply_as_school", cohort=stage.cohort, body=form)
    assert (status, received.state) == (202, "received")
    status, own = sender.ask("portaal", "get_own_application", cohort=stage.cohort, application=received.application)
    assert (status, own.state) == (200, "received")
    secret = model("ConfirmIn", {"secret": own.confirm_link.rpartition("/")[2]})
    status, confirmed = sender.ask("aanmelden", "confirm_application", body=secret)
    assert (status, confirmed.state) == (200, "confirmed")


def test_made_client_reads_a_refusal_with_every_fault(stage: Stage, made: ModuleType) -> None:
    caller = Caller(made, stage, a_key(stage.app.state.database, ("suggestions",)))
    form = model("MentorForm", MENTOR | {"email": "geen", "sectors": ["onzin"]})
    status, refused = caller.ask("aanmelden", "apply_as_mentor", cohort=stage.cohort, body=form)
    assert status == 422
    assert {one.pointer for one in refused.errors} == {"/email", "/sectors/0"}
    status, refused = caller.ask("portaal", "get_pairings", cohort=stage.cohort)
    assert (status, refused.code) == (403, "forbidden")
    status, options = caller.ask("keuzelijsten", "get_options")
    assert (status, len(options.half_days)) == (200, 10)
