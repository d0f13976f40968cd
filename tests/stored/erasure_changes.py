"""What does the OpenAPI document say otherwise since erasing tells where somebody may still be named?"""

from __future__ import annotations

from tests.stored.cohort_changes import COHORT_CHANGES

ERASURE_CHANGES = {
    f"/components/schemas/{name}": why
    for name, why in (
        ("CohortChange/properties/erase_now", "a day that is past is asked about first"),
        ("ErasedOut/properties/copies", "erasing tells of copies beside the database"),
        ("ErasedOut/properties/mentions", "erasing tells where somebody may still be named"),
        ("MentionOut", "erasing tells where somebody may still be named"),
    )
} | COHORT_CHANGES
"""A place in the document, and why it differs."""
