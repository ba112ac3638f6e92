"""The eleven kinds themselves: the same rows as JSON and XLSX, nobody in them whose data may not be processed."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from portal.content.showcase import kinds
from portal.extensions import db
from portal.models.journal import Homework, Mark, PeriodMark
from portal.models.organisation import AcademicYear
from portal.models.people import SchoolClass
from portal.models.showcase import DataRestriction
from portal.queries import showcase_export
from portal.queries.showcase_scope import scope
from portal.values.week import Week
from tests.lived_in import live_in
from tests.showcase.conftest import give
from tests.small_school import NOON, group, lesson, sign_in
from tests.web.walk import statements


@pytest.fixture
def full(papers):
    """A week after two days of work, with a year mark of last year and a text that looks like a formula."""
    app, small = papers
    with app.app_context():
        live_in(small)
        db.session.add(
            AcademicYear(school_id=small.school, year=2025, starts_on=date(2025, 9, 1), ends_on=date(2026, 5, 31))
        )
        small.classes["old-4a"] = _old_class(small)
        group(small, "old-math", "old-4a", "Математика", "teacher")
        lesson(small, "old-1", "old-math", date(2026, 5, 20), 1)
        for word in ("pupil", "pupil-2"):
            db.session.add(
                PeriodMark(
                    year=2025, group_id=small.groups["old-math"], pupil_id=small.people[word], value="5", set_at=NOON
                )
            )
        db.session.query(Homework).filter(Homework.text.like("Упр%")).update({"text": "=HYPERLINK(1)"})
        db.session.commit()
    app.config["CLOCK"] = lambda: NOON + timedelta(days=7)
    return app, small


def _old_class(small):
    row = SchoolClass(key="old-4a", school_id=small.school, year=2025, grade=4, letter="А")
    db.session.add(row)
    db.session.flush()
    return row.id


def exported(app, small, login="head"):
    answer = sign_in(app, login).get(f"/showcase/schools/{small.school}/showcase.json")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return json.loads(answer.data)


def test_every_kind_has_its_rows(full):
    app, small = full
    document = exported(app, small)
    assert (document["document"], document["version"]) == ("school-portal/showcase", 1)
    assert (document["school_id"], document["made_at"]) == ("school", "2026-09-23T12:00:00+03:00")
    found = document["kinds"]
    assert list(found) == [kind.code for kind in kinds()]
    counts = {code: len(kind["rows"]) for code, kind in found.items()}
    assert counts == {
        "pupils": 3, "homework": 3, "events": 1, "school": 1, "classes": 1, "periods": 1, "period_marks": 1,
        "year_marks": 2, "statistics": 3, "marks": 9, "guardians": 2,
    }  # fmt: skip
    pupil = next(row for row in found["pupils"]["rows"] if row["person_id"] == "pupil")
    assert (pupil["snils"], pupil["birth_date"], pupil["grade"], pupil["activated"]) == (
        "112-233-445 95", "2015-03-04", 5, 1,
    )  # fmt: skip
    assert found["guardians"]["rows"][0]["phone"] == "+7 900 000-00-00"
    assert found["classes"]["rows"][0]["pupils"] == 3
    assert {row["set_at"][-6:] for row in found["marks"]["rows"]} == {"+03:00"}
    maths = next(row for row in found["statistics"]["rows"] if row["subject"] == "Математика")
    assert (maths["marks"], maths["counted"], maths["sum"]) == (6, 5, 19)


def test_who_may_not_be_processed_is_in_no_kind(full):
    app, small = full
    with app.app_context():
        db.session.add(DataRestriction(person_id=small.people["pupil"], set_at=NOON))
        db.session.add(DataRestriction(person_id=small.people["pupil-3"], set_at=NOON))
        db.session.commit()
    document = exported(app, small, "administrator")
    text = json.dumps(document["kinds"], ensure_ascii=False)
    assert "Ёлкина Мария" not in text and "Яблокова" not in text and "112-233" not in text
    people = {
        row["person_id"] for code in ("marks", "period_marks", "year_marks") for row in document["kinds"][code]["rows"]
    }
    assert people == {"pupil-2"}
    assert [row["pupil_id"] for row in document["kinds"]["guardians"]["rows"]] == ["pupil-2"]
    assert document["kinds"]["classes"]["rows"][0]["pupils"] == 1


def test_a_lifted_mark_brings_the_pupil_back(full):
    app, small = full
    with app.app_context():
        db.session.add(DataRestriction(person_id=small.people["pupil"], set_at=NOON, lifted_at=NOON))
        db.session.commit()
    assert len(exported(app, small)["kinds"]["pupils"]["rows"]) == 3


def test_the_workbook_has_a_sheet_a_kind_with_the_same_rows(full):
    app, small = full
    document = exported(app, small)
    answer = sign_in(app, "administrator").get(f"/showcase/schools/{small.school}/showcase.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == [kind.name for kind in kinds()]
    for kind in kinds():
        sheet, expected = book[kind.name], document["kinds"][kind.code]
        head, *rows = sheet.iter_rows(values_only=True)
        assert list(head) == list(expected["columns"].values())
        assert len(rows) == len(expected["rows"])
        for row, there in zip(rows, expected["rows"], strict=True):
            for cell, value in zip(row, there.values(), strict=True):
                assert _as_json(cell, value) == value, (kind.code, cell, value)
        assert sheet.freeze_panes == "B2"


def _as_json(cell, value):
    if isinstance(cell, datetime) and len(value) == 10:
        return cell.date().isoformat()
    return f"{cell.isoformat()}+03:00" if isinstance(cell, datetime) else cell


def test_a_text_like_a_formula_stays_text(full):
    app, small = full
    with app.app_context():
        give(small, "pupil", last_name="#N/A", middle_name="+7")
        db.session.commit()
    answer = sign_in(app, "head").get(f"/showcase/schools/{small.school}/showcase.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert {"=HYPERLINK(1)", "#N/A", "+7"} <= {cell.value for cell in cells}


def test_a_kind_costs_one_statement_however_many_rows(full):
    app, small = full
    with app.app_context(), statements(app) as seen:
        covered = scope(small.school, Week.of(date(2026, 9, 23)))
        counts = [sum(1 for _ in sheet.rows) for sheet in showcase_export.sheets(covered)]
    assert sum(counts) == 27
    assert len([one for one in seen if one.lstrip().lower().startswith(("select", "with"))]) == 12


def test_a_school_without_a_period_exports_what_it_has(small):
    app, world = small
    document = exported_of_other(app, world)
    assert {code: len(kind["rows"]) for code, kind in document.items() if kind["rows"]} == {
        "pupils": 1, "school": 1, "classes": 1, "guardians": 1,
    }  # fmt: skip


def exported_of_other(app, small):
    with app.app_context():
        covered = scope(small.other_school, Week.of(date(2026, 9, 16)))
        return {sheet.code: {"rows": list(sheet.rows)} for sheet in showcase_export.sheets(covered)}


def test_no_school_no_scope(small):
    app, _ = small
    with app.app_context(), pytest.raises(LookupError):
        scope(999, Week.of(date(2026, 9, 16)))


def test_marks_of_a_cancelled_lesson_or_taken_back_stay_home(full):
    app, small = full
    with app.app_context():
        db.session.query(Mark).filter_by(lesson_id=small.lessons["russian-1"]).update({"removed_at": NOON})
        db.session.commit()
    assert len(exported(app, small)["kinds"]["marks"]["rows"]) == 8
