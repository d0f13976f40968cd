"""Is a member shown whole whose document is older than a field?"""

from __future__ import annotations

import pytest

import matcher
from service.cohorts.members.kinds import MENTOR, SCHOOL, as_seen
from tests.builders import a_mentor, a_school

EXTRA = {"pseudonym": "x", "version": 1, "changed_at": "2026-09-01T09:00:00Z"}
PLACE = {"latitude": 51.0, "longitude": 3.7}


@pytest.mark.parametrize("left_out", sorted(matcher.untold_values(matcher.Mentor)))
def test_mentor_whose_document_lacks_a_field_has_it_empty(left_out: str) -> None:
    document = matcher.mentor_to_document(a_mentor(1)) | PLACE | EXTRA
    del document[left_out]
    seen = MENTOR.shape(**as_seen(MENTOR, document, trusted=True)).model_dump()
    assert seen[left_out] == matcher.untold_values(matcher.Mentor)[left_out]


@pytest.mark.parametrize("left_out", sorted(matcher.untold_values(matcher.School)))
def test_school_whose_document_lacks_a_field_has_it_empty(left_out: str) -> None:
    document = matcher.school_to_document(a_school(1)) | PLACE | EXTRA
    del document[left_out]
    seen = SCHOOL.shape(**as_seen(SCHOOL, document, trusted=True)).model_dump()
    assert seen[left_out] == matcher.untold_values(matcher.School)[left_out]
