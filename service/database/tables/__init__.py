"""Which tables are there? All of them, under one name."""

from service.database.tables.acceptance import proposal
from service.database.tables.access import (
    answered,
    api_key,
    audit,
    fact,
    half_login,
    link,
    login,
    person,
    provider_account,
    recovery_code,
    second_factor,
)
from service.database.tables.base import METADATA
from service.database.tables.cohorts import cohort, consent, import_, lock, mentor, rules, school, upload
from service.database.tables.mail import mail
from service.database.tables.participants import attendance, participant, wish
from service.database.tables.publishing import calendar, delivery, publication, season, suggestion, webhook, withdrawal
from service.database.tables.trajectory import application, paper
from service.database.tables.work import event, job, round_
from service.database.tables.workplace import pair_note, saved_view

__all__ = [
    "METADATA",
    "answered",
    "api_key",
    "application",
    "attendance",
    "audit",
    "calendar",
    "cohort",
    "consent",
    "delivery",
    "event",
    "fact",
    "half_login",
    "import_",
    "job",
    "link",
    "lock",
    "login",
    "mail",
    "mentor",
    "pair_note",
    "paper",
    "participant",
    "person",
    "proposal",
    "provider_account",
    "publication",
    "recovery_code",
    "round_",
    "rules",
    "saved_view",
    "school",
    "season",
    "second_factor",
    "suggestion",
    "upload",
    "webhook",
    "wish",
    "withdrawal",
]
