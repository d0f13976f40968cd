"""Which pages does the console have?"""

from service.console import check, cohorts, editing, files, help, imports, login, pairing, people, plan, rounds  # noqa: A004 - the page, not the built-in

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
)
