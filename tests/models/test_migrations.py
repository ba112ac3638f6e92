"""Migrations on an empty and on a filled database of both engines."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text

from portal.extensions import db
from portal.migrate import alembic_config, upgrade
from portal.models import Base
from portal.models.journal import WorkType
from portal.models.organisation import Region
from portal.operations.calendar import ensure_calendar
from portal.sql import drop_views


def test_upgrade_is_safe_on_a_filled_database(app):
    with app.app_context():
        db.session.add(Region(key="r", name="Регион"))
        db.session.commit()
        assert upgrade() == upgrade()
        assert db.session.scalar(select(Region.name)) == "Регион"


def test_a_filled_database_of_the_first_version_comes_up_to_this_one(app):
    """Tables change under rows, with the views out of the way, and the views stand again after."""
    with app.app_context():
        with db.engine.begin() as connection:
            drop_views(connection)
            Base.metadata.drop_all(connection)
            connection.exec_driver_sql("drop table alembic_version")
            connection.exec_driver_sql("drop table view_version")
            command.upgrade(alembic_config(connection), "0001")
            connection.exec_driver_sql("insert into region (id, key, name) values (1, 'r', 'Регион')")
            connection.exec_driver_sql(
                "insert into municipality (id, key, region_id, name) values (1, 'm', 1, 'Район')"
            )
            connection.exec_driver_sql(
                "insert into school (id, key, municipality_id, name, sort_key, timezone, shifts)"
                " values (1, 's', 1, 'Школа', 'школа', 'Europe/Moscow', 1)"
            )
        upgrade()
        ensure_calendar(["Europe/Moscow"])
        db.session.commit()
        assert db.session.scalar(select(Region.name)) == "Регион"
        found = db.session.execute(text("select count(*) from indicator_journal_kept where school_id = 1"))
        assert found.scalar_one() > 0


def test_the_seven_work_types_come_with_the_product(app):
    with app.app_context():
        types = db.session.execute(select(WorkType.name, WorkType.timely).order_by(WorkType.position)).all()
    assert [name for name, timely in types if timely] == [
        "Ответ на уроке", "Работа на уроке", "Поведение", "Наизусть",
    ]  # fmt: skip
    assert len(types) == 7


def test_migrations_make_exactly_the_models_tables(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        differences = [
            d
            for d in compare_metadata(context, Base.metadata)
            if not (d[0] == "remove_table" and d[1].name == "view_version")
        ]
    assert differences == []
