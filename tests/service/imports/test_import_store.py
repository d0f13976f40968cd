"""Does a list of imports leave out what only one of them needs?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.core import upload
from service.imports import store as imports
from tests.service_client import a_client, a_cohort, an_app

if TYPE_CHECKING:
    from service.database.engine import Database


def test_list_of_imports_holds_no_previews(database: Database) -> None:
    cohort = a_cohort(a_client(an_app(database), "coordinator"))
    with database.write() as transaction:
        made = imports.add(transaction, cohort, [upload.Upload("mentoren.csv", b"x")], "test")
        imports.change(transaction, made, preview={"rows": ["x"]}, fixes=[{"value": "x"}], state="ready")
        alone, listed = imports.find(transaction, made.id), imports.listed(transaction, cohort, None, 10)
    assert alone is not None
    assert (alone.preview, alone.fixes) == ({"rows": ["x"]}, [{"value": "x"}])
    assert [(one.id, one.state, one.preview, one.fixes) for one in listed] == [(made.id, "ready", None, ())]
