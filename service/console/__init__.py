"""Which pages does the console have?"""

from service.console import check, cohorts, editing, files, help, imports, login, people  # noqa: A004 - the page

ROUTERS = (
    login.routes,
    files.routes,
    help.routes,
    cohorts.routes,
    imports.routes,
    people.routes,
    editing.routes,
    check.routes,
)
