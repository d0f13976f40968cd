"""Which pages does the console have?"""

from service.console import (
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
    record.routes,
)
