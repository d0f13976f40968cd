"""With which words does a cohort write? Each kind of mail has ours, until a coordinator writes others."""

from __future__ import annotations

from typing import Any

from service.access.action import action
from service.access.work import Work
from service.cohorts.documents.actions import must_match, stamp_of, tag_of_version, written
from service.cohorts.documents.store import PaperRow
from service.core.errors import Fault, Problem, invalid, not_found
from service.core.smtp_address import is_mailable
from service.database.engine import Transaction
from service.mail import store
from service.mail.kinds import ALL, KINDS, Kind
from service.mail.rendering import Template, faults, ours, write
from service.mail.shapes import MailTextsOut, PreviewOut, TemplateIn, TemplateOut, TextFindingOut, WordingIn
from service.mail.template_store import own_templates, wording_of, wording_row

PARTS = {"subject": "Onderwerp", "body": "Tekst"}


@action("coordinator")
def get_mail_texts(work: Work, cohort: str) -> MailTextsOut:
    """Give the texts of a cohort, and how it signs."""
    with work.reading(cohort) as transaction:
        return _shape_of(transaction, wording_row(transaction, cohort))


@action("coordinator")
def replace_wording(work: Work, cohort: str, body: WordingIn) -> MailTextsOut:
    """Say how a cohort signs and where answers go, in the place of the version that was read."""
    if body.reply_to and not is_mailable(body.reply_to):
        raise invalid("/reply_to", "email", "Dit is geen e-mailadres.")
    return _changed(work, cohort, body.model_dump(), "mail_texts.wording_changed")


@action("coordinator")
def replace_text(work: Work, cohort: str, kind: Kind, body: TemplateIn) -> MailTextsOut:
    """Write a text anew, and with it what is proposed; raises Problem 422 that names the line of each fault."""
    _check_of_cohort(kind)
    found = faults(kind, Template(body.subject, body.body))
    if found:
        told = [
            Fault(f"/{one.part}", "template", f"{PARTS[one.part]}, regel {one.line}: {one.detail}") for one in found
        ]
        raise Problem(422, "invalid", "Deze tekst kan zo niet gebruikt worden.", told)
    return _changed(work, cohort, {"templates": {kind: body.model_dump()}}, "mail_texts.changed")


@action("coordinator")
def reset_text(work: Work, cohort: str, kind: Kind) -> MailTextsOut:
    """Take our own words again for a kind of mail, and with it for what is proposed."""
    _check_of_cohort(kind)
    return _changed(work, cohort, {"templates": {kind: None}}, "mail_texts.reset", free=True)


@action("coordinator")
def preview_text(work: Work, cohort: str, kind: Kind, body: TemplateIn) -> PreviewOut:
    """Fill a text in on the newest mail of its kind, or on an example; nothing is kept."""
    _check_of_cohort(kind)
    template = Template(body.subject, body.body)
    found = [TextFindingOut(part=one.part, line=one.line, detail=one.detail) for one in faults(kind, template)]  # type: ignore[arg-type]
    with work.reading() as transaction:
        row = work.cohort(transaction, cohort)
        real = next(iter(store.listed(transaction, cohort, kind=kind, limit=1)), None)
        signature = wording_of(transaction, cohort).signature
    if found:
        return PreviewOut(subject="", body="", about=None, findings=found)
    facts: dict[str, Any] = dict(KINDS[kind].sample if real is None else real.facts)
    made = write(kind, template, facts | {"cohorte": row.name, "ondertekening": signature})
    return PreviewOut(subject=made.subject, body=made.body, about=real.name if real else None, findings=[])


def tag_of(cohort: str, texts: MailTextsOut) -> str:
    """Give the ETag of a cohort's texts."""
    return tag_of_version(texts.version, cohort, "mail_texts")


def _check_of_cohort(kind: Kind) -> None:
    """Refuse a kind of which no cohort has words of its own; raises Problem 404."""
    if not KINDS[kind].of_cohort:
        raise not_found("Deze tekst")


def _changed(work: Work, cohort: str, change: dict[str, Any], told: str, *, free: bool = False) -> MailTextsOut:
    """Write the texts with a change in them, and every proposed mail anew."""
    with work.changing(cohort) as transaction:
        row = wording_row(transaction, cohort)
        if not free or work.read_version is not None:
            must_match(work, row)
        document = {**row.document, **change}
        templates = {**row.document.get("templates", {}), **change.get("templates", {})}
        document["templates"] = {kind: one for kind, one in templates.items() if one is not None}
        made = written(work, transaction, row, document, told)
        _rewrite(work, transaction, cohort)
        return _shape_of(transaction, made)


def _rewrite(work: Work, transaction: Transaction, cohort: str) -> None:
    """Have what is proposed say what the texts say now; the confirm link of an applicant is no secret to keep."""
    own, signature = own_templates(transaction, cohort), wording_of(transaction, cohort).signature
    for row in store.listed(transaction, cohort, ("proposed",)):
        made = write(row.kind, own.get(row.kind) or ours(row.kind), dict(row.facts) | {"ondertekening": signature})
        if (made.subject, made.body) != (row.subject, row.body):
            store.change(transaction, row, work.caller.by, subject=made.subject, body=made.body)


def _shape_of(transaction: Transaction, row: PaperRow) -> MailTextsOut:
    own, wording = own_templates(transaction, row.cohort), wording_of(transaction, row.cohort)
    texts = []
    for kind in ALL:
        known = KINDS[kind]
        if known.of_cohort:
            used = own.get(kind) or ours(kind)
            about = {"kind": kind, "title": known.title, "own": kind in own, "asked": known.asked}
            texts.append(TemplateOut(subject=used.subject, body=used.body, facts=known.spoken, **about))  # type: ignore[arg-type]
    return MailTextsOut(signature=wording.signature, reply_to=wording.reply_to, texts=texts, **stamp_of(row))
