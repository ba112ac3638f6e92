"""Migrations on an empty and on a filled database of both engines."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select

from portal.extensions import db
from portal.migrate import upgrade
from portal.models import Base
from portal.models.journal import WorkType
from portal.models.organisation import Region


def test_upgrade_is_safe_on_a_filled_database(app):
    with app.app_context():
        db.session.add(Region(key="r", name="Регион"))
        db.session.commit()
        assert upgrade() == upgrade()
        assert db.session.scalar(select(Region.name)) == "Регион"


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
