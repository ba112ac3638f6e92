"""Alembic's environment: always on a connection handed in by portal.migrate."""

from alembic import context

from portal.models import Base

config = context.config
connection = config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=False,  # portal.migrate holds the one transaction around tables and views
)
context.run_migrations()
