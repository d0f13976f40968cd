"""How is the signed record of a plan made, and one checked?"""

from __future__ import annotations

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.errors import conflict
from service.database.engine import Transaction
from service.database.installation import former_signers, signing_key
from service.jobs.actions import shape_of
from service.jobs.questions import Question, enqueue
from service.jobs.shapes import JobOut
from service.rounds.record.shapes import RecordIn
from service.rounds.run.actions import solved_round_of


@action("coordinator")
def make_record(work: Work, cohort: str, round_id: str) -> tuple[int, bytes]:
    """Give a round's number and its signed record, byte for byte; raises Problem 409 where data was erased."""
    with work.writing() as transaction:  # the secret of the installation may have to be made
        row = solved_round_of(work, transaction, cohort, round_id)
        key = signing_key(transaction)
        work.audit(transaction, "round.recorded", row.id, cohort)
    given, plan = matcher.round_from_document(row.given), matcher.plan_from_document(row.plan)
    if matcher.inputs_hash(given) != plan.inputs_hash:
        detail = "De contactgegevens van deze ronde zijn gewist. Een dossier van wat uitgerekend werd, kan niet meer."
        raise conflict("erased", detail)
    return row.number, matcher.make_record(given, plan, key)


@action("coordinator")
def ask_record_check(work: Work, cohort: str, round_id: str, body: RecordIn) -> JobOut:
    """Ask whether a record is signed here, unchanged, and the same plan anew; its answer is a RecordCheckedOut."""

    def effect(transaction: Transaction) -> JobOut:
        row = solved_round_of(work, transaction, cohort, round_id)
        mine = matcher.public_hex(signing_key(transaction))
        work.audit(transaction, "round.record_checked", row.id, cohort)
        given = {"record": body.record, "public_key": mine, "former": former_signers(transaction)}
        question = Question(row.id, "record", given)
        return shape_of(enqueue(transaction, cohort, question))

    return work.once(body, JobOut, effect)
