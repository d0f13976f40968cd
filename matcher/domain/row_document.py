"""How do a single school, mentor or policy become JSON and come back? As documents of their own, like rounds."""

from __future__ import annotations

from typing import Final

from matcher.domain.document import document_of
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.school import School

SCHOOL_FORMAT: Final = "in2stem-school/1"
MENTOR_FORMAT: Final = "in2stem-mentor/1"
POLICY_FORMAT: Final = "in2stem-policy/1"

school_to_document, school_from_document = document_of(SCHOOL_FORMAT, School)
mentor_to_document, mentor_from_document = document_of(MENTOR_FORMAT, Mentor)
policy_to_document, policy_from_document = document_of(POLICY_FORMAT, Policy)
