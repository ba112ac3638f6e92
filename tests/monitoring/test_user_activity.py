"""«Активность всех пользователей»: page, CSV, XLSX and PDF tell the same figures."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from portal.extensions import db
from portal.models.activity import Visit
from portal.models.people import Enrolment, Guardianship, Person, StaffPost
from tests.small_school import NOON, person, sign_in

TODAY = date(2026, 9, 16)


def path(world, ending=""):
    return f"/reports/municipalities/{world.municipality}/users{ending}"


def figures_of_page(text: str) -> list[list[str]]:
    body = text[text.index("<tbody>") :]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in rows
    ]


def figures_of_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1:]


def figures_of_xlsx(content: bytes) -> list[list[str]]:
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(min_row=6, values_only=True)
    return [[str(value) for value in row] for row in rows if row[1] is not None]


def figures_of_pdf(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def table_of(client, world) -> list[list[str]]:
    return figures_of_page(client.get(path(world)).get_data(as_text=True))


def visit(word_or_id, moment):
    db.session.add(Visit(person_id=word_or_id, visited_at=moment))


@pytest.fixture
def busy(small):
    """The small school with people on every border: of dates, of roles, of days."""
    app, world = small
    with app.app_context():
        people = world.people
        for word, hired, left in (
            ("newcomer", TODAY, None),
            ("not-yet", TODAY + timedelta(days=1), None),
            ("gone-today", None, TODAY),
            ("last-day", None, TODAY + timedelta(days=1)),
        ):
            person(world, word, "Пятый", word, account=False)
            row = StaffPost(school_id=world.school, person_id=people[word], post="Сторож", teaching=False)
            row.hired_on, row.left_on = hired, left
            db.session.add(row)
        # a second post, a second class, a teacher who is a guardian: still one person each
        db.session.add(
            StaffPost(school_id=world.school, person_id=people["teacher"], post="Библиотекарь", teaching=False)
        )
        db.session.add(Guardianship(guardian_id=people["teacher"], pupil_id=people["pupil-3"]))
        db.session.add(Guardianship(guardian_id=people["guardian"], pupil_id=people["pupil-3"]))
        gone = person(world, "gone-pupil", "Ушедшая", "Ия")
        db.session.add(
            Enrolment(class_id=world.classes["5a"], person_id=gone, enrolled_on=date(2026, 9, 1), left_on=TODAY)
        )
        late = db.session.get(Person, people["substitute"])
        late.activated_at = NOON + timedelta(seconds=1)
        pupil = people["pupil"]
        midnight = datetime(2026, 9, 15, 21, 0, tzinfo=UTC)  # 16 September, 00:00 in Moscow
        for moment in (midnight, NOON, midnight - timedelta(seconds=1)):
            visit(pupil, moment)
        visit(people["teacher"], midnight - timedelta(days=6))  # the seventh day, its first moment
        visit(people["teacher"], midnight - timedelta(days=6, seconds=1))
        visit(people["guardian"], midnight - timedelta(days=29))
        visit(people["guardian"], midnight - timedelta(days=29, seconds=1))  # the 31st day
        visit(gone, NOON)
        visit(people["other-pupil"], NOON)
        db.session.commit()
    return app, world


EXPECTED = [
    # all 12 of 8 staff, 3 pupils, 2 guardians: the teacher is one person; 9 users
    "Школа № 1", "12", "9", "75", "8", "5", "62", "3", "3", "100", "2", "2", "100",
    # today the pupil; + yesterday, and the teacher on the 7th day; + the teacher on the 8th, the guardian on the 30th
    "1", "3", "5",
]  # fmt: skip


def test_people_users_and_visits_are_counted_as_the_office_does(busy):
    app, world = busy
    rows = table_of(sign_in(app, "municipal"), world)
    # the specialist's own sign-in is no visit of the school
    assert rows == [EXPECTED, ["Итого", *EXPECTED[1:]]]


def test_page_csv_xlsx_and_pdf_agree(busy):
    app, world = busy
    client = sign_in(app, "municipal")
    page = table_of(client, world)
    assert figures_of_csv(client.get(path(world, ".csv")).data) == page
    assert figures_of_xlsx(client.get(path(world, ".xlsx")).data) == page
    paper = figures_of_pdf(client.get(path(world, ".pdf")).data)
    for row in page:
        assert " ".join(row) in paper
    assert "на 16 сентября 2026, 12:00" in paper


def test_files_come_as_downloads_that_nothing_keeps(busy):
    app, world = busy
    client = sign_in(app, "municipal")
    for ending, mimetype in (
        (".csv", "text/csv"),
        (".pdf", "application/pdf"),
        (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        answer = client.get(path(world, ending))
        assert answer.mimetype == mimetype
        assert answer.headers["Cache-Control"] == "no-store"
        disposition = unquote(answer.headers["Content-Disposition"])
        assert disposition.startswith("attachment")
        assert disposition.endswith(f"Активность всех пользователей, Ближний район, 2026-09-16{ending}")
    assert client.get(path(world, ".exe")).status_code == 404


def test_a_school_without_people_stays_in_the_list(small):
    app, world = small
    with app.app_context():
        db.session.query(StaffPost).filter_by(school_id=world.other_school).delete()
        db.session.query(Enrolment).filter_by(class_id=world.classes["other-5a"]).delete()
        db.session.commit()
    client = sign_in(app, "other-municipal")
    row, _totals = figures_of_page(
        client.get(f"/reports/municipalities/{world.other_municipality}/users").get_data(as_text=True)
    )
    assert row == ["Школа № 2", *["0", "0", "нет данных"] * 4, "0", "0", "0"]


def test_a_hostile_school_name_stays_text_everywhere(small):
    app, world = small
    from portal.models.organisation import School

    with app.app_context():
        db.session.get(School, world.school).name = "=1+1<script>alert(1)</script>"
        db.session.commit()
    client = sign_in(app, "municipal")
    assert "<script>alert" not in client.get(path(world)).get_data(as_text=True)
    assert figures_of_csv(client.get(path(world, ".csv")).data)[0][0].startswith("'=1+1<script>")
    assert figures_of_xlsx(client.get(path(world, ".xlsx")).data)[0][0].startswith("=1+1<script>")
    assert "=1+1<script>" in figures_of_pdf(client.get(path(world, ".pdf")).data)
