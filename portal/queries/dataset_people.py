"""A dataset's rows of people, and of what ties them to schools, offices, classes and each other."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.models.organisation import Municipality, Region, School
from portal.models.people import Enrolment, Guardianship, OfficePost, Person, SchoolClass, StaffPost
from portal.queries.dataset_schools import Found, by_bytes


def people() -> Found:
    p = Person
    return select(
        p.key.label("person_id"), p.last_name, p.first_name, p.middle_name, p.birth_date, p.snils, p.document,
        p.document_number, p.email, p.phone, p.activated_at, p.esia_at,
    ).order_by(p.key)  # fmt: skip


def staff() -> Found:
    post = StaffPost
    columns = (
        School.key.label("school_id"), Person.key.label("person_id"), post.post, post.teaching, post.category,
        post.hired_on, post.left_on,
    )  # fmt: skip
    found = select(*columns).join(School, School.id == post.school_id).join(Person, Person.id == post.person_id)
    undated_first = post.hired_on.is_not(None)  # databases disagree on where an empty date stands
    return found.order_by(School.key, Person.key, by_bytes(post.post), undated_first, post.hired_on)


def office_staff() -> Found:
    post = OfficePost
    unit = func.coalesce(Municipality.key, Region.key)
    found = select(unit.label("unit_id"), Person.key.label("person_id"), post.post).select_from(post)
    found = found.join(Person, Person.id == post.person_id)
    found = found.outerjoin(Municipality, Municipality.id == post.municipality_id)
    found = found.outerjoin(Region, Region.id == post.region_id)
    return found.order_by(by_bytes(unit), Person.key, by_bytes(post.post))


def classes() -> Found:
    columns = (
        SchoolClass.key.label("class_id"), School.key.label("school_id"), SchoolClass.year, SchoolClass.grade,
        SchoolClass.letter, Person.key.label("class_teacher_id"),
    )  # fmt: skip
    found = select(*columns).join(School, School.id == SchoolClass.school_id)
    return found.outerjoin(Person, Person.id == SchoolClass.class_teacher_id).order_by(SchoolClass.key)


def enrolments() -> Found:
    row = Enrolment
    columns = SchoolClass.key.label("class_id"), Person.key.label("person_id"), row.enrolled_on, row.left_on
    found = select(*columns).join(SchoolClass, SchoolClass.id == row.class_id).join(Person, Person.id == row.person_id)
    return found.order_by(SchoolClass.key, Person.key, row.enrolled_on)


def guardians() -> Found:
    guardian, pupil = aliased(Person), aliased(Person)
    columns = guardian.key.label("guardian_id"), pupil.key.label("pupil_id"), Guardianship.relation
    found = select(*columns).select_from(Guardianship)
    found = found.join(guardian, guardian.id == Guardianship.guardian_id).join(pupil, pupil.id == Guardianship.pupil_id)
    return found.order_by(guardian.key, pupil.key)


PEOPLE = {
    select_rows.__name__: select_rows for select_rows in (people, staff, office_staff, classes, enrolments, guardians)
}
