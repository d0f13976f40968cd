"""By what is a silent worker known, and how often did a job bring its process down? Counters, and no clock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    for name in ("beats", "crashes", "taken_over"):
        op.add_column("job", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
