"""The showcase's kinds about people: pupils with their documents, guardians."""

from __future__ import annotations

from sqlalchemy import case, select
from sqlalchemy.orm import aliased

from portal.models import views
from portal.models.people import Guardianship, Person, SchoolClass
from portal.queries.showcase_scope import Query, Scope, Source
from portal.values.table import Column


def _pupils(scope: Scope) -> Query:
    """Everybody who is enrolled; a pupil in two classes has two rows."""
    pupil = views.profile.c
    return (
        select(
            Person.key, Person.last_name, Person.first_name, Person.middle_name, Person.birth_date,
            SchoolClass.key, SchoolClass.grade, SchoolClass.letter, Person.snils, Person.document,
            Person.document_number, case((Person.activated_at.is_not(None), 1), else_=0),
        )
        .select_from(views.profile)
        .join(Person, Person.id == pupil.person_id)
        .join(SchoolClass, SchoolClass.id == pupil.class_id)
        .where(
            pupil.school_id == scope.school_id, pupil.week_start == scope.week.start, pupil.person_id.in_(scope.pupils)
        )
        .order_by(SchoolClass.grade, SchoolClass.letter, SchoolClass.id, Person.sort_key, Person.id)
    )  # fmt: skip


def _guardians(scope: Scope) -> Query:
    """A row a guardian and pupil."""
    guardian, pupil = aliased(Person), aliased(Person)
    return (
        select(
            guardian.key, guardian.last_name, guardian.first_name, guardian.middle_name, guardian.phone, guardian.email,
            pupil.key, Guardianship.relation, case((guardian.activated_at.is_not(None), 1), else_=0),
        )
        .select_from(Guardianship)
        .join(guardian, guardian.id == Guardianship.guardian_id)
        .join(pupil, pupil.id == Guardianship.pupil_id)
        .where(Guardianship.pupil_id.in_(scope.pupils))
        .order_by(guardian.sort_key, guardian.id, pupil.sort_key, pupil.id)
    )  # fmt: skip


PUPILS = Source(
    (
        Column("person_id", "Ключ ученика"),
        Column("last_name", "Фамилия"),
        Column("first_name", "Имя"),
        Column("middle_name", "Отчество"),
        Column("birth_date", "Дата рождения", "date"),
        Column("class_id", "Ключ класса"),
        Column("grade", "Параллель", "int"),
        Column("letter", "Буква"),
        Column("snils", "СНИЛС"),
        Column("document", "Документ"),
        Column("document_number", "Номер документа"),
        Column("activated", "Активирован (1/0)", "int"),
    ),
    _pupils,
)
GUARDIANS = Source(
    (
        Column("guardian_id", "Ключ родителя"),
        Column("last_name", "Фамилия"),
        Column("first_name", "Имя"),
        Column("middle_name", "Отчество"),
        Column("phone", "Телефон"),
        Column("email", "Почта"),
        Column("pupil_id", "Ключ ученика"),
        Column("relation", "Кем приходится"),
        Column("activated", "Активирован (1/0)", "int"),
    ),
    _guardians,
)
