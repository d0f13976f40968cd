"""How do a single school, mentor or policy become JSON and come back? As documents of their own, like rounds."""

from __future__ import annotations

from typing import Any, Final

from matcher.domain.document import read_document, write_document
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.school import School

SCHOOL_FORMAT: Final = "in2stem-school/1"
MENTOR_FORMAT: Final = "in2stem-mentor/1"
POLICY_FORMAT: Final = "in2stem-policy/1"


def school_to_document(school: School) -> dict[str, Any]:
    """Write a school as its document."""
    return write_document(school, SCHOOL_FORMAT)


def school_from_document(document: object) -> School:
    """Read a school; raises DocumentError with a JSON pointer where it is not one."""
    return read_document(document, SCHOOL_FORMAT, School)


def mentor_to_document(mentor: Mentor) -> dict[str, Any]:
    """Write a mentor as its document."""
    return write_document(mentor, MENTOR_FORMAT)


def mentor_from_document(document: object) -> Mentor:
    """Read a mentor; raises DocumentError with a JSON pointer where it is not one."""
    return read_document(document, MENTOR_FORMAT, Mentor)


def policy_to_document(policy: Policy) -> dict[str, Any]:
    """Write a policy as its document."""
    return write_document(policy, POLICY_FORMAT)


def policy_from_document(document: object) -> Policy:
    """Read a policy; raises DocumentError with a JSON pointer where it is not one."""
    return read_document(document, POLICY_FORMAT, Policy)
