"""When did a login prove who it is, whose account with a provider is it, and by which slow hash are codes kept?"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op
from argon2.low_level import Type, hash_secret_raw

from service.database.tables import base

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FACTOR = sa.table("second_factor", sa.column("person"), sa.column("salt"))
CODE = sa.table("recovery_code", sa.column("digest"), sa.column("person"))


def upgrade() -> None:
    """Take the step."""
    op.add_column("login", sa.Column("proved_at", base.Moment(), nullable=True))
    op.add_column("login", sa.Column("two_steps", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE login SET proved_at = created_at")
    op.create_table(
        "provider_account",
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("issuer", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("created_at", base.Moment(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_provider_account_person"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_provider_account")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_provider_account_issuer_subject")),
    )
    op.add_column("second_factor", sa.Column("salt", sa.Text(), server_default="", nullable=False))
    _keep_slowly()


def _keep_slowly() -> None:
    """Put a slow hash around the fast ones of codes to recover, so that codes that were handed out go on working."""
    connection = op.get_bind()
    for who in connection.execute(sa.select(FACTOR.c.person).order_by(FACTOR.c.person)).scalars().all():
        salt = secrets.token_hex(16)
        connection.execute(sa.update(FACTOR).where(FACTOR.c.person == who).values(salt=salt))
        for fast in connection.execute(sa.select(CODE.c.digest).where(CODE.c.person == who)).scalars().all():
            slow = hash_secret_raw(fast.encode(), bytes.fromhex(salt), 2, 19_456, 1, 32, Type.ID).hex()
            connection.execute(sa.update(CODE).where(CODE.c.digest == fast).values(digest=slow))
