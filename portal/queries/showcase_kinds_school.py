"""The showcase's kinds about the school itself: its profile, classes, reporting periods, events."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.models import views
from portal.models.organisation import Municipality, Period, School
from portal.models.people import Person, SchoolClass
from portal.models.showcase import SchoolEvent
from portal.queries.showcase_scope import Query, Scope, Source
from portal.values.table import Column


def _school(scope: Scope) -> Query:
    return (
        select(
            School.key, School.name, School.kind, School.address, School.oktmo, School.kpp, School.inn, School.ogrn,
            School.contingent_oo1, Municipality.name,
        )
        .join(Municipality, Municipality.id == School.municipality_id)
        .where(School.id == scope.school_id)
    )  # fmt: skip


def _classes(scope: Scope) -> Query:
    """The classes of the school year, with how many of the pupils who may be told of learn in each."""
    teacher, pupil = aliased(Person), views.profile.c
    pupils = (
        select(func.count(pupil.person_id.distinct()))
        .where(
            pupil.school_id == scope.school_id,
            pupil.week_start == scope.week.start,
            pupil.class_id == SchoolClass.id,
            pupil.is_restricted == 0,
        )
        .scalar_subquery()
    )
    return (
        select(
            SchoolClass.key, SchoolClass.year, SchoolClass.grade, SchoolClass.letter, teacher.key, teacher.last_name,
            teacher.first_name, teacher.middle_name, pupils,
        )
        .select_from(SchoolClass)
        .join(teacher, teacher.id == SchoolClass.class_teacher_id, isouter=True)
        .where(SchoolClass.school_id == scope.school_id, SchoolClass.year == scope.year)
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id)
    )  # fmt: skip


def _periods(scope: Scope) -> Query:
    return (
        select(Period.key, Period.year, Period.kind, Period.number, Period.starts_on, Period.ends_on, Period.grades)
        .where(Period.school_id == scope.school_id, Period.year == scope.year)
        .order_by(Period.starts_on, Period.kind, Period.id)
    )


def _events(scope: Scope) -> Query:
    return (
        select(SchoolEvent.key, SchoolEvent.title, SchoolEvent.held_on, SchoolEvent.place, SchoolEvent.audience)
        .where(
            SchoolEvent.school_id == scope.school_id,
            SchoolEvent.removed_at.is_(None),
            SchoolEvent.held_on >= scope.period_week,
        )
        .order_by(SchoolEvent.held_on, SchoolEvent.id)
    )


SCHOOL = Source(
    (
        Column("school_id", "Ключ школы"),
        Column("name", "Название"),
        Column("kind", "Тип"),
        Column("address", "Адрес"),
        Column("oktmo", "ОКТМО"),
        Column("kpp", "КПП"),
        Column("inn", "ИНН"),
        Column("ogrn", "ОГРН"),
        Column("contingent_oo1", "Контингент ОО-1", "int"),
        Column("municipality", "Муниципалитет"),
    ),
    _school,
)
CLASSES = Source(
    (
        Column("class_id", "Ключ класса"),
        Column("year", "Учебный год с", "int"),
        Column("grade", "Параллель", "int"),
        Column("letter", "Буква"),
        Column("class_teacher_id", "Ключ классного руководителя"),
        Column("last_name", "Фамилия"),
        Column("first_name", "Имя"),
        Column("middle_name", "Отчество"),
        Column("pupils", "Учеников", "int"),
    ),
    _classes,
)
PERIODS = Source(
    (
        Column("period_id", "Ключ периода"),
        Column("year", "Учебный год с", "int"),
        Column("kind", "Вид"),
        Column("number", "Номер", "int"),
        Column("starts_on", "Начало", "date"),
        Column("ends_on", "Конец", "date"),
        Column("grades", "Классы"),
    ),
    _periods,
)
EVENTS = Source(
    (
        Column("event_id", "Ключ мероприятия"),
        Column("title", "Мероприятие"),
        Column("held_on", "Дата", "date"),
        Column("place", "Место"),
        Column("audience", "Для кого"),
    ),
    _events,
)
