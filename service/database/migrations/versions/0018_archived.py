"""Which cohorts were put away?"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.database.tables import base

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("cohort", sa.Column("archived_at", base.Moment(), nullable=True))
