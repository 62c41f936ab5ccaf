"""Week blocks: the cells of each week packed into narrow columns, which figures are read from."""

import sqlalchemy as sa
from alembic import op

from servq.warehouse.facts.week_blocks import write_missing_blocks

revision = "0015"
down_revision = "0013"


def upgrade() -> None:
    """A new table, filled from the cells. Measures that come in a later step are 0 and need no change of a block."""
    op.create_table(
        "week_block",
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("week", sa.Date(), primary_key=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # it is packed already: not to be tried again on every write
        op.execute("ALTER TABLE week_block ALTER COLUMN body SET STORAGE EXTERNAL")
    tables = sa.inspect(connection)
    there = [column["name"] for name in ("survey_cell", "cause_cell") for column in tables.get_columns(name)]
    write_missing_blocks(connection, there)
