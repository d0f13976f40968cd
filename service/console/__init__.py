"""Which pages does the console have?"""

from service.console import (
    calendars,
    check,
    cohorts,
    comparing,
    editing,
    files,
    help,  # noqa: A004 - the page, not the built-in
    imports,
    login,
    pairing,
    people,
    plan,
    publishing,
    record,
    rounds,
    session_questions,
    sessions,
    withdrawals,
)

ROUTERS = (
    login.routes,
    files.routes,
    help.routes,
    cohorts.routes,
    imports.routes,
    people.routes,
    editing.routes,
    check.routes,
    rounds.routes,
    plan.routes,
    pairing.routes,
    publishing.routes,
    withdrawals.routes,
    comparing.routes,
    calendars.routes,
    sessions.routes,
    session_questions.routes,
    record.routes,
)
