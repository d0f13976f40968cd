"""How is a cohort looked at before anything is solved?"""

from __future__ import annotations

from dataclasses import asdict

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.content_cache import Newest
from service.rounds.given.round_of_rows import given_from
from service.rounds.given.rows_store import rows_of
from service.rounds.preflight.shapes import CloseCallOut, PreflightOut, ShortageOut, UnmatchableOut

READ = Newest(16)
"""What was found of the cohorts that were looked at last: while their rows are the same it is the same."""

MOST_CLOSE = 50
"""Pairs close to a limit that are told one by one."""


@action("coordinator")
def preflight(work: Work, cohort: str) -> PreflightOut:
    """Give what a round of this cohort would meet."""
    with work.noting(cohort) as transaction:
        rows = rows_of(transaction, cohort)
        work.audit(transaction, "preflight.read", cohort, cohort)
    return READ.of(cohort, rows, lambda kept: looked_at(given_from(kept)))


def looked_at(given: matcher.Round) -> PreflightOut:
    """Look at a round before it is solved."""
    verdicts = matcher.judge(given)
    tries = matcher.tries_for(given)
    short = matcher.shortfall(given, verdicts, most_tries=tries, quick=True)
    helping = [one for one in given.mentors if given.helps(one)]
    nowhere = matcher.unmatchable(given, verdicts)
    places = sum(one.mentors_wanted for one in given.schools)
    close = matcher.close_calls(given, verdicts)
    return PreflightOut(
        schools=len(given.schools),
        mentors=len(helping),
        places=places,
        sentence=_sentence(given, len(helping), short),
        conflict=matcher.conflict_to_document(short.conflict),
        shortages=[ShortageOut(**matcher.shortage_document(one)) for one in short.shortages],
        unmatchable=[UnmatchableOut(mentor=mentor, sentence=sentence) for mentor, sentence in nowhere],
        close_calls=[CloseCallOut(**asdict(one), possible=one.possible) for one in close[:MOST_CLOSE]],
        close_call_count=len(close),
        remedies_tried=tries > 0,
    )


def _sentence(given: matcher.Round, helping: int, short: matcher.Shortfall) -> str:
    if short.conflict is None and not (given.schools and helping):
        if not given.schools:
            return "Niets te doen: er zijn geen scholen."
        return f"Niets te doen: {'geen enkele mentor helpt nu een school' if given.mentors else 'er is geen mentor'}."
    return " ".join(matcher.shortfall_words(short))
