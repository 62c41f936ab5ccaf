"""Alembic's entry: runs the steps on the connection that `servq.warehouse.store.migrate` hands over."""

from alembic import context

from servq.warehouse.tables import fact_tables  # noqa: F401 - its tables must be known
from servq.warehouse.tables.ops_tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
