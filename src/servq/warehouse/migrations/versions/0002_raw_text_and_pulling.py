"""Raw texts, the source's own time of change, corrections in quarantine, sync state, erased persons."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

FACTS = ("response", "complaint", "visit_item")


def upgrade() -> None:
    """Add columns that may be empty in earlier rows, and four new tables."""
    for name in FACTS:
        op.add_column(name, sa.Column("updated_at", sa.BigInteger(), nullable=True))
        op.add_column(name, sa.Column("raw", sa.JSON(none_as_null=True), nullable=True))
    for name in ("response", "complaint"):
        op.create_index(f"ix_{name}_text_hash", name, ["text_hash"], unique=False)
    op.add_column("load_log", sa.Column("map_text", sa.Text(), nullable=True))
    op.add_column("load_log", sa.Column("origin", sa.String(), server_default="file", nullable=False))
    op.add_column("quarantine", sa.Column("state", sa.String(), server_default="waiting", nullable=False))
    op.add_column("quarantine", sa.Column("corrected", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("quarantine") as table:
        table.add_column(sa.Column("released_by", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_quarantine_released_by", "load_log", ["released_by"], ["load_id"])
    op.create_table(
        "sync_state",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("watermark", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("synced_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load_log.load_id"]),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "erasure",
        sa.Column("erasure_id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("erasure_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "forgotten",
        sa.Column("customer_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id"),
    )
