"""Which browser a login is of, a second factor, when a key was used, and why a message to a webhook did not arrive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.database.tables import base

revision = "0011"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.add_column("login", sa.Column("browser", sa.Text(), server_default="", nullable=False))
    op.add_column("api_key", sa.Column("used_at", base.Moment(), nullable=True))
    op.add_column("delivery", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "second_factor",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_at", base.Moment(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_second_factor_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("used_at", base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_recovery_code_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "half_login",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("way", sa.Text(), server_default="", nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("expires_at", base.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_half_login_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_half_login")),
    )
