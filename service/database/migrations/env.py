"""How does a migration run? On the connection that it is given, in one transaction."""

from __future__ import annotations

from alembic import context

from service.database.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
