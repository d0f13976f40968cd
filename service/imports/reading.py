"""How is an import read, in the child? Bytes in, findings, counts and a workbook with remarks out; no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matcher
from service.jobs.store import Progress, Stop


@matcher.unswept()
def run(payload: Mapping[str, Any], progress: Progress, _stop: Stop) -> dict[str, Any]:
    """Read the files; nothing that they hold makes this fail."""
    progress("bestanden lezen", None)
    fixes = tuple(matcher.Fix(**one) for one in payload["fixes"])
    policy = matcher.policy_from_document(payload["policy"])
    beside = matcher.round_from_document(payload["beside"])
    told = {"told": payload["mapping"], "answers": payload["answers"]}
    cohort = matcher.read_cohort(dict(payload["files"]), fixes=fixes, usual=policy, beside=beside, **told)
    return {"preview": matcher.preview_of(cohort), "report": matcher.import_report(cohort)}
