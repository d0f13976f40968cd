"""Does a document keep whatever text stands in a school, a mentor or an agreement?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import example, given

from matcher.domain.document import dumps, loads, plan_from_document, plan_to_document
from matcher.domain.document import round_from_document as round_of
from matcher.domain.document import round_to_document as document_of
from matcher.domain.lock import Lock
from matcher.matching.assign import assign
from tests.any_text import any_text, quick
from tests.builders import a_mentor, a_round, a_school

if TYPE_CHECKING:
    from matcher.domain.round import Round


def round_with(text: str) -> Round:
    """Make a round with a text wherever one can stand."""
    school = a_school(name=text, municipality=text, street=text, contact=text, email=text, extra={text: text})
    mentor = a_mentor(company=text, first_name=text, last_name=text, email=text, not_with=(text,), extra={text: text})
    return a_round([school, a_school(2)], [mentor, a_mentor(2)], locks=(Lock("S001", "M001", "required", text),))


@quick
@given(any_text())
@example("[" * 200)
@example("{" * 200)
def test_round_and_plan_keep_any_text(text: str) -> None:
    given_round = round_with(text)
    plan = assign(given_round)
    assert round_of(loads(dumps(document_of(given_round)))) == given_round
    assert round_of(loads(json.dumps(document_of(given_round)))) == given_round
    assert plan_from_document(loads(dumps(plan_to_document(plan)))) == plan
