"""Which tables are there? All of them, under one name."""

from service.store.schema.access import answered, api_key, audit, fact, link, login, person
from service.store.schema.base import METADATA
from service.store.schema.cohorts import cohort, import_, lock, mentor, rules, school, upload
from service.store.schema.publishing import calendar, delivery, publication, season, suggestion, webhook, withdrawal
from service.store.schema.trajectory import application, paper
from service.store.schema.work import event, job, round_

__all__ = [
    "METADATA",
    "answered",
    "api_key",
    "application",
    "audit",
    "calendar",
    "cohort",
    "delivery",
    "event",
    "fact",
    "import_",
    "job",
    "link",
    "lock",
    "login",
    "mentor",
    "paper",
    "person",
    "publication",
    "round_",
    "rules",
    "school",
    "season",
    "suggestion",
    "upload",
    "webhook",
    "withdrawal",
]
