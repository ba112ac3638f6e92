"""Loading a dataset: what it brings in, that a second load changes nothing, and what a changed one changes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, text

from portal.exchange.source import of_rows, open_dataset
from portal.extensions import db, session, vault
from portal.models.accounts import Account
from portal.models.activity import ActivityCriterion, ActivityProfile, IndicatorHistory
from portal.models.base import Base
from portal.models.calendar import CalendarDay, WeekBorder
from portal.models.journal import Attendance, Homework, JournalChange, Lesson, Mark, PeriodMark, TeachingGroup, WorkType
from portal.models.organisation import Period, School
from portal.models.people import Enrolment, Guardianship, OfficePost, Person, PersonAlias, SchoolClass, StaffPost
from portal.operations.accounts import set_account
from portal.operations.dataset import LoadResult, load
from tests.exchange.dataset import Dataset, small_dataset, write_csv

AT = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def open_app(app):
    """The application's context for the whole test."""
    with app.app_context():
        yield app


def bring(dataset: Dataset, at: datetime = AT) -> LoadResult:
    result = load(of_rows(dataset.items()), at=at)
    session.commit()
    return result


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as the database keeps it."""
    return {
        table.name: sorted(map(tuple, session.execute(text(f"select * from {table.name}"))), key=repr)
        for table in Base.metadata.sorted_tables
    }


def one(model, key: str):
    return session.execute(select(model).where(model.key == key)).scalar_one()


def test_every_table_comes_in(open_app):
    result = bring(small_dataset())
    assert {name: count.new for name, count in result.tables.items()} == {
        name: len(rows) for name, rows in small_dataset().items()
    }
    school, person = one(School, "s1"), one(Person, "t1")
    assert (school.inn, school.oktmo, school.contingent_oo1, school.sort_key) == (
        "7707083893", "82701000101", 300, "школа № 1",
    )  # fmt: skip
    assert (person.snils, person.document_number, person.sort_key) == (
        "11223344595", "82 05 123456", "учителева анна петровна",
    )  # fmt: skip
    assert person.snils_hash == vault().fingerprint("11223344595")
    assert person.activated_at == datetime(2026, 8, 20, 6, tzinfo=UTC)
    assert person.esia_at == datetime(2026, 8, 21, 9, 0, 0, 250_000, tzinfo=UTC)
    assert (one(Period, "h1").grade_from, one(Period, "h1").grade_to, one(Period, "all").grade_to) == (10, 11, 11)
    assert one(SchoolClass, "7").letter == "" and one(TeachingGroup, "m7").teacher_id is None
    posts = session.execute(select(OfficePost.municipality_id, OfficePost.region_id, OfficePost.post)).all()
    assert {(bool(m), bool(r), post) for m, r, post in posts} == {
        (True, False, "Специалист"),
        (False, True, "Методист"),
    }
    history = session.execute(select(IndicatorHistory.value, IndicatorHistory.on_vacation)).all()
    assert set(history) == {(265_800, False), (None, None)}
    profile = session.execute(select(ActivityProfile).where(ActivityProfile.name == "Свой")).scalar_one()
    criteria = select(ActivityCriterion.indicator, ActivityCriterion.threshold, ActivityCriterion.counted)
    rows = session.execute(criteria.where(ActivityCriterion.profile_id == profile.id)).all()
    assert set(rows) == {("journal_kept", 5000, True), ("pupils_activated", 6667, False)}


def test_lessons_get_their_calendar_from_zone_and_shifts(open_app):
    bring(small_dataset())
    moscow, urals = one(Lesson, "l1"), one(Lesson, "l3")
    assert moscow.week_start == date(2026, 9, 14) and moscow.school_id == one(School, "s1").id
    assert moscow.day_starts_at == datetime(2026, 9, 13, 21, tzinfo=UTC)
    assert moscow.marks_due_at == datetime(2026, 9, 14, 18, tzinfo=UTC)
    assert urals.marks_due_at == datetime(2026, 9, 15, 8, tzinfo=UTC)  # two shifts: 13:00 of the next day
    assert urals.homework_from_at == datetime(2026, 9, 6, 19, tzinfo=UTC)
    assert (urals.status, urals.conducted, one(Lesson, "l4").topic) == ("planned", False, None)
    assert one(Lesson, "l1").topic == 'Дроби, "обыкновенные"'
    assert session.scalar(select(func.count(WeekBorder.week_start.distinct()))) == session.scalar(
        select(func.count(CalendarDay.week_start.distinct()))
    )
    assert set(session.scalars(select(WeekBorder.timezone).distinct())) == {"Europe/Moscow", "Asia/Yekaterinburg"}


def test_a_moment_without_offset_is_the_schools_own_time(open_app):
    bring(small_dataset())
    assert one(Mark, "k1").set_at == datetime(2026, 9, 14, 17, 59, 59, tzinfo=UTC)
    assert one(Mark, "k2").set_at == datetime(2026, 9, 14, 18, tzinfo=UTC)
    assert one(Mark, "k3").set_at == datetime(2026, 9, 14, 8, tzinfo=UTC)
    homework = one(Homework, "h2")
    assert (homework.issued_at, homework.updated_at) == (
        datetime(2026, 9, 10, 8, tzinfo=UTC), datetime(2026, 9, 11, 3, 5, tzinfo=UTC),
    )  # fmt: skip
    year = session.execute(select(PeriodMark).where(PeriodMark.year == 2026)).scalar_one()
    assert (year.period_id, year.value, year.set_at) == (None, "зач", datetime(2027, 5, 25, 9, tzinfo=UTC))


def test_unknown_work_types_become_the_schools_own(open_app):
    bring(small_dataset())
    own = session.execute(select(WorkType).where(WorkType.school_id.is_not(None))).scalar_one()
    assert (own.name, own.timely, own.weight, own.school_id) == ("Диктант", False, 1, one(School, "s1").id)
    assert one(Mark, "k2").work_type_id == own.id
    answer = session.execute(select(WorkType).where(WorkType.name == "Ответ на уроке")).scalar_one()
    assert one(Mark, "k1").work_type_id == one(Mark, "k3").work_type_id == answer.id


def test_homework_of_blanks_is_no_homework(open_app):
    dataset = small_dataset()
    dataset["homework"][0]["text"] = " \u00a0\t"
    bring(dataset)
    assert one(Homework, "h1").removed_at is not None
    bring(small_dataset())
    assert (one(Homework, "h1").removed_at, one(Homework, "h1").text) == (None, "№ 5–8")
    bring(dataset)
    assert one(Homework, "h1").removed_at is not None
    said = session.execute(select(JournalChange.before, JournalChange.after).order_by(JournalChange.id)).all()
    assert said == [(None, "№ 5–8"), ("№ 5–8", None)]


def test_loading_twice_changes_nothing(open_app, tmp_path):
    folder = write_csv(tmp_path / "set", small_dataset())
    load(open_dataset(folder), at=AT)
    session.commit()
    before = everything()
    again = load(open_dataset(folder), at=AT)
    session.commit()
    assert everything() == before
    assert all(count.new == count.changed == 0 for count in again.tables.values())
    assert again.rows == sum(len(rows) for rows in small_dataset().values())


def test_a_changed_dataset_changes_what_differs_and_keeps_the_history(open_app):
    bring(small_dataset())
    dataset = small_dataset()
    dataset["marks"][0]["value"] = "3"
    dataset["marks"][1]["work_type"] = "Контрольная работа"
    dataset["attendance"][0]["code"] = "У"
    dataset["period_marks"][0]["value"] = "4"
    dataset["lessons"][0] |= {"topic": "Десятичные дроби", "comment": "", "conducted": "0", "room": "14"}
    dataset["homework"][1]["text"] = "§ 3"
    dataset["people"][0] |= {"last_name": "Новикова", "snils": "087-654-303 00"}
    dataset["staff"][1]["category"] = "first"
    later = datetime(2026, 10, 2, tzinfo=UTC)
    result = bring(dataset, later)
    changed = {name: count.changed for name, count in result.tables.items() if count.changed}
    assert changed == {
        "people": 1, "staff": 1, "lessons": 1, "homework": 1, "marks": 2, "attendance": 1, "period_marks": 1,
    }  # fmt: skip
    rows = session.execute(select(JournalChange)).scalars().all()
    assert {(row.kind, row.before, row.after) for row in rows} == {
        ("mark", "5 · Ответ на уроке", "3 · Ответ на уроке"),
        ("mark", "4 · Диктант", "4 · Контрольная работа"),
        ("attendance", "Н", "У"),
        ("period_mark", "5", "4"),
        ("topic", 'Дроби, "обыкновенные"', "Десятичные дроби"),
        ("comment", "Две\nстроки", None),
        ("conducted", "да", "нет"),
        ("homework", "§ 2", "§ 3"),
    }
    assert {(row.by_id, row.at) for row in rows} == {(None, later)}
    mark = next(row for row in rows if row.after == "3 · Ответ на уроке")
    assert (mark.group_id, mark.lesson_id, mark.pupil_id, mark.subject_key) == (
        one(TeachingGroup, "m5").id, one(Lesson, "l1").id, one(Person, "p1").id, "k1",
    )  # fmt: skip
    person = one(Person, "t1")
    assert (person.snils, person.sort_key) == ("08765430300", "новикова анна петровна")


def test_columns_that_lack_leave_existing_rows_as_they_are(open_app, tmp_path):
    bring(small_dataset())
    dataset = small_dataset()
    bare = {
        "people": [
            {key: row[key] for key in ("person_id", "last_name", "first_name")} for row in dataset["people"][:1]
        ],
        "lessons": [
            {key: row[key] for key in ("lesson_id", "group_id", "date", "number")} for row in dataset["lessons"]
        ],
        "periods": [{k: v for k, v in row.items() if k != "grades"} for row in dataset["periods"]],
    }
    before = everything()
    load(open_dataset(write_csv(tmp_path / "bare", bare)), at=AT)
    session.commit()
    assert everything() == before
    bare["people"][0]["last_name"] = "Новикова"
    bare["lessons"][0]["number"] = "5"
    load(open_dataset(write_csv(tmp_path / "bare", bare)), at=AT)
    session.commit()
    person, lesson = one(Person, "t1"), one(Lesson, "l1")
    assert (person.sort_key, person.middle_name, person.snils) == ("новикова анна петровна", "Петровна", "11223344595")
    assert (lesson.number, lesson.topic, lesson.conducted) == (5, 'Дроби, "обыкновенные"', True)
    assert session.scalar(select(func.count(JournalChange.id))) == 0


def test_a_dataset_may_refer_to_what_is_in_the_database(open_app):
    bring(small_dataset())
    more = {"marks": [small_dataset()["marks"][0] | {"mark_id": "k9", "person_id": "p2"}]}
    assert bring(more).tables["marks"].new == 1


def test_what_was_taken_back_in_the_portal_stands_again(open_app):
    bring(small_dataset())
    for row in (one(Mark, "k1"), session.execute(select(Attendance)).scalar_one()):
        row.removed_at = AT
    session.commit()
    bring(small_dataset())
    assert one(Mark, "k1").removed_at is None
    said = session.execute(select(JournalChange.kind, JournalChange.before, JournalChange.after)).all()
    assert set(said) == {("mark", None, "5 · Ответ на уроке"), ("attendance", None, "Н")}


def test_somebody_with_an_account_stays_activated(open_app):
    bring(small_dataset())
    set_account(one(Person, "p1").id, "maria", "sekret-sekret", at=AT)
    session.commit()
    bring(small_dataset())
    assert one(Person, "p1").activated_at == AT
    assert session.scalar(select(func.count(Account.person_id))) == 1
    dataset = small_dataset()
    dataset["people"][3]["activated_at"] = ""  # no account here: the dataset's word
    bring(dataset)
    assert one(Person, "g1").activated_at is None


def test_another_zone_and_other_shifts_recompute_the_schools_lessons(open_app):
    bring(small_dataset())
    dataset = small_dataset()
    dataset["schools"][0] |= {"shifts": "2", "timezone": "Asia/Tomsk"}
    bring({"schools": dataset["schools"]})
    lesson = one(Lesson, "l1")
    assert lesson.day_starts_at == datetime(2026, 9, 13, 17, tzinfo=UTC)
    assert lesson.marks_due_at == datetime(2026, 9, 15, 6, tzinfo=UTC)
    assert one(Lesson, "l3").marks_due_at == datetime(2026, 9, 15, 8, tzinfo=UTC)
    assert "Asia/Tomsk" in set(session.scalars(select(WeekBorder.timezone).distinct()))


def test_a_group_that_moved_takes_its_lessons_and_homework_along(open_app):
    bring(small_dataset())
    dataset = small_dataset()
    dataset["groups"][0]["class_id"] = "7"
    dataset["lessons"][2]["group_id"] = "e5"
    bring({"groups": dataset["groups"]})
    bring({"lessons": dataset["lessons"]})
    lesson = one(Lesson, "l1")
    assert (lesson.school_id, lesson.class_id) == (one(School, "s2").id, one(SchoolClass, "7").id)
    assert lesson.marks_due_at == datetime(2026, 9, 15, 8, tzinfo=UTC)
    assert one(Homework, "h2").group_id == one(TeachingGroup, "e5").id
    assert one(Lesson, "l3").marks_due_at == datetime(2026, 9, 14, 18, tzinfo=UTC)


def test_homework_that_waits_gets_the_lesson_a_dataset_brings(open_app):
    bring(small_dataset())
    given = one(Lesson, "l1")
    session.add(Homework(key="w", group_id=given.group_id, given_at_id=given.id, text="§ 1", issued_at=AT))
    session.commit()
    coming = small_dataset()["lessons"][1] | {"lesson_id": "l9", "date": "2026-09-17", "status": ""}
    bring({"lessons": [coming]})
    assert one(Homework, "w").lesson_id == one(Lesson, "l9").id


def join_people(old: str, kept: str) -> None:
    """What joining two people leaves: the old key as an alias, no row of its own."""
    gone, stays = one(Person, old), one(Person, kept)
    for model, column in ((Guardianship, "guardian_id"), (Enrolment, "person_id"), (Mark, "pupil_id")):
        for row in session.scalars(select(model).where(getattr(model, column) == gone.id)):
            setattr(row, column, stays.id)
    session.flush()
    session.delete(gone)
    session.add(PersonAlias(key=old, person_id=stays.id))
    session.commit()


def test_an_old_key_of_somebody_joined_still_names_them(open_app):
    dataset = small_dataset()
    dataset["people"].append(dataset["people"][3] | {"person_id": "g2", "last_name": "Ёлкина-Старая"})
    dataset["guardians"].append({"guardian_id": "g2", "pupil_id": "p2", "relation": "мать"})
    dataset["staff"].append(dataset["staff"][0] | {"person_id": "g2", "hired_on": ""})
    bring({name: rows for name, rows in dataset.items() if name != "staff"})
    join_people("g2", "g1")
    dataset["guardians"].append({"guardian_id": "g2", "pupil_id": "p1", "relation": "тётя"})  # g1 already is
    dataset["visits"].append({"person_id": "g2", "visited_at": "2026-09-20T10:00:00Z"})
    bring(dataset)
    stays = one(Person, "g1")
    assert stays.last_name == "Ёлкина"
    assert session.scalar(select(func.count(Person.id))) == 5
    family = session.execute(select(Guardianship.relation).where(Guardianship.guardian_id == stays.id)).scalars()
    assert sorted(family) == ["мать", "мать"]
    assert session.scalar(select(StaffPost.post).where(StaffPost.person_id == stays.id)) == "Учитель"
    before = everything()
    bring(dataset)
    assert everything() == before


def test_numbers_are_encrypted_in_the_database(open_app):
    bring(small_dataset())
    kept = db.session.execute(text("select snils, document_number from person where key = 't1'")).one()
    assert "112" not in kept.snils and vault().decrypt(kept.snils) == "11223344595"
    assert vault().decrypt(kept.document_number) == "82 05 123456"


def test_progress_is_told_table_by_table(open_app, tmp_path):
    told = []
    load(open_dataset(write_csv(tmp_path, small_dataset())), at=AT, progress=lambda *step: told.append(step))
    assert [name for name, _, _ in told] == list(small_dataset())
    assert told[-1][1:] == (2, 1.0)
