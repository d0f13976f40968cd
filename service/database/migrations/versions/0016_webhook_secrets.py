"""Which secret signed before the one of now? A renewed one signs along for a while."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.database.tables import base

revision = "0016"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("webhook", sa.Column("old_secret", sa.Text(), server_default="", nullable=False))
    op.add_column("webhook", sa.Column("old_until", base.Moment(), nullable=True))
