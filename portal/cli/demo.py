"""``portal demo``: the demo district into the configured database, or as a dataset into a folder."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlalchemy import func, select

from portal import create_app
from portal.cli.demo_sign_ins import print_sign_ins
from portal.cli.demo_weeks import freeze_weeks
from portal.demo.district import DEFAULT_SEED, DEFAULT_WEEKS, District, make_district
from portal.demo.school import ZONE
from portal.demo.showcase import events, restricted
from portal.demo.sign_ins import PASSWORD, choose_sign_ins
from portal.exchange.source import of_rows
from portal.exchange.writer import write_dataset
from portal.extensions import session
from portal.migrate import upgrade
from portal.models.organisation import School
from portal.models.people import Person
from portal.operations.accounts import set_account
from portal.operations.counted_days import count_ahead
from portal.operations.data_restrictions import restrict
from portal.operations.dataset import load
from portal.operations.school_events import EventEntry, add_event
from portal.values.plural import plural

ROWS = ("строка", "строки", "строк")
SCHOOLS = ("школа", "школы", "школ")


@click.command()
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="День, на утро которого всё составлено (сегодня).")
@click.option(
    "--weeks",
    type=click.IntRange(1, 60),
    default=DEFAULT_WEEKS,
    show_default=True,
    help="Учебные недели с журналом до нынешней.",
)
@click.option("--schools", type=click.IntRange(1, 2000), help="Сколько школ (22 настоящих; больше — с повторами).")
@click.option("--seed", default=DEFAULT_SEED, show_default=True, help="То же зерно и тот же день дают тот же район.")
@click.option(
    "--to",
    type=click.Path(file_okay=True, path_type=Path),
    help="Записать набор данных в папку (или .zip), базы не касаться.",
)
@click.option("--if-empty", is_flag=True, help="Заполненную базу оставить как есть, показать входы.")
def command(
    *, today: datetime | None, weeks: int, schools: int | None, seed: str, to: Path | None, if_empty: bool
) -> None:
    """Район для показа: 22 школы с настоящими числами и выдуманными людьми."""
    day = today.date() if today else datetime.now(ZoneInfo(ZONE)).date()
    if to is not None:
        district = _invent(day, weeks, schools, seed)
        counts = write_dataset(to, district.rows.tables())
        click.echo(f"{to}: {plural(sum(counts.values()), *ROWS)}.")
        return
    with create_app().app_context():
        upgrade()
        known = session.scalar(select(func.count()).select_from(School)) or 0
        if known and not if_empty:
            click.echo(
                f"В базе уже есть {plural(known, *SCHOOLS)}: демонстрация заполняет только пустую базу. "
                "Укажите другую (PORTAL_DATABASE_URL или PORTAL_INSTANCE), либо --to ПАПКА.",
                err=True,
            )
            sys.exit(1)
        if not known:
            fill(_invent(day, weeks, schools, seed))
        print_sign_ins()


def _invent(day: date, weeks: int, schools: int | None, seed: str) -> District:
    with click.progressbar(length=schools or 22, label="Школы", file=sys.stderr) as bar:
        return make_district(day, seed=seed, weeks=weeks, schools=schools, progress=lambda done, _: bar.update(1))


def fill(district: District) -> None:
    """Load the district, open its accounts, enter its events, freeze its weeks, in one transaction.

    Needs an application context.
    """
    at = datetime.now(UTC)
    with click.progressbar(length=district.rows.count(), label="База ", file=sys.stderr) as bar:
        last: dict[str, int] = {}

        def advance(table: str, rows: int, _share: float | None) -> None:
            bar.update(rows - last.get(table, 0))
            last[table] = rows

        load(of_rows(district.rows.tables()), at=at, progress=advance)
    for sign_in in choose_sign_ins(district):
        person = session.scalars(select(Person.id).where(Person.key == sign_in.person)).one()
        set_account(person, sign_in.login, PASSWORD, at=at)
    _enter(district, at)
    freeze_weeks(district)
    count_ahead(at)
    session.commit()


def _enter(district: District, at: datetime) -> None:
    """What datasets have no table for, by the operations that people use."""
    schools = {row.key: row.id for row in session.execute(select(School.key, School.id))}
    for event in events(district):
        entry = EventEntry(event.title, event.held_on, event.place, event.audience)
        add_event(schools[event.school], entry, by=None, at=at)
    keys = list(restricted(district))
    for person_id in session.scalars(select(Person.id).where(Person.key.in_(keys)).order_by(Person.id)).all():
        restrict(person_id, by=None, at=at)
