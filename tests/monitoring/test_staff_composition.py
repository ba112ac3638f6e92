"""«Состав педагогических работников»: people by post, and on the demo exactly the real table of 22 schools."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from sqlalchemy import select

import portal.demo
from portal.demo.sign_ins import PASSWORD
from portal.extensions import db, session
from portal.models import views
from portal.models.organisation import Municipality
from portal.models.people import StaffPost
from portal.queries import units
from portal.queries.staff_composition import COLUMNS, composition
from portal.values.week import Week
from tests.demo_day import TODAY
from tests.monitoring.conftest import rows_of_page
from tests.small_school import MONDAY, sign_in

REAL = Path(portal.demo.__file__).with_name("figures") / "staff.csv"
PLACES = {"teaching_staff": 1, "heads": 2, "deputy_heads": 3, "heads_of_studies": 4, "teachers": 5}


def real_table() -> dict[str, list[str]]:
    with REAL.open(encoding="utf-8", newline="") as file:
        return {row["school"]: [row[name] for name in PLACES] for row in csv.DictReader(file)}


def test_every_post_of_all_22_schools_equals_the_real_table(demo):
    with demo.app_context():
        path = f"/reports/municipalities/{db.session.scalar(select(Municipality.id))}/staff"
    client = sign_in(demo, "district", PASSWORD)
    rows = rows_of_page(client.get(path).get_data(as_text=True))
    real = real_table()
    assert len(real) == 22
    assert {row[0]: row[1:6] for row in rows[:-1]} == real
    assert rows[-1][0] == "Итого"
    assert rows[-1][1:6] == [str(sum(int(row[n]) for row in real.values())) for n in range(5)]
    lines = csv.reader(io.StringIO(client.get(f"{path}.csv").data.decode("utf-8-sig")), delimiter=";")
    assert list(lines)[1:] == rows
    with demo.app_context():  # the two ways to count one thing
        week = Week.of(TODAY).previous
        view, indicator = views.staff_composition.c, views.indicator_view("teachers_category").c
        kept = select(view.school_id, view.any_category, view.teaching_staff).where(view.week_start == week.start)
        told = select(indicator.school_id, indicator.numerator, indicator.denominator)
        told = told.where(indicator.week_start == week.start)
        assert set(map(tuple, session.execute(kept))) == set(map(tuple, session.execute(told)))


def row_of(unit_id: int, week: Week) -> dict[str, object]:
    table = composition(units.municipality(unit_id), week)
    return dict(zip(["unit", *(column.key for column in COLUMNS)], table.rows[0], strict=True))


def test_who_holds_two_posts_counts_in_each_and_once_among_the_staff(small):
    app, world = small
    week = Week(MONDAY)
    with app.app_context():
        before = row_of(world.municipality, week)
        counted = ("teaching_staff", "heads", "heads_of_studies", "teachers", "others")
        assert [before[key] for key in counted] == [4, 1, 1, 3, 0]

        def add(word: str, post: str, *, teaching: bool = True, **more: object) -> None:
            person = world.people[word]
            db.session.add(StaffPost(school_id=world.school, person_id=person, post=post, teaching=teaching, **more))

        add("head", "Учитель", category="highest")
        add("teacher", "Педагог-психолог", category="first")
        add("teacher", "Библиотекарь", teaching=False, category="highest")  # a category in any of the posts
        add("administrator", "Сторож", teaching=False)
        add("deputy", "Воспитатель", hired_on=date(2026, 9, 21))  # the day after Sunday
        add("substitute", "Логопед", left_on=date(2026, 9, 20))  # Sunday is the first day away
        db.session.commit()
        after = row_of(world.municipality, week)
    assert [after[key] for key in counted] == [5, 1, 1, 4, 1]
    assert [after[key] for key in ("highest_category", "first_category", "no_category")] == [2, 0, 3]


def test_a_region_sums_its_municipalities(small):
    app, world = small
    with app.app_context():
        table = composition(units.region(world.region), Week(MONDAY))
    assert [row[:2] for row in table.rows] == [("Ближний район", 4), ("Дальний район", 1)]
    assert table.totals[:2] == ("Итого", 5)
