"""With which words does a cohort write? Its own templates, else ours, and how it signs."""

from __future__ import annotations

from dataclasses import dataclass

from service.cohorts.documents import store as papers
from service.cohorts.documents.store import PaperRow
from service.database.engine import Transaction
from service.mail.kinds import Kind
from service.mail.rendering import Template, ours

SIGNATURE = "Vriendelijke groeten\nhet team van IN2STEM"


@dataclass(frozen=True, slots=True)
class Wording:
    """How a cohort signs, and where answers to its mails go (empty: to the sender)."""

    signature: str = SIGNATURE
    reply_to: str = ""


def wording_row(transaction: Transaction, cohort: str) -> PaperRow:
    """Give what a cohort wrote itself; version 0 where that is nothing."""
    found = papers.find(transaction, cohort, "mail_texts")
    return found or papers.PaperRow(cohort=cohort, kind="mail_texts", id=papers.ONLY, document={})


def wording_of(transaction: Transaction, cohort: str | None) -> Wording:
    """Give how a cohort signs, and where answers go; of no cohort, our own."""
    document = wording_row(transaction, cohort).document if cohort is not None else {}
    return Wording(document.get("signature", SIGNATURE), document.get("reply_to", ""))


def template_of(transaction: Transaction, cohort: str | None, kind: Kind) -> Template:
    """Give the words that a cohort uses for a kind of mail."""
    own = own_templates(transaction, cohort).get(kind) if cohort is not None else None
    return own or ours(kind)


def own_templates(transaction: Transaction, cohort: str) -> dict[str, Template]:
    """Give the templates that a cohort wrote itself, kind by kind."""
    written = wording_row(transaction, cohort).document.get("templates", {})
    return {kind: Template(one["subject"], one["body"]) for kind, one in written.items()}
