"""What goes wrong between us and the database? Told to whoever counts it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext

from service.database.engine import Database


def tell_errors(database: Database, tell: Callable[[str], None]) -> None:
    """Tell the kind of every error from now on, such as IntegrityError."""

    def heard(context: ExceptionContext) -> None:
        tell(type(context.original_exception).__name__)

    event.listen(database.engine, "handle_error", heard)
